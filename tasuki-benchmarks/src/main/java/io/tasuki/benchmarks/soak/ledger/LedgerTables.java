package io.tasuki.benchmarks.soak.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import io.tasuki.benchmarks.soak.ledger.QueueRow.Place;
import io.tasuki.benchmarks.soak.load.Kind;

import org.springframework.jdbc.core.JdbcOperations;

/**
 * The part of the books that is kept in the database, beside the queue.
 */
public final class LedgerTables {

	private static final String CREATE = """
			create schema soak;
			create table soak.expected (
			  number      bigint      not null primary key,
			  job_id      bigint      not null,
			  kind        text        not null,
			  unique_key  text,
			  enqueued_at timestamptz not null);
			create table soak.effect (
			  number  bigint      not null,
			  job_id  bigint      not null,
			  attempt integer     not null,
			  at      timestamptz not null default clock_timestamp())
			""";

	private static final String EXPECTED = """
			select number, job_id, kind, unique_key, enqueued_at
			  from soak.expected
			""";

	private static final String EFFECTS = """
			select job_id, number, attempt
			  from soak.effect
			""";

	private static final String ROWS = """
			select id, 'LIVE', attempt, false
			  from tasuki.job
			union all
			select id, case outcome when 1 then 'SUCCEEDED' else 'CANCELLED' end, attempt, false
			  from tasuki.job_archive
			union all
			select id, 'DEAD', attempt, coalesce(errors -> -1 ->> 'type' = 'crash', false)
			  from tasuki.job_dead
			""";

	private final JdbcOperations jdbc;

	public LedgerTables(JdbcOperations jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Creates the tables.
	 */
	public void create() {
		this.jdbc.execute(CREATE);
	}

	/**
	 * Returns which jobs were committed.
	 */
	public List<Expected> expected() {
		return this.jdbc.query(EXPECTED, (row, number) -> expected(row));
	}

	private static Expected expected(ResultSet row) throws SQLException {
		return new Expected(row.getLong(1), row.getLong(2), Kind.of(row.getString(3)), row.getString(4),
				row.getTimestamp(5).toInstant());
	}

	/**
	 * Returns what transactional handlers did.
	 */
	public List<Effect> effects() {
		return this.jdbc.query(EFFECTS, (row, number) -> new Effect(row.getLong(1), row.getLong(2), row.getInt(3)));
	}

	/**
	 * Returns where the queue has each job.
	 */
	public List<QueueRow> rows() {
		return this.jdbc.query(ROWS, (row, number) -> new QueueRow(row.getLong(1), Place.valueOf(row.getString(2)),
				row.getInt(3), row.getBoolean(4)));
	}

}
