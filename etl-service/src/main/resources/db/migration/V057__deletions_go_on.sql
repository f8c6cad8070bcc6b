-- What was deleted is removed in the background, by whichever node is there to go on with it: it must be known what
-- that is, when neither the connection nor its runs are there any more.

create table deleted_connection (
  connection_id bigint      primary key,
  runs          bigint[]    not null, -- of which the events, counters and log may be left
  deleted_at    timestamptz not null default clock_timestamp()
);

-- Deletions that a node had begun and not ended.
insert into deleted_connection (connection_id, runs)
select distinct k.connection_id, '{}'::bigint[]
from checkpoint k
where not exists (select from connection c where c.id = k.connection_id);
