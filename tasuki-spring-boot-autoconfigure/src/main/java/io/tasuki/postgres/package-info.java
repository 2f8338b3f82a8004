/**
 * Every SQL statement there is, one class each: the list of files is the list of what is
 * ever asked of the database. Above them stand the stores, which are tables of contents.
 *
 * <h2>The table</h2>
 *
 * <p>
 * One row per live job, claimed in place. There is no state column and no index on
 * anything a claim or a heartbeat writes, and half of each page is left free, so that
 * PostgreSQL can write the new version of a row beside the old one and touch no index.
 * Finished jobs leave the table, so the cost of a claim does not grow with history.
 *
 * <p>
 * Checks are few, because PostgreSQL reads and plans each of them anew for every
 * statement that writes to the table: with six an insert took 71 µs of the server, with
 * two 62, with none 51, and an update of one row 65, 49 and 47 (medians of twenty rounds
 * of 3000 statements on a machine whose rounds differed twofold). The two that are left
 * keep out what no worker would ever claim. The others kept out nonsense that
 * {@code tasuki.enqueue} and the library refuse anyway, and that does no harm. A domain
 * for a column is checked for next to nothing, but putting one on a column that exists
 * rewrites the table.
 *
 * <h2>Why by ctid</h2>
 *
 * <p>
 * Statements of a worker first find and lock rows, then write them by their place on
 * disk: {@code ctid = any (array(select …))}. The inner query runs once, and a join by
 * ctid leaves the planner nothing to choose. This is needed. Written as a plain join with
 * {@code unnest}, a completion that was planned while the table was empty walks the whole
 * index from then on, in spite of every guard on plans, because such a walk counts as
 * sorted input for a merge join that never comes. For the same reason the fence is
 * compared inside a {@code lateral} that cannot be pulled up. A row that moved between
 * snapshot and lock is not written; it is found again by the next claim, or reported as
 * locked.
 *
 * <p>
 * A job is looked up by {@code id >= x and id <= x order by id}, which only the primary
 * key answers in order. Written {@code id = x}, its place at the end of the index of
 * ready jobs is a condition as well, and where the table was analyzed with no row or one
 * in it, as an idle queue's is, both cost the same: the planner took the wrong one in 14
 * of 264 such states, walked the whole index for each job once the queue had filled, and
 * completions ran into their timeout until a new connection planned anew. The order, with
 * sorts switched off, leaves none of these states, and costs nothing.
 *
 * <p>
 * A claim asks per line, inside it per priority, with a limit at both levels: 5.5 µs of
 * server time a job. The flat form, one row of the arguments per queue and priority,
 * takes 5.6 and cannot limit a line over its priorities.
 *
 * <p>
 * That form costs a claim of a single job as much as one of a dozen. A worker that waits
 * claims what was announced to it, in one priority of one line, by a statement for that
 * alone, {@link io.tasuki.postgres.ClaimAnnouncedJobs}: two thirds of the server's time.
 * By primary key a claim costs the same, and would need the worker to remember which jobs
 * were announced.
 *
 * <h2>Locked rows</h2>
 *
 * <p>
 * No statement of a worker waits for a row. A completion locks what it can and skips the
 * rest; what was skipped is read again plainly: still held means locked, gone means lost.
 * The alternative, to write at once under a short lock timeout and to lock first only
 * after that failed, gains nothing: 4.3 µs a job against 4.1 for locking first without
 * the archive, 6.5 against 6.7 with it, and one locked row costs its timeout again and
 * again. (Groups of 500, three priorities, 60 000 rows, the claim's figures with 100 000;
 * processor time of the server's process on a busy machine: the last digit means little.)
 *
 * <h2>Cancelling</h2>
 *
 * <p>
 * {@code cancel_requested_at} is written first, whatever the job does: that locks the
 * row, waits for a claim or completion under way and tells whether there is a lease. A
 * job without one then leaves in a second statement. One with a lease leaves with its
 * outcome: the statements that make a job available again or bury it pass over rows so
 * marked, and what they leave is offered to one that takes only those. It runs only if
 * something was left, so jobs that nobody cancelled pay nothing. Each decides by the row
 * that it has locked, so there is no moment in which a request could be missed; a request
 * that commits between the two is found at the next try, as a locked row is. In one
 * statement for both ways, every retry would carry the archive's columns and partitions
 * along.
 *
 * <p>
 * The row of a waiting job goes into the archive on the caller's connection, where a
 * failure would spoil the caller's transaction. So the request asks beforehand whether
 * there is room for its own moment, and whether the role may write there; if not, the job
 * is deleted. Rejected: a savepoint. Two more round trips, and a transaction of many
 * cancels would hold more subtransactions than the server keeps in memory, which slows
 * down everybody. What is left is that a cancel, like any statement of the caller, waits
 * while somebody has the archive locked.
 *
 * <h2>Commits without an answer</h2>
 *
 * <p>
 * A connection that fails during a commit leaves it open whether the outcomes are
 * recorded. They are given again, and those whose leases are absent then were recorded by
 * the first commit, or taken over. {@link io.tasuki.postgres.FindFates} tells by the
 * lease number that the job has now, in whichever table it is: the same one was recorded,
 * a later one is another worker's. Where finished jobs are deleted nothing is left to
 * tell by, and nothing is counted.
 *
 * <h2>Commits</h2>
 *
 * <p>
 * Claims commit asynchronously. A server crash can lose the latest of them, and the job
 * then simply runs again; the owner, drawn at random for each connection, is part of the
 * fence and tells the lost claim from the one that follows. The setting travels inside
 * the claim, never on the connection. Everything else commits synchronously: a completion
 * that was reported is never lost, and it makes the claim before it durable as well.
 *
 * <h2>Upgrades</h2>
 *
 * <p>
 * {@link io.tasuki.postgres.SchemaInitializer} applies what is missing in one
 * transaction, while instances of the version before work on. It needs ACCESS EXCLUSIVE,
 * and whoever waits for that makes all others wait behind it; so it waits a quarter of a
 * second, less than the workers' own lock timeout, lets them pass and tries again, for
 * two minutes. What scripts add has names that the statements before do not use: these
 * name their columns, and where one says {@code job.*}, inside a common table expression,
 * a new column must not be mistaken for one of its neighbours. What they take away are
 * checks, which no statement relies on.
 *
 * <h2>Who crashed</h2>
 *
 * <p>
 * {@code crash_owners} goes with {@code crashes}: the first is the owner from whom the
 * job was taken over first, each further one the owner that was charged when it started
 * the job, so that nobody is named who merely held it. A claim writes it only at that
 * first takeover, the charge before a start always, and what resets or gives back crashes
 * resets or shortens it; the latest twenty are kept. {@code tasuki.owner} says who they
 * were: a row for each connection that claims, written before its first claim and again
 * once a day. Rows that were not seen for thirty days are pruned, and the worker is
 * "unknown" from then on; what a dead letter says was resolved when the job died and
 * stays. A foreign key would make every takeover check a row that only people read. An
 * instance of version 1 beside this one counts crashes without owners and resets the
 * count without them, so a name may be missing, or be left from an earlier series, as
 * long as such an instance runs.
 *
 * <h2>What handlers say</h2>
 *
 * <p>
 * Progress, log lines and metadata of all running jobs are written by one statement a
 * second, {@link io.tasuki.postgres.WriteReports}, on the claimer's connection; what is
 * left at the end of an attempt by the same statement in the completion's transaction,
 * which other completions do not have to be: a group in which nobody said anything is
 * written as before. In one transaction because a heartbeat may be late: older words
 * would otherwise follow the last ones. A job whose row is locked then waits with its
 * outcome, as a locked row always does. Whoever gets no answer gives the same report
 * again, so it must not matter how often it is written: progress and metadata come whole,
 * and a line carries two numbers by which the row knows it. Lines lie in the row itself,
 * so they move with it and go with it; each write replaces all hundred of them, which
 * only those pay who log. Rejected: a table of lines, which every move of a job and every
 * drop of a partition would have to follow. Lines cross with their age, as all times
 * cross as durations. In a handler's own transaction the report has a savepoint: what the
 * server refuses of it must not undo the handler's writes.
 *
 * <h2>Enqueueing</h2>
 *
 * <p>
 * Happens on the caller's connection: {@link io.tasuki.postgres.PostgresJobStore} looks
 * for the connection that a transaction manager holds for the data source, or for a proxy
 * or target of it, and otherwise commits by itself on a connection of its own. RETURNING
 * promises no order, so ids tell which row is which job: they are drawn in the order of
 * the rows, or before the insert where unique keys sort these, so that batches wait for
 * each other instead of deadlocking; a key taken by a job that the statement's snapshot
 * cannot see is tried again. Serialization failures and deadlocks go up to the caller.
 * The usual jobs have statements of their own: due at once, which the column's default
 * says and nobody need reckon with, and, where there are many, alike but for their
 * payloads. Each array that {@code unnest} takes is kept aside by the server, row by row:
 * three of them cost an eighth of the whole insert. NOTIFY is never part of the caller's
 * transaction: one synchronization per transaction hands its wake-ups and cancel requests
 * over after the commit, and one sender thread passes them on, a hundred a second at once
 * and more of them together, committing asynchronously. In most applications each
 * instance enqueues and works, so each job would wake all instances and be claimed in
 * vain by all but one, at a quarter of a millisecond of the server's time each. So a job
 * that comes alone is told to others only if no worker of its own process has taken it
 * within two milliseconds, or there is none. The listener speaks to itself to know that
 * it hears, and says "all" after every connect; its sockets are
 * {@link io.tasuki.postgres.PromptSocketFactory}'s, which is worth a millisecond of three
 * from a commit to the start in another process. A connection that turns out to lead to a
 * server which takes no writes any more is evicted from the application's pool after use,
 * unless the transaction was declared read-only: the pool itself would go on giving it
 * out.
 *
 * <h2>Listing</h2>
 *
 * <p>
 * No call looks at more than ten thousand rows, whatever its filter, and each says how
 * far it has looked, so that the next goes on from there. That is all there is to it
 * where an index has the order: live jobs by id, dead ones by when they died. Indexes for
 * more orders would be paid for by every job; but a queue or a label that few jobs have
 * is read as a whole, and sorted. The archive has no index in any order that a listing
 * could use: one on the moment of the finish would cost each completion more than all
 * else about the archive. Its rows never move, though, and come to lie behind one another
 * as jobs finish, so it is read backwards by blocks, and a row's place is the cursor.
 * Rejected: slices of time, found by the BRIN index. Where vacuum has not come by yet
 * that one says nothing, so each slice would read the latest fifth of the day. Listings
 * and counts run under {@link io.tasuki.postgres.PlannerGuards}, which cost them two
 * round trips: without, a table that filled since it was analyzed, as an idle queue does
 * in an instant, had a million rows sorted for a page of fifty.
 *
 * <h2>Setting queues</h2>
 *
 * <p>
 * {@code tasuki.queue} has a row for each queue that was ever paused or limited. Workers
 * read it in the statement by which they look for due jobs anyway, about once a second; a
 * change has them look at once, by the word that says "all". So an idle worker asks no
 * more than before, and a claim nothing at all.
 *
 * <h2>Workers</h2>
 *
 * <p>
 * {@code tasuki.worker} has a row for each worker that lives, written by the claimer's
 * connection every third of a lease, asynchronously, and read by people. So what is alive
 * here is what renews its leases. Who announces itself deletes those that were silent for
 * two leases, in the same statement. An owner names the worker it belongs to, so that a
 * lease leads to a row here even where two workers have the same name. Rejected: to keep
 * this in {@code tasuki.owner}, where a worker that reconnects would be listed twice for
 * a lease; and a list of what runs, which would be a write per job. What holds the slots
 * of one queue is seen in the leases of its first jobs.
 *
 * <p>
 * Why a job does not run is asked in up to four statements, each bounded and each only if
 * the one before leaves it open: {@link io.tasuki.postgres.FindCircumstances}. The answer
 * is put into words elsewhere.
 *
 * <h2>Maintenance</h2>
 *
 * <p>
 * Whose turn it is, an advisory lock says that a transaction without a snapshot holds on
 * a connection of its own while the round's statements commit on another. A lock of the
 * session would outlive the round in a pool, and behind a pooler belong to somebody else.
 * A table of leaders would need leases of its own; this lock ends with its connection, so
 * with the process, and after a quarter of an hour where a machine vanished. Rejected:
 * the lock in each statement's own transaction, which would let the pages of two rounds
 * alternate.
 *
 * <h2>Looking at the server</h2>
 *
 * <p>
 * {@link io.tasuki.postgres.FindSnapshotHolders} asks what vacuum asks: the oldest
 * transaction or snapshot of this database's sessions and prepared transactions, of slots
 * and of standbys. Slots and standbys tell no time, so holders are ordered by how many
 * transactions have begun since, which all of them tell, and to every role.
 *
 * <h2>Connections</h2>
 *
 * <p>
 * {@link io.tasuki.postgres.EngineConnection} holds one for one thread, with plans
 * guarded and waits bounded. Whatever leaves a result in doubt costs the connection:
 * after that the owner is another, so that a claim whose answer was lost is taken over
 * like a stranger's.
 *
 * <p>
 * Every statement on a connection of ours runs under a statement timeout and a lock
 * timeout: of the session where the connection is kept, of the transaction where it is
 * borrowed, so that nothing leaks into a pool or through a pooler. In a transaction of
 * the caller's the caller's settings hold. An enqueue that commits by itself is cancelled
 * after a minute, waits included, by a thread that looks once a second: settings of the
 * server's would cost it a round trip more, and the driver's own timeout wakes a thread
 * for each statement of a caller who enqueues alone: 12 of the 72 µs that such an enqueue
 * cost the JVM.
 *
 * <h2>Clocks</h2>
 *
 * <p>
 * The database's, for everything: due, expired, finished, out of retention. Delays and
 * leases cross as durations; only a moment a user named crosses as a moment. This
 * machine's {@code nanoTime} decides one thing, when to ask a refusing archive again.
 */
@NullMarked
package io.tasuki.postgres;

import org.jspecify.annotations.NullMarked;
