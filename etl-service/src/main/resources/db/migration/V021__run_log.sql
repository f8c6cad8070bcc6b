-- What is logged of a run is kept beside it, so that an operator finds it without reaching for a node's files.

create table run_log (
  id            bigint generated always as identity,
  run_id        bigint      not null,
  connection_id bigint      not null,
  node          text        not null,
  stream        text, -- null = of the run as a whole
  at            timestamptz not null, -- by the node's clock, as in its files
  level         text        not null,
  code          text, -- what kind of line, if it has one: such as of a run's event
  message       text        not null,
  count         bigint      not null default 1, -- how many lines alike it stands for
  primary key (run_id, id), -- RunLogLines reads a run's lines in this order
  constraint run_log_level check (level in ('INFO', 'WARN', 'ERROR'))
);
