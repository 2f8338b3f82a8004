package io.tasuki.autoconfigure;

import java.util.Set;
import java.util.stream.Collectors;

import io.tasuki.PayloadException;
import io.tasuki.PayloadValidator;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;

/**
 * Asks Bean Validation for the constraints that a payload's class declares. Messages name
 * the property and the constraint, never the value.
 */
final class BeanPayloadValidator implements PayloadValidator {

	private final Validator validator;

	BeanPayloadValidator(Validator validator) {
		this.validator = validator;
	}

	@Override
	public void validate(Object payload) {
		Set<ConstraintViolation<Object>> violations = this.validator.validate(payload);
		if (!violations.isEmpty()) {
			throw new PayloadException(violations.stream()
				.map((violation) -> violation.getPropertyPath() + " " + violation.getMessage())
				.sorted()
				.collect(Collectors.joining(", ")));
		}
	}

}
