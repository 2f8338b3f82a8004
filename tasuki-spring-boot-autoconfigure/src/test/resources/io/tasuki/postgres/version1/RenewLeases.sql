update tasuki.job
   set lease_expires_at = clock_timestamp() + ? * interval '1 microsecond'
 where ctid = any (array(
   select found.place
     from unnest(?::bigint[], ?::integer[], ?::bigint[]) as held (id, lease_no, owner)
    cross join lateral (
      select job.ctid as place
        from tasuki.job
       where job.id = held.id and job.lease_no = held.lease_no and job.lock_owner = held.owner
         for no key update skip locked) as found))
returning id, lease_no, lock_owner
