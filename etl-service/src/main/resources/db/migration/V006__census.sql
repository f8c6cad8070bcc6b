-- What is still there at the source, to find rows of what is not.

-- A census that has begun and whose outcome is not settled; began is this database's time.
create table census (
  connection_id bigint      not null,
  stream        text        not null,
  partition     text        not null,
  began         timestamptz not null default clock_timestamp(),
  primary key (connection_id, stream, partition)
);

-- The ids that it found so far; emptied when its outcome is settled.
create table census_seen (
  connection_id bigint not null,
  stream        text   not null,
  partition     text   not null,
  external_id   text   not null,
  primary key (connection_id, stream, partition, external_id)
);

-- Rows that vanished together with so many others that an operator must say whether it is true.
create table vanished (
  id            bigint generated always as identity primary key,
  connection_id bigint      not null,
  stream        text        not null,
  partition     text        not null,
  external_id   text        not null,
  noticed_at    timestamptz not null default clock_timestamp(),
  approved_at   timestamptz, -- null = waits for an operator
  reason        text,
  unique (connection_id, stream, external_id)
);
