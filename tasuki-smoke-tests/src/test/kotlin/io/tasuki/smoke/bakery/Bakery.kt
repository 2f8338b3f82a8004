package io.tasuki.smoke.bakery

import com.fasterxml.jackson.annotation.JsonTypeInfo
import com.fasterxml.jackson.annotation.JsonTypeName
import io.tasuki.JobKind
import io.tasuki.annotation.JobHandler
import java.time.LocalDate
import java.util.concurrent.ConcurrentLinkedQueue

data class BakeCake(val name: String, val layers: Int = 2, val until: LocalDate?)

@JobKind("delivery")
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
sealed interface Delivery

@JsonTypeName("by-bike")
data class ByBike(val rider: String) : Delivery

@JsonTypeName("by-van")
data class ByVan(val plate: String, val cooled: Boolean = false) : Delivery

/** Remembers what it was asked to do. */
class Bakery {

	val seen = ConcurrentLinkedQueue<String>()

	@JobHandler
	fun bake(cake: BakeCake) {
		seen.add(cake.toString())
	}

	@JobHandler
	fun deliver(delivery: Delivery) {
		seen.add(
			when (delivery) {
				is ByBike -> "${delivery.rider} by bike"
				is ByVan -> "${delivery.plate}, cooled: ${delivery.cooled}"
			},
		)
	}

	@JobHandler("clean")
	fun clean(room: String?) {
		seen.add("clean ${room ?: "everything"}")
	}

	@JobHandler("lock")
	fun lock(door: String) {
		seen.add("lock $door")
	}

}
