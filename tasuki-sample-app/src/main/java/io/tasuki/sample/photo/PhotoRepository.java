package io.tasuki.sample.photo;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import io.tasuki.JobId;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Photos and thumbnails in PostgreSQL.
 */
@Repository
class PhotoRepository {

	private final JdbcClient jdbc;

	PhotoRepository(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void insert(Photo photo, byte[] bytes) {
		this.jdbc.sql("insert into photo (id, name, job_id, bytes) values (?, ?, ?, ?)")
			.params(photo.id(), photo.name(), photo.jobId().value(), bytes)
			.update();
	}

	List<Photo> findLatest(int limit) {
		return this.jdbc.sql("select id, name, job_id from photo order by created_at desc, id limit ?")
			.param(limit)
			.query(PhotoRepository::mapPhoto)
			.list();
	}

	Optional<Photo> find(UUID id) {
		return this.jdbc.sql("select id, name, job_id from photo where id = ?")
			.param(id)
			.query(PhotoRepository::mapPhoto)
			.optional();
	}

	Optional<byte[]> findBytes(UUID id) {
		return this.jdbc.sql("select bytes from photo where id = ?").param(id).query(byte[].class).optional();
	}

	// The job may run again after it has stored some: the second run replaces them.
	void save(UUID photoId, Thumbnail thumbnail) {
		this.jdbc.sql("""
				insert into thumbnail (photo_id, size, width, height, jpeg) values (?, ?, ?, ?, ?)
				on conflict (photo_id, size) do update
				set width = excluded.width, height = excluded.height, jpeg = excluded.jpeg
				""")
			.params(photoId, column(thumbnail.size()), thumbnail.width(), thumbnail.height(), thumbnail.jpeg())
			.update();
	}

	List<ThumbnailSize> findThumbnailSizes(UUID photoId) {
		return this.jdbc.sql("select size from thumbnail where photo_id = ? order by width, size desc")
			.param(photoId)
			.query((row, number) -> ThumbnailSize.valueOf(row.getString("size").toUpperCase(Locale.ROOT)))
			.list();
	}

	Optional<byte[]> findThumbnail(UUID photoId, ThumbnailSize size) {
		return this.jdbc.sql("select jpeg from thumbnail where photo_id = ? and size = ?")
			.params(photoId, column(size))
			.query(byte[].class)
			.optional();
	}

	private static String column(ThumbnailSize size) {
		return size.name().toLowerCase(Locale.ROOT);
	}

	private static Photo mapPhoto(ResultSet row, int number) throws SQLException {
		return new Photo(row.getObject("id", UUID.class), row.getString("name"), new JobId(row.getLong("job_id")));
	}

}
