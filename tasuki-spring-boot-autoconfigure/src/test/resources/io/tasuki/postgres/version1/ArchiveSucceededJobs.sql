with gone as (
  delete from tasuki.job
   where ctid = any (array(
     select found.place
       from unnest(?::bigint[], ?::integer[], ?::bigint[]) as done (id, lease_no, owner)
      cross join lateral (
        select job.ctid as place
          from tasuki.job
         where job.id = done.id and job.lease_no = done.lease_no and job.lock_owner = done.owner
           for update skip locked) as found))
  returning job.*),
kept as (
  insert into tasuki.job_archive (
         id, run_at, created_at, finished_at, lease_no, attempt, priority, max_attempts, crashes, progress,
         outcome, queue, kind, payload, unique_key, label, progress_note, metadata, errors)
  select id, run_at, created_at, now(), lease_no, attempt, priority, max_attempts, crashes, progress,
         1, queue, kind, payload, unique_key, label, progress_note, metadata, errors
    from gone)
select id, lease_no, lock_owner
  from gone
