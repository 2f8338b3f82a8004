package io.tasuki.autoconfigure;

import io.tasuki.PayloadValidator;
import jakarta.validation.Validator;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has payloads validated where the application has a validator. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(Validator.class)
class PayloadValidationConfiguration {

	@Bean
	@ConditionalOnMissingBean
	PayloadValidator tasukiPayloadValidator(ObjectProvider<Validator> validator) {
		Validator unique = validator.getIfUnique();
		return (unique != null) ? new BeanPayloadValidator(unique) : PayloadValidator.NONE;
	}

}
