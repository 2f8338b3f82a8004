package io.tasuki.architecture;

import java.util.function.Function;

import com.tngtech.archunit.lang.ArchRule;

/**
 * Every rule of the architecture. A rule is told which package the code hangs under, so
 * that it can be shown red on a fixture laid out like the real code.
 */
enum ArchitectureRule {

	PACKAGES_HAVE_NO_CYCLES(PackageRules::haveNoCycles),

	EVERY_PACKAGE_HAS_ITS_PLACE(PackageRules::haveTheirPlace),

	PACKAGES_KEEP_THE_ORDER(PackageRules::keepTheOrder),

	PACKAGES_IMPORT_ONLY_THEIR_LIBRARIES(PackageRules::importOnlyTheirLibraries),

	PACKAGES_ARE_NULL_MARKED(PackageRules::areNullMarked),

	CORE_KNOWS_NO_SPRING(PackageRules::coreKnowsNoSpring),

	SQL_LIVES_IN_POSTGRES(PackageRules::sqlLivesInPostgres),

	JACKSON_IS_JACKSON_THREE(PackageRules::jacksonIsJacksonThree),

	AUTO_CONFIGURATIONS_ARE_FINAL_AND_CLOSED(SpringRules::autoConfigurationsAreFinalAndClosed),

	CONDITIONS_ARE_PACKAGE_PRIVATE(SpringRules::conditionsArePackagePrivate),

	NO_METHOD_IS_CONDITIONAL_ON_A_CLASS(SpringRules::noMethodIsConditionalOnAClass),

	ONLY_AUTOCONFIGURE_READS_THE_ENVIRONMENT(SpringRules::onlyAutoconfigureReadsTheEnvironment),

	ONLY_A_CLOCK_TELLS_THE_TIME(CodeRules::onlyAClockTellsTheTime),

	NAMES_SAY_WHAT_A_CLASS_IS(CodeRules::namesSayWhatAClassIs),

	ABSTRACT_CLASSES_HAVE_SEVERAL_SUBCLASSES(CodeRules::abstractClassesHaveSeveralSubclasses);

	private final Function<String, ArchRule> rule;

	ArchitectureRule(Function<String, ArchRule> rule) {
		this.rule = rule;
	}

	/**
	 * The rule for the code under a package. It may meet nothing to judge: that the code
	 * is there at all is asserted once, where the real code is read.
	 */
	ArchRule under(String base) {
		return this.rule.apply(base).allowEmptyShould(true);
	}

}
