-- How runs were asked to hold, so that it can be asked again; and from when on a job may be late.
alter table orchestrator
  add column mode       text, -- of the maintenance: how soon runs hold; finish = they go on to their end
  add column resumed_at timestamptz,
  add constraint orchestrator_mode check (mode in ('page', 'now', 'finish'));
alter table job
  add column activated_mode      text, -- the same, of an activated job
  add column activated_reason    text,
  add column resumed_at          timestamptz,
  add column schedule_changed_at timestamptz,
  add constraint job_activated_mode check (activated_mode in ('page', 'now', 'finish'));
