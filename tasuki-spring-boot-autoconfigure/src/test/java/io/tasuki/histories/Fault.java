package io.tasuki.histories;

/** What becomes of the next statement on a connection. */
enum Fault {

	/** The server does as it is told, and says so. */
	NONE,

	/** The server refuses, changes nothing and keeps the connection. */
	REFUSED,

	/** The connection fails before the server hears of it. */
	UNHEARD,

	/** The connection fails after the commit, before the answer. */
	ANSWER_LOST

}
