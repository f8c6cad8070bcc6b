-- The engine's own tables: what is connected, what runs, how far it got, and what could not be read.

create table connection (
  id           bigint generated always as identity primary key,
  connector    text        not null,
  name         text        not null unique,
  settings     jsonb       not null,
  secrets      jsonb       not null, -- name -> sealed value; never leaves the service
  scope        jsonb       not null,
  start_from   timestamptz,
  network      jsonb       not null,
  version      bigint      not null default 0,
  created_at   timestamptz not null default clock_timestamp(),
  updated_at   timestamptz not null default clock_timestamp()
);

-- A project or repository that a connection has seen; also its coverage: what could not be read, why, since when.
create table scope_element (
  connection_id     bigint      not null,
  external_id       text        not null,
  instance          text        not null,
  name              text        not null,
  label             text        not null,
  attributes        jsonb       not null,
  included          boolean     not null,
  unreadable_stream text,
  unreadable_reason text,
  unreadable_since  timestamptz,
  seen_at           timestamptz not null default clock_timestamp(),
  primary key (connection_id, external_id)
);
create unique index scope_element_owner on scope_element (instance, external_id) where included;

-- One connection's sync: the same id as its connection. The dispatcher reads only next_due_at.
create table job (
  id            bigint      primary key,
  state         text        not null default 'NOT_STARTED',
  reason        text,
  next_due_at   timestamptz,
  forced        boolean     not null default false,
  failures      int         not null default 0,
  last_success  timestamptz,
  error         jsonb,
  run_id        bigint,
  budget_keys   text[]      not null default '{}',
  interval_seconds bigint   not null default 3600,
  version       bigint      not null default 0,
  constraint job_state check (state in ('NOT_STARTED', 'PENDING', 'RUNNING', 'PAUSED', 'FINISHED', 'FAILED'))
);
create index job_due on job (next_due_at) where next_due_at is not null;

-- That a schedule fired, once per job and fire time.
create table run_request (
  job_id       bigint      not null,
  fire_time    timestamptz not null,
  requested_at timestamptz not null default clock_timestamp(),
  primary key (job_id, fire_time)
);

create table run (
  id          bigint generated always as identity primary key,
  job_id      bigint      not null,
  state       text        not null,
  reason      text,
  resumes_at  timestamptz,
  started_at  timestamptz not null default clock_timestamp(),
  ended_at    timestamptz,
  forced      boolean     not null default false,
  attempts    int         not null default 1, -- how often it was claimed: 1, and one more for every resume
  losses      int         not null default 0, -- nodes lost in a row that had stored no page of it
  loss_pages  bigint      not null default 0, -- pages stored when the last of them was lost
  error       jsonb,
  stop_mode   text, -- asked for by an operator: page or now
  version     bigint      not null default 0,
  constraint run_state check (state in ('RUNNING', 'WAITING', 'FINISHED', 'FAILED', 'STOPPED'))
);
create index run_of_job on run (job_id, id desc);
create unique index run_open on run (job_id) where state in ('RUNNING', 'WAITING');

-- Who may write for a run. No index on token or expires: the heartbeat must stay a plain update.
create table run_lease (
  run_id  bigint      primary key,
  owner   text        not null, -- '' = given up by its node, which was shut down
  token   bigint      not null,
  expires timestamptz not null
);

create table run_event (
  id          bigint generated always as identity primary key,
  run_id      bigint      not null,
  happened_at timestamptz not null default clock_timestamp(),
  kind        text        not null,
  message     text        not null,
  detail      jsonb
);
create index run_event_of_run on run_event (run_id, id);

-- Counters of one partition of one stream in one run, written in the transaction of each page.
create table run_stream (
  run_id      bigint not null,
  stream      text   not null,
  partition   text   not null,
  label       text   not null,
  pages       bigint not null default 0,
  inserted    bigint not null default 0,
  updated     bigint not null default 0,
  unchanged   bigint not null default 0,
  deleted     bigint not null default 0,
  quarantined bigint not null default 0,
  total       bigint,
  started_at  timestamptz not null default clock_timestamp(),
  updated_at  timestamptz not null default clock_timestamp(),
  ended_at    timestamptz,
  primary key (run_id, stream, partition)
);

-- How far a partition of a stream has been read. A walk outlives runs.
create table checkpoint (
  connection_id   bigint      not null,
  stream          text        not null,
  partition       text        not null,
  watermark       timestamptz,
  mark            text,
  completed_at    timestamptz,
  walk_started_at timestamptz, -- null = no walk is open
  walk_floor      timestamptz,
  walk_position   text,
  walk_newest     timestamptz,
  walk_mark       text,
  version         bigint      not null default 0,
  updated_at      timestamptz not null default clock_timestamp(),
  primary key (connection_id, stream, partition)
);

-- Children to be read because their parent was written. Paid off in the transaction that stores them.
create table owed (
  connection_id bigint      not null,
  stream        text        not null,
  parent_id     text        not null,
  partition     text        not null,
  label         text        not null,
  detail        text        not null,
  version       bigint      not null default 0,
  since         timestamptz not null default clock_timestamp(),
  primary key (connection_id, stream, parent_id)
);

-- Records that could not be read, kept as they came, to be tried again.
create table quarantine (
  id            bigint generated always as identity primary key,
  connection_id bigint      not null,
  run_id        bigint,
  stream        text        not null,
  partition     text        not null,
  label         text        not null,
  external_id   text        not null,
  reason        text        not null,
  raw           text        not null,
  seen          bigint      not null default 1,
  first_seen    timestamptz not null default clock_timestamp(),
  last_seen     timestamptz not null default clock_timestamp(),
  unique (connection_id, stream, external_id)
);

create table rate_budget (
  budget_key    text        not null,
  resource      text        not null,
  allowance     bigint,
  remaining     bigint,
  resets_at     timestamptz,
  blocked_until timestamptz,
  reason        text,
  updated_at    timestamptz not null default clock_timestamp(),
  primary key (budget_key, resource)
);
