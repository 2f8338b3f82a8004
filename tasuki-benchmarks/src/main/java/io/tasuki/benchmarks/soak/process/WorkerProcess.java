package io.tasuki.benchmarks.soak.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.tasuki.benchmarks.soak.ledger.ClaimFile;
import io.tasuki.benchmarks.soak.ledger.Run;
import io.tasuki.benchmarks.soak.ledger.RunFile;
import io.tasuki.benchmarks.soak.worker.WorkerFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker JVM, from its start to its end.
 */
public final class WorkerProcess {

	private static final Logger logger = LoggerFactory.getLogger(WorkerProcess.class);

	private final int number;

	private final String role;

	private final Path folder;

	private final Process process;

	private volatile boolean endWanted;

	WorkerProcess(int number, String role, Path folder, Process process) {
		this.number = number;
		this.role = role;
		this.folder = folder;
		this.process = process;
	}

	/**
	 * Returns its place in the order of starts.
	 */
	public int number() {
		return this.number;
	}

	/**
	 * Returns the database role it connects under.
	 */
	String role() {
		return this.role;
	}

	boolean isReady() {
		return this.process.isAlive() && wasReady();
	}

	boolean wasReady() {
		return Files.exists(WorkerFiles.ready(this.folder));
	}

	/**
	 * Returns whether somebody wanted this process to end.
	 */
	boolean endWanted() {
		return this.endWanted;
	}

	/**
	 * Stops every thread, as a long pause of its machine does. Returns when they stand
	 * still.
	 * @return whether the process is alive
	 */
	public boolean pause() throws InterruptedException {
		if (!Signals.send("STOP", this.process.pid())) {
			return false;
		}
		while (!Signals.standsStill(this.process.pid())) {
			Thread.sleep(2);
		}
		return this.process.isAlive();
	}

	/**
	 * Lets the threads go on.
	 */
	public void resume() throws InterruptedException {
		Signals.send("CONT", this.process.pid());
	}

	/**
	 * Ends the process at once.
	 */
	public void kill() throws InterruptedException {
		this.endWanted = true;
		this.process.destroyForcibly().waitFor();
	}

	/**
	 * Asks the process to end.
	 */
	public void terminate() throws InterruptedException {
		this.endWanted = true;
		Signals.send("TERM", this.process.pid());
	}

	/**
	 * Gives the process an order.
	 */
	public void order(String words) {
		try {
			OutputStream orders = this.process.getOutputStream();
			orders.write((words + "\n").getBytes(StandardCharsets.US_ASCII));
			orders.flush();
		}
		catch (IOException ex) {
			logger.debug("Process {} does not listen", this.number, ex);
		}
	}

	/**
	 * Waits until the process is gone.
	 * @return its exit value
	 */
	public int awaitEnd() throws InterruptedException {
		return this.process.waitFor();
	}

	/**
	 * Returns what it wrote about its claims.
	 */
	ClaimFile claims() {
		return new ClaimFile(WorkerFiles.claims(this.folder));
	}

	Stream<Run> runs() {
		return RunFile.read(WorkerFiles.runs(this.folder), this.number).stream();
	}

}
