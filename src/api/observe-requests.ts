import { context, type Span, SpanStatusCode } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from '../telemetry/metrics.js';
import { requestSpan } from '../telemetry/tracing.js';
import { FEED_PATH } from './feed.controller.js';

/** Measures each request and gives it a span, in the trace of its client where that is traced. */
export function observeRequests(fastify: FastifyInstance, metrics: Metrics): void {
  const spans = new WeakMap<FastifyRequest, Span>();
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { method, headers } = request;
    const route = routeOf(request);
    const { span, within } = requestSpan(`${method} ${route}`, headers, {
      'http.request.method': method,
      'http.route': route,
    });
    spans.set(request, span);
    context.with(within, done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const { statusCode, elapsedTime } = reply;
    const span = spans.get(request);
    span?.setAttribute('http.response.status_code', statusCode);
    if (statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    const route = routeOf(request);
    // A feed takes as long as its client stays.
    if (route !== FEED_PATH) {
      metrics.requests.observe({ method: request.method, route, status: String(statusCode) }, elapsedTime / 1000);
    }
    done();
  });
}

/** The route's pattern: what a URL says beyond it would be a series of its own for each record. */
const routeOf = ({ routeOptions }: FastifyRequest): string => routeOptions.url ?? 'none';
