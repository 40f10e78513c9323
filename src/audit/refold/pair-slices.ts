import { curate } from '../../domain/curation/curate.js';
import { type LedgerEvent, streamName } from '../../domain/event.js';
import { mayChangeParties, partiesOfRecord } from '../../domain/history/history.js';
import { type Pair, pairsAmong } from '../../domain/values/pair.js';
import { mergedInto } from '../../domain/world.js';

/**
 * Which events each pair's status is told from: those of the records that at any position belonged to the pair, of what
 * was merged with one of them, and of the sources that these cite. Made of the events alone, and of no index.
 */
export class PairSlices {
  readonly #events = new Map<string, LedgerEvent[]>();
  readonly #streams = new Map<Pair, Set<string>>();
  /** Stream → those that it was merged into, or that were merged into it. */
  readonly #merged = new Map<string, Set<string>>();

  /** @param events all of the ledger, in their order */
  constructor(events: Iterable<LedgerEvent>) {
    for (const event of events) {
      const own = this.#events.get(event.stream) ?? [];
      this.#events.set(event.stream, own);
      own.push(event);
      const into = event.type === 'RecordMerged' ? mergedInto(event.stream, [event]) : undefined;
      if (into !== undefined) this.#merge(event.stream, into);
      if (!mayChangeParties(event)) continue;
      for (const pair of pairsAmong(partiesOfRecord(event.stream, curate(own)))) {
        this.#streams.set(pair, (this.#streams.get(pair) ?? new Set()).add(event.stream));
      }
    }
  }

  get pairs(): Pair[] {
    return [...this.#streams.keys()].sort();
  }

  /** A pair's events, in their order. */
  of(pair: Pair): LedgerEvent[] {
    const streams = new Set(this.#streams.get(pair));
    // A Set grows under its own iteration, so this follows chains of merges to their end.
    for (const stream of streams) for (const other of this.#merged.get(stream) ?? []) streams.add(other);
    const records = [...streams].flatMap((stream) => this.#events.get(stream) ?? []);
    const cited = records.flatMap(({ body }) => body.evidence.map(({ sourceId }) => streamName('source', sourceId)));
    const sources = [...new Set(cited)].filter((source) => !streams.has(source));
    return [...records, ...sources.flatMap((source) => this.#events.get(source) ?? [])].sort(
      (a, b) => a.position - b.position,
    );
  }

  #merge(stream: string, into: string): void {
    this.#merged.set(stream, (this.#merged.get(stream) ?? new Set()).add(into));
    this.#merged.set(into, (this.#merged.get(into) ?? new Set()).add(stream));
  }
}
