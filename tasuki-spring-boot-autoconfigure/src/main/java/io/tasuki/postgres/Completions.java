package io.tasuki.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

import io.tasuki.store.Completion;
import io.tasuki.store.Completion.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Completions as the parallel arrays in which a statement takes them.
 */
final class Completions {

	private Completions() {
	}

	/**
	 * Returns whether something is to be written before any of the outcomes.
	 */
	static boolean haveReports(List<Completion> completions) {
		for (Completion completion : completions) {
			if (completion.report() != null) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Binds leases and errors to six parameters.
	 * @return index of the next parameter
	 */
	static int bind(PreparedStatement statement, int index, List<Completion> completions) throws SQLException {
		int next = Leases.bind(statement, index, completions.stream().map(Completion::lease).toList());
		statement.setObject(next, errors(completions, Failure::type));
		statement.setObject(next + 1, errors(completions, Failure::message));
		statement.setObject(next + 2, errors(completions, Failure::stackTrace));
		return next + 3;
	}

	private static @Nullable String[] errors(List<Completion> completions,
			Function<Failure, @Nullable String> property) {
		return completions.stream()
			.map((completion) -> (completion.error() != null) ? property.apply(completion.error()) : null)
			.map(Texts::storable)
			.toArray(String[]::new);
	}

}
