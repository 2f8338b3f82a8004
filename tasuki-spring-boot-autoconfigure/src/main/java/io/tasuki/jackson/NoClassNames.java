package io.tasuki.jackson;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeInfo.Id;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.module.SimpleModule;

/**
 * Refuses payload classes whose JSON would name classes to load, when they are written
 * and when they are read: types told apart by class name, and values of type
 * {@link Class}.
 */
final class NoClassNames extends NopAnnotationIntrospector {

	private static final long serialVersionUID = 1L;

	private NoClassNames() {
	}

	static SimpleModule module() {
		return new Module();
	}

	@Override
	public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
		JsonTypeInfo typeInfo = annotated.getAnnotation(JsonTypeInfo.class);
		if (typeInfo != null && (typeInfo.use() == Id.CLASS || typeInfo.use() == Id.MINIMAL_CLASS)) {
			throw refusal("""
					@JsonTypeInfo(use = %s) on %s would have the stored text name classes to load. Use names: \
					@JsonTypeInfo(use = NAME), and @JsonTypeName on each class""".formatted(typeInfo.use(),
					annotated.getName()));
		}
		return null;
	}

	@Override
	public @Nullable Object findSerializer(MapperConfig<?> config, Annotated annotated) {
		return refuseClass(annotated);
	}

	@Override
	public @Nullable Object findDeserializer(MapperConfig<?> config, Annotated annotated) {
		return refuseClass(annotated);
	}

	private static @Nullable Object refuseClass(Annotated annotated) {
		if (annotated instanceof AnnotatedClass && annotated.getRawType() == Class.class) {
			throw refusal("A value of type java.lang.Class would have the stored text name a class to load. "
					+ "Use a name of your own for it");
		}
		return null;
	}

	private static DatabindException refusal(String message) {
		return DatabindException.from((JsonGenerator) null, message);
	}

	/** Puts the refusal before all else that reads annotations. */
	private static final class Module extends SimpleModule {

		private static final long serialVersionUID = 1L;

		Module() {
			super("tasuki");
		}

		@Override
		public void setupModule(SetupContext context) {
			context.insertAnnotationIntrospector(new NoClassNames());
		}

	}

}
