-- Who may enter, with what, and what they did: everything that the gateway owns.

create table user_account (
  id                 bigint generated always as identity primary key,
  email              text        not null unique, -- lower case
  name               text        not null,
  role               text        not null,
  connections        bigint[],                    -- those whose data the user sees; null = all
  password_hash      text,                        -- null until the first link is used
  password_temporary boolean     not null default false, -- to be changed before anything else
  active             boolean     not null default true,
  created_at         timestamptz not null,
  version            bigint      not null default 0,
  constraint user_account_email check (email = lower(email)),
  constraint user_account_role check (role in ('VIEWER', 'OPERATOR', 'ANALYST', 'ADMIN'))
);

-- Lets its bearer choose a password, once. Only the newest of a user is there.
create table one_time_link (
  user_id    bigint      primary key references user_account (id),
  token_hash bytea       not null unique,
  expires_at timestamptz not null
);

-- A browser that is signed in. Its refresh token is not stored: it follows from id and generation.
create table login_session (
  id           text        primary key,
  user_id      bigint      not null references user_account (id),
  device       text        not null,
  address      text        not null,
  created_at   timestamptz not null,
  last_used_at timestamptz not null,
  expires_at   timestamptz not null, -- however much it is used
  generation   bigint      not null default 0,
  rotated_at   timestamptz not null,
  ended_at     timestamptz,
  end_reason   text,
  constraint login_session_end check ((ended_at is null) = (end_reason is null)),
  constraint login_session_end_reason
    check (end_reason in ('LOGOUT', 'REVOKED', 'REUSED', 'PASSWORD_CHANGED', 'DEACTIVATED'))
);
create index login_session_of_user on login_session (user_id, created_at) where ended_at is null; -- Sessions.list
create index login_session_age on login_session (expires_at);                                     -- Sessions.forgetOld

-- A program that acts for a user.
create table script_token (
  id           bigint generated always as identity primary key,
  user_id      bigint      not null references user_account (id),
  name         text        not null,
  token_hash   bytea       not null unique,
  hint         text        not null, -- its last characters, to tell it from others
  permissions  text[]      not null,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  last_used_at timestamptz,
  revoked_at   timestamptz
);
create index script_token_of_user on script_token (user_id, id) where revoked_at is null; -- ScriptTokens.list

-- Attempts to guess, by what they have in common. In the database, so that no other node and no restart helps.
create table login_throttle (
  key           text             primary key,
  level         double precision not null,
  last_at       timestamptz      not null,
  blocked_until timestamptz      not null
);
create index login_throttle_age on login_throttle (last_at); -- Throttle.forgetOld

-- What people did. Only ever appended to.
create table audit_event (
  id          bigint generated always as identity primary key,
  happened_at timestamptz not null default clock_timestamp(),
  actor       text        not null,
  action      text        not null, -- such as user.create
  target_kind text        not null,
  target_id   text        not null,
  reason      text,
  before      jsonb,
  after       jsonb,
  request_id  text
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is history: % refused', tg_table_name, lower(tg_op);
end $$;
create trigger audit_event_is_history before update or delete on audit_event
  for each row execute function refuse_change();
create trigger audit_event_is_kept before truncate on audit_event
  for each statement execute function refuse_change();
