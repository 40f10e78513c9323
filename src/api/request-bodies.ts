import type { FastifyInstance } from 'fastify';
import { parseJson } from '../commands/json-text.js';

/** Where commands come as lines, and what such a body is called. */
export const BULK_PATH = '/v1/commands';
export const NDJSON = 'application/x-ndjson';

class UnsupportedMediaType extends Error {
  readonly statusCode = 415;
}

/**
 * Reads application/json, by a parser that takes no bytes for what they are not; keys such as `__proto__` are left to the
 * command's check, which can say where they are. Lines of commands are handed on as the stream that they are: of any
 * length, and read no faster than they are executed.
 */
export function readBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, parseJson(body as Buffer, 'The body'));
    } catch (error) {
      done(error as Error);
    }
  });
  server.addContentTypeParser(NDJSON, (_request, payload, done) => done(null, payload));
  // Before the body is read: each of the two is at home on its own path only.
  server.addHook('preParsing', (request, _reply, payload, done) => {
    const lines = request.mediaType === NDJSON;
    const wanted = request.routeOptions.url === BULK_PATH;
    const coded = lines && (request.headers['content-encoding'] ?? 'identity') !== 'identity';
    const wrong = request.method === 'POST' && !request.is404 && (lines !== wanted || coded);
    done(wrong ? new UnsupportedMediaType() : null, payload);
  });
}
