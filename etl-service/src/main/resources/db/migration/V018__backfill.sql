-- Reading a part of a source again, beside the ordinary reading and without moving its watermarks. How far one has
-- come stands in checkpoint, under the stream's name with @ and the backfill's id.

create table backfill (
  id            bigint generated always as identity primary key,
  connection_id bigint      not null,
  stream        text,        -- null = all that can be read from a time
  partition     text,        -- null = all
  from_at       timestamptz not null,
  to_at         timestamptz,
  reason        text        not null,
  state         text        not null default 'QUEUED',
  failure       text,
  asked_at      timestamptz not null default clock_timestamp(),
  began_at      timestamptz,
  ended_at      timestamptz,
  constraint backfill_state check (state in ('QUEUED', 'RUNNING', 'FINISHED', 'FAILED', 'CANCELLED'))
);
create index backfill_of_connection on backfill (connection_id, id);
