-- Errors of a job are told by kind: JobErrors looks through the events of all its runs for those that are errors.

create index run_event_error on run_event (run_id) where kind in ('FAILED', 'UNREADABLE');
