import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { plural } from '../domain/event.js';
import { answerProblem } from './problems.js';
import { NotFound } from './queries/ledger-queries.js';
import { RECORD_CATEGORIES } from './queries.controller.js';

/** Where `npm run build` puts the console. */
export const CONSOLE_FILES = fileURLToPath(new URL('../../console/', import.meta.url));

/** The addresses at which there is a page; what it shows, it asks of the API for. */
export const CONSOLE_PATHS = [
  '/',
  '/network',
  '/search',
  '/relationships/:pair',
  '/relationships/:pair/diff',
  '/operate/streams',
  '/operate/streams/:stream',
  '/operate/projections',
  '/operate/groups',
  '/operate/log',
  ...RECORD_CATEGORIES.map((category) => `/${plural(category)}/:id`),
] as const;

/** Files whose names have their hash in them. */
const ASSETS = '/assets/';

/** Nothing comes from elsewhere, and nothing goes there. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const NOT_BUILT = 'The console was not built: `npm run build` makes it. The API is at /docs.\n';

/** Serves the console to browsers. @param files the folder that it was built into; it may not be there */
export function serveConsole(server: FastifyInstance, files = CONSOLE_FILES): void {
  void server.register(async (pages) => {
    const built = existsSync(`${files}index.html`);
    if (built) await pages.register(fastifyStatic, { root: files, serve: false, preCompressed: true });
    for (const path of CONSOLE_PATHS) {
      pages.get(path, (request, reply) => {
        if (!wantsPage(request)) return answerProblem(new NotFound(`There is no ${request.url}`), request, reply);
        return built ? sendPage(reply) : void reply.status(404).type('text/plain; charset=utf-8').send(NOT_BUILT);
      });
    }
    if (!built) return;
    pages.get(`${ASSETS}:file`, (request, reply) => {
      const { file } = request.params as { readonly file: string };
      void reply.header('X-Content-Type-Options', 'nosniff');
      void reply.sendFile(`${ASSETS}${file}`, { immutable: true, maxAge: '365d' });
    });
  });
}

/** Whoever asks for JSON has left out the `/v1` before the path. */
const wantsPage = ({ headers: { accept = '*/*' } }: FastifyRequest) => /text\/html|\*\/\*/.test(accept);

function sendPage(reply: FastifyReply): void {
  void reply
    .headers({
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    })
    .sendFile('index.html', { maxAge: 0, cacheControl: true });
}
