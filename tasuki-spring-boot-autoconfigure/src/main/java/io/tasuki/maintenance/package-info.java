/**
 * Keeps finished and dead jobs from growing without end.
 *
 * <p>
 * One duty, the {@link io.tasuki.maintenance.Janitor}, in the shape every background duty
 * has: settings, constructor, start, stop, run once. There is nobody who returns the jobs
 * of dead workers: a lease that ran out passes the filter of the next claim.
 *
 * <p>
 * Every instance runs a janitor, so none has to be elected and none can be missing. For a
 * round it takes a lock that the server gives to one of them, and lets go of by itself
 * when that one dies; the others ask again a minute later. Rounds are about an hour apart
 * and archive partitions are made a week ahead, so that nothing here is ever urgent: a
 * lock that cannot be had at once is left for the next round rather than waited for,
 * because whoever waits for the archive makes completions wait behind it. Should every
 * round of a week fail, jobs complete without archive rows.
 *
 * <p>
 * A round does a bounded amount of work, page by page, and says how far it came; the next
 * one, a minute later, goes on from there. A row that cannot be deleted, because
 * somebody's trigger or foreign key says so, is found by halving its page, passed over,
 * and looked at again when all others have been: it keeps none of them.
 *
 * <p>
 * Clocks: which days are missing or past their retention is decided by the database's;
 * only the pause between rounds is this machine's.
 */
@NullMarked
package io.tasuki.maintenance;

import org.jspecify.annotations.NullMarked;
