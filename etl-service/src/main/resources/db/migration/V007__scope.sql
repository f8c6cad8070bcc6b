-- What an operator's scope decided for an element, and which scope that was.
alter table scope_element
  add column wanted boolean not null default true,
  add column scope  text    not null default '';
