with found as (
  select id, kind, queue, payload, priority, attempt, max_attempts, run_at, created_at, progress,
         progress_note, errors, null as reason, null::timestamptz as finished_at,
         case when lease_expires_at > clock_timestamp() then 'RUNNING' else 'AVAILABLE' end as state
    from tasuki.job
   where id = ?
  union all
  select id, kind, queue, payload, priority, attempt, max_attempts, run_at, created_at, progress,
         progress_note, errors, reason, died_at, 'DEAD'
    from tasuki.job_dead
   where id = ?
  union all
  select id, kind, queue, payload, priority, attempt, max_attempts, run_at, created_at, progress,
         progress_note, errors, reason, finished_at, case outcome when 1 then 'SUCCEEDED' else 'CANCELLED' end
    from tasuki.job_archive
   where id = ?)
select found.*, found.payload::text as payload_text,
       (error.entry->>'attempt')::integer as error_attempt, (error.entry->>'at')::timestamptz as error_at,
       error.entry->>'type' as error_type, error.entry->>'message' as error_message,
       error.entry->>'stackTrace' as error_stack_trace
  from found
  left join lateral jsonb_array_elements(found.errors) with ordinality as error (entry, n) on true
 order by error.n
