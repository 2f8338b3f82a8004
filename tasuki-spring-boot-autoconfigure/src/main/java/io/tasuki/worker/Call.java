package io.tasuki.worker;

import java.util.List;

/**
 * What one call of a handler came to for the jobs it was made for.
 *
 * @param attempts the attempts that it ended, with what becomes of their jobs
 * @param bereft whether somebody else has ended the attempt of a job meanwhile that the
 * handler ran: what it wrote for that job must not stay
 */
record Call(List<Attempt> attempts, boolean bereft) {

	/** Nothing to be recorded. */
	static final Call NOTHING = new Call(List.of(), false);

}
