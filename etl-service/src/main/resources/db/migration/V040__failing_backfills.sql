-- A backfill that the source cannot serve is given up some time, with what is to be done about it.

alter table backfill
  add column failures      int    not null default 0, -- runs in a row that failed at it without having stored a page of it
  add column failure_pages bigint not null default 0, -- pages of it stored when the last of them failed
  add column remedy        text;

-- JobErrors and RunEvents: it is among the errors of its run.
drop index run_event_error;
create index run_event_error on run_event (run_id) where kind in ('FAILED', 'UNREADABLE', 'BACKFILL_FAILED');
