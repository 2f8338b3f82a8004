package io.tasuki.sample.photo;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/**
 * The photo service over HTTP.
 */
@RestController
@RequestMapping("/photos")
class PhotoController {

	private static final int MAX_NAME_LENGTH = 100;

	private final PhotoService service;

	private final PhotoGallery gallery;

	private final PhotoRepository photos;

	PhotoController(PhotoService service, PhotoGallery gallery, PhotoRepository photos) {
		this.service = service;
		this.gallery = gallery;
		this.photos = photos;
	}

	@PostMapping
	ResponseEntity<PhotoView> add(@RequestParam("file") MultipartFile file) throws IOException {
		if (file.isEmpty()) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "The file is empty");
		}
		Photo photo = this.service.add(nameOf(file.getOriginalFilename()), file.getBytes());
		return ResponseEntity.created(URI.create("/photos/" + photo.id())).body(find(photo.id()));
	}

	@GetMapping
	List<PhotoView> latest() {
		return this.gallery.latest();
	}

	@GetMapping("/{id}")
	PhotoView find(@PathVariable UUID id) {
		return this.gallery.find(id)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no photo " + id));
	}

	@GetMapping("/{id}/{size}.jpg")
	ResponseEntity<byte[]> thumbnail(@PathVariable UUID id, @PathVariable String size) {
		return this.photos.findThumbnail(id, sizeOf(size))
			.map((jpeg) -> ResponseEntity.ok()
				.contentType(MediaType.IMAGE_JPEG)
				.cacheControl(CacheControl.maxAge(Duration.ofDays(1)))
				.body(jpeg))
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such thumbnail yet"));
	}

	private static ThumbnailSize sizeOf(String size) {
		for (ThumbnailSize candidate : ThumbnailSize.values()) {
			if (candidate.name().toLowerCase(Locale.ROOT).equals(size)) {
				return candidate;
			}
		}
		throw new ResponseStatusException(HttpStatus.NOT_FOUND, "The sizes are small, medium and large");
	}

	// Some browsers send a whole path, and nobody needs a name of a thousand letters. A
	// zero byte cannot be stored.
	private static String nameOf(@Nullable String sent) {
		String name = (sent != null) ? sent.replaceAll("^.*[/\\\\]", "").replaceAll("\\p{Cntrl}", "").strip() : "";
		if (name.isEmpty()) {
			return "unnamed";
		}
		return (name.length() > MAX_NAME_LENGTH) ? name.substring(0, MAX_NAME_LENGTH) : name;
	}

}
