package io.tasuki.sample;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.tasuki.sample.OperationsPage.Call;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The walk of docs/operations.md, from its first command to its last: each is answered
 * with the fields, metrics and sentences that the page shows.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "tasuki.health.due-age=3s")
@ActiveProfiles("counter")
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
class OperationsPageIntegrationTests implements TestDatabase {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final Pattern JOB = Pattern.compile("(?<=/tasuki/jobs/)\\d+");

	private static final OperationsPage PAGE = OperationsPage.read();

	private RestClient http;

	@BeforeEach
	void connect(@Value("${local.server.port}") int port) {
		this.http = RestClient.create("http://localhost:" + port);
	}

	@Test
	void answersAsThePageSays(CapturedOutput output) { // B50, B51, B52, B54
		assertThat(PAGE.calls()).hasSizeGreaterThan(10);
		for (Call call : PAGE.calls()) {
			if (call.post()) {
				assertAnswers(call);
			}
			else {
				await().atMost(TIMEOUT).untilAsserted(() -> assertAnswers(call));
			}
		}
		assertThat(PAGE.logLines()).isNotEmpty()
			.allSatisfy((line) -> assertThat(masked(output.getOut())).contains(masked(message(line))));
	}

	private void assertAnswers(Call call) {
		ResponseEntity<String> answer = ask(call);
		assertThat(answer.getStatusCode()).as(call.toString()).isEqualTo(HttpStatus.OK);
		if (call.filter().startsWith("grep")) {
			assertThat(call.lines()).as(call.toString())
				.isNotEmpty()
				.allSatisfy((line) -> assertThat(answer.getBody()).contains("\n" + series(line) + " "));
			return;
		}
		JsonNode json = JsonMapper.shared().readTree(answer.getBody());
		assertThat(fields(json)).as(call.toString()).containsAll(call.filteredNames().toList());
		for (JsonNode shown : shown(call)) {
			assertThat(fields(json)).as(call.toString()).containsAll(fields(shown));
			assertThat(sentences(json)).as(call.toString()).containsAll(sentences(shown));
		}
	}

	private ResponseEntity<String> ask(Call call) {
		URI path = URI.create(JOB.matcher(call.path()).replaceAll((job) -> latestJob()));
		if (!call.post()) {
			return this.http.get().uri(path).retrieve().toEntity(String.class);
		}
		return this.http.post()
			.uri(path)
			.contentType(MediaType.APPLICATION_JSON)
			.body(call.body())
			.retrieve()
			.toEntity(String.class);
	}

	private String latestJob() {
		String jobs = this.http.get()
			.uri("/actuator/tasuki/jobs?state=AVAILABLE&queue=counter&size=1000")
			.retrieve()
			.body(String.class);
		List<String> ids = JsonMapper.shared().readTree(jobs).findValuesAsString("id");
		return ids.get(ids.size() - 1);
	}

	/** What jq has made of it: one value, or one a line. */
	private static List<JsonNode> shown(Call call) {
		if (call.answer().startsWith("{\n")) {
			return List.of(JsonMapper.shared().readTree(call.answer()));
		}
		return call.lines()
			.map((line) -> line.startsWith("{") ? JsonMapper.shared().readTree(line) : text(call, line))
			.toList();
	}

	// Its first sentence is the decisive reason. Which others hold depends on the moment.
	private static JsonNode text(Call call, String line) {
		boolean explains = call.filter().endsWith(".explanation.message");
		return JsonMapper.shared().getNodeFactory().stringNode((explains) ? firstSentence(masked(line)) : line);
	}

	/** Returns each field's name, and with it that of the field it is in. */
	private static Set<String> fields(JsonNode json) {
		Set<String> fields = new TreeSet<>();
		collectFields("", json, fields);
		return fields;
	}

	private static void collectFields(String parent, JsonNode json, Set<String> fields) {
		if (json.isArray()) {
			json.forEach((element) -> collectFields(parent, element, fields));
		}
		json.properties().forEach((field) -> {
			fields.add(field.getKey());
			if (!parent.isEmpty()) {
				fields.add(parent + "." + field.getKey());
			}
			collectFields(field.getKey(), field.getValue(), fields);
		});
	}

	private static Set<String> sentences(JsonNode json) {
		Set<String> sentences = new TreeSet<>();
		collectSentences(json, sentences);
		return sentences;
	}

	private static void collectSentences(JsonNode json, Set<String> sentences) {
		json.forEach((child) -> collectSentences(child, sentences));
		if (json.isString() && json.stringValue().contains(" ")) {
			String text = masked(json.stringValue());
			sentences.add(text);
			sentences.add(firstSentence(text));
		}
	}

	private static String firstSentence(String text) {
		return text.split("(?<=\\.) ", 2)[0];
	}

	/** What differs from run to run is the same. */
	private static String masked(String text) {
		return text.replaceAll("[\\w.-]+ \\(pid \\d+\\)", "WORKER")
			.replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "TIME")
			.replaceAll("\\d+ (s|min)\\b", "AGE")
			.replaceAll("\\d+(, \\d+)*", "N");
	}

	private static String series(String line) {
		return line.substring(0, line.lastIndexOf(' '));
	}

	private static String message(String logLine) {
		return logLine.split(" : ", 2)[1];
	}

}
