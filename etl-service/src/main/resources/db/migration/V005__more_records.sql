-- The rest of what the sources hold; the rules of V003 and V004 hold here too.

create table team (
  id            bigint generated always as identity primary key,
  connection_id bigint not null,
  external_id   text not null,
  key           text,
  name          text not null,
  parent_id     text,
  url           text,
  extra         jsonb,
  content_hash  bigint not null,
  stored_at     timestamptz not null default now(),
  deleted_at    timestamptz,
  gone_reason   text,
  came_back     boolean,
  unique (connection_id, external_id)
);

create table team_member (
  id            bigint generated always as identity primary key,
  connection_id bigint not null,
  external_id   text not null,
  team_id       text not null,
  role          text,
  content_hash  bigint not null,
  stored_at     timestamptz not null default now(),
  deleted_at    timestamptz,
  gone_reason   text,
  came_back     boolean,
  unique (connection_id, team_id, external_id)
);

create table board (
  id            bigint generated always as identity primary key,
  connection_id bigint not null,
  external_id   text not null,
  name          text not null,
  kind          text,
  project_id    text,
  url           text,
  content_hash  bigint not null,
  stored_at     timestamptz not null default now(),
  deleted_at    timestamptz,
  gone_reason   text,
  came_back     boolean,
  unique (connection_id, external_id)
);

create table sprint (
  id            bigint generated always as identity primary key,
  connection_id bigint not null,
  external_id   text not null,
  board_id      text,
  name          text not null,
  goal          text,
  state         text not null,
  starts_at     timestamptz,
  ends_at       timestamptz,
  completed_at  timestamptz,
  content_hash  bigint not null,
  stored_at     timestamptz not null default now(),
  deleted_at    timestamptz,
  gone_reason   text,
  came_back     boolean,
  unique (connection_id, external_id)
);

create table sprint_item (
  id            bigint generated always as identity primary key,
  connection_id bigint not null,
  external_id   text not null,
  sprint_id     text not null,
  work_item_id  text not null,
  added_at      timestamptz,
  removed_at    timestamptz,
  content_hash  bigint not null,
  stored_at     timestamptz not null default now(),
  deleted_at    timestamptz,
  gone_reason   text,
  came_back     boolean,
  unique (connection_id, external_id)
);
create index sprint_item_of_parent on sprint_item (connection_id, work_item_id);

create table release (
  id                bigint generated always as identity primary key,
  connection_id     bigint not null,
  external_id       text not null,
  kind              text not null,
  project_id        text,
  repository_id     text,
  name              text not null,
  tag               text,
  target            text,
  description       text,
  state             text,
  created_at        timestamptz,
  starts_on         date,
  due_on            date,
  released_at       timestamptz,
  source_updated_at timestamptz,
  url               text,
  extra             jsonb,
  content_hash      bigint not null,
  stored_at         timestamptz not null default now(),
  deleted_at        timestamptz,
  gone_reason       text,
  came_back         boolean,
  unique (connection_id, kind, external_id)
);

create table worklog (
  id                bigint generated always as identity primary key,
  connection_id     bigint not null,
  external_id       text not null,
  work_item_id      text not null,
  author_id         text,
  started_at        timestamptz not null,
  seconds           bigint not null,
  body              text,
  created_at        timestamptz,
  source_updated_at timestamptz,
  content_hash      bigint not null,
  stored_at         timestamptz not null default now(),
  deleted_at        timestamptz,
  gone_reason       text,
  came_back         boolean,
  unique (connection_id, external_id)
);
create index worklog_of_parent on worklog (connection_id, work_item_id);

create table item_relation (
  id            bigint generated always as identity primary key,
  connection_id bigint not null,
  external_id   text not null,
  work_item_id  text not null,
  kind          text not null,
  other_id      text,
  other_key     text,
  content_hash  bigint not null,
  stored_at     timestamptz not null default now(),
  deleted_at    timestamptz,
  gone_reason   text,
  came_back     boolean,
  unique (connection_id, external_id)
);
create index item_relation_of_parent on item_relation (connection_id, work_item_id);

create table link_hint (
  id                bigint generated always as identity primary key,
  connection_id     bigint not null,
  external_id       text not null,
  from_kind         text not null,
  from_id           text not null,
  kind              text not null,
  target_kind       text,
  target_id         text,
  url               text,
  text              text,
  source_updated_at timestamptz,
  content_hash      bigint not null,
  stored_at         timestamptz not null default now(),
  deleted_at        timestamptz,
  gone_reason       text,
  came_back         boolean,
  unique (connection_id, external_id)
);
create index link_hint_of_parent on link_hint (connection_id, from_id);

create table commit_parent (
  id            bigint generated always as identity primary key,
  connection_id bigint not null,
  external_id   text not null,
  repository_id text not null,
  parent_sha    text not null,
  position      int not null,
  content_hash  bigint not null,
  stored_at     timestamptz not null default now(),
  deleted_at    timestamptz,
  gone_reason   text,
  came_back     boolean,
  unique (connection_id, repository_id, external_id, position)
);

create table build (
  id                bigint generated always as identity primary key,
  connection_id     bigint not null,
  external_id       text not null,
  attempt           int not null,
  repository_id     text,
  pipeline_id       text,
  name              text not null,
  number            bigint,
  trigger           text,
  branch            text,
  commit_sha        text,
  state             text not null,
  result            text,
  actor_id          text,
  created_at        timestamptz not null,
  started_at        timestamptz,
  finished_at       timestamptz,
  source_updated_at timestamptz,
  url               text,
  extra             jsonb,
  content_hash      bigint not null,
  stored_at         timestamptz not null default now(),
  deleted_at        timestamptz,
  gone_reason       text,
  came_back         boolean,
  unique (connection_id, external_id, attempt)
);

create table build_job (
  id            bigint generated always as identity primary key,
  connection_id bigint not null,
  external_id   text not null,
  build_id      text not null,
  attempt       int not null,
  name          text not null,
  state         text not null,
  result        text,
  started_at    timestamptz,
  finished_at   timestamptz,
  url           text,
  content_hash  bigint not null,
  stored_at     timestamptz not null default now(),
  deleted_at    timestamptz,
  gone_reason   text,
  came_back     boolean,
  unique (connection_id, external_id)
);
create index build_job_of_parent on build_job (connection_id, build_id);

create table deployment (
  id                bigint generated always as identity primary key,
  connection_id     bigint not null,
  external_id       text not null,
  repository_id     text,
  environment       text not null,
  production        boolean,
  commit_sha        text,
  ref               text,
  task              text,
  creator_id        text,
  created_at        timestamptz not null,
  source_updated_at timestamptz,
  url               text,
  extra             jsonb,
  content_hash      bigint not null,
  stored_at         timestamptz not null default now(),
  deleted_at        timestamptz,
  gone_reason       text,
  came_back         boolean,
  unique (connection_id, external_id)
);

create table deployment_status (
  id            bigint generated always as identity primary key,
  connection_id bigint not null,
  external_id   text not null,
  deployment_id text not null,
  state         text not null,
  creator_id    text,
  happened_at   timestamptz not null,
  url           text,
  content_hash  bigint not null,
  stored_at     timestamptz not null default now(),
  deleted_at    timestamptz,
  gone_reason   text,
  came_back     boolean,
  unique (connection_id, external_id)
);
create index deployment_status_of_parent on deployment_status (connection_id, deployment_id);
