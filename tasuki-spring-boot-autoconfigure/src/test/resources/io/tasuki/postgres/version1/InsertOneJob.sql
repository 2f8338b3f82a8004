insert into tasuki.job (queue, kind, payload, priority, max_attempts, run_at)
values (?, ?, ?::jsonb, ?, ?,
        greatest(?::timestamptz, clock_timestamp() + ? * interval '1 microsecond'))
returning id, run_at, true as created,
          (extract(epoch from run_at - clock_timestamp()) * 1000000)::bigint as due_in
