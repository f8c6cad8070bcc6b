-- The audit is read from the latest event on, together with that of etl-service: both by the time of the event.

create index audit_event_by_time on audit_event (happened_at, id);
