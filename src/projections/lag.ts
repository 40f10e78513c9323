import { LEDGER_STREAMS } from '../domain/event.js';
import type { EventFeed, Position } from '../event-store/event-store.js';

/** How far a projection, or a group of consumers, is behind the store. */
export interface Lag {
  /** Events that it does not hold; {@link MAX_COUNTED} stands for so many or more. */
  readonly events: number;
  /** Since the first of them was written. */
  readonly seconds: number;
}

/** Counted at most, for they are read: a store does not tell how many there are. */
export const MAX_COUNTED = 1000;

/**
 * @param token of the last event that it holds; null before the first
 * @param streamPrefixes of what it is for
 * @throws StoreUnavailable
 */
export async function lagBehind(
  feed: EventFeed,
  token: Position | null,
  now: Date,
  streamPrefixes: readonly string[] = LEDGER_STREAMS,
): Promise<Lag> {
  let events = 0;
  let first: string | undefined;
  const from = token === null ? {} : { fromPosition: token };
  for await (const event of feed.readAll({ ...from, streamPrefixes, maxCount: MAX_COUNTED + 1 })) {
    if (event.position === token || events === MAX_COUNTED) continue;
    first ??= event.created;
    events += 1;
  }
  return { events, seconds: first === undefined ? 0 : Math.max(0, (now.getTime() - Date.parse(first)) / 1000) };
}
