package io.tasuki.postgres;

import java.util.List;

import io.tasuki.SnapshotHolder;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * Finds who keeps vacuum from removing dead rows of this database: sessions and prepared
 * transactions in it, slots and standbys of the whole server.
 */
final class FindSnapshotHolders {

	// A transaction that has written holds what was there when it began to, without a
	// snapshot as well. Vacuum itself is let off by the server. As JSON, a slot has the
	// columns of its server's version; older ones do not know since when it is inactive.
	static final String SQL = """
			select kind, pid, name, state,
			       (extract(epoch from clock_timestamp() - since) * 1000000)::bigint as age, transactions
			  from (
			    select case when activity.datid is null then 'STANDBY' else 'SESSION' end as kind, activity.pid,
			           coalesce(activity.application_name, '') as name, activity.state, activity.xact_start as since,
			           greatest(age(activity.backend_xmin), age(activity.backend_xid)) as transactions
			      from pg_stat_activity as activity
			     where (activity.datname = current_database() or activity.datid is null)
			       and activity.pid <> pg_backend_pid()
			       and activity.leader_pid is null
			       and not exists (select from pg_stat_progress_vacuum as vacuum where vacuum.pid = activity.pid)
			    union all
			    select 'PREPARED_TRANSACTION', null, gid, 'prepared', prepared, age(transaction)
			      from pg_prepared_xacts
			     where database = current_database()
			    union all
			    select 'REPLICATION_SLOT', active_pid, slot_name, case when active then 'active' else 'inactive' end,
			           (to_jsonb(slot) ->> 'inactive_since')::timestamptz, age(xmin)
			      from pg_replication_slots as slot) as holder
			 where transactions is not null
			 order by transactions desc, pid
			 limit ?
			""";

	private final JdbcOperations jdbc;

	FindSnapshotHolders(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	List<SnapshotHolder> run(int limit) {
		return this.jdbc.query(SQL,
				(row, number) -> new SnapshotHolder(SnapshotHolder.Kind.valueOf(row.getString(1)),
						row.getObject(2, Integer.class), row.getString(3), row.getString(4),
						Timestamps.duration(row, 5), row.getLong(6)),
				limit);
	}

}
