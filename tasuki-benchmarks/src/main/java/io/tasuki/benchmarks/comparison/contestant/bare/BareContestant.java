package io.tasuki.benchmarks.comparison.contestant.bare;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tasuki.JobRequest;
import io.tasuki.benchmarks.comparison.contestant.Contestant;
import io.tasuki.benchmarks.comparison.contestant.Filler;
import io.tasuki.benchmarks.comparison.contestant.Ledger;
import io.tasuki.benchmarks.comparison.contestant.tasuki.NoOp;
import io.tasuki.benchmarks.comparison.contestant.tasuki.QueueTable;
import io.tasuki.localpostgres.Database;
import io.tasuki.postgres.SchemaInitializer;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * tasuki's statements without tasuki.
 */
public final class BareContestant implements Contestant {

	private static final String INSERT = """
			insert into tasuki.job (queue, kind, payload, priority)
			values (?, ?, ?::jsonb, ?)
			""";

	private static final String INSERT_MANY = """
			insert into tasuki.job (queue, kind, payload, priority)
			select ?, ?, payload::jsonb, ?
			  from unnest(?::text[]) as payload
			""";

	private static final int PRELOADED_AT_ONCE = 5_000;

	private static final String FILLER = Filler.of(Filler.USUAL_PAYLOAD);

	private final Database database;

	private final boolean archive;

	private final HikariDataSource pool;

	private final QueueTable table;

	private @Nullable BareLoop loop;

	/**
	 * Creates a contestant.
	 * @param archive whether succeeded jobs go to the archive, rather than away
	 */
	public BareContestant(Database database, boolean archive) {
		this.database = database;
		this.archive = archive;
		this.pool = new HikariDataSource(poolSettings(database));
		this.table = new QueueTable(this.pool);
	}

	private static HikariConfig poolSettings(Database database) {
		HikariConfig settings = new HikariConfig();
		settings.setJdbcUrl(database.jdbcUrl());
		settings.setUsername(database.username());
		settings.setPassword(database.password());
		return settings;
	}

	@Override
	public void createTables() {
		new SchemaInitializer(this.pool).initialize();
	}

	@Override
	public void preload(int first, int count, int payloadBytes) {
		String filler = Filler.of(payloadBytes);
		for (int done = 0; done < count; done += PRELOADED_AT_ONCE) {
			enqueueAll(first + done, Math.min(PRELOADED_AT_ONCE, count - done), filler);
		}
	}

	@Override
	public void enqueue(int number) {
		try (Connection connection = this.pool.getConnection();
				PreparedStatement statement = connection.prepareStatement(INSERT)) {
			statement.setString(1, JobRequest.DEFAULT_QUEUE);
			statement.setString(2, NoOp.KIND);
			statement.setString(3, BarePayload.write(number, FILLER));
			statement.setInt(4, JobRequest.DEFAULT_PRIORITY);
			statement.executeUpdate();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void enqueueAll(int first, int count) {
		enqueueAll(first, count, FILLER);
	}

	private void enqueueAll(int first, int count, String filler) {
		String[] payloads = new String[count];
		for (int i = 0; i < count; i++) {
			payloads[i] = BarePayload.write(first + i, filler);
		}
		try (Connection connection = this.pool.getConnection();
				PreparedStatement statement = connection.prepareStatement(INSERT_MANY)) {
			statement.setString(1, JobRequest.DEFAULT_QUEUE);
			statement.setString(2, NoOp.KIND);
			statement.setInt(3, JobRequest.DEFAULT_PRIORITY);
			statement.setObject(4, payloads);
			statement.executeUpdate();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void startWorking(Ledger ledger) {
		BareLoop loop = new BareLoop(new DriverManagerDataSource(this.database.jdbcUrl(), this.database.username(),
				this.database.password()), this.archive, ledger);
		loop.start();
		this.loop = loop;
	}

	@Override
	public void stopWorking() {
		BareLoop loop = this.loop;
		this.loop = null;
		if (loop != null) {
			loop.stop();
		}
	}

	@Override
	public long unfinished() {
		return this.table.count();
	}

	@Override
	public boolean isEmpty() {
		return this.table.isEmpty();
	}

	@Override
	public void close() {
		stopWorking();
		this.pool.close();
	}

}
