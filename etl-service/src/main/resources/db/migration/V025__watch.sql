-- One node of the cluster at a time watches it: reads its figures, and tells of trouble.

create table watch (
  id      int         primary key default 1,
  owner   text        not null,
  expires timestamptz not null,
  constraint watch_one check (id = 1)
);
