package io.tasuki.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Objects;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigurationMetadataTests {

	private static final String LOCATION = "META-INF/spring-configuration-metadata.json";

	@Test
	void describesEveryProperty() throws IOException {
		assertThat(properties()).hasSizeGreaterThan(20).allSatisfy((property) -> {
			assertThat(description(property)).as(name(property)).endsWith(".");
			assertThat(description(property)).as(name(property)).doesNotStartWith("The ").doesNotStartWith("A ");
		});
	}

	@Test
	void beginsBooleanPropertiesWithWhether() throws IOException {
		assertThat(properties()).filteredOn((property) -> property.path("type").asString().equals("java.lang.Boolean"))
			.isNotEmpty()
			.allSatisfy((property) -> assertThat(description(property)).as(name(property)).startsWith("Whether "));
	}

	private static Iterable<JsonNode> properties() throws IOException {
		ClassLoader classes = TasukiProperties.class.getClassLoader();
		String ours = Objects.requireNonNull(TasukiProperties.class.getResource("TasukiProperties.class"))
			.toString()
			.replace("io/tasuki/autoconfigure/TasukiProperties.class", LOCATION);
		assertThat(new ClassPathResource(LOCATION, classes).exists()).isTrue();
		try (InputStream metadata = URI.create(ours).toURL().openStream()) {
			return StreamSupport.stream(JsonMapper.shared().readTree(metadata).path("properties").spliterator(), false)
				.filter((property) -> name(property).startsWith("tasuki."))
				.toList();
		}
	}

	private static String name(JsonNode property) {
		return property.path("name").asString();
	}

	private static String description(JsonNode property) {
		return property.path("description").asString();
	}

}
