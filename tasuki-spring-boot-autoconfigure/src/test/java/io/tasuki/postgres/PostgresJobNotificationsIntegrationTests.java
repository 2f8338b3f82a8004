package io.tasuki.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import io.tasuki.JobId;
import io.tasuki.store.JobNotifications.Receiver;
import io.tasuki.store.JobNotifications.Subscription;
import io.tasuki.store.Position;
import io.tasuki.store.WakeUp;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class PostgresJobNotificationsIntegrationTests {

	private static final QueueDatabase database = new QueueDatabase();

	private final InterruptibleDataSource here = new InterruptibleDataSource(database.unpooled("ApplicationName=here"));

	private final InterruptibleDataSource there = new InterruptibleDataSource(
			database.unpooled("ApplicationName=there"));

	private final PostgresJobNotifications sender = new PostgresJobNotifications(this.here, true);

	private final PostgresJobNotifications other = new PostgresJobNotifications(this.there, true);

	private final RecordingReceiver receiver = new RecordingReceiver();

	@AfterEach
	void close() {
		this.sender.close();
		this.other.close();
		Awaitility.await().until(() -> connections("here") + connections("there") == 0);
	}

	@Test
	void tellsAnotherInstance() {
		subscribeThere();
		List<WakeUp> wakeUps = List.of(due("mail", 7), ahead("print", 8, Duration.ofMinutes(1)));
		this.sender.send(wakeUps);
		await(() -> this.receiver.wakeUps.size() == 2);
		assertThat(this.receiver.wakeUps.get(0)).isEqualTo(wakeUps.get(0));
		assertThat(this.receiver.wakeUps.get(1).position()).isEqualTo(wakeUps.get(1).position());
		assertThat(this.receiver.wakeUps.get(1).dueIn()).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
	}

	@Test
	void tellsAnotherInstanceWhatWasCancelled() { // B41
		subscribeThere();
		this.sender.sendCancelRequests(List.of(new JobId(7), new JobId(8)));
		await(() -> this.receiver.cancelRequests.size() == 2);
		assertThat(this.receiver.cancelRequests).containsExactly(new JobId(7), new JobId(8));
		assertThat(this.receiver.alls).hasValue(1);
		assertThat(this.receiver.wakeUps).isEmpty();
	}

	@Test
	void tellsItsOwnAndAnotherInstanceThatAnythingMayHaveChanged() { // B50
		RecordingReceiver own = new RecordingReceiver();
		Subscription subscription = this.sender.subscribe(own);
		await(subscription::connected);
		subscribeThere();
		int before = own.alls.get();
		this.sender.sendAll();
		assertThat(own.alls).hasValueGreaterThan(before);
		await(() -> this.receiver.alls.get() == 2);
		assertThat(this.receiver.wakeUps).isEmpty();
	}

	@Test
	void tellsItsOwnInstanceDirectlyAndOnlyOnceWhatWasCancelled() { // B41
		RecordingReceiver own = new RecordingReceiver();
		Subscription subscription = this.sender.subscribe(own);
		await(subscription::connected);
		subscribeThere();
		this.sender.sendCancelRequests(List.of(new JobId(7)));
		assertThat(own.cancelRequests).containsExactly(new JobId(7));
		await(() -> this.receiver.cancelRequests.size() == 1);
		this.other.sendCancelRequests(List.of(new JobId(8)));
		await(() -> own.cancelRequests.size() > 1);
		assertThat(own.cancelRequests).containsExactly(new JobId(7), new JobId(8));
	}

	@Test
	void saysAllWhenTooMuchWasCancelled() { // B41
		subscribeThere();
		int before = this.receiver.alls.get();
		this.sender
			.sendCancelRequests(LongStream.rangeClosed(1, 5_000).mapToObj((id) -> new JobId(1_000_000 + id)).toList());
		await(() -> this.receiver.alls.get() > before);
		assertThat(this.receiver.cancelRequests).isEmpty();
	}

	@Test
	void keepsCancelRequestsWhileTheDatabaseIsAway() throws SQLException { // S12
		subscribeThere();
		this.here.goAway();
		for (int id = 1; id <= 200; id++) {
			this.sender.sendCancelRequests(List.of(new JobId(id)));
		}
		await(() -> this.here.opened.get() > 2);
		this.here.comeBack();
		await(() -> this.receiver.cancelRequests.size() == 200);
		assertThat(this.receiver.cancelRequests).doesNotHaveDuplicates();
	}

	@Test
	void tellsItsOwnInstanceDirectlyAndOnlyOnce() {
		RecordingReceiver own = new RecordingReceiver();
		Subscription subscription = this.sender.subscribe(own);
		await(subscription::connected);
		subscribeThere();
		this.sender.send(List.of(due("mail", 1)));
		assertThat(own.wakeUps).containsExactly(due("mail", 1));
		await(() -> !this.receiver.wakeUps.isEmpty());
		this.other.send(List.of(due("mail", 2)));
		await(() -> own.wakeUps.size() > 1);
		assertThat(own.wakeUps).containsExactly(due("mail", 1), due("mail", 2));
	}

	@Test
	void doesNotTellOthersOfAJobThatItsOwnInstanceTakes() { // B27
		Subscription own = this.sender.subscribe(new RecordingReceiver());
		subscribeThere();
		this.sender.send(List.of(single("mail", 1)));
		this.sender.send(List.of(single("mail", 2), single("print", 3)));
		own.taken(Stream.of(new JobId(1), new JobId(3)));
		await(() -> !this.receiver.wakeUps.isEmpty());
		this.sender.send(List.of(due("mail", 4)));
		await(() -> this.receiver.wakeUps.size() == 2);
		assertThat(this.receiver.wakeUps).containsExactly(due("mail", 2), due("mail", 4));
	}

	@Test
	void tellsOthersOfJobsBesideTheOneThatItsOwnInstanceTakes() { // B27
		Subscription own = this.sender.subscribe(new RecordingReceiver());
		subscribeThere();
		this.sender.send(List.of(due("mail", 1)));
		own.taken(Stream.of(new JobId(1)));
		await(() -> !this.receiver.wakeUps.isEmpty());
		assertThat(this.receiver.wakeUps).containsExactly(due("mail", 1));
	}

	@Test
	void connectsAtTheFirstWordOnly() {
		assertThat(this.here.opened).hasValue(0);
		this.sender.send(List.of());
		assertThat(this.here.opened).hasValue(0);
		this.sender.send(List.of(due("mail", 1)));
		await(() -> this.here.opened.get() == 1);
	}

	@Test
	void sendsTogetherWhatComesTogether() throws SQLException {
		try (Connection ear = database.unpooled().getConnection(); Statement statement = ear.createStatement()) {
			statement.execute("listen tasuki");
			long started = System.nanoTime();
			for (int id = 1; id <= 5000; id++) {
				this.sender.send(List.of(due("mail", id), due("print", id)));
			}
			this.sender.send(List.of(due("last", 1)));
			List<WakeUpText> heard = new ArrayList<>();
			await(() -> {
				heard.addAll(hear(ear));
				return heard.stream().flatMap((text) -> text.wakeUps().stream()).anyMatch(due("last", 1)::equals);
			});
			long millis = Duration.ofNanos(System.nanoTime() - started).toMillis();
			assertThat(heard).hasSizeBetween(2, (int) (10 + millis / 10));
			assertThat(heard.get(0).wakeUps()).contains(due("mail", 1));
			assertThat(heard).allSatisfy((text) -> assertThat(text.wakeUps()).hasSizeLessThanOrEqualTo(3));
		}
	}

	@Test
	void saysAllWhenThereIsTooMuchToSay() {
		subscribeThere();
		int before = this.receiver.alls.get();
		this.sender.send(IntStream.range(0, 400).mapToObj((i) -> due("a queue with a long name " + i, i + 1)).toList());
		await(() -> this.receiver.alls.get() > before);
		assertThat(this.receiver.wakeUps).isEmpty();
	}

	@Test
	void takesANotificationByHandForAll() {
		subscribeThere();
		int before = this.receiver.alls.get();
		database.look().execute("notify tasuki");
		await(() -> this.receiver.alls.get() > before);
	}

	@Test
	void saysAllWhenItListensAndWhenItListensAgain() { // S12
		Subscription subscription = subscribeThere();
		assertThat(this.receiver.alls).hasValue(1);
		terminate("there");
		await(() -> this.receiver.alls.get() == 2);
		await(subscription::connected);
		this.sender.send(List.of(due("mail", 1)));
		await(() -> this.receiver.wakeUps.size() == 1);
	}

	@Test
	void knowsThatItHearsNothingWhileTheDatabaseIsAway() throws SQLException { // S12
		Subscription subscription = subscribeThere();
		this.there.goAway();
		await(() -> !subscription.connected());
		this.there.comeBack();
		await(subscription::connected);
		await(() -> this.receiver.alls.get() == 2);
	}

	@Test
	void knowsThatAPoolerLetsItHearNothing() {
		this.there.turnDeaf();
		Subscription subscription = this.other.subscribe(this.receiver);
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> this.there.opened.get() > 1);
		assertThat(subscription.connected()).isFalse();
		assertThat(this.receiver.alls).hasValue(0);
	}

	@Test
	void sendsAgainWhenItsConnectionWasCut() { // S12
		subscribeThere();
		this.sender.send(List.of(due("mail", 1)));
		await(() -> this.receiver.wakeUps.size() == 1);
		terminate("here");
		this.sender.send(List.of(due("mail", 2)));
		await(() -> this.receiver.wakeUps.contains(due("mail", 2)));
	}

	@Test
	void keepsWhatItHasToSayWhileTheDatabaseIsAway() throws SQLException { // S12
		subscribeThere();
		this.here.goAway();
		for (int id = 1; id <= 1000; id++) {
			this.sender.send(List.of(due("mail", id)));
		}
		await(() -> this.here.opened.get() > 2);
		this.here.comeBack();
		await(() -> !this.receiver.wakeUps.isEmpty());
		assertThat(this.receiver.wakeUps).containsExactly(due("mail", 1));
	}

	@Test
	void keepsNoMoreThanFitsWhileTheDatabaseIsAway() throws SQLException { // S12
		subscribeThere();
		this.here.goAway();
		for (int i = 0; i < 10_000; i++) {
			this.sender.send(List.of(due("queue " + i, 1)));
		}
		await(() -> this.here.opened.get() > 2);
		this.here.comeBack();
		await(() -> this.receiver.alls.get() == 2);
		assertThat(this.receiver.wakeUps).isEmpty();
	}

	@Test
	void doesNotListenWhereItIsToldNotTo() {
		try (PostgresJobNotifications silent = new PostgresJobNotifications(this.there, false)) {
			Subscription subscription = silent.subscribe(this.receiver);
			silent.send(List.of(due("mail", 1)));
			assertThat(this.receiver.wakeUps).containsExactly(due("mail", 1));
			assertThat(subscription.connected()).isFalse();
			await(() -> this.there.opened.get() == 1);
		}
		assertThat(this.there.opened).hasValue(1);
	}

	@Test
	void tellsOthersWhenAReceiverFails() {
		this.other.subscribe(new FailingReceiver());
		subscribeThere();
		this.sender.send(List.of(due("mail", 1)));
		await(() -> this.receiver.wakeUps.size() == 1);
		this.other.send(List.of(due("mail", 2)));
		assertThat(this.receiver.wakeUps).containsExactly(due("mail", 1), due("mail", 2));
	}

	@Test
	void listensOnOneConnectionWhileSomebodyIsSubscribed() {
		Subscription one = subscribeThere();
		Subscription two = subscribeThere();
		assertThat(this.there.opened).hasValue(1);
		one.close();
		assertThat(two.connected()).isTrue();
		assertThat(one.connected()).isFalse();
		two.close();
		two.close();
		await(() -> connections("there") == 0);
		subscribeThere();
	}

	@Test
	void tellsNobodyWhoHasClosed() {
		Subscription subscription = this.sender.subscribe(this.receiver);
		subscription.close();
		this.sender.send(List.of(due("mail", 1)));
		assertThat(this.receiver.wakeUps).isEmpty();
	}

	@Test
	void waitsForADeliveryBeforeItCloses() throws Exception {
		CountDownLatch delivering = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		Subscription subscription = this.sender.subscribe(new BlockingReceiver(delivering, release));
		CompletableFuture<Void> send = CompletableFuture.runAsync(() -> this.sender.send(List.of(due("mail", 1))));
		delivering.await();
		CompletableFuture<Boolean> closed = CompletableFuture.supplyAsync(() -> {
			subscription.close();
			return send.isDone() || release.getCount() == 0;
		});
		release.countDown();
		assertThat(closed.get()).isTrue();
		send.get();
	}

	@Test
	void mayBeClosedByTheReceiver() {
		SelfClosingReceiver closing = new SelfClosingReceiver();
		closing.subscription = this.sender.subscribe(closing);
		this.sender.send(List.of(due("mail", 1)));
		this.sender.send(List.of(due("mail", 2)));
		assertThat(closing.calls).isEqualTo(1);
	}

	@Test
	void sendsWhatIsPendingBeforeItStops() {
		subscribeThere();
		this.sender.send(List.of(due("mail", 1)));
		this.sender.send(List.of(due("print", 1)));
		this.sender.stop();
		await(() -> this.receiver.wakeUps.size() == 2);
		this.sender.send(List.of(due("late", 1)));
		this.sender.start();
		this.sender.send(List.of(due("again", 1)));
		await(() -> this.receiver.wakeUps.contains(due("again", 1)));
		assertThat(this.receiver.wakeUps).doesNotContain(due("late", 1));
	}

	@Test
	void hearsAgainAfterAStopAndAStart() {
		Subscription subscription = subscribeThere();
		this.other.stop();
		assertThat(subscription.connected()).isFalse();
		this.other.start();
		await(subscription::connected);
	}

	@Test
	void stopsSoonWhileTheDatabaseIsAway() throws SQLException {
		this.here.goAway();
		this.sender.send(List.of(due("mail", 1)));
		long started = System.nanoTime();
		this.sender.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(2));
	}

	@Test
	void givesItsConnectionsBackClean() {
		try (HikariDataSource pool = database.pool(2)) {
			pool.setAutoCommit(false);
			try (PostgresJobNotifications pooled = new PostgresJobNotifications(pool, true)) {
				Subscription subscription = pooled.subscribe(new RecordingReceiver());
				subscribeThere();
				pooled.send(List.of(due("mail", 1)));
				await(() -> !this.receiver.wakeUps.isEmpty() && subscription.connected());
				assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isEqualTo(2);
			}
			assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
			assertThat(pool.getHikariPoolMXBean().getIdleConnections()).isEqualTo(2);
			checkClean(pool);
		}
	}

	private static void checkClean(HikariDataSource pool) {
		try (Connection one = pool.getConnection(); Connection two = pool.getConnection()) {
			for (Connection connection : List.of(one, two)) {
				assertThat(connection.getAutoCommit()).isFalse();
				assertThat(connection.getNetworkTimeout()).isZero();
				JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
				assertThat(jdbc.queryForList("select pg_listening_channels()")).isEmpty();
				assertThat(jdbc.queryForObject("show synchronous_commit", String.class)).isEqualTo("on");
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Subscription subscribeThere() {
		Subscription subscription = this.other.subscribe(this.receiver);
		await(subscription::connected);
		await(() -> this.receiver.alls.get() > 0);
		return subscription;
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().pollInterval(Duration.ofMillis(5)).until(condition);
	}

	private static int connections(String applicationName) {
		return database.look()
			.queryForObject("select count(*)::integer from pg_stat_activity where application_name = ?", Integer.class,
					applicationName);
	}

	private static void terminate(String applicationName) {
		database.look()
			.queryForList("select pg_terminate_backend(pid) from pg_stat_activity where application_name = ?",
					applicationName);
	}

	private static List<WakeUpText> hear(Connection ear) throws SQLException {
		PGNotification[] notifications = ear.unwrap(PGConnection.class).getNotifications(100);
		return (notifications != null) ? List.of(notifications)
			.stream()
			.map((notification) -> WakeUpText.decode(notification.getParameter()))
			.toList() : List.of();
	}

	private static WakeUp due(String queue, long id) {
		return new WakeUp(queue, 5, new Position(Instant.parse("2026-01-01T12:00:00.000001Z"), id), Duration.ZERO);
	}

	/** About a job that comes alone. */
	private static WakeUp single(String queue, long id) {
		WakeUp due = due(queue, id);
		return new WakeUp(queue, due.priority(), due.position(), due.dueIn(), true);
	}

	private static WakeUp ahead(String queue, long id, Duration dueIn) {
		return new WakeUp(queue, 5, new Position(Instant.parse("2026-01-01T13:00:00Z"), id), dueIn);
	}

	private static final class FailingReceiver implements Receiver {

		@Override
		public void wake(Collection<WakeUp> wakeUps) {
			throw new IllegalStateException("no");
		}

		@Override
		public void cancelRequested(Collection<JobId> jobs) {
			throw new IllegalStateException("no");
		}

		@Override
		public void wakeAll() {
			throw new StackOverflowError();
		}

	}

	private record BlockingReceiver(CountDownLatch delivering, CountDownLatch release) implements Receiver {

		@Override
		public void wake(Collection<WakeUp> wakeUps) {
			this.delivering.countDown();
			try {
				this.release.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public void cancelRequested(Collection<JobId> jobs) {
		}

		@Override
		public void wakeAll() {
		}

	}

	private static final class SelfClosingReceiver implements Receiver {

		private Subscription subscription;

		private int calls;

		@Override
		public void wake(Collection<WakeUp> wakeUps) {
			this.calls++;
			this.subscription.close();
		}

		@Override
		public void cancelRequested(Collection<JobId> jobs) {
		}

		@Override
		public void wakeAll() {
		}

	}

}
