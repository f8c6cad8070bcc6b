-- What the sources hold. Every table is keyed by the connection and the source's own id; a child names its
-- parent by the source's id, so streams can be read in any order. content_hash covers all mapped columns;
-- stored_at is when this state of the row was stored; a row that is gone keeps deleted_at and the reason.

create table organization (
  id            bigint generated always as identity primary key,
  connection_id bigint not null,
  external_id   text not null,
  login         text not null,
  name          text not null,
  url           text,
  content_hash  bigint not null,
  stored_at     timestamptz not null default now(),
  deleted_at    timestamptz,
  gone_reason   text,
  unique (connection_id, external_id)
);

create table account (
  id            bigint generated always as identity primary key,
  connection_id bigint not null,
  external_id   text not null,
  login         text,
  name          text,
  email         text,
  kind          text not null,
  active        boolean,
  extra         jsonb,
  sighted       boolean not null, -- met in passing only: not read in full yet
  content_hash  bigint not null,
  stored_at     timestamptz not null default now(),
  deleted_at    timestamptz,
  gone_reason   text,
  unique (connection_id, external_id)
);

create table project (
  id            bigint generated always as identity primary key,
  connection_id bigint not null,
  external_id   text not null,
  key           text not null,
  name          text not null,
  kind          text,
  lead_id       text,
  archived      boolean not null,
  url           text,
  extra         jsonb,
  content_hash  bigint not null,
  stored_at     timestamptz not null default now(),
  deleted_at    timestamptz,
  gone_reason   text,
  unique (connection_id, external_id)
);

create table field (
  id            bigint generated always as identity primary key,
  connection_id bigint not null,
  external_id   text not null,
  key           text not null,
  name          text not null,
  type          text,
  custom        boolean not null,
  content_hash  bigint not null,
  stored_at     timestamptz not null default now(),
  deleted_at    timestamptz,
  gone_reason   text,
  unique (connection_id, external_id)
);

create table work_item_type (
  id            bigint generated always as identity primary key,
  connection_id bigint not null,
  external_id   text not null,
  name          text not null,
  level         int,
  project_id    text,
  content_hash  bigint not null,
  stored_at     timestamptz not null default now(),
  deleted_at    timestamptz,
  gone_reason   text,
  unique (connection_id, external_id)
);

create table work_status (
  id            bigint generated always as identity primary key,
  connection_id bigint not null,
  external_id   text not null,
  name          text not null,
  category      text,
  project_id    text,
  content_hash  bigint not null,
  stored_at     timestamptz not null default now(),
  deleted_at    timestamptz,
  gone_reason   text,
  unique (connection_id, external_id)
);

create table work_item (
  id                bigint generated always as identity primary key,
  connection_id     bigint not null,
  external_id       text not null,
  kind              text not null,
  key               text not null,
  project_id        text not null,
  type_id           text,
  status_id         text,
  title             text not null,
  body              text,
  priority          text,
  resolution        text,
  assignee_id       text,
  reporter_id       text,
  parent_id         text,
  labels            jsonb,
  estimate          double precision,
  created_at        timestamptz,
  source_updated_at timestamptz,
  resolved_at       timestamptz,
  due_on            date,
  url               text,
  extra             jsonb,
  content_hash      bigint not null,
  stored_at         timestamptz not null default now(),
  deleted_at        timestamptz,
  gone_reason       text,
  unique (connection_id, kind, external_id)
);

create table work_item_change (
  id             bigint generated always as identity primary key,
  connection_id  bigint not null,
  external_id    text not null,
  work_item_kind text not null,
  work_item_id   text not null,
  field          text not null,
  field_id       text,
  from_id        text,
  from_text      text,
  to_id          text,
  to_text        text,
  author_id      text,
  changed_at     timestamptz not null,
  content_hash   bigint not null,
  stored_at      timestamptz not null default now(),
  deleted_at     timestamptz,
  gone_reason    text,
  unique (connection_id, external_id)
);
create index work_item_change_of_parent on work_item_change (connection_id, work_item_id);

create table comment (
  id                bigint generated always as identity primary key,
  connection_id     bigint not null,
  external_id       text not null,
  parent_kind       text not null,
  parent_id         text,
  repository_id     text,
  parent_number     bigint,
  kind              text not null,
  review_id         text,
  reply_to_id       text,
  path              text,
  author_id         text,
  body              text,
  created_at        timestamptz,
  source_updated_at timestamptz,
  content_hash      bigint not null,
  stored_at         timestamptz not null default now(),
  deleted_at        timestamptz,
  gone_reason       text,
  unique (connection_id, kind, external_id)
);
create index comment_of_parent on comment (connection_id, parent_id);

create table repository (
  id             bigint generated always as identity primary key,
  connection_id  bigint not null,
  external_id    text not null,
  name           text not null,
  full_name      text not null,
  default_branch text,
  is_private     boolean not null,
  archived       boolean not null,
  fork           boolean not null,
  language       text,
  created_at     timestamptz,
  pushed_at      timestamptz,
  url            text,
  extra          jsonb,
  content_hash   bigint not null,
  stored_at      timestamptz not null default now(),
  deleted_at     timestamptz,
  gone_reason    text,
  unique (connection_id, external_id)
);

create table commit (
  id            bigint generated always as identity primary key,
  connection_id bigint not null,
  external_id   text not null,
  repository_id text not null,
  message       text,
  author_name   text,
  author_email  text,
  author_id     text,
  authored_at   timestamptz,
  committed_at  timestamptz,
  content_hash  bigint not null,
  stored_at     timestamptz not null default now(),
  deleted_at    timestamptz,
  gone_reason   text,
  unique (connection_id, repository_id, external_id)
);

create table pull_request (
  id                bigint generated always as identity primary key,
  connection_id     bigint not null,
  external_id       text not null,
  repository_id     text not null,
  number            bigint not null,
  title             text not null,
  body              text,
  state             text not null,
  draft             boolean not null,
  author_id         text,
  base_ref          text not null,
  head_ref          text not null,
  base_sha          text,
  head_sha          text,
  merge_sha         text,
  additions         int,
  deletions         int,
  changed_files     int,
  commit_count      int,
  merged_by_id      text,
  labels            jsonb,
  created_at        timestamptz not null,
  source_updated_at timestamptz,
  closed_at         timestamptz,
  merged_at         timestamptz,
  url               text,
  extra             jsonb,
  content_hash      bigint not null,
  stored_at         timestamptz not null default now(),
  deleted_at        timestamptz,
  gone_reason       text,
  unique (connection_id, external_id)
);

create table pull_request_commit (
  id              bigint generated always as identity primary key,
  connection_id   bigint not null,
  external_id     text not null,
  pull_request_id text not null,
  position        int not null,
  content_hash    bigint not null,
  stored_at       timestamptz not null default now(),
  deleted_at      timestamptz,
  gone_reason     text,
  unique (connection_id, pull_request_id, external_id)
);

create table pull_request_event (
  id              bigint generated always as identity primary key,
  connection_id   bigint not null,
  external_id     text not null,
  pull_request_id text not null,
  kind            text not null,
  actor_id        text,
  subject         text,
  happened_at     timestamptz not null,
  content_hash    bigint not null,
  stored_at       timestamptz not null default now(),
  deleted_at      timestamptz,
  gone_reason     text,
  unique (connection_id, external_id)
);
create index pull_request_event_of_parent on pull_request_event (connection_id, pull_request_id);

create table review (
  id                bigint generated always as identity primary key,
  connection_id     bigint not null,
  external_id       text not null,
  pull_request_id   text not null,
  author_id         text,
  state             text not null,
  commit_sha        text,
  submitted_at      timestamptz,
  source_updated_at timestamptz,
  content_hash      bigint not null,
  stored_at         timestamptz not null default now(),
  deleted_at        timestamptz,
  gone_reason       text,
  unique (connection_id, external_id)
);
create index review_of_parent on review (connection_id, pull_request_id);
