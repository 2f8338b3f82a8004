package io.tasuki.store;

import java.util.List;

/**
 * Records outcomes, on a connection of its own. For one thread at a time. A connection
 * that fails is closed; the next call opens another.
 */
public interface CompletionStore extends AutoCloseable {

	/**
	 * Records a group of outcomes in one transaction, each under its fence. A job that
	 * somebody has cancelled and that is neither succeeded nor cancelled by its own
	 * outcome ends as cancelled instead. A row that somebody has locked delays none of
	 * the others. Durable when it returns; after an exception it is unknown which
	 * outcomes were recorded, and the same group can be given again.
	 */
	Completed complete(List<Completion> completions);

	@Override
	void close();

}
