package io.tasuki.benchmarks.comparison.process;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * Something a contestant's JVM is told to do.
 *
 * @param <A> what it answers
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "order")
@JsonSubTypes({ @JsonSubTypes.Type(CreateTables.class), @JsonSubTypes.Type(CreateBusinessTable.class),
		@JsonSubTypes.Type(Preload.class), @JsonSubTypes.Type(StartWorking.class),
		@JsonSubTypes.Type(StopWorking.class), @JsonSubTypes.Type(CountRuns.class),
		@JsonSubTypes.Type(AskIsEmpty.class), @JsonSubTypes.Type(CountUnfinished.class),
		@JsonSubTypes.Type(EnqueueFor.class), @JsonSubTypes.Type(EnqueueAtPace.class),
		@JsonSubTypes.Type(EnqueueInto.class), @JsonSubTypes.Type(WriteTrace.class),
		@JsonSubTypes.Type(ReadUsage.class), @JsonSubTypes.Type(CountRoundTrips.class) })
public interface Order<A> {

	/**
	 * Returns what kind of answer there will be.
	 */
	Class<A> answer();

	/**
	 * Does it, in the contestant's JVM.
	 * @return the answer
	 * @throws Exception if it cannot be done; the parent is told
	 */
	A obey(Stage stage) throws Exception;

}
