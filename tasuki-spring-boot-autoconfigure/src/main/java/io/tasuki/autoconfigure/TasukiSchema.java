package io.tasuki.autoconfigure;

import javax.sql.DataSource;

import io.tasuki.autoconfigure.TasukiProperties.SchemaInitialization;
import io.tasuki.postgres.ConnectionFailure;
import io.tasuki.postgres.SchemaInitializer;
import io.tasuki.postgres.SchemaMissingException;

import org.springframework.beans.factory.InitializingBean;

/**
 * The schema is there once this bean is: whatever touches the tables depends on it.
 */
final class TasukiSchema implements InitializingBean {

	private final DataSource dataSource;

	private final SchemaInitialization initialization;

	TasukiSchema(DataSource dataSource, SchemaInitialization initialization) {
		this.dataSource = dataSource;
		this.initialization = initialization;
	}

	/**
	 * Creates or checks the schema.
	 * @throws SchemaMissingException if it is not there and cannot be made
	 * @throws DatabaseUnreachableException if no connection can be had
	 */
	@Override
	public void afterPropertiesSet() {
		try {
			createOrVerify(new SchemaInitializer(this.dataSource));
		}
		catch (SchemaMissingException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw ConnectionFailure.of(ex).<RuntimeException>map((failure) -> unreachable(failure, ex)).orElse(ex);
		}
	}

	private void createOrVerify(SchemaInitializer initializer) {
		if (this.initialization == SchemaInitialization.ALWAYS) {
			initializer.initialize();
		}
		else {
			initializer.verify();
		}
	}

	private DatabaseUnreachableException unreachable(ConnectionFailure failure, RuntimeException ex) {
		return new DatabaseUnreachableException(DatabaseName.of(this.dataSource), failure, ex);
	}

}
