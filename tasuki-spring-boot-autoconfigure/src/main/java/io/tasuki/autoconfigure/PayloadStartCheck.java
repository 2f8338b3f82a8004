package io.tasuki.autoconfigure;

import java.util.List;

import io.tasuki.autoconfigure.TasukiProperties.CheckPayloads;
import io.tasuki.worker.UnreadableJob;
import io.tasuki.worker.WaitingPayloads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, before the worker starts, whether what waits can be read: a job whose payload
 * cannot is dead once the worker claims it.
 */
final class PayloadStartCheck {

	private static final Logger logger = LoggerFactory.getLogger(PayloadStartCheck.class);

	private final CheckPayloads mode;

	private final WaitingPayloads payloads;

	PayloadStartCheck(CheckPayloads mode, WaitingPayloads payloads) {
		this.mode = mode;
		this.payloads = payloads;
	}

	/**
	 * Checks, if it is to.
	 * @throws UnreadablePayloadsException if that is to stop the start
	 */
	void run() {
		if (this.mode != CheckPayloads.OFF) {
			List<UnreadableJob> unreadable = find();
			if (!unreadable.isEmpty() && this.mode == CheckPayloads.FAIL) {
				throw new UnreadablePayloadsException(unreadable);
			}
			unreadable.forEach((job) -> logger.warn("{} waits, but {} cannot read its payload, so it will be dead: {}",
					job.job(), job.handler(), job.problem()));
		}
	}

	/** An application may start while its database is away. */
	private List<UnreadableJob> find() {
		try {
			return this.payloads.findUnreadable();
		}
		catch (RuntimeException ex) {
			logger.warn("Cannot check whether the payloads of waiting jobs can be read", ex);
			return List.of();
		}
	}

}
