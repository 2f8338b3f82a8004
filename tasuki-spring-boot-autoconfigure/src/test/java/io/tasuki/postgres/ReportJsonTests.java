package io.tasuki.postgres;

import java.util.List;
import java.util.Map;

import io.tasuki.store.Report;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ReportJsonTests {

	private static final String ANYTHING = "quote \" backslash \\ slash / tab \t break \r\n bell \u0007 é 🍀 \u2028";

	@Test
	void writesLinesWithTheirAges() {
		List<Report.Line> lines = List.of(new Report.Line(3, 1, 1_000, ANYTHING), new Report.Line(3, 2, 5_000, ""));
		JsonNode json = JsonMapper.shared().readTree(ReportJson.lines(lines, 2_001_000));
		assertThat(json).hasSize(2);
		assertThat(json.get(0).get("lease").asInt()).isEqualTo(3);
		assertThat(json.get(0).get("no").asInt()).isEqualTo(1);
		assertThat(json.get(0).get("age").asLong()).isEqualTo(2_000);
		assertThat(json.get(0).get("text").asString()).isEqualTo(ANYTHING);
		assertThat(json.get(1).get("text").asString()).isEmpty();
	}

	@Test
	void replacesWhatCannotBeStored() {
		String json = ReportJson.metadata(Map.of("half \uD83D", "nul \0"));
		assertThat(json).isEqualTo("{\"half \uFFFD\":\"nul \uFFFD\"}");
	}

	@Test
	void writesMetadataAsAnObject() {
		assertThat(ReportJson.metadata(Map.of())).isEqualTo("{}");
		Map<String, String> metadata = Map.of("one", ANYTHING, ANYTHING, "two");
		JsonNode json = JsonMapper.shared().readTree(ReportJson.metadata(metadata));
		assertThat(json).hasSize(2);
		assertThat(json.get("one").asString()).isEqualTo(ANYTHING);
		assertThat(json.get(ANYTHING).asString()).isEqualTo("two");
	}

	@Test
	void writesNothingWhereThereIsNoNews() {
		assertThat(ReportJson.lines(List.of(), 0)).isNull();
		assertThat(ReportJson.metadata(null)).isNull();
	}

}
