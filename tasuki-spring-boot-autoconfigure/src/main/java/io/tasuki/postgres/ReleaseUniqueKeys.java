package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Takes their unique keys from jobs that workers hold, for others to be stored under. */
final class ReleaseUniqueKeys {

	// As in ReplaceWaitingJobs.
	static final String SQL = """
			with held as materialized (
			  select locked.id
			    from (select distinct id from unnest(?::bigint[]) as given (id) order by id) as given
			   cross join lateral (
			      select job.id
			        from tasuki.job
			       where job.id >= given.id and job.id <= given.id
			         and job.unique_key is not null and job.lease_expires_at is not null
			       order by job.id
			       limit 1
			         for update) as locked)
			update tasuki.job
			   set unique_key = null
			  from held
			 where job.id >= held.id and job.id <= held.id
			   and job.unique_key is not null and job.lease_expires_at is not null
			""";

	private ReleaseUniqueKeys() {
	}

	static void run(CallersConnection connection, long[] ids) throws SQLException {
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			statement.setObject(1, ids);
			statement.executeUpdate();
		}
	}

}
