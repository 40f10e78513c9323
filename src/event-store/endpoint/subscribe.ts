import { randomUUID } from 'node:crypto';
import { type EventStore, type Position, type StoredEvent, StreamNotFound, type Subscription } from '../event-store.js';
import { answers, type ReadAnswer } from './read-answers.js';
import type { ReadRequest } from './read-request.js';

/** Answers a subscription, until `signal`. */
export async function* subscribe(
  store: EventStore,
  request: ReadRequest,
  signal: AbortSignal,
): AsyncGenerator<ReadAnswer> {
  const { source, structuredIds } = request;
  const head = await newest(store);
  yield answers.confirmation(randomUUID());

  if (source.stream === undefined) {
    const { from, filter } = source;
    const after = from === 'start' ? undefined : from === 'end' ? head : from;
    let passed = 0;
    // The store is not given the filter: how far the subscription has come shows only in what is passed over.
    for await (const message of messages(open(store, after), signal)) {
      if (message.kind === 'caught-up') {
        yield answers.caughtUp();
        continue;
      }
      const { event } = message;
      if (!filter || filter.passes(event)) yield answers.event(event, structuredIds);
      if (!filter || ++passed < filter.checkpointInterval) continue;
      passed = 0;
      yield answers.checkpoint(event.position);
    }
    return;
  }

  // The port subscribes to all only: what the stream has is read, and what comes after the event that was the newest
  // of all before that is live. The revision tells what is in both.
  const { stream, from } = source;
  let last = from === 'start' || from === 'end' ? -1 : from;
  if (from !== 'end') {
    for await (const event of history(store, stream, last + 1)) {
      last = event.revision;
      yield answers.event(event, structuredIds);
    }
  }
  for await (const message of messages(open(store, head, [stream]), signal)) {
    if (message.kind === 'caught-up') yield answers.caughtUp();
    else if (message.event.stream === stream && message.event.revision > last) {
      yield answers.event(message.event, structuredIds);
    }
  }
}

function open(store: EventStore, after: Position | undefined, streamPrefixes?: readonly string[]): Subscription {
  return store.subscribeToAll({ ...(after === undefined ? {} : { after }), ...(streamPrefixes && { streamPrefixes }) });
}

/** What a subscription gives until `signal`, which ends it also while it waits. */
async function* messages(subscription: Subscription, signal: AbortSignal) {
  const close = () => void subscription.close();
  if (signal.aborted) close();
  signal.addEventListener('abort', close, { once: true });
  try {
    yield* subscription;
  } finally {
    signal.removeEventListener('abort', close);
  }
}

async function newest(store: EventStore): Promise<Position | undefined> {
  for await (const { position } of store.readAll({ direction: 'backwards', maxCount: 1 })) return position;
  return undefined;
}

/** A stream that does not exist yet has none. */
async function* history(store: EventStore, stream: string, fromRevision: number): AsyncGenerator<StoredEvent> {
  if (!Number.isSafeInteger(fromRevision)) return;
  try {
    yield* store.readStream(stream, { fromRevision });
  } catch (error) {
    if (!(error instanceof StreamNotFound)) throw error;
  }
}
