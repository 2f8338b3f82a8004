package io.tasuki.observation;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;

/**
 * Gives an attempt a trace of its own, with links to the enqueues it comes from. Stands
 * before the tracer's own handlers, which can only continue a trace.
 */
public final class LinkingTraceHandler implements TracingObservationHandler<JobProcessContext> {

	private final Tracer tracer;

	public LinkingTraceHandler(Tracer tracer) {
		this.tracer = tracer;
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof JobProcessContext process && process.beginsTrace();
	}

	@Override
	public void onStart(JobProcessContext context) {
		Span.Builder span = this.tracer.spanBuilder().setNoParent().kind(Span.Kind.CONSUMER);
		for (ProducerTrace producer : context.links()) {
			span.addLink(new Link(contextOf(producer)));
		}
		getTracingContext(context).setSpan(span.start());
	}

	private TraceContext contextOf(ProducerTrace producer) {
		return this.tracer.traceContextBuilder()
			.traceId(producer.traceId())
			.spanId(producer.spanId())
			.sampled(producer.sampled())
			.build();
	}

	@Override
	public void onError(JobProcessContext context) {
		if (context.getError() != null) {
			getRequiredSpan(context).error(context.getError());
		}
	}

	@Override
	public void onStop(JobProcessContext context) {
		Span span = getRequiredSpan(context);
		tagSpan(context, span);
		span.name(getSpanName(context));
		endSpan(context, span);
	}

	@Override
	public Tracer getTracer() {
		return this.tracer;
	}

}
