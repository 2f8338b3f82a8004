package io.tasuki.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.tasuki.Handler;
import io.tasuki.JobKind;
import io.tasuki.KindDefaults;
import io.tasuki.Kinds;
import io.tasuki.PayloadSerializer;
import io.tasuki.RateLimit;
import io.tasuki.RetentionMode;
import io.tasuki.RetryRules;
import io.tasuki.transaction.TransactionalHandlers;
import io.tasuki.worker.HandledJobs;
import io.tasuki.worker.HandlerCompletion;
import io.tasuki.worker.HandlerExecution;
import io.tasuki.worker.HandlerRegistration;
import io.tasuki.worker.HandlerRetries;
import io.tasuki.worker.HandlerTransactions;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/** Turns an annotated method into a registration. */
final class HandlerRegistrationFactory {

	private final ConfigurableListableBeanFactory beanFactory;

	private final PayloadSerializer serializer;

	private final List<JobArgumentResolver> resolvers;

	private final PayloadVersions versions;

	private final HandlerBackoffs backoffs;

	private final @Nullable TransactionalHandlers transactions;

	HandlerRegistrationFactory(ConfigurableListableBeanFactory beanFactory, PayloadSerializer serializer,
			List<JobArgumentResolver> resolvers, PayloadVersions versions,
			@Nullable TransactionalHandlers transactions) {
		this.beanFactory = beanFactory;
		this.serializer = serializer;
		this.resolvers = resolvers;
		this.versions = versions;
		this.backoffs = new HandlerBackoffs(beanFactory, (value) -> Objects.requireNonNullElse(resolve(value), ""));
		this.transactions = transactions;
	}

	HandlerRegistration create(String beanName, Class<?> beanType, Method method, JobHandler annotation) {
		String description = describe(beanName, beanType, method);
		HandlerSignature.checkCallable(method, beanType, description);
		BeanMethod beanMethod = new BeanMethod(this.beanFactory, beanName,
				invocableMethod(beanName, method, description), description);
		try {
			return (annotation.batchSize() == 0) ? single(beanMethod, method, beanType, annotation, description)
					: batch(beanMethod, method, beanType, annotation, description);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidHandlerException(description, "has unusable settings: " + ex.getMessage(),
					"Correct the attributes of @JobHandler", ex);
		}
	}

	private HandlerRegistration single(BeanMethod beanMethod, Method method, Class<?> beanType, JobHandler annotation,
			String description) {
		HandlerSignature signature = HandlerSignature.of(method, beanType, annotation, this.serializer, this.resolvers,
				description);
		Handler handler = new JobHandlerMethod(beanMethod, signature,
				new HandlerResult(method.getReturnType(), this.serializer, description));
		return configured(HandlerRegistration.of(jobs(annotation, signature.payloadType(), description), handler),
				signature.payloadType(), method, beanType, annotation, description);
	}

	private HandlerRegistration batch(BeanMethod beanMethod, Method method, Class<?> beanType, JobHandler annotation,
			String description) {
		HandlerSignature signature = BatchSignature.of(method, beanType, annotation, this.serializer, this.resolvers,
				description);
		JobBatchMethod handler = new JobBatchMethod(beanMethod, signature,
				BatchSignature.result(method, beanType, annotation, this.serializer, description));
		return configured(
				HandlerRegistration.ofBatch(jobs(annotation, signature.payloadType(), description),
						annotation.batchSize(), handler),
				signature.payloadType(), method, beanType, annotation, description);
	}

	private HandledJobs jobs(JobHandler annotation, @Nullable Type payloadType, String description) {
		String kind = kind(annotation, payloadType, description);
		return new HandledJobs(kind, aliases(annotation), queue(annotation, kind, payloadType, description));
	}

	private String kind(JobHandler annotation, @Nullable Type payloadType, String description) {
		String kind = resolve(annotation.value());
		if (kind != null) {
			return kind;
		}
		if (payloadType == null) {
			throw new InvalidHandlerException(description, "takes no payload that would tell its kind",
					"Name the kind: @JobHandler(\"…\")");
		}
		return kindOf(ResolvableType.forType(payloadType).toClass())
			.orElseThrow(() -> new InvalidHandlerException(description,
					"takes a %s, which does not tell its kind".formatted(payloadType.getTypeName()),
					"Name the kind: @JobHandler(\"…\"), or annotate the payload's class with @JobKind"));
	}

	// Jobs get their kind from the class of the payload itself, never from a supertype
	// that
	// does not say so.
	private static Optional<String> kindOf(Class<?> payloadClass) {
		boolean supertype = Modifier.isAbstract(payloadClass.getModifiers()) && !payloadClass.isEnum()
				&& !payloadClass.isAnnotationPresent(JobKind.class);
		return supertype ? Optional.empty() : Kinds.of(payloadClass);
	}

	private Set<String> aliases(JobHandler annotation) {
		return Arrays.stream(annotation.aliases())
			.map((alias) -> Objects.requireNonNullElse(resolve(alias), ""))
			.collect(Collectors.toSet());
	}

	private @Nullable String queue(JobHandler annotation, String kind, @Nullable Type payloadType, String description) {
		String queue = resolve(annotation.queue());
		String payloads = (payloadType != null) ? queueOf(ResolvableType.forType(payloadType).toClass(), kind) : null;
		if (queue != null && payloads != null && !queue.equals(payloads)) {
			throw new InvalidHandlerException(description,
					"names the queue '%s', and @JobKind on its payload the queue '%s'".formatted(queue, payloads),
					"Name the queue in one place: jobs go where @JobKind says");
		}
		return (queue != null) ? queue : payloads;
	}

	private static @Nullable String queueOf(Class<?> payloadClass, String kind) {
		return Kinds.defaultsOf(payloadClass)
			.filter((defaults) -> defaults.kind().equals(kind))
			.map(KindDefaults::queue)
			.orElse(null);
	}

	private HandlerRegistration configured(HandlerRegistration handler, @Nullable Type payloadType, Method method,
			Class<?> beanType, JobHandler annotation, String description) {
		HandlerRegistration registration = handler.describedAs(description)
			.withExecution(execution(annotation, description))
			.withRetries(retries(method, annotation, description))
			.withCompletion(new HandlerCompletion(transactions(method, beanType, description),
					retention(annotation, description)));
		return this.versions.versioned(registration, payloadType);
	}

	private HandlerExecution execution(JobHandler annotation, String description) {
		return new HandlerExecution(limit("concurrency", annotation.concurrency(), description), rateLimit(annotation),
				timeout(annotation), resolve(annotation.executor()));
	}

	private @Nullable RateLimit rateLimit(JobHandler annotation) {
		String rateLimit = resolve(annotation.rateLimit());
		return StringUtils.hasText(rateLimit) ? RateLimit.of(rateLimit) : null;
	}

	private @Nullable Duration timeout(JobHandler annotation) {
		String timeout = resolve(annotation.timeout());
		return StringUtils.hasText(timeout) ? DurationFormatterUtils.detectAndParse(timeout) : null;
	}

	private HandlerRetries retries(Method method, JobHandler annotation, String description) {
		return new HandlerRetries(limit("maxAttempts", annotation.maxAttempts(), description),
				this.backoffs.find(method, resolve(annotation.backoff()), description), retryRules(annotation));
	}

	private static @Nullable RetryRules retryRules(JobHandler annotation) {
		Set<Class<? extends Throwable>> noRetryFor = Set.copyOf(Arrays.asList(annotation.noRetryFor()));
		Set<Class<? extends Throwable>> retryFor = Set.copyOf(Arrays.asList(annotation.retryFor()));
		return (noRetryFor.isEmpty() && retryFor.isEmpty()) ? null : new RetryRules(noRetryFor, retryFor);
	}

	private static @Nullable Integer limit(String attribute, int value, String description) {
		if (value < 0) {
			throw new InvalidHandlerException(description, "has the %s %d".formatted(attribute, value),
					"Give a positive number, or 0 for no limit of its own");
		}
		return (value == 0) ? null : value;
	}

	private @Nullable HandlerTransactions transactions(Method method, Class<?> beanType, String description) {
		return (this.transactions != null) ? this.transactions.find(method, beanType, description) : null;
	}

	private static @Nullable RetentionMode retention(JobHandler annotation, String description) {
		RetentionMode[] retention = annotation.retention();
		if (retention.length > 1) {
			throw new InvalidHandlerException(description, "has more than one retention: " + Arrays.toString(retention),
					"Name one");
		}
		if (retention.length == 1 && retention[0] != RetentionMode.ALL && annotation.keepResult()) {
			throw new InvalidHandlerException(description,
					"is to keep its result, but has the retention " + retention[0], "Remove one of them");
		}
		return (retention.length == 1) ? retention[0] : null;
	}

	private static String describe(String beanName, Class<?> beanType, Method method) {
		String parameters = Arrays.stream(method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", "));
		return "%s.%s(%s) of bean '%s'".formatted(ClassUtils.getUserClass(beanType).getName(), method.getName(),
				parameters, beanName);
	}

	private Method invocableMethod(String beanName, Method method, String description) {
		Class<?> exposedType = this.beanFactory.getType(beanName, false);
		return (exposedType != null) ? ProxiedHandler.invocableMethod(method, exposedType, description) : method;
	}

	private @Nullable String resolve(String value) {
		return value.isEmpty() ? null : this.beanFactory.resolveEmbeddedValue(value);
	}

}
