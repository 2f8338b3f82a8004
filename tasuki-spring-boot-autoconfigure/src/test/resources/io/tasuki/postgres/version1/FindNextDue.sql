select asked.queue, (extract(epoch from next.run_at - clock_timestamp()) * 1000000)::bigint
  from unnest(?::text[]) as asked (queue)
 cross join lateral (
   select min(ahead.run_at) as run_at
     from generate_series(0, 9) as level (priority)
    cross join lateral (
      select job.run_at
        from tasuki.job
       where job.queue = asked.queue
         and job.priority = level.priority
         and job.run_at > now()
         and job.run_at < 'infinity'
       order by job.run_at
       limit 1) as ahead) as next
 where next.run_at is not null
