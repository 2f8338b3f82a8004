update tasuki.job
   set lease_no = lease_no + 1,
       attempt = case when lease_expires_at is null then attempt + 1 else attempt end,
       crashes = case when lease_expires_at is null then crashes else greatest(crashes, 1) end,
       lock_owner = ?,
       lease_expires_at = clock_timestamp() + ? * interval '1 microsecond'
 where ctid = any (array(
   select due.ctid
     from unnest(?::text[], ?::text[], ?::integer[])
            with ordinality as line (queue, kinds, line_limit, number)
    cross join lateral (
      select string_to_array(line.kinds, chr(31)) as kinds,
             ? and now() - pg_postmaster_start_time() > ? * interval '1 microsecond' / 3 as take_over
      offset 0) as asked
    cross join lateral (
      select ready.ctid
        from generate_series(0, 9) as level (priority)
       cross join lateral (
         select job.ctid
           from tasuki.job
          where job.queue = line.queue
            and job.priority = level.priority
            and (job.run_at, job.id) > (
                  (?::timestamptz[])[(line.number - 1) * 10 + level.priority + 1],
                  (?::bigint[])[(line.number - 1) * 10 + level.priority + 1])
            and job.run_at <= now()
            and job.kind = any (asked.kinds)
            and case
                  when job.lease_expires_at is null then job.crashes = 0 or asked.take_over
                  else job.lease_expires_at < now() and asked.take_over and job.lock_owner <> ?
                end
          order by job.run_at, job.id
          limit line.line_limit
            for no key update skip locked) as ready
       limit line.line_limit) as due
    limit ?))
   and (select set_config('synchronous_commit', 'off', true)) is not null
returning id, lease_no, lock_owner, kind, queue, payload::text, priority, attempt, max_attempts, run_at,
          created_at, crashes
