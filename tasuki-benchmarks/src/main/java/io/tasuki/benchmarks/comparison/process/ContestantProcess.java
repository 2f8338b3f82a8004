package io.tasuki.benchmarks.comparison.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import tools.jackson.databind.json.JsonMapper;

/**
 * The JVM of a contestant, as its parent sees it. For one thread.
 */
public final class ContestantProcess implements AutoCloseable {

	private static final long LONGEST_ORDER_MINUTES = 20;

	private static final long LONGEST_END_SECONDS = 60;

	private static final JsonMapper json = JsonMapper.shared();

	private final Process process;

	private final Path log;

	private final OutputStream orders;

	private final BufferedReader answers;

	ContestantProcess(Process process, Path log) {
		this.process = process;
		this.log = log;
		this.orders = process.getOutputStream();
		this.answers = process.inputReader(StandardCharsets.UTF_8);
	}

	/**
	 * Gives an order and waits until it is obeyed.
	 * @throws IllegalStateException if it could not be obeyed
	 */
	public <A> A ask(Order<A> order) throws InterruptedException {
		Reply reply;
		try {
			this.orders.write((json.writeValueAsString(order) + "\n").getBytes(StandardCharsets.UTF_8));
			this.orders.flush();
			reply = json.readValue(nextLine(order), Reply.class);
		}
		catch (IOException ex) {
			throw new IllegalStateException("%s was not obeyed; see %s".formatted(order, this.log), ex);
		}
		if (reply.failure() != null) {
			throw new IllegalStateException("%s failed; see %s: %s".formatted(order, this.log, reply.failure()));
		}
		return json.treeToValue(Objects.requireNonNull(reply.answer()), order.answer());
	}

	private String nextLine(Order<?> order) throws IOException, InterruptedException {
		CompletableFuture<String> line = CompletableFuture.supplyAsync(this::readLine);
		try {
			return line.get(LONGEST_ORDER_MINUTES, TimeUnit.MINUTES);
		}
		catch (ExecutionException ex) {
			throw new IOException(ex);
		}
		catch (TimeoutException ex) {
			throw new IOException("No answer to %s within %d minutes".formatted(order, LONGEST_ORDER_MINUTES), ex);
		}
	}

	private String readLine() {
		try {
			String line = this.answers.readLine();
			if (line == null) {
				throw new IOException("The process has ended");
			}
			return line;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads what became of some jobs in this JVM.
	 * @param first number of the first job
	 * @param count how many
	 */
	public Trace trace(int first, int count) throws InterruptedException {
		Path file = this.log.resolveSibling(this.log.getFileName() + ".trace");
		ask(new WriteTrace(file, first, count));
		return Trace.read(file);
	}

	/**
	 * Lets the process end, and waits for that. Does nothing the second time.
	 */
	@Override
	public void close() {
		try {
			this.orders.close();
			if (!this.process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
				this.process.destroyForcibly().waitFor();
			}
		}
		catch (IOException ex) {
			this.process.destroyForcibly();
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Ends the process at once.
	 */
	public void kill() {
		this.process.destroyForcibly();
	}

}
