-- How far a run has come: what it is going to read, of how many, and how fast; and where each walk stands.

-- What had been stored of a partition at a moment; two of them tell how fast it goes on.
create type pace as (at timestamptz, rows bigint, read bigint);

alter table run_stream
  add column read  bigint, -- records of the source that the walk has read, those of runs before this included; null = unknown
  add column begun pace,   -- after the first page of this run
  add column since pace,   -- where the recent past begins
  add column mark  pace;   -- where it will begin next

-- The streams of a run, written when it begins; partitions when the stream has been planned.
create table run_plan (
  run_id     bigint not null,
  stream     text   not null,
  label      text   not null,
  stage      int    not null,
  partitions int,
  ended_at   timestamptz,
  primary key (run_id, stream)
);

-- Of the walk that is open, or else of the last that ended. walk_at is when the record that was read last had changed,
-- walk_way whether those times only rose (FORWARD) or only fell (BACKWARD) so far.
alter table checkpoint
  add column walk_read  bigint,
  add column walk_total bigint,
  add column walk_at    timestamptz,
  add column walk_way   text,
  add constraint checkpoint_walk_way check (walk_way in ('STILL', 'FORWARD', 'BACKWARD', 'MIXED'));
