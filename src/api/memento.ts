import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Resolved } from './queries/answers.js';
import { invalidHeader } from './queries/params.js';

/**
 * The known axis by HTTP header (RFC 7089): a view is its own TimeGate, and answers with the memento itself (its pattern
 * 1.2). A memento is the view at a day and a position that both are in its URL: it never changes.
 */
export const ACCEPT_DATETIME = 'Accept-Datetime';

/** The date of RFC 1123, and no other: what it says again must be the same text. */
function secondOf(text: string): number {
  const time = new Date(text);
  if (Number.isNaN(time.getTime()) || time.toUTCString() !== text) {
    throw invalidHeader(ACCEPT_DATETIME, 'must be a date of RFC 1123, such as Tue, 24 Nov 2026 09:00:00 GMT');
  }
  return time.getTime();
}

/** The request's own URL with other parameters. Waiting is no part of what is asked. */
function urlOf(
  request: FastifyRequest,
  { asOf, knownAt }: { readonly asOf?: string; readonly knownAt?: string },
): string {
  const url = new URL(request.url, 'http://ledger.invalid');
  url.searchParams.delete('minPosition');
  url.searchParams.delete('knownAt');
  if (asOf !== undefined) url.searchParams.set('asOf', asOf);
  if (knownAt !== undefined) url.searchParams.set('knownAt', knownAt);
  return url.pathname + url.search;
}

/**
 * Answers a view, at the known time that the header asks for. Where `knownAt` says it, the URL is a memento’s or a question
 * of its own, and negotiates nothing: the header is passed over.
 */
export function negotiated<A extends Resolved>(
  request: FastifyRequest,
  reply: FastifyReply,
  ask: (query: Readonly<Record<string, unknown>>) => A,
): A {
  const query = request.query as Readonly<Record<string, unknown>>;
  const original = `<${urlOf(request, {})}>; rel="original timegate"`;
  const asMemento = (answer: A, datetime: string) => {
    const { asOf, knownAt } = answer;
    const memento = urlOf(request, { asOf, knownAt: knownAt.position });
    const links = `${original}, <${memento}>; rel="memento"; datetime="${datetime}"`;
    void reply.header('Memento-Datetime', datetime).header('Content-Location', memento).header('Link', links);
    return answer;
  };
  if (query['knownAt'] !== undefined) {
    const answer = ask(query);
    const { position, recordedAt } = answer.knownAt;
    const fixed = query['asOf'] !== undefined && query['knownAt'] === position && recordedAt !== null;
    return fixed ? asMemento(answer, httpDate(recordedAt)) : answer;
  }
  void reply.header('Vary', ACCEPT_DATETIME).header('Link', original);
  const wanted = request.headers['accept-datetime'];
  if (wanted === undefined) return ask(query);
  const second = secondOf(String(wanted));
  // A second has ended before what was known in it is all known.
  const answer = ask({ ...query, knownAt: new Date(second + 999).toISOString() });
  return asMemento(answer, httpDate(answer.knownAt.recordedAt ?? second));
}

const httpDate = (time: string | number): string => new Date(time).toUTCString();
