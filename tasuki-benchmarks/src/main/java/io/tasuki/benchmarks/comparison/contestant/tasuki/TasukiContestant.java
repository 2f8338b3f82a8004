package io.tasuki.benchmarks.comparison.contestant.tasuki;

import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import io.tasuki.JobClient;
import io.tasuki.JobRequest;
import io.tasuki.benchmarks.comparison.contestant.BusinessTransactions;
import io.tasuki.benchmarks.comparison.contestant.Contestant;
import io.tasuki.benchmarks.comparison.contestant.Filler;
import io.tasuki.benchmarks.comparison.contestant.Ledger;
import io.tasuki.benchmarks.comparison.contestant.NamedQueues;
import io.tasuki.localpostgres.Database;
import io.tasuki.worker.Worker;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * tasuki in a Spring Boot application.
 */
public final class TasukiContestant implements Contestant, BusinessTransactions, NamedQueues {

	private static final int PRELOADED_AT_ONCE = 5_000;

	private static final String FILLER = Filler.of(Filler.USUAL_PAYLOAD);

	private final Database database;

	private final List<String> profiles;

	private final CurrentLedger ledger = new CurrentLedger();

	private volatile @Nullable Application application;

	/**
	 * Creates an application that starts when it is needed.
	 * @param profiles of Spring's, which choose the settings
	 */
	public TasukiContestant(Database database, String... profiles) {
		this.database = database;
		this.profiles = List.of(profiles);
	}

	@Override
	public void createTables() {
		application();
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
		application().jobs().enqueue(new NoOp(number, FILLER));
	}

	@Override
	public void enqueueAll(int first, int count) {
		enqueueAll(first, count, FILLER);
	}

	private void enqueueAll(int first, int count, String filler) {
		List<NoOp> jobs = new ArrayList<>(count);
		for (int number = first; number < first + count; number++) {
			jobs.add(new NoOp(number, filler));
		}
		application().jobs().enqueueAll(jobs);
	}

	@Override
	public void enqueueAll(String queue, int first, int count) {
		List<JobRequest<NoOp>> jobs = new ArrayList<>(count);
		for (int number = first; number < first + count; number++) {
			jobs.add(JobRequest.of(new NoOp(number, FILLER)).withQueue(queue).withPriority(number % PRIORITIES));
		}
		application().jobs().enqueueAll(jobs);
	}

	@Override
	public void createBusinessTable() {
		application().jdbc().execute("""
				create table invoice (
				  number integer     primary key,
				  amount numeric     not null,
				  issued timestamptz not null default now()
				)
				""");
	}

	@Override
	public void business(int number) {
		Application application = application();
		application.transactions().executeWithoutResult((status) -> insertInvoice(application, number));
	}

	@Override
	public void businessWithJob(int number) {
		Application application = application();
		application.transactions().executeWithoutResult((status) -> {
			insertInvoice(application, number);
			application.jobs().enqueue(new NoOp(number, FILLER));
		});
	}

	private static void insertInvoice(Application application, int number) {
		application.jdbc().update("insert into invoice (number, amount) values (?, ?)", number, 19.9);
	}

	@Override
	public void startWorking(Ledger ledger) {
		this.ledger.set(ledger);
		Application running = this.application;
		if (running != null && running.worker() != null) {
			running.worker().start();
			return;
		}
		close();
		this.application = start(true);
	}

	@Override
	public void stopWorking() {
		Worker worker = application().worker();
		if (worker != null) {
			worker.stop();
		}
	}

	@Override
	public long unfinished() {
		return application().table().count();
	}

	@Override
	public boolean isEmpty() {
		return application().table().isEmpty();
	}

	private Application application() {
		Application application = this.application;
		if (application == null) {
			synchronized (this) {
				application = this.application;
				if (application == null) {
					application = start(false);
					this.application = application;
				}
			}
		}
		return application;
	}

	private Application start(boolean working) {
		SpringApplication spring = new SpringApplication(TasukiApplication.class);
		spring.setAdditionalProfiles(this.profiles.toArray(String[]::new));
		spring.setRegisterShutdownHook(false);
		spring.addInitializers((context) -> context.getBeanFactory().registerSingleton("currentLedger", this.ledger));
		return Application
			.of(spring.run("--spring.config.name=comparison", "--spring.datasource.url=" + this.database.jdbcUrl(),
					"--spring.datasource.username=" + this.database.username(),
					"--spring.datasource.password=" + this.database.password(), "--tasuki.worker.enabled=" + working));
	}

	@Override
	public void close() {
		Application application = this.application;
		this.application = null;
		if (application != null) {
			application.context().close();
		}
	}

	private record Application(ConfigurableApplicationContext context, JobClient jobs, JdbcTemplate jdbc,
			TransactionTemplate transactions, QueueTable table, @Nullable Worker worker) {

		static Application of(ConfigurableApplicationContext context) {
			ObjectProvider<Worker> worker = context.getBeanProvider(Worker.class);
			return new Application(context, context.getBean(JobClient.class), context.getBean(JdbcTemplate.class),
					context.getBean(TransactionTemplate.class), new QueueTable(context.getBean(DataSource.class)),
					worker.getIfAvailable());
		}

	}

}
