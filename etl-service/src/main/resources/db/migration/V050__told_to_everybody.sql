-- Whoever sees only some connections is told of the others how many runs go on, which job all wait for, and which run
-- holds up a budget; nothing else. These are read with the rights of their owner, so row-level security lets them pass
-- (afterMigrate__row_security.sql).

create view orchestrator_load as
select (select count(*) from run where state = 'RUNNING') as running, (select id from job where activated) as activated;

-- The run, and its job, that goes on and pays from one of these budgets; whoever asks knows the budgets already.
create function budget_holder(keys text[]) returns table (job_id bigint, run_id bigint)
  language sql stable strict security definer rows 1 set search_path = etl, pg_temp as $$
  select o.id, o.run_id
  from job o
  where o.state = 'RUNNING' and o.budget_keys && keys
  order by o.id
  limit 1
$$;
