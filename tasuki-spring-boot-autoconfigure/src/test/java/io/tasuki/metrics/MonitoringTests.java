package io.tasuki.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Dashboard and alerts in docs/monitoring ask for nothing that Prometheus is not given.
 */
class MonitoringTests {

	private static final Path DASHBOARD = Path.of("../docs/monitoring/grafana-dashboard.json");

	private static final Path ALERTS = Path.of("../docs/monitoring/prometheus-alerts.yml");

	private static final Pattern SERIES = Pattern.compile("^(\\w+)(?:\\{(.*)})? \\S+$", Pattern.MULTILINE);

	private static final Pattern SELECTOR = Pattern.compile("\\b(tasuki_\\w+)(?:\\{([^}]*)})?");

	private static final Pattern LABEL = Pattern.compile("(\\w+)(=~|=|!=|!~)\"([^\"]*)\"");

	private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on|group_left)\\s*\\(([\\w, ]*)\\)");

	/** What Prometheus adds itself. */
	private static final Set<String> TARGET = Set.of("instance", "job");

	private static final List<Series> SCRAPE = scrape();

	private static List<Series> scrape() {
		PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		AllMeters.registerIn(registry);
		return SERIES.matcher(registry.scrape())
			.results()
			.map((line) -> new Series(line.group(1), labels(line.group(2))))
			.toList();
	}

	private static Map<String, String> labels(@Nullable String text) {
		return LABEL.matcher((text != null) ? text : "")
			.results()
			.collect(Collectors.toMap((label) -> label.group(1), (label) -> label.group(3)));
	}

	static Stream<Query> queries() {
		List<Query> queries = new ArrayList<>();
		queriesOf(JsonMapper.shared().readTree(read(DASHBOARD)), queries);
		rules().forEach(
				(rule) -> queries.add(new Query(String.valueOf(rule.get("alert")), String.valueOf(rule.get("expr")))));
		return queries.stream();
	}

	private static void queriesOf(JsonNode node, List<Query> queries) {
		for (String name : List.of("expr", "query")) {
			JsonNode text = node.path(name);
			if (text.isString() && text.stringValue().contains("tasuki_")) {
				queries.add(new Query("dashboard", text.stringValue()));
			}
		}
		node.forEach((child) -> queriesOf(child, queries));
	}

	private static List<Map<String, Object>> rules() {
		Map<String, List<Map<String, List<Map<String, Object>>>>> file = new Yaml().load(read(ALERTS));
		return file.get("groups").stream().flatMap((group) -> group.get("rules").stream()).toList();
	}

	@ParameterizedTest
	@MethodSource("queries")
	void asksForWhatThereIs(Query query) { // B52
		List<MatchResult> selectors = SELECTOR.matcher(query.text()).results().toList();
		assertThat(selectors).isNotEmpty();
		Set<String> labels = new HashSet<>(TARGET);
		for (MatchResult selector : selectors) {
			List<Series> series = SCRAPE.stream().filter((one) -> one.name().equals(selector.group(1))).toList();
			assertThat(series).as("series named %s", selector.group(1)).isNotEmpty();
			series.forEach((one) -> labels.addAll(one.labels().keySet()));
			if (selector.group(2) != null) {
				LABEL.matcher(selector.group(2))
					.results()
					.filter((label) -> !TARGET.contains(label.group(1)))
					.forEach((label) -> assertHas(series, label));
			}
		}
		assertThat(groupedBy(query)).as("labels of these metrics").isSubsetOf(labels);
		assertThat(query.text().replaceAll("[^(]", "")).hasSameSizeAs(query.text().replaceAll("[^)]", ""));
	}

	private static void assertHas(List<Series> series, MatchResult label) {
		assertThat(series).extracting((one) -> one.labels().get(label.group(1)))
			.as("label %s", label.group(1))
			.doesNotContainNull();
		if (label.group(2).equals("=")) {
			assertThat(series).extracting((one) -> one.labels().get(label.group(1))).contains(label.group(3));
		}
	}

	private static List<String> groupedBy(Query query) {
		return GROUPING.matcher(query.text())
			.results()
			.flatMap((grouping) -> Arrays.stream(grouping.group(1).split(",")))
			.map(String::strip)
			.filter((label) -> !label.isEmpty())
			.toList();
	}

	@Test
	void showEveryMeter() { // B52
		String asked = queries().map(Query::text).collect(Collectors.joining("\n"));
		assertThat(TasukiMeter.values()).allSatisfy(
				(meter) -> assertThat(asked).containsPattern("\\b" + meter.meterName().replace('.', '_') + "[_\\W]"));
	}

	@Test
	void eachAlertSaysWhatIsWrongAndWhatToDo() {
		assertThat(rules()).isNotEmpty().allSatisfy((rule) -> {
			assertThat(rule).containsKeys("alert", "expr", "labels");
			assertThat(rule.get("annotations")).asInstanceOf(InstanceOfAssertFactories.MAP)
				.containsOnlyKeys("summary", "remedy");
		});
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A line of what Prometheus is given. */
	record Series(String name, Map<String, String> labels) {
	}

	/**
	 * What is asked.
	 *
	 * @param text in Prometheus' own language
	 */
	record Query(String place, String text) {
	}

}
