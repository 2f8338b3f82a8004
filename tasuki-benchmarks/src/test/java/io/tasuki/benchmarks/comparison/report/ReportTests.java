package io.tasuki.benchmarks.comparison.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ReportTests {

	private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

	@TempDir
	private Path folder;

	@Test
	void printsTheTextThatItWrites() throws IOException {
		write(this.folder.resolve("new/folder"), ExcellentRun.measurements());
		assertThat(this.folder.resolve("new/folder/report.md")).hasContent(printed());
		assertThat(printed()).contains("### drain, jobs/s");
	}

	@Test
	void writesAFileForProgramsAndAPicture() throws IOException {
		write(this.folder, ExcellentRun.measurements());
		assertThat(this.folder.resolve("report.json")).content().startsWith("{").contains("\"measurements\"");
		assertThat(ImageIO.read(this.folder.resolve("plot.png").toFile()).getWidth()).isEqualTo(900);
	}

	@Test
	void writesNoPictureWhenNothingWasMeasured() {
		write(this.folder, List.of());
		assertThat(Files.exists(this.folder.resolve("plot.png"))).isFalse();
		assertThat(this.folder.resolve("report.md")).exists();
	}

	@Test
	void printsBeforeItFailsToWrite() throws IOException {
		Path file = Files.createFile(this.folder.resolve("file"));
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> write(file, ExcellentRun.measurements()));
		assertThat(printed()).contains("### drain, jobs/s");
	}

	private void write(Path where, List<Measurement> measurements) {
		Report.write(where, Samples.environment(), measurements,
				new PrintStream(this.printed, false, StandardCharsets.UTF_8));
	}

	private String printed() {
		return this.printed.toString(StandardCharsets.UTF_8);
	}

}
