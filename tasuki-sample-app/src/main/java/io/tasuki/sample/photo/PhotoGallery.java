package io.tasuki.sample.photo;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import io.tasuki.FoundJob;
import io.tasuki.JobClient;
import io.tasuki.sample.photo.PhotoView.State;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Tells how far each photo is, from its thumbnails and its job.
 */
@Component
class PhotoGallery {

	private static final int PAGE = 48;

	private final PhotoRepository photos;

	private final JobClient jobs;

	PhotoGallery(PhotoRepository photos, JobClient jobs) {
		this.photos = photos;
		this.jobs = jobs;
	}

	/**
	 * Returns the latest photos, newest first.
	 */
	List<PhotoView> latest() {
		return this.photos.findLatest(PAGE).stream().map(this::view).toList();
	}

	Optional<PhotoView> find(UUID id) {
		return this.photos.find(id).map(this::view);
	}

	private PhotoView view(Photo photo) {
		List<ThumbnailSize> sizes = this.photos.findThumbnailSizes(photo.id());
		Optional<FoundJob> job = (sizes.size() < ThumbnailSize.values().length) ? this.jobs.find(photo.jobId())
				: Optional.empty();
		List<String> thumbnails = sizes.stream().map((size) -> address(photo, size)).toList();
		return job.map((found) -> view(photo, found, thumbnails))
			.orElseGet(() -> new PhotoView(photo.id(), photo.name(), photo.jobId().value(), State.DONE, null, null,
					null, thumbnails));
	}

	private static PhotoView view(Photo photo, FoundJob found, List<String> thumbnails) {
		int attempt = found.job().attempt();
		return new PhotoView(photo.id(), photo.name(), photo.jobId().value(), state(found),
				(attempt > 0) ? attempt : null, found.progress(), note(found), thumbnails);
	}

	private static State state(FoundJob found) {
		return switch (found.state()) {
			case AVAILABLE -> (found.errors().isEmpty()) ? State.WAITING : State.RETRYING;
			case RUNNING -> State.RUNNING;
			case SUCCEEDED -> State.DONE;
			case CANCELLED -> State.CANCELLED;
			case DEAD -> State.DEAD;
		};
	}

	private static @Nullable String note(FoundJob found) {
		if (found.reason() != null) {
			return found.reason();
		}
		if (found.progressNote() != null || found.errors().isEmpty()) {
			return found.progressNote();
		}
		return found.errors().get(found.errors().size() - 1).message();
	}

	private static String address(Photo photo, ThumbnailSize size) {
		return "/photos/%s/%s.jpg".formatted(photo.id(), size.name().toLowerCase(Locale.ROOT));
	}

}
