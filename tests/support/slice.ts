import { curate } from '../../src/domain/curation/curate.js';
import { isCuration } from '../../src/domain/curation/events.js';
import { type LedgerEvent, parseStream } from '../../src/domain/event.js';
import { partiesOfRecord } from '../../src/domain/history/history.js';
import { mergedInto } from '../../src/domain/world.js';
import { type Pair, pairsAmong } from '../../src/domain/values/pair.js';

/** Whether a record belonged to the pair after any of its events. */
const everBelonged = (stream: string, events: readonly LedgerEvent[], pair: Pair) =>
  events.some((_, i) => pairsAmong(partiesOfRecord(stream, curate(events.slice(0, i + 1)))).includes(pair));

/** The id that an event merges its record into. */
const intoOf = (e: LedgerEvent) => mergedInto(e.stream, [e]);

/**
 * A pair's slice of the log: every event of the records that at any position belonged to the pair, of what was merged
 * with one of them, and of the sources that their evidence cites. Slow and plain, for tests.
 */
export function sliceOf(events: readonly LedgerEvent[], pair: Pair): LedgerEvent[] {
  const belonged = (stream: string) => {
    const own = events.filter((e) => e.stream === stream);
    return everBelonged(stream, own, pair);
  };
  const streams = new Set([...new Set(events.map((e) => e.stream))].filter(belonged));
  for (let before = -1; before < streams.size;) {
    before = streams.size;
    for (const e of events) {
      const into = intoOf(e);
      if (into === undefined || !(streams.has(e.stream) || streams.has(into))) continue;
      streams.add(e.stream);
      streams.add(into);
    }
  }
  const cited = new Set(
    events.filter((e) => streams.has(e.stream)).flatMap((e) => e.body.evidence.map((c) => `source-${c.sourceId}`)),
  );
  return events.filter((e) => streams.has(e.stream) || cited.has(e.stream));
}

/** Every pair that the log's events may be about. */
export const pairsIn = (events: readonly LedgerEvent[]): Pair[] => {
  const streams = [...new Set(events.filter((e) => !isCuration(e.type)).map((e) => e.stream))];
  const pairs = streams
    .filter((s) => parseStream(s))
    .flatMap((s) => {
      const own = events.filter((e) => e.stream === s);
      return own.flatMap((_, i) => pairsAmong(partiesOfRecord(s, curate(own.slice(0, i + 1)))));
    });
  return [...new Set(pairs)].sort();
};
