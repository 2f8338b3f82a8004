package io.tasuki.architecture;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Rules about packages and what they import.
 */
final class PackageRules {

	private static final String[] JDBC = { "java.sql..", "javax.sql..", "org.postgresql..", "org.springframework.dao..",
			"org.springframework.jdbc..", "org.springframework.transaction.." };

	// Wiring hands connections and transaction managers on; it has no use for these.
	private static final List<String> RUNS_SQL = List.of("java.sql.Statement", "java.sql.PreparedStatement",
			"java.sql.CallableStatement", "java.sql.ResultSet");

	private PackageRules() {
	}

	static ArchRule haveNoCycles(String base) {
		// The group holds the whole name, so that each package is a slice of its own.
		return slices().matching("(**)").should().beFreeOfCycles();
	}

	static ArchRule haveTheirPlace(String base) {
		return classes().should().resideInAnyPackage(Layer.packagesOf(base, Layer.values()));
	}

	static ArchRule keepTheOrder(String base) {
		return classes().should(dependOnly("packages of ours below their own",
				(origin) -> layerOf(origin, base).ourClassesItMayUse(base)));
	}

	static ArchRule importOnlyTheirLibraries(String base) {
		return classes().should(dependOnly("libraries of their package",
				(origin) -> layerOf(origin, base).foreignClassesItMayUse(base)));
	}

	private static Layer layerOf(JavaClass origin, String base) {
		// A class without a place is another rule's find; here it gets no rights at all.
		return Arrays.stream(Layer.values())
			.filter((layer) -> JavaClass.Predicates.resideInAPackage(layer.packageIn(base)).test(origin))
			.findFirst()
			.orElse(Layer.VOCABULARY);
	}

	private static ArchCondition<JavaClass> dependOnly(String what,
			Function<JavaClass, DescribedPredicate<JavaClass>> allowed) {
		return new ArchCondition<>("depend only on " + what) {

			@Override
			public void check(JavaClass origin, ConditionEvents events) {
				DescribedPredicate<JavaClass> mayUse = allowed.apply(origin);
				origin.getDirectDependenciesFromSelf()
					.stream()
					.filter((dependency) -> !mayUse.test(dependency.getTargetClass().getBaseComponentType()))
					.filter((dependency) -> !dependency.getTargetClass().getBaseComponentType().isPrimitive())
					.forEach((dependency) -> events
						.add(SimpleConditionEvent.violated(dependency, dependency.getDescription())));
			}

		};
	}

	static ArchRule areNullMarked(String base) {
		return classes().that()
			.doNotHaveSimpleName("package-info")
			.should(new ArchCondition<>("reside in a @NullMarked package") {

				@Override
				public void check(JavaClass type, ConditionEvents events) {
					boolean marked = type.getPackage()
						.tryGetPackageInfo()
						.map((info) -> info.isAnnotatedWith(NullMarked.class))
						.orElse(false);
					if (!marked) {
						events.add(SimpleConditionEvent.violated(type,
								"Class <%s> has no package-info with @NullMarked".formatted(type.getName())));
					}
				}

			});
	}

	static ArchRule coreKnowsNoSpring(String base) {
		return noClasses().that()
			.resideInAnyPackage(Layer.packagesOf(base, Layer.core().toArray(Layer[]::new)))
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework..");
	}

	static ArchRule sqlLivesInPostgres(String base) {
		DescribedPredicate<JavaClass> jdbc = JavaClass.Predicates.resideInAnyPackage(JDBC);
		DescribedPredicate<JavaClass> runsSql = DescribedPredicate.describe("run SQL",
				(type) -> RUNS_SQL.contains(type.getName()));
		DescribedPredicate<JavaClass> transactions = JavaClass.Predicates
			.resideInAPackage("org.springframework.transaction..");
		return classes().should(dependOnly("JDBC where they wire or store", (origin) -> switch (layerOf(origin, base)) {
			case POSTGRES -> DescribedPredicate.alwaysTrue();
			case AUTOCONFIGURE -> DescribedPredicate.not(runsSql);
			case TRANSACTION -> DescribedPredicate.not(jdbc).or(transactions);
			default -> DescribedPredicate.not(jdbc);
		}));
	}

	static ArchRule jacksonIsJacksonThree(String base) {
		// Both share the annotations, which are nobody's business; only who keeps class
		// names
		// out asks for one.
		DescribedPredicate<JavaClass> typeInfo = DescribedPredicate.describe("@JsonTypeInfo",
				(type) -> type.getName().startsWith("com.fasterxml.jackson.annotation.JsonTypeInfo"));
		return noClasses().should()
			.dependOnClassesThat(JavaClass.Predicates.resideInAPackage("com.fasterxml.jackson..")
				.and(DescribedPredicate.not(typeInfo)));
	}

}
