package io.tasuki.smoke;

import io.tasuki.EnqueuedJob;
import io.tasuki.JobClient;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes orders.
 */
@Service
class Orders {

	private final JdbcClient jdbc;

	private final JobClient jobs;

	Orders(JdbcClient jdbc, JobClient jobs) {
		this.jdbc = jdbc;
		this.jobs = jobs;
	}

	@Transactional
	public EnqueuedJob place(long order) {
		this.jdbc.sql("insert into purchase (number) values (?)").param(order).update();
		return this.jobs.enqueue(new SendReceipt(order));
	}

	@Transactional
	public void placeUnpaid(long order) {
		place(order);
		throw new IllegalStateException("Order %d is not paid".formatted(order));
	}

}
