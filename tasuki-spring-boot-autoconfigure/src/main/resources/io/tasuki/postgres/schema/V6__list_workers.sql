-- Schema of tasuki, version 6: which workers are alive, and what they do. It only adds. Instances of earlier versions run on
-- beside it, and are not listed.
-- It locks the table of the owners for a moment. Applied by hand: in one transaction, under a lock timeout (set local
-- lock_timeout = '250ms'), and again if that strikes. Where the workers' role was granted rights table by table, grant it
-- select, insert, update and delete on the new table; whoever explains jobs needs select on it and on tasuki.owner.

-- What each worker says of itself, every third of a lease. One that said nothing for longer than its lease counts as dead,
-- and its row is deleted by the others. Nothing that runs jobs reads it.
create table tasuki.worker (
  id           bigint        not null,
  started_at   timestamptz   not null,
  seen_at      timestamptz   not null,
  lease        interval      not null,
  pid          bigint        not null,
  slots        integer       not null,
  slots_in_use integer       not null,
  draining     boolean       not null,
  name         text          not null,
  host         text          not null,
  version      text,
  queues       text[]        collate "C" not null,
  kinds        text[]        collate "C" not null,
  limits       jsonb         not null,
  job_ids      bigint[]      not null,
  held_since   timestamptz[] not null,
  constraint worker_pk primary key (id)
) with (fillfactor = 50);

comment on column tasuki.worker.limits is
  'Limits within the slots, and handlers that take several jobs in one slot: an array of {"queue", "kinds", "concurrency", "inUse", "batchSize"}';

comment on column tasuki.worker.job_ids is
  'The jobs that it has held longest, with held_since; at most 100';

-- Whose owner it is; none if an instance of an earlier version claims under it.
alter table tasuki.owner add column worker_id bigint;

insert into tasuki.schema_version (version, script) values (6, 'V6__list_workers.sql');
