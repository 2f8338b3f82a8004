package io.tasuki.autoconfigure;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Refuses values by the name of their property, which Spring Boot reports with its
 * origin.
 */
final class PropertyCheck {

	private PropertyCheck() {
	}

	static <T extends Comparable<T>> void atLeast(String property, T value, T min) {
		if (value.compareTo(min) < 0) {
			throw refuse(property, value, "Must be at least %s.".formatted(text(min)));
		}
	}

	static <T extends Comparable<T>> void atMost(String property, T value, T max) {
		if (value.compareTo(max) > 0) {
			throw refuse(property, value, "Must be at most %s.".formatted(text(max)));
		}
	}

	static <T extends Comparable<T>> void between(String property, T value, T min, T max) {
		if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
			throw refuse(property, value, "Must be between %s and %s.".formatted(text(min), text(max)));
		}
	}

	static void name(String property, String name, Consumer<String> check) {
		try {
			check.accept(name);
		}
		catch (IllegalArgumentException ex) {
			throw refuse(property, name, ex.getMessage() + ".");
		}
	}

	private static String text(Object value) {
		return (value instanceof Duration) ? value.toString().substring(2).toLowerCase(Locale.ROOT) : value.toString();
	}

	private static InvalidConfigurationPropertyValueException refuse(String property, @Nullable Object value,
			String reason) {
		return new InvalidConfigurationPropertyValueException(property, value, reason);
	}

}
