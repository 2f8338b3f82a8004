package io.tasuki.annotation;

import java.lang.reflect.Type;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;

/**
 * A parameter that takes a list, as one that takes an element of it: with that type, and
 * with its own name and annotations.
 */
final class ElementParameter extends MethodParameter {

	private final Type element;

	ElementParameter(MethodParameter list, Type element) {
		super(list);
		this.element = element;
	}

	@Override
	public Class<?> getParameterType() {
		return ResolvableType.forType(this.element).toClass();
	}

	@Override
	public Type getGenericParameterType() {
		return this.element;
	}

	@Override
	public ElementParameter clone() {
		return new ElementParameter(this, this.element);
	}

}
