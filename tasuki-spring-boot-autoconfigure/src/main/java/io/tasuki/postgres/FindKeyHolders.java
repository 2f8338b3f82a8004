package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.tasuki.JobId;

/** Finds the live jobs that have the unique keys of dead letters. */
final class FindKeyHolders {

	// The limit keeps the search from becoming a join with all of the live table.
	static final String SQL = """
			select letter.id, holder.id
			  from tasuki.job_dead as letter
			  left join lateral (
			    select job.id
			      from tasuki.job
			     where job.queue = letter.queue and job.unique_key = letter.unique_key
			     limit 1) as holder on true
			 where letter.id = any (?)
			""";

	private FindKeyHolders() {
	}

	/**
	 * Returns for each letter that is there the job that has its key, if one can be seen.
	 */
	static Map<JobId, Optional<JobId>> run(CallersConnection connection, Collection<JobId> letters)
			throws SQLException {
		try (PreparedStatement statement = connection.prepareAnew(SQL)) {
			statement.setObject(1, letters.stream().mapToLong(JobId::value).toArray());
			Map<JobId, Optional<JobId>> holders = new HashMap<>();
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					holders.put(new JobId(rows.getLong(1)),
							Optional.ofNullable(rows.getObject(2, Long.class)).map(JobId::new));
				}
			}
			return holders;
		}
	}

}
