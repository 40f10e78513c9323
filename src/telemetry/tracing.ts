import {
  context,
  propagation,
  ROOT_CONTEXT,
  type Attributes,
  type Context,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

/*
 * Traces by OpenTelemetry's API: where no SDK is registered (see start-tracing.ts), all of this does nothing.
 */

const tracer = trace.getTracer('mithaq');

/** Does work under a span of its own, the active one while it lasts; an error is the span's too. */
export function traced<T>(name: string, attributes: Attributes, work: (span: Span) => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      if (error instanceof Error) span.recordException(error);
      span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Where the active span stands in its trace, as W3C Trace Context writes it; undefined where nothing is traced. */
export function traceparent(): string | undefined {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

const contextOf = (carrier: object): Context => propagation.extract(ROOT_CONTEXT, carrier);

/** Begins the span of a request, in the trace that its headers tell of. */
export function requestSpan(name: string, headers: object, attributes: Attributes): { span: Span; within: Context } {
  const parent = contextOf(headers);
  const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent);
  return { span, within: trace.setSpan(parent, span) };
}

/** A piece of work that is done, in the trace of what it was done for. @param startTime as Date.now() tells it */
export function tracedSince(startTime: number, name: string, traceparent: string, attributes: Attributes): void {
  const options = { kind: SpanKind.CONSUMER, attributes, startTime };
  tracer.startSpan(name, options, contextOf({ traceparent })).end();
}
