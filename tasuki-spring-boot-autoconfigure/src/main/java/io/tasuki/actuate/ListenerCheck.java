package io.tasuki.actuate;

import java.util.List;

/**
 * Wake-ups of other instances arrive.
 *
 * @param wanted whether they are to
 */
record ListenerCheck(boolean wanted) implements Check {

	private static final List<Problem> DEAF = List.of(new Problem(
			"Wake-ups of other instances do not arrive: their jobs wait for the next poll, and their cancels for the"
					+ " next heartbeat",
			"Nothing, if that passes: the listener connects again by itself. Else the log says why it cannot (\"Cannot"
					+ " hear of other instances' new jobs\"): a server without a connection to spare, or a pooler in"
					+ " transaction mode, for which there is tasuki.worker.listen=false"));

	@Override
	public String name() {
		return "listener";
	}

	@Override
	public List<Problem> problems(Situation situation) {
		return (this.wanted && situation.isInContact() && !situation.worker().listening()) ? DEAF : List.of();
	}

}
