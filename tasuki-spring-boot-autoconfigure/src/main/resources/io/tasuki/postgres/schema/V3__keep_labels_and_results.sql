-- Schema of tasuki, version 3: live and dead jobs can be found by their labels, and succeeded jobs keep what they came to. It
-- only adds: indexes without a row for jobs without a label, which all jobs of instances of earlier versions are, and a column.
-- It keeps others off the tables for a moment, and writers while it reads two of them once. Applied by hand: in one
-- transaction, under a lock timeout (set local lock_timeout = '250ms'), and again if that strikes.

create index job_label on tasuki.job (label, id) where label is not null;

create index job_dead_label on tasuki.job_dead (label, id) where label is not null;

alter table tasuki.job_archive add column result jsonb;

insert into tasuki.schema_version (version, script) values (3, 'V3__keep_labels_and_results.sql');
