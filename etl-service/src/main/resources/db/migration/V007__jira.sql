-- The team that a work item is assigned to, for figures by team.

alter table work_item add column team_id text;

-- What followed a token that its source replaces with each use. Named by a hash of the token that a
-- person entered, so that it is found however that token is saved.
create table rotating_token (
  id            bigint generated always as identity primary key,
  entered       text not null unique,
  refresh_token text,        -- sealed; null = the entered one was not used yet
  access_token  text,        -- sealed
  expires_at    timestamptz, -- of the access token
  claimed_until timestamptz, -- somebody is renewing it
  used_at       timestamptz not null default clock_timestamp()
);
