package io.tasuki.store;

import java.time.Duration;

import io.tasuki.JobId;

/**
 * What the database made of a {@link NewJob}.
 *
 * @param id identity of the job
 * @param created whether a row was stored; {@code false} when a live job held its unique
 * key, whose id this is
 * @param position where the job stands in the run order
 * @param dueIn time from the insert until the job is due, by the database's clock; zero
 * when due at once
 */
public record InsertedJob(JobId id, boolean created, Position position, Duration dueIn) {

}
