import type { FastifyInstance } from 'fastify';

/** A body that is no JSON text: nothing of it was read. */
export class InvalidBody extends Error {
  override readonly name = 'InvalidBody';
  constructor(
    readonly rule: 'utf-8' | 'json',
    message: string,
  ) {
    super(message);
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** @throws InvalidBody */
export function parseBody(bytes: Uint8Array): unknown {
  if (bytes.length === 0) throw new InvalidBody('json', 'The body must not be empty');
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw new InvalidBody('utf-8', 'The body must be UTF-8');
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidBody('json', `The body must be JSON: ${(error as Error).message}`);
  }
}

/**
 * Reads application/json and nothing else. Fastify's own parser puts U+FFFD in the place of bytes that are no UTF-8, and
 * so would record what nobody sent. Keys such as `__proto__` are left to the command's check, which can say where
 * they are.
 */
export function readJsonOnly(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, parseBody(body as Buffer));
    } catch (error) {
      done(error as InvalidBody);
    }
  });
}
