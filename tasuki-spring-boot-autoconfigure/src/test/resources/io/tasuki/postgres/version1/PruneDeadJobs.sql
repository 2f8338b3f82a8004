delete from tasuki.job_dead
 where id = any (array(
   select id
     from tasuki.job_dead
    where died_at < now() - ? * interval '1 microsecond'
    order by died_at, id
    limit ?
      for update skip locked))
