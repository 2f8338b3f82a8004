package io.tasuki.architecture;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.tasuki.JobClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code keeps the rules of its architecture.
 */
class ArchitectureTests {

	private static final String BASE = JobClient.class.getPackageName();

	private static final JavaClasses CODE = importCode();

	private static JavaClasses importCode() {
		try {
			// Only what this module ships: other modules' packages hang under the same
			// name.
			return new ClassFileImporter()
				.importPath(Path.of(JobClient.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void readsTheCodeOfEveryPackage() {
		Set<String> packages = CODE.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
		assertThat(packages)
			.contains(Arrays.stream(Layer.values()).map((layer) -> layer.nameIn(BASE)).toArray(String[]::new));
	}

	@ParameterizedTest
	@EnumSource
	void keeps(ArchitectureRule rule) {
		rule.under(BASE).check(CODE);
	}

}
