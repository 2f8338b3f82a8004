package io.tasuki.autoconfigure;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.jdbc.datasource.AbstractDriverBasedDataSource;

/** Names a database in a message, without credentials. */
final class DatabaseName {

	private DatabaseName() {
	}

	static String of(DataSource dataSource) {
		String url = url(dataSource);
		return (url != null) ? withoutCredentials(url) : "of the DataSource";
	}

	private static @Nullable String url(DataSource dataSource) {
		if (EngineDataSourceFactory.HIKARI) {
			HikariDataSource pool = HikariEngineDataSource.unwrap(dataSource);
			if (pool != null) {
				return pool.getJdbcUrl();
			}
		}
		AbstractDriverBasedDataSource plain = DataSourceUnwrapper.unwrap(dataSource,
				AbstractDriverBasedDataSource.class);
		return (plain != null) ? plain.getUrl() : null;
	}

	static String withoutCredentials(String url) {
		return url.replaceFirst("[?;].*", "").replaceFirst("//[^/@]*@", "//");
	}

}
