-- How many live rows each connection has, exactly: the sum over runs of what came and went drifts when a row
-- that was gone comes back.

create table stored_rows (
  connection_id bigint not null,
  stream        text   not null, -- empty for what was stored before this table was there
  partition     text   not null,
  live          bigint not null,
  primary key (connection_id, stream, partition)
);

-- came_back: the last write found the row gone; null = never written again. Returned by the upsert, which cannot
-- tell otherwise. Every table of records has deleted_at and content_hash.
do $$
declare
  records text;
begin
  for records in
    select c.table_name
    from information_schema.columns c
    where c.table_schema = current_schema() and c.column_name in ('deleted_at', 'content_hash')
    group by c.table_name
    having count(*) = 2
  loop
    execute format('alter table %I add column came_back boolean', records);
    execute format(
      $sql$
      insert into stored_rows as s (connection_id, stream, partition, live)
      select connection_id, '', '', count(*)
      from %I
      where deleted_at is null
      group by connection_id
      on conflict (connection_id, stream, partition) do update set live = s.live + excluded.live
      $sql$,
      records);
  end loop;
end
$$;
