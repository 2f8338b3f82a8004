package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the archive's partitions that hold rows, latest day first, and how large each is.
 */
final class FindArchiveDays {

	static final String SQL = """
			select day, blocks
			  from (
			    select to_date(right(partition.relname, 8), 'YYYYMMDD') as day,
			           pg_relation_size(partition.oid) / current_setting('block_size')::bigint as blocks
			      from pg_inherits as link
			      join pg_class as partition on partition.oid = link.inhrelid
			     where link.inhparent = 'tasuki.job_archive'::regclass
			       and partition.relname ~ '^job_archive_[0-9]{8}$') as sized
			 where blocks > 0
			 order by day desc
			""";

	private FindArchiveDays() {
	}

	/**
	 * Returns for each day the place behind its last row.
	 */
	static List<ArchivePlace> run(CallersConnection connection) throws SQLException {
		List<ArchivePlace> ends = new ArrayList<>();
		try (PreparedStatement statement = connection.prepareAnew(SQL); ResultSet rows = statement.executeQuery()) {
			while (rows.next()) {
				ends.add(new ArchivePlace(rows.getObject(1, LocalDate.class), rows.getLong(2), 0));
			}
		}
		return ends;
	}

}
