with input as materialized (
  select nextval('tasuki.job_id_seq') as id, queue, kind, payload, priority, max_attempts, n,
         greatest(run_at, clock_timestamp() + delay * interval '1 microsecond') as run_at
    from unnest(?::text[], ?::text[], ?::text[], ?::smallint[], ?::smallint[], ?::timestamptz[], ?::bigint[])
         with ordinality as given (queue, kind, payload, priority, max_attempts, run_at, delay, n)),
inserted as (
  insert into tasuki.job (id, queue, kind, payload, priority, max_attempts, run_at)
  overriding system value
  select id, queue, kind, payload::jsonb, priority, max_attempts, run_at from input)
select id, run_at, true as created,
       (extract(epoch from run_at - clock_timestamp()) * 1000000)::bigint as due_in
  from input
 order by n
