package io.tasuki.jackson;

import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tasuki.PayloadException;
import io.tasuki.UnreadablePayloadException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JacksonPayloadSerializerTests {

	private final JacksonPayloadSerializer serializer = new JacksonPayloadSerializer(JsonMapper.shared());

	@Test
	void readsBackWhatItWrote() {
		Welcome welcome = new Welcome("ada", Instant.parse("2026-01-02T03:04:05Z"));
		assertThat(this.serializer.deserialize(this.serializer.serialize(welcome), Welcome.class)).isEqualTo(welcome);
	}

	@Test
	void readsTypeArguments() {
		Type type = new TypeReference<Map<String, List<Welcome>>>() {
		}.getType();
		assertThat(this.serializer.deserialize("{\"a\":[{\"user\":\"ada\"}]}", type))
			.isEqualTo(Map.of("a", List.of(new Welcome("ada", null))));
	}

	@Test
	void readsWhatAnOlderClassWrote() {
		assertThat(this.serializer.deserialize("{\"user\":\"ada\",\"gone\":1}", Welcome.class))
			.isEqualTo(new Welcome("ada", null));
	}

	@Test
	void namesTypeAndPlaceWhenPayloadCannotBeRead() { // B19
		assertThatExceptionOfType(UnreadablePayloadException.class)
			.isThrownBy(() -> this.serializer.deserialize("{\"user\":\"s3cret\",\"at\":[]}", Welcome.class))
			.withMessageStartingWith("Cannot read the payload as " + Welcome.class.getName() + ": ")
			.withMessageContaining("[\"at\"]")
			.withMessageNotContaining("s3cret");
	}

	@Test
	void namesTypeWhenPayloadIsNoJson() { // B19
		assertThatExceptionOfType(UnreadablePayloadException.class)
			.isThrownBy(() -> this.serializer.deserialize("{\"user\":\"s3cret\"", Welcome.class))
			.withMessageContaining(Welcome.class.getName())
			.withMessageNotContaining("s3cret")
			.withMessageNotContaining("line:");
	}

	@Test
	void namesTypeWhenPayloadCannotBeWritten() {
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.serializer.serialize(new Broken("x")))
			.withMessage("Cannot write a payload of type %s as JSON: no name today (at %s[\"name\"])",
					Broken.class.getName(), Broken.class.getName().replace('$', '$'));
	}

	@Test
	void refusesPayloadThatRefersToItself() {
		Loop loop = new Loop();
		loop.next = loop;
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.serializer.serialize(loop));
	}

	@Test
	void refusesPayloadThatIsWrittenAsNull() {
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.serializer.serialize(new Nothing()))
			.withMessageContaining(Nothing.class.getName())
			.withMessageContaining("JSON null");
	}

	@Test
	void refusesToReadNull() {
		assertThatExceptionOfType(UnreadablePayloadException.class)
			.isThrownBy(() -> this.serializer.deserialize("null", Welcome.class))
			.withMessageContaining(Welcome.class.getName());
	}

	@Test
	void writesNoClassNamesWhenMapperDoes() {
		JsonMapper typing = JsonMapper.builder()
			.activateDefaultTyping(BasicPolymorphicTypeValidator.builder().allowIfBaseType(Object.class).build(),
					DefaultTyping.NON_FINAL)
			.build();
		JacksonPayloadSerializer serializer = new JacksonPayloadSerializer(typing);
		assertThat(serializer.serialize(new Named("ada"))).isEqualTo("{\"name\":\"ada\"}");
	}

	@ParameterizedTest
	@ValueSource(classes = { ByClass.class, ByMinimalClass.class, WithPart.class, Holder.class })
	void loadsNoClassThatTheTextNames(Class<?> type) {
		String loaded = Loaded.class.getName();
		String text = "{\"@class\":\"%1$s\",\"@c\":\"%1$s\",\"part\":{\"@class\":\"%1$s\"},\"type\":\"%1$s\"}"
			.formatted(loaded);
		assertThatExceptionOfType(UnreadablePayloadException.class)
			.isThrownBy(() -> this.serializer.deserialize(text, type))
			.withMessageContaining("would have the stored text name");
		assertThat(Loading.LOADED).isEmpty();
	}

	@Test
	void writesNoClassNamesThatAnnotationsAskFor() {
		for (Object payload : List.of(new Loaded(), new WithPart("part"), new Holder(String.class))) {
			assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.serializer.serialize(payload))
				.withMessageContaining("Cannot write a payload of type " + payload.getClass().getName())
				.withMessageContaining("would have the stored text name");
			Loading.LOADED.clear();
		}
	}

	@Test
	void leavesTheApplicationsMapperAsItIs() {
		JsonMapper mapper = JsonMapper.builder().build();
		String text = new JacksonPayloadSerializer(mapper).serialize(new Named("ada"));
		assertThat(text).isEqualTo("{\"name\":\"ada\"}");
		assertThat(mapper.writeValueAsString(new Holder(String.class))).contains("java.lang.String");
	}

	record Welcome(String user, @Nullable Instant at) {
	}

	record Broken(String name) {

		@Override
		public String name() {
			throw new IllegalStateException("no name today");
		}

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
	interface ByClass {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.MINIMAL_CLASS)
	interface ByMinimalClass {

	}

	record WithPart(@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Object part) {
	}

	record Holder(Class<?> type) {
	}

	/** Knows which classes were initialized. */
	static final class Loading {

		static final List<String> LOADED = new ArrayList<>();

		private Loading() {
		}

	}

	static class Loaded implements ByClass {

		static {
			Loading.LOADED.add("Loaded");
		}

	}

	static class Named {

		private final String name;

		Named(String name) {
			this.name = name;
		}

		public String getName() {
			return this.name;
		}

	}

	static class Loop {

		private @Nullable Loop next;

		public @Nullable Loop getNext() {
			return this.next;
		}

	}

	static class Nothing {

		@JsonValue
		@Nullable String nothing() {
			return null;
		}

	}

}
