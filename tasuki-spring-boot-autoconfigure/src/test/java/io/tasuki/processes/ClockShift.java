package io.tasuki.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Assumptions;

/**
 * Makes a child process believe in another time of day, by a small library that the
 * system's C compiler builds and the dynamic linker puts before the C library. Clocks
 * that only measure time go on as they are. Only on Linux.
 */
final class ClockShift {

	private static final String SOURCE = """
			#define _GNU_SOURCE
			#include <stdlib.h>
			#include <sys/syscall.h>
			#include <sys/time.h>
			#include <time.h>
			#include <unistd.h>

			static long shift;

			__attribute__((constructor)) static void read_shift(void) {
				const char *seconds = getenv("CLOCK_SHIFT_SECONDS");
				shift = seconds ? atol(seconds) : 0;
			}

			int clock_gettime(clockid_t clock, struct timespec *now) {
				int result = syscall(SYS_clock_gettime, clock, now);
				if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
					now->tv_sec += shift;
				}
				return result;
			}

			int gettimeofday(struct timeval *restrict now, void *restrict zone) {
				struct timespec precise;
				int result = clock_gettime(CLOCK_REALTIME, &precise);
				now->tv_sec = precise.tv_sec;
				now->tv_usec = precise.tv_nsec / 1000;
				return result;
			}

			time_t time(time_t *seconds) {
				struct timespec precise;
				clock_gettime(CLOCK_REALTIME, &precise);
				if (seconds) {
					*seconds = precise.tv_sec;
				}
				return precise.tv_sec;
			}
			""";

	private ClockShift() {
	}

	/**
	 * Returns the environment of a process whose clock is to be off. Skips the test where
	 * this cannot be done.
	 */
	static Map<String, String> environment(Path folder, long seconds) {
		Assumptions.assumeTrue("Linux".equals(System.getProperty("os.name")), "Shifting a clock needs Linux");
		Path library = folder.resolve("clock_shift.so");
		Assumptions.assumeTrue(compile(folder, library), "Shifting a clock needs the C compiler 'cc'");
		return Map.of("LD_PRELOAD", library.toString(), "CLOCK_SHIFT_SECONDS", Long.toString(seconds));
	}

	private static boolean compile(Path folder, Path library) {
		try {
			Path source = Files.writeString(folder.resolve("clock_shift.c"), SOURCE);
			return new ProcessBuilder(List.of("cc", "-shared", "-fPIC", "-o", library.toString(), source.toString()))
				.redirectErrorStream(true)
				.redirectOutput(folder.resolve("cc.log").toFile())
				.start()
				.waitFor() == 0;
		}
		catch (IOException ex) {
			// There is no such program.
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
