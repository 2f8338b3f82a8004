-- Schema of tasuki, version 3: live and dead jobs can be found by their labels. It only adds two indexes without a row for jobs
-- without a label, which all jobs of instances of earlier versions are.
-- It keeps writers off the two tables while it reads them once. Applied by hand: in one transaction, under a lock timeout
-- (set local lock_timeout = '250ms'), and again if that strikes.

create index job_label on tasuki.job (label, id) where label is not null;

create index job_dead_label on tasuki.job_dead (label, id) where label is not null;

insert into tasuki.schema_version (version, script) values (3, 'V3__find_jobs_by_label.sql');
