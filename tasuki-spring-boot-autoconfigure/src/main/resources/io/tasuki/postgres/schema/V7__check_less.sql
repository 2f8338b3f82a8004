-- Schema of tasuki, version 7: fewer checks of live jobs, since PostgreSQL reads and plans each anew for every statement that writes to
-- them. The two that stay, job_priority_range and job_lease_is_whole, keep out rows that no worker would ever claim. Names are checked
-- by tasuki.enqueue and by the library. Instances of earlier versions run on. It locks the live table for a moment.

alter table tasuki.job
  drop constraint job_attempts,
  drop constraint job_progress_range,
  drop constraint job_queue_length,
  drop constraint job_kind_length;

insert into tasuki.schema_version (version, script) values (7, 'V7__check_less.sql');
