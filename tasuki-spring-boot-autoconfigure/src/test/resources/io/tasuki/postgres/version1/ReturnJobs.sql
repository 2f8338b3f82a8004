with held as (
  select found.place, done.*
    from unnest(?::bigint[], ?::integer[], ?::bigint[], ?::text[], ?::text[], ?::text[],
                ?::bigint[], ?::timestamptz[], ?::integer[], ?::integer[])
           as done (id, lease_no, owner, error_type, error_message, stack_trace,
                    delay, retry_at, attempts_used, crashes_left)
   cross join lateral (
     select job.ctid as place
       from tasuki.job
      where job.id = done.id and job.lease_no = done.lease_no and job.lock_owner = done.owner
        for update skip locked) as found)
update tasuki.job
   set run_at = case
         when held.delay is not null then clock_timestamp() + held.delay * interval '1 microsecond'
         when held.retry_at is not null then greatest(held.retry_at, clock_timestamp())
         else job.run_at
       end,
       attempt = greatest(job.attempt - 1 + held.attempts_used, 0),
       crashes = least(held.crashes_left, 32767),
       lease_expires_at = null,
       lock_owner = null,
       errors = case
         when held.error_type is null then job.errors
         else case
                when jsonb_typeof(job.errors) is distinct from 'array' then '[]'
                when jsonb_array_length(job.errors) >= 100 then job.errors - 0
                else job.errors
              end
           || jsonb_build_array(jsonb_build_object('attempt', job.attempt, 'at', clock_timestamp(),
                'type', held.error_type, 'message', held.error_message, 'stackTrace', held.stack_trace))
       end
  from held
 where job.ctid = held.place
returning job.id, job.lease_no, held.owner, job.run_at,
          (extract(epoch from greatest(job.run_at - clock_timestamp(), interval '0')) * 1000000)::bigint
