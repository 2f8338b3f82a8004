/**
 * Enqueueing and cancelling: {@link io.tasuki.client.DefaultJobClient} makes a complete
 * {@link io.tasuki.store.NewJob} of what an application asks for, hands it to the
 * {@link io.tasuki.store.JobStore} and sees that workers hear of it.
 *
 * <p>
 * Everything that can be refused is refused here, before the database is asked: a kind
 * that cannot be told, a payload that cannot be written, is too large or that PostgreSQL
 * would not take. So a mistake never aborts the caller's transaction, and of
 * {@code enqueueAll} nothing is stored when one element is wrong.
 *
 * <p>
 * A wake-up is sent when its job can be seen, never sooner: directly where the store
 * commits each call by itself, through {@link io.tasuki.store.AfterCommit} where the call
 * joined a transaction. A port, because how to hear of a commit is Spring's business and
 * this package knows nothing of Spring. Notifying inside the transaction was rejected: it
 * takes a lock of the whole PostgreSQL instance until the commit is flushed. Wake-ups may
 * be lost; polling finds the job then. Many jobs of one queue and priority need no more
 * than two wake-ups: the oldest due, the soonest ahead.
 *
 * <p>
 * Cancelling is the store's work; here the worker that holds the job is told, by the same
 * ways as of a new job and as late.
 *
 * <p>
 * Operations go the same ways: {@link io.tasuki.client.DefaultJobOperations} and
 * {@link io.tasuki.client.DefaultQueueOperations} refuse what makes no sense, leave the
 * rest to their stores and announce what workers should hear. Why a job does not run is
 * told by {@link io.tasuki.client.Explainer} from what the store has found, without a
 * look at the database of its own.
 *
 * <p>
 * {@link io.tasuki.client.EnqueueInterceptor Interceptors} stand around each call that
 * enqueues, before its jobs are made, so that they see what is refused too and can have
 * the jobs carry something in their metadata. What is carried is never a reason to refuse
 * a job; it is bounded here, and left out where it does not fit. Where there is no
 * interceptor a call asks only whether there is one.
 *
 * <p>
 * No clock is read here: delays go to the database as durations, and how long a job still
 * waits comes back from it.
 */
@NullMarked
package io.tasuki.client;

import org.jspecify.annotations.NullMarked;
