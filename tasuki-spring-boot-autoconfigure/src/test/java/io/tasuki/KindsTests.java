package io.tasuki;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class KindsTests {

	@Test
	void takesTheAnnotatedKind() {
		assertThat(Kinds.of(Annotated.class)).contains("mail.welcome");
	}

	@Test
	void takesTheSimpleNameOfAnyOtherClass() {
		record LocalPayload() {
		}
		assertThat(Kinds.of(SendWelcome.class)).contains("SendWelcome");
		assertThat(Kinds.of(LocalPayload.class)).contains("LocalPayload");
	}

	@Test
	void takesTheAnnotationOfASealedTypeThatPermitsTheClass() {
		assertThat(Kinds.defaultsOf(Circle.class)).contains(new KindDefaults("shape", "drawing", 5, null, 1));
		assertThat(Kinds.of(Square.class)).contains("shape");
		assertThat(Kinds.of(Line.class)).contains("line");
		assertThat(Kinds.of(Shape.class)).contains("shape");
		assertThat(Kinds.defaultsOf(Card.class)).contains(new KindDefaults("Payment", "money", 5, null, 1));
	}

	@Test
	void takesNoAnnotationOfAnOpenType() {
		assertThat(Kinds.of(Dot.class)).contains("Dot");
	}

	@Test
	void takesDefaultsFromTheAnnotation() {
		assertThat(Kinds.defaultsOf(WithDefaults.class)).contains(new KindDefaults("WithDefaults", "mail", 2, 4, 1));
		assertThat(Kinds.defaultsOf(Annotated.class)).contains(KindDefaults.none("mail.welcome"));
		assertThat(Kinds.defaultsOf(SendWelcome.class)).contains(KindDefaults.none("SendWelcome"));
		assertThat(Kinds.defaultsOf(String.class)).isEmpty();
	}

	@Test
	void namesTheClassWhoseDefaultsCannotBeUsed() {
		assertThatIllegalArgumentException().isThrownBy(() -> Kinds.defaultsOf(TooUrgent.class))
			.withMessage("Priority must be from 0 (first) to 9 (last), not -1 (kind of payload class %s)"
				.formatted(TooUrgent.class.getName()));
	}

	@Test
	void takesTheEnumOfAConstantWithABody() {
		assertThat(Kinds.of(Report.DAILY.getClass())).contains("Report");
		assertThat(Kinds.of(Report.WEEKLY.getClass())).contains("Report");
	}

	@Test
	void takesTheAnnotatedKindOfACollectionClass() {
		assertThat(Kinds.of(Orders.class)).contains("orders");
	}

	@ParameterizedTest
	@ValueSource(classes = { String.class, StringBuilder.class, Long.class, int.class, Object.class, UUID.class,
			List.class, Map.class, ArrayList.class, Unnamed.class, byte[].class, SendWelcome[].class,
			tools.jackson.databind.JsonNode.class })
	void findsNoneForPlainTypes(Class<?> type) {
		assertThat(Kinds.of(type)).isEmpty();
	}

	@Test
	void findsNoneForClassesWithoutANameOfTheirOwn() {
		Runnable lambda = () -> {
		};
		Object anonymous = new Object() {
		};
		Object proxy = Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Runnable.class },
				(self, method, arguments) -> null);
		assertThat(Kinds.of(lambda.getClass())).isEmpty();
		assertThat(Kinds.of(anonymous.getClass())).isEmpty();
		assertThat(Kinds.of(proxy.getClass())).isEmpty();
		assertThat(Kinds.of(Generated$$Proxy$$0.class)).isEmpty();
		assertThat(Kinds.of(JsonNodeFactory.instance.objectNode().getClass())).isEmpty();
	}

	@Test
	void namesTheClassWhoseAnnotationIsNoKind() {
		assertThatIllegalArgumentException().isThrownBy(() -> Kinds.of(Blank.class))
			.withMessageContaining("must not be blank")
			.withMessageContaining(Blank.class.getName());
	}

	@JobKind("mail.welcome")
	record Annotated() {
	}

	@JobKind(value = "shape", queue = "drawing")
	sealed interface Shape {

	}

	record Circle() implements Shape {
	}

	sealed interface Angular extends Shape {

	}

	record Square() implements Angular {
	}

	@JobKind("line")
	record Line() implements Shape {
	}

	@JobKind(queue = "money")
	sealed interface Payment {

	}

	record Card() implements Payment {
	}

	@JobKind("point")
	interface Point {

	}

	record Dot() implements Point {
	}

	record SendWelcome(String to) {
	}

	@JobKind(" ")
	record Blank() {
	}

	record Generated$$Proxy$$0() {
	}

	@JobKind("orders")
	static class Orders extends ArrayList<String> {

		private static final long serialVersionUID = 1L;

	}

	static class Unnamed extends ArrayList<String> {

		private static final long serialVersionUID = 1L;

	}

	enum Report {

		DAILY,

		WEEKLY {

			@Override
			int days() {
				return 7;
			}

		};

		int days() {
			return 1;
		}

	}

	@JobKind(queue = "mail", priority = 2, maxAttempts = 4)
	private record WithDefaults() {

	}

	@JobKind(priority = -1)
	private record TooUrgent() {

	}

}
