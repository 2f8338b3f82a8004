package io.tasuki.architecture;

import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.Condition;
import org.springframework.core.env.PropertyResolver;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

/**
 * Rules about how we meet Spring and what surrounds the process.
 */
final class SpringRules {

	private static final Set<String> READS_THE_ENVIRONMENT = Set.of("java.lang.System.getenv",
			"java.lang.System.getProperty", "java.lang.System.getProperties", "java.lang.Boolean.getBoolean",
			"java.lang.Integer.getInteger", "java.lang.Long.getLong");

	private SpringRules() {
	}

	static ArchRule autoConfigurationsAreFinalAndClosed(String base) {
		return classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.andShould(haveNoPublicMembers());
	}

	private static ArchCondition<JavaClass> haveNoPublicMembers() {
		return new ArchCondition<>("have no public members") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				type.getMembers()
					.stream()
					.filter((member) -> member.getModifiers().contains(JavaModifier.PUBLIC))
					.filter((member) -> !isDefaultConstructor(member) && !isOverride(member))
					.forEach((member) -> events
						.add(SimpleConditionEvent.violated(member, member.getDescription() + " is public")));
			}

		};
	}

	// The compiler makes it as public as the class.
	private static boolean isDefaultConstructor(JavaMember member) {
		return member.getName().equals(JavaConstructor.CONSTRUCTOR_NAME) && member.getDescriptor().equals("()V");
	}

	private static boolean isOverride(JavaMember member) {
		return member instanceof JavaMethod method && !method.getModifiers().contains(JavaModifier.STATIC)
				&& (method.getOwner().getAllRawSuperclasses().stream().anyMatch((type) -> declares(type, method))
						|| method.getOwner().getAllRawInterfaces().stream().anyMatch((type) -> declares(type, method)));
	}

	private static boolean declares(JavaClass type, JavaMethod method) {
		return type.getMethods()
			.stream()
			.anyMatch((candidate) -> candidate.getName().equals(method.getName())
					&& candidate.getRawParameterTypes().size() == method.getRawParameterTypes().size());
	}

	static ArchRule conditionsArePackagePrivate(String base) {
		return classes().that().areAssignableTo(Condition.class).should().notBePublic();
	}

	static ArchRule noMethodIsConditionalOnAClass(String base) {
		return noMethods().should()
			.beAnnotatedWith(ConditionalOnClass.class)
			.because("reading the method's signature already loads the class that may be missing");
	}

	static ArchRule onlyAutoconfigureReadsTheEnvironment(String base) {
		DescribedPredicate<JavaAccess<?>> readsTheEnvironment = DescribedPredicate.describe("read the environment",
				(access) -> READS_THE_ENVIRONMENT.contains(access.getTargetOwner().getName() + "." + access.getName()));
		return noClasses().that()
			.resideOutsideOfPackage(Layer.AUTOCONFIGURE.packageIn(base))
			.should()
			.accessTargetWhere(readsTheEnvironment)
			.orShould()
			.dependOnClassesThat()
			.areAssignableTo(PropertyResolver.class)
			.orShould()
			.dependOnClassesThat()
			.areAssignableTo(EnvironmentAware.class);
	}

}
