-- A second factor for signing in: codes of an authenticator app, and codes that are kept for the day it is lost.

create table second_factor (
  user_id      bigint      primary key references user_account (id),
  key_id       text        not null, -- which of the keys in the file has sealed the secret
  secret       bytea       not null, -- sealed, for this row alone
  last_step    bigint      not null default 0, -- the time step of the latest code that was accepted: none is accepted twice
  created_at   timestamptz not null,
  confirmed_at timestamptz           -- null = shown, and no code of it was seen yet
);

create table recovery_code (
  user_id   bigint      not null references user_account (id),
  code_hash bytea       not null,
  used_at   timestamptz,
  primary key (user_id, code_hash)
);
