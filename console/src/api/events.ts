import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type EventCategory } from '../time/search';
import { ledger } from './ledger';
import type { LedgerEvent } from './records';

/** Events that are asked for together. */
const PAGE = 100;

/**
 * An event by its position. Those around it are asked for with it, once for all who ask.
 * @param end the last position that is recorded; the page of it is asked for again as it moves
 */
export function useEvent(position: number, end: number, enabled = true): LedgerEvent | undefined {
  const after = Math.floor((position - 1) / PAGE) * PAGE;
  const knownAt = String(Math.min(after + PAGE, end));
  const { data } = useQuery({
    queryKey: ['/v1/events', { after: String(after), knownAt }],
    queryFn: ({ signal }) => ledger.get('/v1/events', { after: String(after), limit: PAGE, knownAt }, { signal }),
    enabled: enabled && position >= 1 && position <= end,
    // What is recorded stays: the page as it was before the last event still tells of those before.
    placeholderData: (before) => before,
  });
  return data?.events.find((event) => event.position === position);
}

export interface EventFilter {
  readonly category: EventCategory | undefined;
  readonly pair: string | undefined;
}

/** How many are told together while the feed catches up. */
const BATCH = 500;

/** Every event of a filter as the feed tells it, and goes on to tell; undefined where there is no filter. */
export function useFilteredEvents({ category, pair }: EventFilter) {
  const key = category === undefined && pair === undefined ? undefined : `${category} ${pair}`;
  const [told, setTold] = useState<{ key?: string; events: readonly LedgerEvent[]; caughtUp: boolean }>();
  useEffect(() => {
    if (key === undefined) return undefined;
    const end = new AbortController();
    const filter = { ...(category && { category: [category] }), ...(pair !== undefined && { pair: [pair] }) };
    const events: LedgerEvent[] = [];
    const follow = async () => {
      for await (const { event, caughtUp } of ledger.events(filter, { signal: end.signal })) {
        if (event !== null) events.push(event.data);
        if (caughtUp || events.length % BATCH === 0) setTold({ key, events: [...events], caughtUp });
      }
    };
    // What trying again does not mend: there is no such pair, say. Then nothing is told.
    follow().catch(() => setTold({ key, events: [], caughtUp: true }));
    return () => end.abort();
  }, [key, category, pair]);
  if (key === undefined) return undefined;
  return told?.key === key ? told : { events: [], caughtUp: false };
}
