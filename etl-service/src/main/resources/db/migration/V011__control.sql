-- Operators steer from any node: what they wish is written down, every transition is announced, and who did what is kept.

-- What holds for all jobs; one row. A setting that is null is as configured.
create table orchestrator (
  id               int         primary key default 1,
  state            text        not null default 'RUNNING', -- PAUSED = maintenance: nothing is claimed
  reason           text,
  since            timestamptz not null default clock_timestamp(),
  max_active       int,
  interval_seconds bigint,
  retry_after_seconds bigint,
  retries          int,
  keep_runs_days   int,
  version          bigint      not null default 0,
  constraint orchestrator_one check (id = 1),
  constraint orchestrator_state check (state in ('RUNNING', 'PAUSED'))
);
insert into orchestrator default values;

-- When a job is due: a cron expression in a time zone, or every so many seconds, or (both null) as often as all jobs.
alter table job
  alter column interval_seconds drop not null,
  alter column interval_seconds drop default,
  add column cron      text,
  add column zone      text,
  add column misfire   text    not null default 'once', -- what becomes of firings that no node was there for
  add column activated boolean not null default false, -- it goes next, and all others wait until it has ended
  add constraint job_misfire check (misfire in ('once', 'skip')),
  add constraint job_schedule check (cron is null or interval_seconds is null);
update job set interval_seconds = null; -- nobody could choose one so far
create unique index job_activated on job (activated) where activated;

-- What is asked of a run that is going on, for its node to see; stop_mode says how soon.
alter table run
  add column wish        text,
  add column wish_reason text,
  add column waits_for   text, -- of a WAITING run
  add constraint run_wish check (wish in ('STOP', 'PAUSE', 'MAINTENANCE', 'ACTIVATION')),
  add constraint run_stop_mode check (stop_mode in ('page', 'now')),
  add constraint run_waits_for check (waits_for in ('SOURCE', 'PAUSED', 'MAINTENANCE', 'ACTIVATION'));
update run set waits_for = 'SOURCE' where state = 'WAITING';

-- What people did. Only ever appended to.
create table audit_event (
  id          bigint generated always as identity primary key,
  happened_at timestamptz not null default clock_timestamp(),
  actor       text        not null,
  action      text        not null, -- such as job.start
  target_kind text        not null,
  target_id   text        not null,
  reason      text,
  before      jsonb,
  after       jsonb,
  request_id  text
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is history: % refused', tg_table_name, lower(tg_op);
end $$;
create trigger audit_event_is_history before update or delete on audit_event
  for each row execute function refuse_change();
create trigger run_event_is_history before update on run_event
  for each row execute function refuse_change();
create trigger run_is_history before update on run
  for each row when (old.state in ('FINISHED', 'FAILED', 'STOPPED')) execute function refuse_change();

-- Tells all nodes which row changed. No page's transaction touches these tables, so none announces anything.
create function announce_change() returns trigger language plpgsql as $$
begin
  perform pg_notify(tg_argv[0], coalesce(new.id, old.id)::text);
  return null;
end $$;
create trigger job_announced after insert or update or delete on job
  for each row execute function announce_change('jobs');
create trigger run_announced after insert or update on run
  for each row execute function announce_change('runs');
create trigger orchestrator_announced after update on orchestrator
  for each row execute function announce_change('orchestrator');
