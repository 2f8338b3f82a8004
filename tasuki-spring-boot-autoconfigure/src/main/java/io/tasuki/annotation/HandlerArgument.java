package io.tasuki.annotation;

import io.tasuki.JobContext;
import org.jspecify.annotations.Nullable;

/** Supplies the argument of one parameter of a handler method. */
@FunctionalInterface
interface HandlerArgument {

	@Nullable Object resolve(JobContext context) throws Exception;

}
