package io.tasuki.smoke;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.tasuki.annotation.JobHandler;

import org.springframework.stereotype.Component;

/**
 * Sends receipts, and remembers when it began to.
 */
@Component
class Receipts {

	private final Map<Long, List<Instant>> starts = new ConcurrentHashMap<>();

	@JobHandler
	void send(SendReceipt receipt) {
		this.starts.computeIfAbsent(receipt.order(), (order) -> new CopyOnWriteArrayList<>()).add(Instant.now());
	}

	List<Instant> startsOf(long order) {
		return this.starts.getOrDefault(order, List.of());
	}

}
