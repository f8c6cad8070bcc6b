-- A run that waits within a page says so while it waits.

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
