update tasuki.job
   set crashes = least(crashes + 1, 32767)
 where ctid = any (array(
   select job.ctid
     from tasuki.job
    where job.id = ? and job.lease_no = ? and job.lock_owner = ?
      for no key update skip locked))
returning crashes
