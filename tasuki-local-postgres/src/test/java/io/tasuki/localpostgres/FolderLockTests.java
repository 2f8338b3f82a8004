package io.tasuki.localpostgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class FolderLockTests {

	@TempDir
	private Path folder;

	@Test
	void keepsOtherProcessesOutWhenThisOneAsksTwice() throws Exception {
		try (FolderLock lock = FolderLock.tryLock(this.folder).orElseThrow()) {
			assertThat(lock).isNotNull();
			assertThat(FolderLock.tryLock(this.folder)).isEmpty();
			assertThat(isFreeForAnotherProcess()).isFalse();
		}
		assertThat(isFreeForAnotherProcess()).isTrue();
	}

	@Test
	void locksAgainWhatWasClosed() throws IOException {
		FolderLock.tryLock(this.folder).orElseThrow().close();
		Optional<FolderLock> again = FolderLock.tryLock(this.folder);
		assertThat(again).isPresent();
		again.get().close();
	}

	private boolean isFreeForAnotherProcess() throws IOException, InterruptedException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		return new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), OtherProcess.class.getName(),
				this.folder.toString())
			.inheritIO()
			.start()
			.waitFor() == 0;
	}

	/** Ends with 0 if the folder was free. */
	static final class OtherProcess {

		private OtherProcess() {
		}

		public static void main(String[] args) throws IOException {
			System.exit(FolderLock.tryLock(Path.of(args[0])).isPresent() ? 0 : 1);
		}

	}

}
