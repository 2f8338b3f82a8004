delete from tasuki.job
 where ctid = any (array(
   select found.place
     from unnest(?::bigint[], ?::integer[], ?::bigint[]) as done (id, lease_no, owner)
    cross join lateral (
      select job.ctid as place
        from tasuki.job
       where job.id = done.id and job.lease_no = done.lease_no and job.lock_owner = done.owner
         for update skip locked) as found))
returning id, lease_no, lock_owner
