package io.tasuki.architecture;

import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every rule has been seen red. Its fixture is a small code base in a package named after
 * the rule: the rule must report each class whose name starts with {@code Wrong}, and no
 * other.
 */
class ArchitectureRuleTests {

	private static final Pattern FIXTURE_CLASS = Pattern
		.compile("(?<=<)io\\.tasuki\\.architecture\\.fixture\\.[\\w.$-]+");

	@ParameterizedTest
	@EnumSource
	void reportsWhatIsWrongAndNothingElse(ArchitectureRule rule) {
		String base = getClass().getPackageName() + ".fixture." + rule.name().toLowerCase(Locale.ROOT).replace("_", "");
		JavaClasses fixture = new ClassFileImporter().importPackages(base);
		List<String> report = rule.under(base).evaluate(fixture).getFailureReport().getDetails();
		List<String> wrong = fixture.stream()
			.filter((type) -> type.getSimpleName().startsWith("Wrong"))
			.map(JavaClass::getName)
			.toList();
		assertThat(wrong).isNotEmpty()
			.allSatisfy((name) -> assertThat(report).anySatisfy((line) -> assertThat(line).contains("<" + name)));
		assertThat(report)
			.allSatisfy((line) -> assertThat(wrong).anySatisfy((name) -> assertThat(subjectOf(line)).startsWith(name)));
	}

	private static String subjectOf(String line) {
		return FIXTURE_CLASS.matcher(line).results().map(MatchResult::group).findFirst().orElse(line);
	}

}
