package io.tasuki.sample.photo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.tasuki.sample.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The log tells what belongs to one request. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class TracedPhotoIntegrationTests implements TestDatabase {

	private static final String LINE = " \\[(\\p{XDigit}{32})-(\\p{XDigit}{16})] \\S+\\.(\\w+) +: .*photo %s";

	@Test
	void logsTheRequestItsJobAndTheJobOfThatJobInOneTrace(@Value("${local.server.port}") int port,
			CapturedOutput output) { // B53
		UUID photo = upload(port).id();
		List<MatchResult> lines = await().atMost(Duration.ofSeconds(60))
			.until(() -> lines(output, photo), (seen) -> seen.size() == 3);
		assertOneTrace(lines);
	}

	@Test
	void givesEachRequestATraceOfItsOwn(@Value("${local.server.port}") int port, CapturedOutput output) { // B53
		UUID first = upload(port).id();
		UUID second = upload(port).id();
		assertThat(trace(output, first)).isNotEqualTo(trace(output, second));
	}

	@Test
	void logsAsThePageShows() throws IOException { // B53
		Pattern line = Pattern.compile(LINE.formatted("\\S+"), Pattern.CASE_INSENSITIVE);
		List<MatchResult> shown = line.matcher(Files.readString(Path.of("../docs/traces.md"))).results().toList();
		assertOneTrace(shown);
	}

	private static void assertOneTrace(List<MatchResult> lines) {
		assertThat(lines).extracting((line) -> line.group(3))
			.containsExactly("PhotoService", "ThumbnailMaker", "Announcer");
		assertThat(lines).extracting((line) -> line.group(1)).as("trace ids").containsOnly(lines.get(0).group(1));
		assertThat(lines).extracting((line) -> line.group(2)).as("span ids").doesNotHaveDuplicates();
	}

	private static PhotoView upload(int port) {
		return RestClient.create()
			.post()
			.uri("http://localhost:%d/photos".formatted(port))
			.contentType(MediaType.MULTIPART_FORM_DATA)
			.body(new LinkedMultiValueMap<>(Map.of("file", List.of(new FileSystemResource(Path.of("sample.jpg"))))))
			.retrieve()
			.body(PhotoView.class);
	}

	private static String trace(CapturedOutput output, UUID photo) {
		return await().atMost(Duration.ofSeconds(60))
			.until(() -> lines(output, photo), (seen) -> !seen.isEmpty())
			.get(0)
			.group(1);
	}

	private static List<MatchResult> lines(CapturedOutput output, UUID photo) {
		Pattern line = Pattern.compile(LINE.formatted(photo), Pattern.CASE_INSENSITIVE);
		return line.matcher(output.getAll()).results().toList();
	}

}
