-- People want to be told of trouble: what of, by which way, what they were told, and whether it arrived.

create table alert (
  id                   bigint generated always as identity primary key,
  name                 text        not null unique,
  enabled              boolean     not null,
  channel              text        not null,
  url                  text, -- of a webhook
  secret               text, -- of a webhook, sealed; never leaves the service
  recipients           text[]      not null, -- of mail
  conditions           text[]      not null,
  connections          bigint[]    not null, -- empty = all
  late_after           int         not null,
  budget_below_percent int         not null,
  quarantine_per_hour  int         not null,
  version              bigint      not null default 0,
  constraint alert_channel check (channel in ('WEBHOOK', 'MAIL'))
);

-- A trouble from its beginning to its end, as one alert sees it. There is one at a time of the same.
create table alert_incident (
  id        bigint generated always as identity primary key,
  alert_id  bigint      not null references alert on delete cascade,
  condition text        not null,
  subject   text        not null, -- such as job 7
  summary   text        not null,
  opened_at timestamptz not null default clock_timestamp(),
  ended_at  timestamptz
);
create unique index alert_incident_open on alert_incident (alert_id, condition, subject) where ended_at is null;
create index alert_incident_of_alert on alert_incident (alert_id, id desc);

-- What is to be told, and was. Whoever sets next_at forward has the message to itself until then.
create table alert_message (
  id          bigint generated always as identity primary key,
  incident_id bigint      not null references alert_incident on delete cascade,
  kind        text        not null,
  state       text        not null default 'WAITING',
  attempts    int         not null default 0,
  created_at  timestamptz not null default clock_timestamp(),
  next_at     timestamptz not null default clock_timestamp(),
  settled_at  timestamptz,
  error       text,
  constraint alert_message_kind check (kind in ('TROUBLE', 'RECOVERY')),
  constraint alert_message_state check (state in ('WAITING', 'SENT', 'GIVEN_UP'))
);
create index alert_message_of_incident on alert_message (incident_id, id);
create index alert_message_due on alert_message (next_at) where state = 'WAITING';
