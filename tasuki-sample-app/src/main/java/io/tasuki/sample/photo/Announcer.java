package io.tasuki.sample.photo;

import io.tasuki.annotation.JobHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Says which photos can be seen, where a real service would write to somebody.
 */
@Component
class Announcer {

	private static final Logger logger = LoggerFactory.getLogger(Announcer.class);

	@JobHandler(queue = "photos")
	void announce(AnnouncePhoto job) {
		logger.info("Photo {} can be seen", job.photoId());
	}

}
