import { type ClientOptions, MithaqClient } from '@mithaq/client';

/** What was asked of it. */
export interface Asked {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly signal: AbortSignal;
}

type Answer = (asked: Asked, n: number) => Response | Promise<Response>;

/** A client of answers that a test makes up, which waits for nothing; what it asked, and how long it would have waited. */
export function clientOf(answer: Answer, options: Partial<ClientOptions> = {}) {
  const asked: Asked[] = [];
  const waits: number[] = [];
  const fetch = (input: unknown, { method = 'GET', headers, signal }: RequestInit = {}) => {
    const own = { url: new URL(input as string), method, headers: new Headers(headers), signal: signal! };
    asked.push(own);
    const n = asked.length;
    // Who asks for ever has gone wrong, and gets no more answers: the test ends by its time.
    if (asked.length > 100) return new Promise<Response>(() => undefined);
    return Promise.resolve().then(() => answer(own, n));
  };
  const sleep = (ms: number, signal?: AbortSignal) => {
    waits.push(ms);
    return Promise.resolve().then(() => signal?.throwIfAborted());
  };
  const client = new MithaqClient({ url: 'http://ledger.invalid/', fetch, sleep, random: () => 0.5, ...options });
  return { client, asked, waits };
}

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

export const problem = (status: number, more: object = {}, headers: Record<string, string> = {}): Response =>
  json({ type: '/problems/x', title: 'A title', status, detail: 'why', instance: 'urn:request:1', ...more }, status, {
    'content-type': 'application/problem+json; charset=utf-8',
    ...headers,
  });

/** Lines of the feed, in such chunks; after them the connection is cut unless it is to end. */
export function lines(chunks: readonly Uint8Array[], cut = false): Response {
  const left = [...chunks];
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    const chunk = left.shift();
    if (chunk) controller.enqueue(chunk);
    else if (cut) controller.error(new TypeError('terminated'));
    else controller.close();
  };
  return new Response(new ReadableStream({ pull }), { headers: { 'content-type': 'application/x-ndjson' } });
}
