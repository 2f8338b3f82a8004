package io.tasuki.benchmarks.comparison.report;

import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class JsonReportTests {

	@Test
	void holdsEveryValueAndWhatFollowsFromThem() {
		JsonNode json = json(
				List.of(Samples.withDetail(Samples.drain("tasuki", 70, 80, 76), Details.WAL_PER_JOB, 410, 400, 420)));
		JsonNode measurement = json.at("/measurements/0");
		assertThat(measurement.at("/workload").asString()).isEqualTo("drain");
		assertThat(measurement.at("/median").asDouble()).isEqualTo(76);
		assertThat(measurement.at("/values")).extracting(JsonNode::asDouble).containsExactly(70.0, 80.0, 76.0);
		assertThat(measurement.at("/details/WAL bytes~1job")).extracting(JsonNode::asDouble)
			.containsExactly(410.0, 400.0, 420.0);
		assertThat(measurement.at("/detailMedians/WAL bytes~1job").asDouble()).isEqualTo(410);
	}

	@Test
	void holdsTheEnvironment() {
		JsonNode environment = json(List.of()).at("/environment");
		assertThat(environment.at("/date").asString()).isEqualTo("2026-11-21T10:15:30Z");
		assertThat(environment.at("/versions/PostgreSQL").asString()).isEqualTo("18.6");
		assertThat(environment.at("/postgresSettings/fsync").asString()).isEqualTo("on");
		assertThat(environment.at("/jvmOptions/0").asString()).isEqualTo("-Xmx512m");
	}

	@Test
	void holdsEveryTargetAndItsVerdict() {
		JsonNode targets = json(List.of(Samples.drain("tasuki", 70_000))).at("/targets");
		assertThat(targets).hasSameSizeAs(Targets.all());
		assertThat(targets).filteredOn((target) -> target.at("/verdict").asString().equals("reached"))
			.singleElement()
			.satisfies((target) -> assertThat(target.at("/measured").asDouble()).isEqualTo(70_000))
			.satisfies((target) -> assertThat(target.at("/bound/value").asDouble()).isEqualTo(62_316));
		assertThat(targets.get(0).at("/measured").isNull()).isTrue();
	}

	private static JsonNode json(List<Measurement> measurements) {
		return JsonMapper.shared().readTree(new JsonReport(Samples.environment(), measurements).text());
	}

}
