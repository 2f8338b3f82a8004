package io.tasuki.benchmarks.soak.worker;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What a worker process is told.
 *
 * @param process its place in the order of starts
 * @param folder where its files are
 * @param crashes where starts are counted that take a process down; all share it
 * @param seed decides what it enqueues
 * @param jobsPerSecond how much it enqueues; 0 for nothing
 */
@ConfigurationProperties("soak")
record WorkerSettings(int process, Path folder, Path crashes, long seed, int jobsPerSecond) {

}
