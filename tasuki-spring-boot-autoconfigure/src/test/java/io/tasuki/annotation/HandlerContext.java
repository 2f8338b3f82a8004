package io.tasuki.annotation;

import io.tasuki.JobResult;
import io.tasuki.TestJobContext;
import io.tasuki.jackson.JacksonPayloadSerializer;
import io.tasuki.worker.HandlerRegistration;
import io.tasuki.worker.HandlerRegistry;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.context.support.PropertySourcesPlaceholderConfigurer;

/** An application context whose handlers are found, and can be called. */
class HandlerContext extends GenericApplicationContext {

	private final HandlerRegistry registry = new HandlerRegistry();

	HandlerContext(Class<?>... componentClasses) {
		new AnnotatedBeanDefinitionReader(this).register(componentClasses);
		registerBean(PropertySourcesPlaceholderConfigurer.class);
		registerBean(JobHandlerMethodProcessor.class, () -> new JobHandlerMethodProcessor(getBeanFactory(),
				this.registry, new JacksonPayloadSerializer(JsonMapper.shared())));
	}

	static HandlerContext of(Class<?>... componentClasses) {
		HandlerContext context = new HandlerContext(componentClasses);
		context.refresh();
		return context;
	}

	HandlerRegistry registry() {
		return this.registry;
	}

	HandlerRegistration handler(String kind) {
		return this.registry.find(kind).orElseThrow();
	}

	JobResult run(String kind, @Nullable String payload) throws Exception {
		return handler(kind).handler().handle(TestJobContext.withPayload(payload));
	}

}
