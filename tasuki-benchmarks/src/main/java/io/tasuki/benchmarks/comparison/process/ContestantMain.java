package io.tasuki.benchmarks.comparison.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

import io.tasuki.benchmarks.comparison.contestant.Contestant;
import io.tasuki.localpostgres.Database;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JVM of a contestant: obeys the orders on its standard input, one after the other.
 */
public final class ContestantMain {

	/** Environment variable with the password of the database. */
	static final String PASSWORD = "COMPARISON_PASSWORD";

	private static final JsonMapper json = JsonMapper.shared();

	private final Stage stage;

	private final PrintStream answers;

	private ContestantMain(Stage stage, PrintStream answers) {
		this.stage = stage;
		this.answers = answers;
	}

	/**
	 * Obeys until there are no more orders.
	 * @param arguments name of the contestant, JDBC URL, user, and one more than the
	 * largest number of a job
	 */
	public static void main(String[] arguments) throws IOException {
		PrintStream answers = System.out;
		System.setOut(System.err);
		Database database = new Database(arguments[1], arguments[2], System.getenv(PASSWORD));
		try (Contestant contestant = Entrant.of(arguments[0]).create(database)) {
			new ContestantMain(new Stage(contestant, Integer.parseInt(arguments[3])), answers).obey();
		}
		System.exit(0);
	}

	private void obey() throws IOException {
		BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = orders.readLine(); line != null; line = orders.readLine()) {
			this.answers.println(json.writeValueAsString(obey(line)));
		}
	}

	private Reply obey(String line) {
		try {
			Object answer = json.readValue(line, Order.class).obey(this.stage);
			return new Reply(json.valueToTree(answer), null);
		}
		catch (Exception ex) {
			StringWriter trace = new StringWriter();
			ex.printStackTrace(new PrintWriter(trace));
			return new Reply(null, trace.toString());
		}
	}

}
