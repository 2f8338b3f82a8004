package io.tasuki.architecture;

import java.time.Clock;
import java.time.InstantSource;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Rules about what stands inside a class.
 */
final class CodeRules {

	private static final List<Class<?>> CLOCKS = List.of(Clock.class, InstantSource.class);

	private static final Set<String> CLOCK_MAKERS = Set.of("system", "systemUTC", "systemDefaultZone", "tickMillis",
			"tickSeconds", "tickMinutes");

	private static final Pattern SAYS_NOTHING = Pattern
		.compile(".*(Manager|Helpers?|Utils?|Impl)|.*(Task|Message|Reaper)(?![a-z]).*");

	private CodeRules() {
	}

	/**
	 * Holds in {@code .postgres} too: there the clock of the database tells the time, in
	 * SQL.
	 */
	static ArchRule onlyAClockTellsTheTime(String base) {
		ArchRule nobodyAsksTheMachine = noClasses().should()
			.accessTargetWhere(DescribedPredicate.describe("ask the machine for the time", CodeRules::asksTheMachine));
		ArchRule onlyWiringMakesClocks = noClasses().that()
			.resideOutsideOfPackage(Layer.AUTOCONFIGURE.packageIn(base))
			.should()
			.accessTargetWhere(DescribedPredicate.describe("make a clock", CodeRules::makesAClock));
		return CompositeArchRule.of(nobodyAsksTheMachine).and(onlyWiringMakesClocks);
	}

	private static boolean asksTheMachine(JavaAccess<?> access) {
		JavaClass owner = access.getTargetOwner();
		String name = access.getName();
		return (owner.isEquivalentTo(System.class) && name.equals("currentTimeMillis"))
				|| (owner.isEquivalentTo(Date.class) && name.equals("<init>") && parameters(access).isEmpty())
				|| (owner.isAssignableTo(Calendar.class) && (name.equals("getInstance") || name.equals("<init>")))
				|| (owner.getPackageName().startsWith("java.time") && name.equals("now")
						&& !parameters(access).contains(Clock.class.getName()));
	}

	private static List<String> parameters(JavaAccess<?> access) {
		return (access.getTarget() instanceof CodeUnitAccessTarget target)
				? target.getRawParameterTypes().stream().map(JavaClass::getName).toList() : List.of();
	}

	private static boolean makesAClock(JavaAccess<?> access) {
		return CLOCKS.stream().anyMatch(access.getTargetOwner()::isEquivalentTo)
				&& CLOCK_MAKERS.contains(access.getName());
	}

	static ArchRule namesSayWhatAClassIs(String base) {
		return classes().should(new ArchCondition<>("have a name from the glossary that says what they are") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				if (SAYS_NOTHING.matcher(type.getSimpleName()).matches()) {
					events.add(SimpleConditionEvent.violated(type,
							"Class <%s> has a name that says nothing or a word the glossary avoids"
								.formatted(type.getName())));
				}
			}

		});
	}

	static ArchRule abstractClassesHaveSeveralSubclasses(String base) {
		return classes().that()
			.haveModifier(JavaModifier.ABSTRACT)
			.and()
			.areNotInterfaces()
			.and()
			.areNotEnums()
			.should(new ArchCondition<>("have several subclasses") {

				@Override
				public void check(JavaClass type, ConditionEvents events) {
					if (type.getAllSubclasses().size() < 2) {
						events.add(SimpleConditionEvent.violated(type,
								"Class <%s> is abstract for fewer than two subclasses".formatted(type.getName())));
					}
				}

			});
	}

}
