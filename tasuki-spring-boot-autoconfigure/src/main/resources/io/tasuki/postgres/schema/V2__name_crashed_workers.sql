-- Schema of tasuki, version 2: the names of the workers that a job took down. It only adds, and nothing of what it adds is
-- known to instances of version 1, so these run on while it is applied and after it.
-- It locks the three tables for a moment. Applied by hand: in one transaction, under a lock timeout (set local
-- lock_timeout = '250ms'), and again if that strikes. Without one, everybody waits behind it for the longest transaction.

-- Who claims under an owner: one row per connection of a worker that claims. Only people read it; without a row a worker
-- is "unknown", and nothing else changes.
create table tasuki.owner (
  id        bigint      not null,
  opened_at timestamptz not null default clock_timestamp(),
  seen_at   timestamptz not null default clock_timestamp(),
  worker    text        not null,
  constraint owner_pk primary key (id)
);

create index owner_order on tasuki.owner (seen_at, id);

-- The live table first, as in every statement that touches two of them.
alter table tasuki.job add column crash_owners bigint[];

alter table tasuki.job_dead add column crash_owners bigint[];

alter table tasuki.job_archive add column crash_owners bigint[];

comment on column tasuki.job.crash_owners is
  'Owners charged with the crashes, oldest first, the latest 20: rows of tasuki.owner as long as these are kept';

insert into tasuki.schema_version (version, script) values (2, 'V2__name_crashed_workers.sql');
