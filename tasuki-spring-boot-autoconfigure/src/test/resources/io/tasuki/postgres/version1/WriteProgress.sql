with held as (
  select found.place, report.percent, report.note
    from unnest(?::bigint[], ?::integer[], ?::bigint[], ?::smallint[], ?::text[])
           as report (id, lease_no, owner, percent, note)
   cross join lateral (
     select job.ctid as place
       from tasuki.job
      where job.id = report.id and job.lease_no = report.lease_no and job.lock_owner = report.owner
        for no key update skip locked) as found)
update tasuki.job
   set progress = held.percent,
       progress_note = held.note
  from held
 where job.ctid = held.place
