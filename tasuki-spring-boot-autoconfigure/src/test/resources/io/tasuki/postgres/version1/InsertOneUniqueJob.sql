with inserted as (
  insert into tasuki.job (queue, kind, payload, priority, max_attempts, run_at, unique_key)
  values (?, ?, ?::jsonb, ?, ?,
          greatest(?::timestamptz, clock_timestamp() + ? * interval '1 microsecond'), ?)
  on conflict (queue, unique_key) where unique_key is not null do nothing
  returning id, run_at)
select id, run_at, true as created,
       (extract(epoch from run_at - clock_timestamp()) * 1000000)::bigint as due_in
  from inserted
union all
select id, run_at, false, 0
  from tasuki.job
 where queue = ? and unique_key = ? and not exists (select from inserted)
