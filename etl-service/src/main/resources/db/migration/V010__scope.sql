-- What an operator's scope decided for an element, and which scope that was.
alter table scope_element
  add column wanted boolean not null default true,
  add column scope  text    not null default '';

-- How many records of a type the source itself has in a project or repository, to be compared with what is stored.
create table source_count (
  connection_id bigint      not null,
  partition     text        not null,
  record        text        not null, -- the table of the type
  count         bigint      not null,
  counted_at    timestamptz not null default clock_timestamp(),
  primary key (connection_id, partition, record)
);
