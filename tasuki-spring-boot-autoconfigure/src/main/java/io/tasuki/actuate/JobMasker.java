package io.tasuki.actuate;

import org.springframework.boot.actuate.endpoint.SanitizableData;

/**
 * Decides what the endpoint shows of values that belong to the application. A bean of
 * this type takes the place of the default, which shows what went wrong and masks
 * everything else.
 *
 * <p>
 * Called for each value of an answer, by many threads. What it throws becomes the failure
 * of the whole call, so nothing is shown by mistake.
 */
@FunctionalInterface
public interface JobMasker {

	/** Shown in the place of a value that is not to be seen. */
	String MASKED = SanitizableData.SANITIZED_VALUE;

	/**
	 * Returns what is shown of a value: the value, a part of it, or {@link #MASKED}.
	 */
	String mask(JobValue value);

	/**
	 * Returns the default: a masker that shows errors and masks everything else.
	 */
	static JobMasker showingErrors() {
		return (value) -> (value.part() == JobValue.Part.ERROR) ? value.value() : MASKED;
	}

}
