import { type Category, plural } from '../domain/event.js';
import type { HistoryQuery } from '../domain/history/history.js';
import { recordView, type RecordView } from '../domain/history/record-view.js';
import { type RelationshipStatus, relationshipStatus } from '../domain/relationship/status.js';
import type { Database } from '../event-store/embedded/sqlite.js';
import { foldRecordAt, pairHistoryAt } from './folds.js';
import { pairsOf } from './history-index.js';
import type { Batch, Projection } from './projection.js';
import { checkpointOf } from './read-model.js';

/**
 * The views: folds kept ready for the question that is asked most, "as of today, all that is known, whatever stands".
 * A row holds for the day it was computed for, from its position until its next; any other question folds the slice.
 */
const viewTable = (table: string) => `
  CREATE TABLE IF NOT EXISTS ${table} (
    key TEXT PRIMARY KEY, as_of TEXT NOT NULL, position INTEGER NOT NULL, view TEXT NOT NULL) STRICT, WITHOUT ROWID;`;

function keep(
  db: Database,
  table: string,
  key: string,
  { today, position }: Pick<Batch, 'today' | 'position'>,
  view: object | undefined,
): void {
  if (view === undefined) {
    db.prepare(`DELETE FROM ${table} WHERE key = ?`).run(key);
    return;
  }
  db.prepare(`INSERT OR REPLACE INTO ${table} (key, as_of, position, view) VALUES (?, ?, ?, ?)`).run(
    key,
    today,
    position,
    JSON.stringify(view),
  );
}

function kept<V>(
  db: Database,
  { name, table }: { readonly name: string; readonly table: string },
  key: string,
  query: HistoryQuery,
  knownAt: number,
): V | undefined {
  // Where the projection stands still, its rows say nothing of what came after.
  if (query.minimumStanding !== 'claimed' || checkpointOf(db, name).position < knownAt) return undefined;
  const row = db
    .prepare(`SELECT view FROM ${table} WHERE key = ? AND as_of = ? AND position <= ?`)
    .get<{ view: string }>(key, query.asOf, knownAt);
  return row && (JSON.parse(row.view) as V);
}

const recordTable = (category: Category) => `${category}_view`;
const RELATIONSHIPS = { name: 'relationships', table: 'relationship_view' };

/** A record's view, ready or folded. Undefined where it is in no view: not recorded by then, or its opener retracted. */
export const recordViewAt = (
  db: Database,
  category: Category,
  stream: string,
  query: HistoryQuery,
  knownAt: number,
): RecordView | undefined => {
  const ready = kept<RecordView>(db, { name: plural(category), table: recordTable(category) }, stream, query, knownAt);
  if (ready) return ready;
  const { record } = foldRecordAt(db, stream, query, knownAt);
  return record && recordView(record);
};

/** The view of each record of a category. */
export const recordViews = (category: Category): Projection => ({
  name: plural(category),
  version: '2',
  tables: [recordTable(category)],
  schema: viewTable(recordTable(category)),
  apply(db, batch) {
    const query: HistoryQuery = { asOf: batch.today, minimumStanding: 'claimed' };
    for (const stream of batch.touched()) {
      if (!stream.startsWith(`${category}-`)) continue;
      const { record } = foldRecordAt(db, stream, query, batch.position);
      keep(db, recordTable(category), stream, batch, record && recordView(record));
    }
  },
});

/** The status of a pair, ready or folded. */
export const relationshipAt = (
  db: Database,
  pair: string,
  query: HistoryQuery,
  knownAt: number,
  dormantAfterMonths: number,
): RelationshipStatus =>
  kept<RelationshipStatus>(db, RELATIONSHIPS, pair, query, knownAt) ??
  relationshipStatus(pairHistoryAt(db, pair, query, knownAt), pair, dormantAfterMonths);

/** Pairs folded in one transaction, when there is time. */
const SETTLED_AT_ONCE = 10;

/**
 * The status of each relationship. A pair's fold is of all its records, whichever of them was written to: so a batch
 * only takes the row away, and the pair is folded when it is asked about, or when there is time, for all that came.
 */
export const relationshipViews = (dormantAfterMonths: number): Projection => ({
  name: RELATIONSHIPS.name,
  version: `3, dormant after ${dormantAfterMonths}`,
  tables: [RELATIONSHIPS.table, 'relationship_stale'],
  schema: `${viewTable(RELATIONSHIPS.table)}
    CREATE TABLE IF NOT EXISTS relationship_stale (pair TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;`,
  apply(db, batch) {
    for (const pair of pairsOf(db, batch.touched())) {
      db.prepare(`DELETE FROM ${RELATIONSHIPS.table} WHERE key = ?`).run(pair);
      db.prepare('INSERT OR IGNORE INTO relationship_stale (pair) VALUES (?)').run(pair);
    }
  },
  settle(db, at) {
    const query: HistoryQuery = { asOf: at.today, minimumStanding: 'claimed' };
    const stale = db.prepare('SELECT pair FROM relationship_stale LIMIT ?').all<{ pair: string }>(SETTLED_AT_ONCE);
    for (const { pair } of stale) {
      const status = relationshipStatus(pairHistoryAt(db, pair, query, at.position), pair, dormantAfterMonths);
      keep(db, RELATIONSHIPS.table, pair, at, status);
      db.prepare('DELETE FROM relationship_stale WHERE pair = ?').run(pair);
    }
    return stale.length === SETTLED_AT_ONCE;
  },
});
