/**
 * Handlers as methods of Spring beans: {@link io.tasuki.annotation.JobHandler} and the
 * processor that finds them.
 *
 * <p>
 * Discovery reads bean <em>types</em> once all singletons exist, as Spring does for event
 * listeners, and creates no bean for it: a lazy bean stays lazy and a scoped one is made
 * when a job needs it. Rejected: a bean post-processor, which sees only the beans that
 * somebody has already asked for, and through it a worker that does not know its own
 * kinds. The bean is looked up by name at each job, so its scope holds; a method is
 * checked once, when the application starts, so that a signature nobody can call stops
 * the start and not a job at night.
 *
 * <p>
 * A parameter that is neither the context nor the job belongs to the first argument
 * resolver that supports it, and only then to the payload, so that a resolver may take
 * over any type. The same holds for the elements of the lists that a method for batches
 * takes: resolvers are shown such a parameter as one of the element's type
 * ({@link io.tasuki.annotation.ElementParameter}), so that none has to know of batches.
 * Rejected: arguments for a batch as a whole, for which a resolver would need a context
 * that no single job has. Retry rules and backoffs are read here and decided by the
 * worker. A rule that changes nothing stops the start as a contradiction does: somebody
 * meant something by it.
 *
 * <p>
 * The type a payload is read as comes from the method's parameter, generics included, and
 * never from the stored text. Only ways to call a method live here; queues, slots and
 * retries are the worker's. May import {@code io.tasuki}, {@code io.tasuki.worker},
 * {@code io.tasuki.transaction} and Spring's core, beans, context, formatting of
 * durations and aop.
 */
@NullMarked
package io.tasuki.annotation;

import org.jspecify.annotations.NullMarked;
