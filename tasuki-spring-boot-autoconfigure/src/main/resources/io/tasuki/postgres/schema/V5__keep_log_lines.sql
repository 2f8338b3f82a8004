-- Schema of tasuki, version 5: jobs keep the lines that their handlers log. It only adds, and nothing of what it adds is known
-- to instances of earlier versions, so these run on while it is applied and after it; a job that one of them ends loses its lines.
-- It locks the three tables for a moment. Applied by hand: in one transaction, under a lock timeout (set local
-- lock_timeout = '250ms'), and again if that strikes.

alter table tasuki.job add column log_lines jsonb;

alter table tasuki.job_dead add column log_lines jsonb;

alter table tasuki.job_archive add column log_lines jsonb;

comment on column tasuki.job.log_lines is
  'What its handlers logged, oldest first, the latest 100: an array of {"attempt", "at", "text", "lease", "no"}, where the last two tell lines apart';

insert into tasuki.schema_version (version, script) values (5, 'V5__keep_log_lines.sql');
