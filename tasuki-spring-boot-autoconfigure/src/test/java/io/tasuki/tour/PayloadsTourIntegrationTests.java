package io.tasuki.tour;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.tasuki.FoundJob;
import io.tasuki.JobClient;
import io.tasuki.JobId;
import io.tasuki.JobKind;
import io.tasuki.JobRequest;
import io.tasuki.JobState;
import io.tasuki.PayloadException;
import io.tasuki.annotation.JobHandler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Runs the code of docs/handlers.md that is about payloads. */
class PayloadsTourIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private final TourApplication application = new TourApplication();

	@Test
	void readsAGenericPayloadAsTheParameterSays() { // B15
		this.application.run(Handlers.class, (context) -> {
			Page<List<Item>> page = new Page<>(List.of(new Item("pen", 2), new Item("ink", 1)), 1);
			await(context, context.getBean(JobClient.class).enqueue(page).id(), JobState.SUCCEEDED);
			assertThat(context.getBean(Handlers.class).seen).containsExactly("page 1: pen, ink");
		});
	}

	@Test
	void readsTheMembersOfASealedType() { // B15
		this.application.run(Handlers.class, (context) -> {
			JobClient client = context.getBean(JobClient.class);
			JobId card = client.enqueue(new Card("4711")).id();
			JobId transfer = client.enqueue(new Transfer("DE12", "rent")).id();
			await(context, card, JobState.SUCCEEDED);
			await(context, transfer, JobState.SUCCEEDED);
			assertThat(context.getBean(Handlers.class).seen).containsExactlyInAnyOrder("card 4711",
					"transfer to DE12: rent");
			assertThat(client.find(card)).hasValueSatisfying((job) -> {
				assertThat(job.job().kind()).isEqualTo("payment");
				assertThat(job.job().payload()).isEqualTo("{\"type\": \"card\", \"number\": \"4711\"}");
			});
		});
	}

	@Test
	void readsMembersThatAreListedByName() { // B15
		this.application.run(Handlers.class, (context) -> {
			Basket basket = new Basket(List.of(new Pear(3), new Apple("red")));
			await(context, context.getBean(JobClient.class).enqueue(basket).id(), JobState.SUCCEEDED);
			assertThat(context.getBean(Handlers.class).seen).containsExactly(basket.toString());
		});
	}

	@Test
	void readsTimesAndWhatMayBeAbsent() { // B15
		this.application.run(Handlers.class, (context) -> {
			Appointment full = new Appointment(Instant.parse("2026-12-31T23:59:59.123456Z"), LocalDate.of(2027, 1, 1),
					ZoneId.of("Europe/Rome"), Duration.ofMinutes(90), Optional.of("bring the papers"));
			Appointment empty = new Appointment(full.at(), full.day(), full.zone(), full.length(), Optional.empty());
			JobClient client = context.getBean(JobClient.class);
			await(context, client.enqueue(full).id(), JobState.SUCCEEDED);
			await(context, client.enqueue(empty).id(), JobState.SUCCEEDED);
			assertThat(context.getBean(Handlers.class).seen).containsExactly(full.toString(), empty.toString());
		});
	}

	@Test
	@DisplayName("B19, S4: a payload whose JSON names the class to load is dead, and the class is not loaded")
	void loadsNoClassThatTheDatabaseNames() { // B19
		this.application.run(Handlers.class, (context) -> {
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			String text = "{\"@class\": \"%s\"}".formatted(Loaded.class.getName());
			Long id = jdbc.queryForObject("select id from tasuki.enqueue('plugin', ?::jsonb)", Long.class, text);
			FoundJob dead = await(context, new JobId(id), JobState.DEAD);
			assertThat(dead.reason()).contains("would have the stored text name classes to load");
			assertThat(dead.job().payload()).isEqualTo(text);
			assertThat(Loading.LOADED).isEmpty();
		});
	}

	@Test
	void takesNoPayloadWhoseJsonWouldNameAClass() { // B19
		this.application.run(Handlers.class, (context) -> {
			JobClient client = context.getBean(JobClient.class);
			assertThatExceptionOfType(PayloadException.class)
				.isThrownBy(() -> client.enqueue(JobRequest.of("plugin", new Harmless())))
				.withMessageContaining("Use names: @JsonTypeInfo(use = NAME)");
			assertThat(context.getBean(JdbcTemplate.class)
				.queryForObject("select count(*) from tasuki.job", Integer.class)).isZero();
		});
	}

	private static FoundJob await(ApplicationContext context, JobId id, JobState state) {
		JobClient client = context.getBean(JobClient.class);
		Awaitility.await().atMost(LONG).until(() -> client.find(id).orElseThrow().state() == state);
		return client.find(id).orElseThrow();
	}

	record Page<T>(T content, int number) {
	}

	record Item(String name, int count) {
	}

	// tag::sealed[]
	@JobKind("payment")
	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
	sealed interface Payment {

	}

	@JsonTypeName("card")
	record Card(String number) implements Payment {
	}

	@JsonTypeName("transfer")
	record Transfer(String account, String purpose) implements Payment {
	}
	// end::sealed[]

	record Basket(List<Fruit> fruits) {
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
	@JsonSubTypes({ @JsonSubTypes.Type(value = Apple.class, name = "apple"),
			@JsonSubTypes.Type(value = Pear.class, name = "pear") })
	interface Fruit {

	}

	record Apple(String colour) implements Fruit {
	}

	record Pear(int count) implements Fruit {
	}

	record Appointment(Instant at, LocalDate day, ZoneId zone, Duration length, Optional<String> note) {
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
	interface Plugin {

	}

	static class Harmless implements Plugin {

	}

	static class Loaded implements Plugin {

		static {
			Loading.LOADED.add("Loaded");
		}

	}

	/** Knows which classes were initialized. */
	static final class Loading {

		static final Queue<String> LOADED = new ConcurrentLinkedQueue<>();

		private Loading() {
		}

	}

	static class Handlers {

		private final Queue<String> seen = new ConcurrentLinkedQueue<>();

		// tag::generic[]
		@JobHandler
		void print(Page<List<Item>> page) {
			List<String> names = page.content().stream().map(Item::name).toList();
			this.seen.add("page %d: %s".formatted(page.number(), String.join(", ", names)));
		}
		// end::generic[]

		// tag::sealed-handler[]
		@JobHandler
		void pay(Payment payment) {
			if (payment instanceof Card card) {
				this.seen.add("card " + card.number());
			}
			else if (payment instanceof Transfer transfer) {
				this.seen.add("transfer to %s: %s".formatted(transfer.account(), transfer.purpose()));
			}
		}
		// end::sealed-handler[]

		@JobHandler
		void eat(Basket basket) {
			this.seen.add(basket.toString());
		}

		@JobHandler
		void meet(Appointment appointment) {
			this.seen.add(appointment.toString());
		}

		@JobHandler("plugin")
		void run(Plugin plugin) {
			this.seen.add(plugin.toString());
		}

	}

}
