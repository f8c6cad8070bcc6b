-- The second lock: what a request reads for a caller who sees only some connections, it reads as pulse_narrowed, whom
-- PostgreSQL shows no row of another one. Nothing changes for anybody else.
--
-- Flyway runs this at each start, and it adds what is missing: to a new table, to a database that was restored where the
-- role was not, or once an administrator has made the role. A table is narrowed by its column connection_id, job_id,
-- run_id or trigger_name. What is neither narrowed nor named below, pulse_narrowed cannot read at all. A condition that
-- changes takes a migration that drops the policies "narrowed".
do $$
declare
  seen constant text := $sql$string_to_array(nullif(current_setting('pulse.connections', true), ''), ',')$sql$;
  visible constant text := format('any ((select %s::bigint[])::bigint[])', seen); -- once a query, not once a row
  entry record;
begin
  perform pg_advisory_xact_lock(hashtext('pulse_narrowed')); -- two nodes may start at once

  if not exists (select from pg_roles where rolname = 'pulse_narrowed') then
    begin
      create role pulse_narrowed nologin;
      execute format('grant pulse_narrowed to %I', current_user);
    exception
      when insufficient_privilege then return; -- the start says what an administrator has to do
      when duplicate_object or unique_violation then null; -- by Pulse in another database of this server
    end;
  end if;

  if not has_schema_privilege('pulse_narrowed', current_schema(), 'usage') then
    execute format('grant usage on schema %I to pulse_narrowed', current_schema());
  end if;

  for entry in
    select t.oid, t.relname as name, t.relrowsecurity as locked, narrowing.condition
    from pg_class t
    cross join lateral (
      select array_agg(a.attname::text)
      from pg_attribute a
      where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped) as has (columns)
    cross join lateral (
      select
        case
          when t.relname in ('connection', 'job') then 'id = ' || visible
          when t.relname = 'rate_budget' then 'exists (select from job j where budget_key = any (j.budget_keys))'
          when 'connection_id' = any (has.columns) then 'connection_id = ' || visible
          when 'job_id' = any (has.columns) then 'job_id = ' || visible
          when 'run_id' = any (has.columns) then format('exists (select from run r where r.id = %I.run_id)', t.relname)
          when 'trigger_name' = any (has.columns) then format('trigger_name = any ((select %s)::text[])', seen)
        end) as narrowing (condition)
    where t.relnamespace = current_schema()::regnamespace and t.relkind in ('r', 'p')
      and narrowing.condition is not null
  loop
    if not exists (select from pg_policy where polrelid = entry.oid and polname = 'everything') then
      execute format('create policy everything on %I using (true)', entry.name);
    end if;
    if not exists (select from pg_policy where polrelid = entry.oid and polname = 'narrowed') then
      execute format(
        'create policy narrowed on %I as restrictive to pulse_narrowed using (%s)', entry.name, entry.condition);
    end if;
    if not entry.locked then
      execute format('alter table %I enable row level security', entry.name);
    end if;
    if not has_table_privilege('pulse_narrowed', entry.oid, 'select') then
      execute format('grant select on %I to pulse_narrowed', entry.name);
    end if;
  end loop;

  -- what is told to everybody
  for entry in
    select t.oid, t.relname as name
    from pg_class t
    where t.relnamespace = current_schema()::regnamespace and t.relname in ('orchestrator', 'orchestrator_load')
      and not has_table_privilege('pulse_narrowed', t.oid, 'select')
  loop
    execute format('grant select on %I to pulse_narrowed', entry.name);
  end loop;

  -- a request that is refused is written down, whoever it was sent for
  if to_regclass('audit_event') is not null and not has_table_privilege('pulse_narrowed', 'audit_event', 'insert') then
    grant insert on audit_event to pulse_narrowed;
  end if;
end
$$;
