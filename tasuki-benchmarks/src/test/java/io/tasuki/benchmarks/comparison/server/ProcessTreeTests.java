package io.tasuki.benchmarks.comparison.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.tasuki.benchmarks.comparison.server.ProcessTree.Stat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessTreeTests {

	private static final String REST = " 0 0 20 0 1 0 12345 1000 200";

	@TempDir
	Path processes;

	@Test
	void readsALineWhoseNameLooksLikeFields() {
		Stat stat = Stat.parse("77 (a ) 1 (b) R 5 77 77 0 -1 0 1 2 3 4 11 12 13 14" + REST);
		assertThat(stat).isEqualTo(new Stat(5, 23, 27));
	}

	@Test
	void countsTheRootItsChildrenAndThoseThatHaveEnded() throws IOException {
		process(50, "(postgres) S 1 50 50 0 -1 0 1 2 3 4 1 2 30 40");
		process(51, "(postgres: a) S 50 51 51 0 -1 0 1 2 3 4 100 200 7 7");
		process(52, "(postgres: b) S 50 52 52 0 -1 0 1 2 3 4 1000 2000 7 7");
		process(53, "(java) S 1 53 53 0 -1 0 1 2 3 4 9999 9999 9 9");
		Files.createDirectory(this.processes.resolve("net"));
		assertThat(new ProcessTree(this.processes, 50).cpuMicros()).hasValue((73 + 300 + 3000) * 10_000L);
	}

	@Test
	void saysNothingWhereNobodyTells() {
		assertThat(new ProcessTree(this.processes.resolve("absent"), 50).cpuMicros()).isEmpty();
	}

	private void process(int id, String line) throws IOException {
		Path folder = Files.createDirectory(this.processes.resolve(Integer.toString(id)));
		Files.writeString(folder.resolve("stat"), id + " " + line + REST);
	}

}
