package io.tasuki.architecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;

/**
 * The packages and what each may import: ours in the first list, libraries in the second.
 * A package may always import itself, {@code java.*} without JDBC, and JSpecify.
 */
enum Layer {

	VOCABULARY("", List.of(), List.of()),

	STORE("store", List.of(VOCABULARY), List.of()),

	CLIENT("client", List.of(VOCABULARY, STORE), List.of(Libraries.SLF4J)),

	WORKER("worker", List.of(VOCABULARY, STORE), List.of(Libraries.SLF4J)),

	MAINTENANCE("maintenance", List.of(VOCABULARY, STORE), List.of(Libraries.SLF4J)),

	POSTGRES("postgres", List.of(VOCABULARY, STORE),
			List.of(Libraries.SLF4J, "java.sql..", "javax.sql..", "javax.net..", "org.postgresql..",
					"org.springframework.core..", "org.springframework.dao..", "org.springframework.jdbc..",
					"org.springframework.transaction..")),

	JACKSON("jackson", List.of(VOCABULARY), List.of("tools.jackson..", "com.fasterxml.jackson.annotation..")),

	TRANSACTION("transaction", List.of(VOCABULARY, STORE, WORKER),
			List.of(Libraries.SLF4J, "org.springframework.beans..", "org.springframework.transaction..")),

	ANNOTATION("annotation", List.of(VOCABULARY, WORKER, TRANSACTION),
			List.of(Libraries.SLF4J, "org.springframework.core..", "org.springframework.util..",
					"org.springframework.beans..", "org.springframework.context..",
					"org.springframework.scheduling.annotation..", "org.springframework.format.datetime.standard..",
					"org.springframework.aop..")),

	METRICS("metrics", List.of(VOCABULARY, STORE, CLIENT, WORKER), List.of(Libraries.SLF4J, "io.micrometer..")),

	OBSERVATION("observation", List.of(VOCABULARY, CLIENT), List.of(Libraries.SLF4J, "io.micrometer..")),

	ACTUATE("actuate", List.of(VOCABULARY, STORE, WORKER),
			List.of(Libraries.SLF4J, "org.springframework.boot.actuate..", "org.springframework.boot.health..",
					"org.springframework.format.datetime.standard..", "org.springframework.jmx.export.annotation..")),

	AUTOCONFIGURE("autoconfigure", List.of(VOCABULARY, STORE, CLIENT, WORKER, MAINTENANCE, POSTGRES, JACKSON,
			TRANSACTION, ANNOTATION, METRICS, OBSERVATION, ACTUATE), List.of(".."));

	private final String name;

	private final Set<Layer> uses;

	private final List<String> libraries;

	Layer(String name, List<Layer> uses, List<String> libraries) {
		this.name = name;
		this.uses = Set.copyOf(uses);
		this.libraries = List.copyOf(libraries);
	}

	/** Packages that know nothing of Spring, of SQL or of JSON. */
	static List<Layer> core() {
		return List.of(VOCABULARY, STORE, CLIENT, WORKER, MAINTENANCE);
	}

	static String[] packagesOf(String base, Layer... layers) {
		return Arrays.stream(layers).map((layer) -> layer.packageIn(base)).toArray(String[]::new);
	}

	/**
	 * This layer's package in a code base, as ArchUnit writes packages.
	 */
	String packageIn(String base) {
		return (this == VOCABULARY) ? base : nameIn(base) + "..";
	}

	String nameIn(String base) {
		return (this == VOCABULARY) ? base : base + "." + this.name;
	}

	DescribedPredicate<JavaClass> ourClassesItMayUse(String base) {
		List<String> packages = new ArrayList<>();
		packages.add(packageIn(base));
		this.uses.forEach((layer) -> packages.add(layer.packageIn(base)));
		return resideOutsideOfPackages(base + "..").or(resideInAnyPackage(packages.toArray(String[]::new)));
	}

	DescribedPredicate<JavaClass> foreignClassesItMayUse(String base) {
		DescribedPredicate<JavaClass> plainJava = resideInAnyPackage("java..", "org.jspecify..")
			.and(resideOutsideOfPackages("java.sql.."));
		return resideInAnyPackage(base + "..").or(plainJava)
			.or(resideInAnyPackage(this.libraries.toArray(String[]::new)));
	}

	private static final class Libraries {

		static final String SLF4J = "org.slf4j..";

	}

}
