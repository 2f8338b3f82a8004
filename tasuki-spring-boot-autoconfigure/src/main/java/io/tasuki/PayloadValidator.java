package io.tasuki;

/**
 * Looks at each payload before it is enqueued. A bean of this type takes the place of
 * Bean Validation, which is asked where the application has a validator.
 */
@FunctionalInterface
public interface PayloadValidator {

	/** Takes every payload for valid. */
	PayloadValidator NONE = (payload) -> {
	};

	/**
	 * Returns if the payload may be enqueued.
	 * @throws PayloadException if it is invalid; its message says which part and why, and
	 * holds nothing private
	 */
	void validate(Object payload);

}
