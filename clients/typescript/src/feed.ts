import { jsonLines } from './json-lines.js';
import { mayPass, type Patience, waitOut, Watch } from './patience.js';
import { problemOf } from './problem.js';
import type { CloudEvent, FeedLine } from './shapes.js';

/** How the feed goes on: an event, or only that all up to a position was told. */
export interface FeedStep {
  /** Keep it when the step is handled, and begin `after` it another time. */
  readonly position: string;
  /** Null where the position moves on without an event of the filter. */
  readonly event: CloudEvent | null;
  /** Whether everything that was recorded when the feed began, or began again, has been told. */
  readonly caughtUp: boolean;
}

export interface FeedOptions {
  /** Ends the feed. */
  readonly signal?: AbortSignal;
}

/** What the feed needs of its client. */
export interface FeedContext {
  readonly fetch: typeof fetch;
  readonly patience: Patience;
  /** How long nothing may come, heartbeats included, before the connection is taken for lost, in milliseconds. */
  readonly silenceMs: number;
  readonly urlAfter: (position: string) => string;
}

/** One connection, until it is lost. @throws MithaqProblem, where the ledger answers with one */
async function* connection(url: string, { fetch, silenceMs }: FeedContext, signal?: AbortSignal) {
  const watch = new Watch(silenceMs, signal);
  try {
    const request = { headers: { Accept: 'application/x-ndjson' }, signal: watch.signal };
    const response = await watch.over(fetch(url, request));
    if (!response.ok) throw await watch.over(problemOf(response));
    yield* jsonLines(chunksOf(response.body!, watch)) as AsyncGenerator<CloudEvent | FeedLine, void, undefined>;
  } finally {
    watch.end();
  }
}

async function* chunksOf(body: ReadableStream<Uint8Array>, watch: Watch) {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await watch.over(reader.read());
    if (done) return;
    yield value;
  }
}

/**
 * Every event after a position, once and in order, over as many connections as it takes. It ends by the signal, and
 * throws what trying again will not mend.
 * @param position where it begins
 */
export async function* follow(
  position: string,
  context: FeedContext,
  signal?: AbortSignal,
): AsyncGenerator<FeedStep, void, undefined> {
  for (let failures = 0; ;) {
    let lost: unknown = new Error('The feed ended');
    let caughtUp = false;
    try {
      for await (const message of connection(context.urlAfter(position), context, signal)) {
        if (signal?.aborted) return;
        const event = 'specversion' in message ? message : null;
        const told = 'feed' in message ? message.feed : 'event';
        if ('reason' in message) lost = new Error(`The feed ended: ${message.code}, ${message.reason}`);
        if ('position' in message) position = message.position;
        if (told === 'opened' || told === 'dropped') continue;
        // A connection that caught up and was lost at once has not shown yet that it holds.
        if (told !== 'caught-up') failures = 0;
        caughtUp ||= told === 'caught-up';
        yield { position, event, caughtUp };
      }
    } catch (error) {
      if (signal?.aborted) return;
      if (!mayPass(error)) throw error;
      lost = error;
    }
    failures += 1;
    await waitOut(lost, failures, context.patience, signal).catch(() => undefined);
    if (signal?.aborted) return;
  }
}
