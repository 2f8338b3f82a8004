-- Schema of tasuki, version 1. Applied by the application at start, or by Flyway, Liquibase or psql as it stands.
-- What the tables promise and why they look like this: package documentation of io.tasuki.postgres.

create schema tasuki;

create table tasuki.schema_version (
  version    integer     not null,
  script     text        not null,
  applied_at timestamptz not null default clock_timestamp(),
  constraint schema_version_pk primary key (version)
);

-- One row per live job. No state column: available, scheduled, running and lease lost follow from run_at and
-- lease_expires_at. Fixed-width columns come first, the widest in front, so that no row holds padding.
create table tasuki.job (
  id                  bigint      not null generated always as identity,
  run_at              timestamptz not null default clock_timestamp(),
  lease_expires_at    timestamptz,
  lock_owner          bigint,
  created_at          timestamptz not null default clock_timestamp(),
  cancel_requested_at timestamptz,
  lease_no            integer     not null default 0,
  attempt             integer     not null default 0,
  priority            smallint    not null default 5,
  max_attempts        smallint,
  crashes             smallint    not null default 0,
  progress            smallint,
  queue               text        collate "C" not null default 'default',
  kind                text        collate "C" not null,
  payload             jsonb,
  unique_key          text        collate "C",
  label               text        collate "C",
  progress_note       text,
  metadata            jsonb,
  errors              jsonb,
  constraint job_pk primary key (id),
  constraint job_priority_range check (priority between 0 and 9),
  constraint job_attempts check (attempt >= 0 and max_attempts > 0 and crashes >= 0),
  constraint job_lease_is_whole check ((lease_expires_at is null) = (lock_owner is null)),
  constraint job_progress_range check (progress between 0 and 100),
  constraint job_queue_length check (char_length(queue) between 1 and 128),
  constraint job_kind_length check (char_length(kind) between 1 and 128)
) with (
  -- Room on each page for a second version of every row: a claim then touches no index.
  fillfactor = 50,
  autovacuum_vacuum_scale_factor = 0.0,
  autovacuum_vacuum_threshold = 20000,
  autovacuum_vacuum_insert_scale_factor = 0.0,
  autovacuum_vacuum_insert_threshold = 100000,
  autovacuum_analyze_scale_factor = 0.2,
  autovacuum_vacuum_cost_delay = 0
);

-- The run order. Must not mention a column that a claim or a heartbeat writes, nor filter by one.
create index job_ready on tasuki.job (queue, priority, run_at, id);

create unique index job_unique_key on tasuki.job (queue, unique_key) where unique_key is not null;

-- Jobs that succeeded (outcome 1) or were cancelled (2), one partition per day, named job_archive_yyyymmdd (UTC). The
-- partitions are made by the application. No default partition: a row in it would block the making of that day's own.
create table tasuki.job_archive (
  id            bigint      not null,
  run_at        timestamptz not null,
  created_at    timestamptz not null,
  finished_at   timestamptz not null,
  lease_no      integer     not null,
  attempt       integer     not null,
  priority      smallint    not null,
  max_attempts  smallint,
  crashes       smallint    not null,
  progress      smallint,
  outcome       smallint    not null,
  queue         text        collate "C" not null,
  kind          text        collate "C" not null,
  payload       jsonb,
  unique_key    text        collate "C",
  label         text        collate "C",
  progress_note text,
  reason        text,
  metadata      jsonb,
  errors        jsonb,
  constraint job_archive_outcome check (outcome in (1, 2))
) partition by range (finished_at);

create index job_archive_order on tasuki.job_archive using brin (id int8_minmax_multi_ops, finished_at);

-- Jobs that gave up, kept for a human. Carries lease_no, because a job that is retried by hand keeps its id, and an old
-- worker must not hold its newest lease.
create table tasuki.job_dead (
  id            bigint      not null,
  run_at        timestamptz not null,
  created_at    timestamptz not null,
  died_at       timestamptz not null,
  lease_no      integer     not null,
  attempt       integer     not null,
  priority      smallint    not null,
  max_attempts  smallint,
  crashes       smallint    not null,
  progress      smallint,
  queue         text        collate "C" not null,
  kind          text        collate "C" not null,
  payload       jsonb,
  unique_key    text        collate "C",
  label         text        collate "C",
  progress_note text,
  reason        text        not null,
  metadata      jsonb,
  errors        jsonb,
  constraint job_dead_pk primary key (id)
);

create index job_dead_order on tasuki.job_dead (died_at, id);

comment on column tasuki.job.errors is
  'Failed attempts, oldest first: an array of {"attempt", "at", "type", "message", "stackTrace"}';

insert into tasuki.schema_version (version, script) values (1, 'V1__create_tasuki.sql');
