package io.tasuki.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.tasuki.JobKind;
import io.tasuki.JobResult;
import io.tasuki.worker.HandlerRegistration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.aop.support.AopUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.env.MapPropertySource;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JobHandlerMethodProcessorTests {

	private static final AtomicInteger created = new AtomicInteger();

	@BeforeEach
	void forgetCreatedBeans() {
		created.set(0);
	}

	@Test
	void readsAttributes() {
		try (HandlerContext context = HandlerContext.of(Full.class)) {
			assertThat(context.registry().all()).singleElement().satisfies((registration) -> {
				assertThat(registration.kind()).isEqualTo("full");
				assertThat(registration.jobs().queue()).isEqualTo("mail");
				assertThat(registration.execution().concurrency()).isEqualTo(8);
				assertThat(registration.retries().maxAttempts()).isEqualTo(5);
				assertThat(registration.execution().timeout()).isEqualTo(Duration.ofSeconds(30));
				assertThat(registration.jobs().aliases()).containsExactlyInAnyOrder("old", "older");
				assertThat(registration.description()).contains("Full.handle()");
			});
		}
	}

	@Test
	void leavesOutWhatIsNotSaid() {
		try (HandlerContext context = HandlerContext.of(Kinds.class)) {
			assertThat(context.handler("Plain")).satisfies((registration) -> {
				assertThat(registration.jobs().queue()).isNull();
				assertThat(registration.execution().concurrency()).isNull();
				assertThat(registration.retries().maxAttempts()).isNull();
				assertThat(registration.retries().backoff()).isNull();
				assertThat(registration.execution().timeout()).isNull();
				assertThat(registration.jobs().aliases()).isEmpty();
			});
		}
	}

	@Test
	void takesKindFromPayload() {
		try (HandlerContext context = HandlerContext.of(Kinds.class)) {
			assertThat(context.registry().all()).extracting(HandlerRegistration::kind)
				.containsExactlyInAnyOrder("Plain", "named.payload");
		}
	}

	@Test
	void resolvesPlaceholders() {
		try (HandlerContext context = new HandlerContext(Placeholders.class)) {
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("test", Map.of("my.kind", "k", "my.queue", "q", "my.alias", "a")));
			context.refresh();
			assertThat(context.handler("k").jobs().queue()).isEqualTo("q");
			assertThat(context.handler("k").jobs().aliases()).containsExactly("a");
		}
	}

	@Test
	void readsTimeoutsInAnyStyle() { // B29
		try (HandlerContext context = new HandlerContext(Timeouts.class)) {
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("test", Map.of("my.timeout", "1h30m")));
			context.refresh();
			assertThat(context.handler("iso").execution().timeout()).isEqualTo(Duration.ofMinutes(2));
			assertThat(context.handler("placeholder").execution().timeout()).isEqualTo(Duration.ofMinutes(90));
			assertThat(context.handler("unset").execution().timeout()).isNull();
		}
	}

	@Test
	void findsMetaAnnotatedMethods() {
		try (HandlerContext context = HandlerContext.of(Meta.class)) {
			assertThat(context.handler("meta").jobs().queue()).isEqualTo("slow");
		}
	}

	@Test
	void findsInheritedAndInterfaceMethods() throws Exception {
		try (HandlerContext context = HandlerContext.of(Child.class)) {
			assertThat(context.run("inherited", null)).isEqualTo(JobResult.cancel("Parent"));
			assertThat(context.run("interface", null)).isEqualTo(JobResult.cancel("Child"));
		}
	}

	@Test
	void callsSingleton() throws Exception {
		try (HandlerContext context = HandlerContext.of(Counted.class)) {
			context.run("counted", null);
			context.run("counted", null);
			assertThat(created).hasValue(1);
		}
	}

	@Test
	void leavesLazyBeanLazy() throws Exception {
		try (HandlerContext context = HandlerContext.of(LazyCounted.class)) {
			assertThat(created).hasValue(0);
			context.run("counted", null);
			assertThat(created).hasValue(1);
		}
	}

	@Test
	void makesPrototypeForEachJob() throws Exception {
		try (HandlerContext context = HandlerContext.of(PrototypeCounted.class)) {
			assertThat(created).hasValue(0);
			context.run("counted", null);
			context.run("counted", null);
			assertThat(created).hasValue(2);
		}
	}

	@Test
	void findsScopedBeanBehindItsProxyOnce() throws Exception {
		try (HandlerContext context = new HandlerContext(ProxiedScopeCounted.class)) {
			context.getBeanFactory().registerScope("custom", new SimpleThreadScope());
			context.refresh();
			assertThat(created).hasValue(0);
			context.run("counted", null);
			assertThat(created).hasValue(1);
		}
	}

	@Test
	void findsScopedBeanWithoutProxy() throws Exception {
		try (HandlerContext context = new HandlerContext(ScopedCounted.class)) {
			context.getBeanFactory().registerScope("custom", new SimpleThreadScope());
			context.refresh();
			assertThat(created).hasValue(0);
			context.run("counted", null);
			assertThat(created).hasValue(1);
		}
	}

	@Test
	void callsThroughTransactionalClassProxy() throws Exception {
		try (HandlerContext context = HandlerContext.of(ClassProxies.class, TransactionalHandler.class)) {
			assertThat(context.getBean(TransactionalHandler.class)).satisfies(AopUtils::isCglibProxy);
			assertThat(context.run("transactional", null)).isEqualTo(JobResult.cancel("in transaction, field kept"));
		}
	}

	@Test
	void callsThroughAsyncClassProxy() throws Exception {
		try (HandlerContext context = HandlerContext.of(AsyncProxies.class, AsyncNeighbour.class)) {
			assertThat(AopUtils.isCglibProxy(context.getBean(AsyncNeighbour.class))).isTrue();
			assertThat(context.run("neighbour", null)).isEqualTo(JobResult.cancel("field kept"));
		}
	}

	@Test
	void callsThroughInterfaceProxy() throws Exception {
		try (HandlerContext context = HandlerContext.of(InterfaceProxies.class, ExposedHandler.class)) {
			assertThat(AopUtils.isJdkDynamicProxy(context.getBean(Exposed.class))).isTrue();
			assertThat(context.run("exposed", null)).isEqualTo(JobResult.cancel("in transaction"));
		}
	}

	@Test
	void callsThroughInterfaceProxyOfLazyBean() throws Exception {
		try (HandlerContext context = HandlerContext.of(InterfaceProxies.class, LazyExposedHandler.class)) {
			assertThat(context.run("exposed", null)).isEqualTo(JobResult.cancel("in transaction"));
		}
	}

	@Test
	void refusesMethodHiddenByInterfaceProxy() {
		try (HandlerContext context = new HandlerContext(InterfaceProxies.class, HiddenHandler.class)) {
			assertThatExceptionOfType(InvalidHandlerException.class).isThrownBy(context::refresh)
				.satisfies((ex) -> assertThat(ex.handler()).contains("HiddenHandler.hidden()"))
				.satisfies((ex) -> assertThat(ex.problem()).contains("hidden by an interface-based proxy"))
				.satisfies((ex) -> assertThat(ex.remedy()).contains("interface of the bean"));
		}
	}

	@Test
	void refusesFinalMethodOfProxiedBean() {
		try (HandlerContext context = new HandlerContext(ClassProxies.class, FinalHandler.class)) {
			assertThatExceptionOfType(InvalidHandlerException.class).isThrownBy(context::refresh)
				.satisfies((ex) -> assertThat(ex.problem()).contains("is final"));
		}
	}

	@Test
	void refusesFinalMethodOfLazyProxiedBeanWhenCalled() {
		try (HandlerContext context = HandlerContext.of(ClassProxies.class, LazyFinalHandler.class)) {
			assertThatExceptionOfType(InvalidHandlerException.class).isThrownBy(() -> context.run("final", null))
				.satisfies((ex) -> assertThat(ex.problem()).contains("is final"));
		}
	}

	@Test
	void registersHandlerRegistrationBeans() throws Exception {
		try (HandlerContext context = HandlerContext.of(Programmatic.class)) {
			assertThat(context.run("programmatic", null)).isEqualTo(JobResult.fail("by hand"));
		}
	}

	@Test
	void findsHandlersOnConfigurationClasses() throws Exception {
		try (HandlerContext context = HandlerContext.of(ConfigurationHandler.class)) {
			assertThat(context.run("configuration", null)).isEqualTo(JobResult.done());
		}
	}

	private static JobResult report(String field) {
		boolean active = TransactionSynchronizationManager.isActualTransactionActive();
		return JobResult.cancel(active ? "in transaction" + field : "no transaction" + field);
	}

	static class Full {

		@JobHandler(value = "full", queue = "mail", concurrency = 8, maxAttempts = 5, aliases = { "old", "older" },
				timeout = "30s")
		void handle() {
		}

	}

	record Plain() {
	}

	@JobKind("named.payload")
	record Named() {
	}

	static class Kinds {

		@JobHandler
		void plain(Plain payload) {
		}

		@JobHandler
		void named(Named payload) {
		}

	}

	static class Placeholders {

		@JobHandler(value = "${my.kind}", queue = "${my.queue}", aliases = "${my.alias}")
		void handle() {
		}

	}

	static class Timeouts {

		@JobHandler(value = "iso", timeout = "PT2M")
		void iso() {
		}

		@JobHandler(value = "placeholder", timeout = "${my.timeout}")
		void placeholder() {
		}

		@JobHandler(value = "unset", timeout = "${no.such.timeout:}")
		void unset() {
		}

	}

	@JobHandler(queue = "slow")
	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@interface SlowJobHandler {

		@AliasFor(annotation = JobHandler.class, attribute = "value")
		String kind();

	}

	static class Meta {

		@SlowJobHandler(kind = "meta")
		void handle() {
		}

	}

	interface Offers {

		@JobHandler("interface")
		JobResult offered();

	}

	static class Parent {

		@JobHandler("inherited")
		JobResult inherited() {
			return JobResult.cancel("Parent");
		}

	}

	static class Child extends Parent implements Offers {

		@Override
		public JobResult offered() {
			return JobResult.cancel("Child");
		}

	}

	static class Counted {

		Counted() {
			created.incrementAndGet();
		}

		@JobHandler("counted")
		void handle() {
		}

	}

	@Lazy
	static class LazyCounted extends Counted {

	}

	@Scope("prototype")
	static class PrototypeCounted extends Counted {

	}

	@Scope("custom")
	static class ScopedCounted extends Counted {

	}

	@Component
	@Scope(scopeName = "custom", proxyMode = ScopedProxyMode.TARGET_CLASS)
	static class ProxiedScopeCounted {

		ProxiedScopeCounted() {
			if (getClass() == ProxiedScopeCounted.class) {
				created.incrementAndGet();
			}
		}

		@JobHandler("counted")
		void handle() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(proxyTargetClass = true)
	static class ClassProxies {

		@Bean
		PlatformTransactionManager transactionManager() {
			return new NoopTransactionManager();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(proxyTargetClass = false)
	static class InterfaceProxies {

		@Bean
		PlatformTransactionManager transactionManager() {
			return new NoopTransactionManager();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync(proxyTargetClass = true)
	static class AsyncProxies {

	}

	static class TransactionalHandler {

		private final String field = ", field kept".toString();

		@Transactional
		@JobHandler("transactional")
		JobResult handle() {
			return report(this.field);
		}

	}

	static class AsyncNeighbour {

		private final StringBuilder field = new StringBuilder("field kept");

		@Async
		public void elsewhere() {
		}

		@JobHandler("neighbour")
		JobResult handle() {
			return JobResult.cancel(this.field.toString());
		}

	}

	interface Exposed {

		JobResult exposed();

	}

	static class ExposedHandler implements Exposed {

		@Override
		@Transactional
		@JobHandler("exposed")
		public JobResult exposed() {
			return report("");
		}

	}

	@Lazy
	static class LazyExposedHandler extends ExposedHandler {

	}

	static class HiddenHandler implements Exposed {

		@Override
		@Transactional
		public JobResult exposed() {
			return report("");
		}

		@JobHandler("hidden")
		public void hidden() {
		}

	}

	static class FinalHandler {

		@Transactional
		public void other() {
		}

		@JobHandler("final")
		public final void handle() {
		}

	}

	@Lazy
	static class LazyFinalHandler extends FinalHandler {

	}

	@Configuration(proxyBeanMethods = false)
	static class Programmatic {

		@Bean
		HandlerRegistration byHand() {
			return HandlerRegistration.of("programmatic", (context) -> JobResult.fail("by hand"));
		}

	}

	@Configuration
	static class ConfigurationHandler {

		@JobHandler("configuration")
		final void handle() {
		}

	}

	@SuppressWarnings("serial")
	static class NoopTransactionManager extends AbstractPlatformTransactionManager {

		@Override
		protected Object doGetTransaction() {
			return new Object();
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
		}

	}

}
