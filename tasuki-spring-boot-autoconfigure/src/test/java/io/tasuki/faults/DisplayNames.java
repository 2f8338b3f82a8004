package io.tasuki.faults;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.DisplayName;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.MethodMetadata;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;

/** The display names of tests, as documents and situations refer to them. */
final class DisplayNames {

	private DisplayNames() {
	}

	/**
	 * Returns those of all tests that talk to a database.
	 */
	static List<String> ofIntegrationTests() throws IOException {
		MetadataReaderFactory classes = new SimpleMetadataReaderFactory();
		List<String> names = new ArrayList<>();
		for (Resource test : new PathMatchingResourcePatternResolver()
			.getResources("classpath*:io/tasuki/**/*IntegrationTests.class")) {
			for (MethodMetadata method : classes.getMetadataReader(test)
				.getAnnotationMetadata()
				.getAnnotatedMethods(DisplayName.class.getName())) {
				names.add(method.getAnnotations().get(DisplayName.class).getString("value"));
			}
		}
		return names;
	}

}
