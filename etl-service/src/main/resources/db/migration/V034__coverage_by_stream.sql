-- What could not be read, stream by stream: a project that two streams are refused had one entry for both, and what is
-- of no one project, such as a list of people or all projects that are read together, had none.

create table unreadable (
  connection_id bigint      not null,
  partition     text        not null, -- a project or repository; empty = all that the stream reads
  stream        text        not null,
  reason        text        not null,
  since         timestamptz not null default clock_timestamp(),
  primary key (connection_id, partition, stream)
);

insert into unreadable (connection_id, partition, stream, reason, since)
select connection_id, external_id, unreadable_stream, unreadable_reason, coalesce(unreadable_since, clock_timestamp())
from scope_element
where unreadable_stream is not null and unreadable_reason is not null;

comment on column scope_element.unreadable_stream is 'no longer written; dropped by a later release';
comment on column scope_element.unreadable_reason is 'no longer written; dropped by a later release';
comment on column scope_element.unreadable_since is 'no longer written; dropped by a later release';
