-- Lists are read page by page in the order that was asked for, and an index serves each order.

create index scope_element_by_name on scope_element (connection_id, name, external_id); -- Covered
create index quarantine_of_connection on quarantine (connection_id, id); -- Quarantine.list, as the next two
create index quarantine_by_last_seen on quarantine (last_seen, id);
create index quarantine_by_seen on quarantine (seen, id);
