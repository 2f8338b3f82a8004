select held.id, held.lease_no, held.owner
  from unnest(?::bigint[], ?::integer[], ?::bigint[]) as held (id, lease_no, owner)
 cross join lateral (
   select
     from tasuki.job
    where job.id = held.id and job.lease_no = held.lease_no and job.lock_owner = held.owner
   offset 0) as found
