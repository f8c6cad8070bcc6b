-- The indexes that V055 has made others for. Takes each table for itself, for a moment: nothing is read or copied.

alter table work_item
  drop constraint work_item_connection_id_kind_external_id_key,
  add constraint work_item_by_id unique using index work_item_by_id;
alter table comment
  drop constraint comment_connection_id_kind_external_id_key,
  add constraint comment_by_id unique using index comment_by_id;
alter table release
  drop constraint release_connection_id_kind_external_id_key,
  add constraint release_by_id unique using index release_by_id;
drop index comment_of_parent;
