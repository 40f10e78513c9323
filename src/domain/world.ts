import { curate } from './curation/curate.js';
import type { LinkedRecord, PartyView, World } from './decision.js';
import { type LedgerEvent, streamName } from './event.js';
import { foldSource, opened, partiesOfRecord, type SourceView } from './history/history.js';
import { foldParty } from './party/fold-party.js';
import { builtInParty } from './party/iso-3166.js';
import type { Reference } from './shape/references.js';
import type { Day } from './values/day.js';
import { pairsAmong } from './values/pair.js';

/** The streams that tell about what is named, each once. */
export const streamsNamed = (references: readonly Reference[]): string[] => [
  ...new Set(
    references.flatMap(({ kind, id }) => {
      if (kind === 'area') return [];
      return [streamName(kind === 'member' || kind === 'own' ? 'party' : kind, id)];
    }),
  ),
];

/** The stream that a record was merged into. */
export function mergedInto(stream: string, events: readonly LedgerEvent[]): string | undefined {
  const into = curate(events).merges.get(stream);
  return into === undefined ? undefined : streamName(stream.slice(0, stream.indexOf('-')) as 'visit', into);
}

/**
 * What a decision needs to know, from the streams of what its command names.
 * @param streams events by stream: of what is named, and of the records that these were merged into
 */
export function worldOf(
  references: readonly Reference[],
  streams: ReadonlyMap<string, readonly LedgerEvent[]>,
  today: Day,
): World {
  const sources = new Map<string, SourceView>();
  const parties = new Map<string, PartyView>();
  const records = new Map<string, LinkedRecord>();
  const eventsOf = (stream: string) => streams.get(stream) ?? [];
  const mergesOf = (stream: string): string[] => {
    const chain = [stream];
    for (let next = mergedInto(stream, eventsOf(stream)); next !== undefined && !chain.includes(next);) {
      chain.push(next);
      next = mergedInto(next, eventsOf(next));
    }
    return chain.slice(1);
  };
  const addRecord = (stream: string): void => {
    const curated = curate(eventsOf(stream));
    if (!opened(stream, curated.facts)) return;
    records.set(stream, {
      pairs: pairsAmong(partiesOfRecord(stream, curated)),
      mergedInto: mergesOf(stream),
    });
  };
  for (const { kind, id } of references) {
    if (kind === 'area') continue;
    if (kind === 'source') {
      const events = eventsOf(streamName('source', id));
      if (events.length > 0) sources.set(id, foldSource(id, events));
    } else if (kind === 'party' || kind === 'member' || kind === 'own') {
      const registered: PartyView | undefined = foldParty(id, eventsOf(streamName('party', id)));
      if (registered) parties.set(id, registered);
      else if (builtInParty(id)) parties.set(id, {});
    } else {
      addRecord(streamName(kind, id));
    }
  }
  return { today, named: references, sources, parties, records };
}
