/**
 * Wiring and properties: what an application gets by having the starter, and how it steps
 * back.
 *
 * <p>
 * Several auto-configurations, so that a missing library disables a class and not a
 * method: what every instance has (client, handlers, schema), the worker of those that
 * run jobs, meters, traces, health, and the endpoint. Every bean steps back for a bean of
 * its type. Handlers are discovered even where no worker runs, because the client asks in
 * which queue a kind's handler expects its jobs.
 *
 * <p>
 * <b>Two data sources.</b> Jobs are enqueued on the application's connections, inside its
 * transactions. The worker has connections of its own to the same database, so that its
 * session settings leak to nobody and an exhausted application pool stops no heartbeat.
 * They are made as the application's pool makes its own, and are kept, so they need no
 * pool; one would even do harm, since the pauses it makes between two tries to reach a
 * database that was away may be longer than a lease allows. They are not a bean of type
 * {@code DataSource}: a second one would make everything step back, or fail, that asks
 * for the only one.
 *
 * <p>
 * <b>The schema</b> is created or checked before whatever touches its tables, and after
 * Flyway and Liquibase, which may bring it. It is not declared as a database initializer:
 * then every {@code JdbcTemplate} and every JPA repository of the application would wait
 * for tables that only we use, and a bean that our own start needs could wait for itself.
 *
 * <p>
 * <b>Life cycle.</b> The worker starts after the web server and stops before the server's
 * graceful shutdown begins; the sender of wake-ups stops after it, so that jobs enqueued
 * by the last requests are announced. A running worker keeps the JVM alive, as Spring's
 * listener containers do.
 *
 * <p>
 * Values of properties are checked after binding, under the name of the property, so that
 * Spring Boot can say in which file and line the wrong one stands. May import everything;
 * nobody imports it. Only this package reads the environment.
 */
@NullMarked
package io.tasuki.autoconfigure;

import org.jspecify.annotations.NullMarked;
