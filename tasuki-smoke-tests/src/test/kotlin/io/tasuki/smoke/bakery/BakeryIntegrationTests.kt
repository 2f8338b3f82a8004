package io.tasuki.smoke.bakery

import io.tasuki.FoundJob
import io.tasuki.JobClient
import io.tasuki.JobId
import io.tasuki.JobRequest
import io.tasuki.JobState
import io.tasuki.localpostgres.TestPostgres
import org.assertj.core.api.Assertions.assertThat
import org.awaitility.Awaitility
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.springframework.beans.factory.annotation.Autowired
import org.springframework.boot.autoconfigure.EnableAutoConfiguration
import org.springframework.boot.test.context.SpringBootTest
import org.springframework.context.annotation.Import
import org.springframework.jdbc.core.simple.JdbcClient
import org.springframework.test.context.DynamicPropertyRegistry
import org.springframework.test.context.DynamicPropertySource
import java.time.Duration
import java.time.LocalDate

/** Payloads and handlers that are written in Kotlin. */
@SpringBootTest(classes = [BakeryIntegrationTests.Application::class])
class BakeryIntegrationTests {

	@Autowired
	lateinit var jobs: JobClient

	@Autowired
	lateinit var bakery: Bakery

	@Autowired
	lateinit var jdbc: JdbcClient

	@BeforeEach
	fun forget() {
		bakery.seen.clear()
	}

	@Test
	fun runsWithADataClass() { // B15
		val cake = BakeCake("lemon", 3, LocalDate.of(2027, 1, 1))
		await(jobs.enqueue(cake).id(), JobState.SUCCEEDED)
		assertThat(bakery.seen).containsExactly(cake.toString())
	}

	@Test
	fun takesDefaultsForWhatIsAbsent() { // B15
		await(enqueue("BakeCake", """{"name": "lemon"}"""), JobState.SUCCEEDED)
		assertThat(bakery.seen).containsExactly(BakeCake("lemon", 2, null).toString())
	}

	@Test
	fun buriesAPayloadWithoutWhatMustNotBeNull() { // B19
		val dead = await(enqueue("BakeCake", """{"layers": 2}"""), JobState.DEAD)
		assertThat(dead.reason()).contains("Cannot read the payload as io.tasuki.smoke.bakery.BakeCake")
		assertThat(bakery.seen).isEmpty()
	}

	@Test
	fun tellsTheMembersOfASealedTypeApart() { // B15
		await(jobs.enqueue(ByBike("ada")).id(), JobState.SUCCEEDED)
		await(jobs.enqueue(ByVan("T 7", true)).id(), JobState.SUCCEEDED)
		assertThat(bakery.seen).containsExactly("ada by bike", "T 7, cooled: true")
	}

	@Test
	fun passesNullOnlyToWhatTakesIt() { // B15
		await(jobs.enqueue(JobRequest.ofKind("clean")).id(), JobState.SUCCEEDED)
		await(jobs.enqueue(JobRequest.of("clean", "kitchen")).id(), JobState.SUCCEEDED)
		val dead = await(jobs.enqueue(JobRequest.ofKind("lock")).id(), JobState.DEAD)
		assertThat(dead.reason()).contains("carries no payload")
		assertThat(bakery.seen).containsExactly("clean everything", "clean kitchen")
	}

	private fun enqueue(kind: String, payload: String): JobId {
		val id = jdbc.sql("select id from tasuki.enqueue(?, ?::jsonb)").param(kind).param(payload).query(Long::class.javaObjectType).single()
		return JobId(id)
	}

	private fun await(id: JobId, state: JobState): FoundJob {
		Awaitility.await().atMost(Duration.ofSeconds(60)).until { jobs.find(id).get().state() == state }
		return jobs.find(id).get()
	}

	@EnableAutoConfiguration
	@Import(Bakery::class)
	class Application

	companion object {

		private val database = TestPostgres.shared().freshDatabase()

		@JvmStatic
		@DynamicPropertySource
		fun useDatabase(registry: DynamicPropertyRegistry) {
			registry.add("spring.datasource.url") { database.jdbcUrl() }
			registry.add("spring.datasource.username") { database.username() }
			registry.add("spring.datasource.password") { database.password() }
		}

	}

}
