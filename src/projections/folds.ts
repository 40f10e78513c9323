import { LRUCache } from 'lru-cache';
import { type LedgerEvent, streamName } from '../domain/event.js';
import {
  citationsOf,
  foldSource,
  type HistoryQuery,
  type PairHistory,
  type RecordHistory,
  recordHistory,
  type SourceView,
} from '../domain/history/history.js';
import type { PairLookUp } from '../domain/history/diff.js';
import { recordView, type RecordView } from '../domain/history/record-view.js';
import type { Database } from '../event-store/embedded/sqlite.js';
import {
  atHand,
  eventsOf,
  lastPosition,
  pairSlice,
  sliceStreams,
  streamEvents,
  streamsOfPair,
  touchedStreams,
} from './history-index.js';

/** A record's fold and what it was folded from: each stream of the slice, with its last position then. */
interface Folded {
  readonly record: RecordHistory | undefined;
  readonly root: string;
  readonly from: readonly (readonly [stream: string, last: number])[];
  /** Position of the last event that it was folded from: it is the same from there on. */
  readonly since: number;
}

const folds = new WeakMap<Database, LRUCache<string, Folded>>();
/** Facts in all folds that are kept. */
const MAX_FACTS = 20_000;

function foldsOf(db: Database): LRUCache<string, Folded> {
  const known =
    folds.get(db) ??
    new LRUCache<string, Folded>({
      maxSize: MAX_FACTS,
      sizeCalculation: ({ record }) => 1 + (record?.facts.length ?? 0),
    });
  folds.set(db, known);
  return known;
}

/** Of all connections of this thread. */
export const foldLookups = { hits: 0, misses: 0 };

/** What was folded may have been rolled back. */
export const forgetFolds = (db: Database): void => void folds.delete(db);

/**
 * A record's fold: where it was merged, that of the record it was merged into; undefined where it is in no view.
 * A fold depends on its slice and on nothing else, so it is kept while each stream of the slice ends where it did.
 */
export function foldRecordAt(db: Database, stream: string, query: HistoryQuery, knownAt: number): Folded {
  const key = `${stream} ${query.asOf} ${query.minimumStanding}`;
  const { records, sources } = sliceStreams(db, [stream], knownAt);
  const from = [...records, ...sources].map((s) => [s, lastPosition(db, s, knownAt)] as const);
  const known = foldsOf(db).get(key);
  if (
    known?.from.length === from.length &&
    known.from.every(([s, last], i) => s === from[i]![0] && last === from[i]![1])
  ) {
    foldLookups.hits += 1;
    return known;
  }
  foldLookups.misses += 1;
  const sourceOf = (id: string) => sourceViewAt(db, id, knownAt);
  const { root, record } = recordHistory(stream, eventsOf(db, records, knownAt), sourceOf, query);
  const since = Math.max(...from.map(([, last]) => last));
  const folded: Folded = { record, root, from, since };
  foldsOf(db).set(key, folded);
  return folded;
}

/** Of the events of a source as they are kept in memory: many records cite it. */
const sourceViews = new WeakMap<readonly LedgerEvent[], SourceView>();

function sourceViewAt(db: Database, sourceId: string, knownAt: number): SourceView {
  const events = streamEvents(db, streamName('source', sourceId), knownAt);
  const known = sourceViews.get(events) ?? foldSource(sourceId, events);
  sourceViews.set(events, known);
  return known;
}

/** A record's view. Undefined where it is in none: not recorded by then, or its opener retracted. */
export const recordViewAt = (
  db: Database,
  stream: string,
  query: HistoryQuery,
  knownAt: number,
): RecordView | undefined => {
  const { record } = foldRecordAt(db, stream, query, knownAt);
  return record && recordView(record);
};

/** What a pair's history is put together from. */
interface Parts {
  readonly fold: (stream: string) => Folded;
  readonly source: (sourceId: string) => SourceView;
}

const partsAt = (db: Database, query: HistoryQuery, knownAt: number): Parts => ({
  fold: (stream) => foldRecordAt(db, stream, query, knownAt),
  source: (sourceId) => sourceViewAt(db, sourceId, knownAt),
});

/**
 * A pair's history, put together from the folds of its records: equal to folding the pair's slice as a whole.
 * It is the same from `since` on, the position of the last event of the slice.
 */
export function pairHistoryAt(
  db: Database,
  pair: string,
  query: HistoryQuery,
  knownAt: number,
  { fold, source }: Parts = partsAt(db, query, knownAt),
): PairHistory & { readonly since: number } {
  let since = 0;
  const records = new Map<string, RecordHistory>();
  const sources = new Map<string, SourceView>();
  for (const stream of atHand(db, streamsOfPair(db, pair, knownAt), knownAt)) {
    const { record, ...folded } = fold(stream);
    since = Math.max(since, folded.since);
    if (!record || records.has(record.stream)) continue;
    records.set(record.stream, record);
    for (const { sourceId } of record.facts.flatMap((f) => citationsOf(f.curated))) {
      if (!sources.has(sourceId)) sources.set(sourceId, source(sourceId));
    }
  }
  return { ...query, records, sources, since };
}

/** How the difference of two points is looked up. */
export const pairLookUp = (
  db: Database,
  about: Pick<PairLookUp, 'pair' | 'minimumStanding' | 'dormantAfterMonths'>,
): PairLookUp => ({
  ...about,
  sliceAt: (knownAt) => pairSlice(db, about.pair, knownAt),
  historyAt: walkingHistoryAt(db, about.pair),
});

/** For walks along the known axis: from one position to the next only what was touched between is folded anew. */
function walkingHistoryAt(db: Database, pair: string): PairLookUp['historyAt'] {
  const whole = pairSlice(db, pair, Number.MAX_SAFE_INTEGER);
  const folds = new Map<string, Folded>();
  const sources = new Map<string, SourceView>();
  let last: { readonly question: string; readonly knownAt: number } | undefined;
  return (query, knownAt) => {
    const question = `${query.asOf} ${query.minimumStanding}`;
    if (last?.question !== question) {
      folds.clear();
      sources.clear();
    }
    const [low, high] = [knownAt, last?.knownAt ?? 0].sort((a, b) => a - b) as [number, number];
    const passed = whole.filter(({ position }) => position > low && position <= high);
    for (const stream of folds.size === 0 ? [] : touchedStreams(db, passed)) {
      folds.delete(stream);
      sources.delete(stream);
    }
    last = { question, knownAt };
    const { fold, source } = partsAt(db, query, knownAt);
    return pairHistoryAt(db, pair, query, knownAt, {
      fold: (stream) => kept(folds, stream, () => fold(stream)),
      source: (sourceId) => kept(sources, streamName('source', sourceId), () => source(sourceId)),
    });
  };
}

function kept<V>(known: Map<string, V>, key: string, make: () => V): V {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
