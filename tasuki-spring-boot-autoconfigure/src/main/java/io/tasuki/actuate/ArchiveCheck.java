package io.tasuki.actuate;

import java.util.List;

/** Jobs that finish reach the archive. */
record ArchiveCheck() implements Check {

	private static final List<Problem> NO_ROWS = List
		.of(new Problem("Jobs complete without archive rows: the archive does not take them",
				"Let the worker's role create tables in the schema tasuki, and the next round of the janitor makes"
						+ " the partition of the day. What keeps it from that is in the log"));

	@Override
	public String name() {
		return "archive";
	}

	@Override
	public List<Problem> problems(Situation situation) {
		return (situation.worker().archiving()) ? List.of() : NO_ROWS;
	}

}
