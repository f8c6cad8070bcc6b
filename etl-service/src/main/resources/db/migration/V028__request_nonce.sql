-- A signed change is accepted once, whichever node it is sent to: these were accepted lately. Logged, because an
-- unlogged table is emptied by a crash, and what was accepted before it would be accepted again.

create table request_nonce (
  key_id     text        not null,
  nonce      text        not null,
  kept_until timestamptz not null, -- from then on the request is stale anyway
  primary key (key_id, nonce)
);
create index request_nonce_old on request_nonce (kept_until);
