-- A run that waits within a page says so while it waits; and streams know by which mapping their rows were made.

-- Why nothing is asked at the moment, and until when. Of the node that holds the run by this token: what a node that was
-- lost has left behind means nothing.
create table run_wait (
  run_id    bigint      not null,
  stream    text        not null,
  partition text        not null,
  token     bigint      not null,
  reason    text        not null,
  until_at  timestamptz not null,
  primary key (run_id, stream, partition)
);

-- The number of the mapping that made the rows of a stream, or will have once what is queued has been read.
create table stream_mapping (
  connection_id bigint not null,
  stream        text   not null,
  mapping       int    not null,
  primary key (connection_id, stream)
);
insert into stream_mapping (connection_id, stream, mapping)
select connection_id, stream, 1
from checkpoint
where stream not like '%@%'
union
select r.job_id, s.stream, 1 -- streams that read what is owed have no checkpoint
from run_stream s
join run r on r.id = s.run_id
where s.stream not like '%@%';
