package io.tasuki.annotation;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;

import io.tasuki.Backoff;
import io.tasuki.worker.BackoffSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.StringUtils;

/** Finds the backoff that a handler method asks for. */
final class HandlerBackoffs {

	private final ConfigurableListableBeanFactory beanFactory;

	private final UnaryOperator<String> placeholders;

	HandlerBackoffs(ConfigurableListableBeanFactory beanFactory, UnaryOperator<String> placeholders) {
		this.beanFactory = beanFactory;
		this.placeholders = placeholders;
	}

	/**
	 * Returns the backoff of a method; {@code null} if it leaves that to configuration.
	 * @param beanName what {@link JobHandler#backoff()} says
	 */
	@Nullable Backoff find(Method method, @Nullable String beanName, String handler) {
		RetryBackoff annotation = AnnotatedElementUtils.findMergedAnnotation(method, RetryBackoff.class);
		if (annotation == null) {
			return (beanName != null) ? bean(beanName, handler) : null;
		}
		if (beanName != null) {
			throw new InvalidHandlerException(handler,
					"has two backoffs, @RetryBackoff and the bean '" + beanName + "'", "Remove one of them");
		}
		try {
			return settings(annotation).toBackoff();
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidHandlerException(handler, "has an unusable backoff: " + ex.getMessage(),
					"Correct the attributes of @RetryBackoff", ex);
		}
	}

	private Backoff bean(String beanName, String handler) {
		try {
			return this.beanFactory.getBean(beanName, Backoff.class);
		}
		catch (BeanNotOfRequiredTypeException ex) {
			throw new InvalidHandlerException(handler, "names as its backoff the bean '%s', which is a %s"
				.formatted(beanName, ex.getActualType().getName()), remedy(), ex);
		}
		catch (NoSuchBeanDefinitionException ex) {
			throw new InvalidHandlerException(handler,
					"names as its backoff the bean '%s', which does not exist".formatted(beanName), remedy(), ex);
		}
	}

	private String remedy() {
		String[] names = this.beanFactory.getBeanNamesForType(Backoff.class);
		String known = (names.length == 0) ? "there is none yet" : "there are " + Arrays.asList(names);
		return "Name a bean of type %s (%s)".formatted(Backoff.class.getName(), known);
	}

	private BackoffSettings settings(RetryBackoff annotation) {
		String increment = this.placeholders.apply(annotation.increment());
		return new BackoffSettings(annotation.type(), duration(annotation.initialDelay()),
				StringUtils.hasText(increment) ? duration(increment) : null, annotation.multiplier(),
				annotation.exponent(), duration(annotation.maxDelay()), annotation.jitter());
	}

	private Duration duration(String value) {
		return DurationFormatterUtils.detectAndParse(this.placeholders.apply(value));
	}

}
