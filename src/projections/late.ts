import { isCuration } from '../domain/curation/events.js';
import type { HistoryQuery } from '../domain/history/history.js';
import { type Lateness, lateness } from '../domain/history/late.js';
import { factOfRecord, factTold, recordTold, type WorkItem } from '../domain/worklists/work-item.js';
import type { Database } from '../event-store/embedded/sqlite.js';
import { foldRecordAt } from './folds.js';
import { eventsBefore } from './history-index.js';

/** A fact that was recorded late, with its record. */
export interface LateItem extends Omit<WorkItem, 'key'> {
  readonly lateBy: Lateness;
}

export interface LateQuestion {
  readonly query: HistoryQuery;
  readonly knownAt: number;
  /** Recorded more than so many days after it happened, for certain. */
  readonly days: number;
  readonly pair: string | undefined;
  readonly party: string | undefined;
  /** The position to go on before. */
  readonly before: number;
  readonly limit: number;
}

export interface LatePage {
  readonly items: readonly LateItem[];
  /** The position to go on before; null at the end. */
  readonly next: number | null;
}

/** Events read at once. */
const STEP = 500;
/** Events looked at for a page: one that is short may have a next. */
const MAX_LOOKED_AT = 10_000;

/**
 * What was recorded late, the newest first: facts that stand and had happened. It yields between events, for whoever has
 * others waiting.
 */
export function* latePage(db: Database, question: LateQuestion): Generator<undefined, LatePage> {
  const items: LateItem[] = [];
  let { before } = question;
  for (let looked = 0; looked < MAX_LOOKED_AT;) {
    const events = eventsBefore(db, before, STEP);
    for (const { id, stream, type, position } of events) {
      const item = isCuration(type) ? undefined : lateItem(db, stream, id, question);
      if (item && items.length === question.limit) return { items, next: before };
      if (item) items.push(item);
      before = position;
      yield;
    }
    if (events.length < STEP) return { items, next: null };
    looked += events.length;
  }
  return { items, next: before };
}

function lateItem(db: Database, stream: string, eventId: string, question: LateQuestion): LateItem | undefined {
  const { query, knownAt, days, pair, party } = question;
  const { record } = foldRecordAt(db, stream, query, knownAt);
  const fact = record && factOfRecord(record, eventId);
  if (fact?.when !== 'happened') return undefined;
  const asked =
    (pair === undefined || record!.pairs.includes(pair)) && (party === undefined || record!.parties.includes(party));
  const lateBy = lateness(fact);
  return asked && lateBy.atLeast > days ? { ...recordTold(record!), ...factTold(fact), lateBy } : undefined;
}
