-- Rows are looked up by the source's id, and the kind is not always known: an index that has the kind before the id is
-- read from end to end for it before PostgreSQL 18. The same columns in another order cost a page no more to write.
-- For RecordTables (what is gone), Outdated, CensusNotes.
--
-- And a comment that names its parent by its number is looked up by that; it is in one of two indexes, not in both.
--
-- Built beside everything that goes on: reading and writing wait for nothing. It may be begun again at any time.

drop index concurrently if exists work_item_by_id;
drop index concurrently if exists comment_by_id;
drop index concurrently if exists release_by_id;
drop index concurrently if exists comment_of_known_parent;
drop index concurrently if exists comment_of_number;
create unique index concurrently work_item_by_id on work_item (connection_id, external_id, kind);
create unique index concurrently comment_by_id on comment (connection_id, external_id, kind);
create unique index concurrently release_by_id on release (connection_id, external_id, kind);
create index concurrently comment_of_known_parent on comment (connection_id, parent_id) where parent_id is not null;
create index concurrently comment_of_number on comment (connection_id, repository_id, parent_number)
  where parent_number is not null;
