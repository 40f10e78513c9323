import { type EventStore, StreamNotFound, type StoredEvent } from '../event-store.js';
import { answers, type ReadAnswer } from './read-answers.js';
import type { ReadRequest, Source } from './read-request.js';

type StreamSource = Extract<Source, { stream: string }>;
type AllSource = Exclude<Source, StreamSource>;

/** Answers a read that ends. A filter may let little through: `signal` ends also the search. */
export async function* read(
  store: EventStore,
  request: ReadRequest,
  count: number,
  signal: AbortSignal,
): AsyncGenerator<ReadAnswer> {
  if (count === 0) return;
  const { source, direction, structuredIds } = request;
  const found =
    source.stream === undefined
      ? readAll(store, source, direction, count, signal)
      : readStream(store, source, direction, count);
  try {
    for await (const event of found) yield answers.event(event, structuredIds);
  } catch (error) {
    if (!(error instanceof StreamNotFound)) throw error;
    yield answers.streamNotFound(error.stream);
  }
}

function readStream(
  store: EventStore,
  { stream, from }: StreamSource,
  direction: 'forwards' | 'backwards',
  maxCount: number,
): AsyncIterable<StoredEvent> {
  const fromRevision = from === 'start' ? 0 : from === 'end' ? Number.MAX_SAFE_INTEGER : from;
  return store.readStream(stream, { direction, fromRevision, maxCount });
}

async function* readAll(
  store: EventStore,
  { from, filter }: AllSource,
  direction: 'forwards' | 'backwards',
  count: number,
  signal: AbortSignal,
): AsyncGenerator<StoredEvent> {
  // Before the first event and after the last there is nothing.
  if (from === (direction === 'forwards' ? 'end' : 'start')) return;
  const found = store.readAll({
    direction,
    ...(from === 'start' || from === 'end' ? {} : { fromPosition: from }),
    ...(filter?.streamPrefixes ? { streamPrefixes: filter.streamPrefixes } : {}),
    ...(filter ? {} : { maxCount: count }),
  });
  let left = count;
  for await (const event of found) {
    signal.throwIfAborted();
    if (filter && !filter.passes(event)) continue;
    yield event;
    if (--left === 0) return;
  }
}
