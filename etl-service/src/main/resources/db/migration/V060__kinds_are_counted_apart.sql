-- Kinds of one type of record may be counted each by itself: what the one count of all kinds of plans has left is forgotten.

comment on column source_count.record is 'the table of the type, and after a space the kind of its rows if only they were counted';

delete from source_count c
 where c.record = 'work_item'
   and exists (
     select
     from checkpoint k
     where k.connection_id = c.connection_id and k.stream = 'plan_census' and k.partition = c.partition);
delete from census_seen where stream = 'plan_census';
delete from census where stream = 'plan_census';
delete from vanished where stream = 'plan_census';
delete from unreadable where stream = 'plan_census';
delete from checkpoint where stream = 'plan_census';
