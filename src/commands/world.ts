import { curate } from '../domain/curation/curate.js';
import type { LinkedRecord, PartyView, World } from '../domain/decision.js';
import { type Category, streamName } from '../domain/event.js';
import { foldSource, opened, partiesOfRecord, type SourceView } from '../domain/history/history.js';
import { builtInParty } from '../domain/party/iso-3166.js';
import { foldParty } from '../domain/party/fold-party.js';
import type { Reference } from '../domain/shape/references.js';
import type { Day } from '../domain/values/day.js';
import { pairsAmong } from '../domain/values/pair.js';
import type { StreamCache } from './stream-cache.js';

/** Looks up what a command names, from the streams themselves: a view may lag behind what was just recorded. */
export async function lookUp(references: readonly Reference[], streams: StreamCache, today: Day): Promise<World> {
  const sources = new Map<string, SourceView>();
  const parties = new Map<string, PartyView>();
  const records = new Map<string, LinkedRecord>();
  for (const { kind, id } of references) {
    switch (kind) {
      case 'area':
        break;
      case 'source': {
        const { events } = await streams.get(streamName('source', id));
        if (events.length > 0) sources.set(id, foldSource(id, events));
        break;
      }
      case 'party':
      case 'member': {
        const { events } = await streams.get(streamName('party', id));
        const party = foldParty(id, events) ?? builtInParty(id);
        if (party) parties.set(id, party);
        break;
      }
      default:
        await addRecord(kind, id, streams, records);
    }
  }
  return { today, sources, parties, records };
}

/** The record, and those it was merged into. */
async function addRecord(kind: Category, id: string, streams: StreamCache, records: Map<string, LinkedRecord>) {
  for (let next: string | undefined = streamName(kind, id); next !== undefined && !records.has(next); ) {
    const stream: string = next;
    const curated = curate((await streams.get(stream)).events);
    if (!opened(stream, curated.facts)) return;
    const into = curated.merges.get(stream);
    next = into === undefined ? undefined : streamName(kind, into);
    records.set(stream, { pairs: pairsAmong(partiesOfRecord(stream, curated)), mergedInto: next });
  }
}
