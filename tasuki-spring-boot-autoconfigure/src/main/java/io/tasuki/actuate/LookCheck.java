package io.tasuki.actuate;

import java.util.List;

/** What health wants to know of queues and database can be looked up. */
record LookCheck() implements Check {

	private static final String REMEDY = "See that the server admits one more connection of the worker's role, and that"
			+ " the role may read all tables of the schema tasuki";

	@Override
	public String name() {
		return "look";
	}

	@Override
	public List<Problem> problems(Situation situation) {
		DatabaseLook database = situation.database();
		// That the database is away is said elsewhere.
		if (database == null || database.error() == null || !situation.isInContact()) {
			return List.of();
		}
		return List
			.of(new Problem("Health cannot look at all queues and the database, so something may be wrong there: "
					+ database.error(), REMEDY));
	}

}
