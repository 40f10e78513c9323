import type { HistoryQuery } from '../domain/history/history.js';
import { type RelationshipStatus, relationshipStatus } from '../domain/relationship/status.js';
import type { Database } from '../event-store/embedded/sqlite.js';
import { pairHistoryAt } from './folds.js';
import { pairsOf } from './history-index.js';
import type { Projection } from './projection.js';
import { checkpointOf } from './read-model.js';
import { deleteWhere, insertRows } from './rows.js';

const NAME = 'relationships';

/** The status of a pair, ready or folded. */
export function relationshipAt(
  db: Database,
  pair: string,
  query: HistoryQuery,
  knownAt: number,
  dormantAfterMonths: number,
): RelationshipStatus {
  return (
    ready(db, pair, query, knownAt) ??
    relationshipStatus(pairHistoryAt(db, pair, query, knownAt), pair, dormantAfterMonths)
  );
}

/** What is kept answers one question, from its position on; where the projection stands still, nothing of what came after. */
function ready(db: Database, pair: string, query: HistoryQuery, knownAt: number): RelationshipStatus | undefined {
  if (query.minimumStanding !== 'claimed' || checkpointOf(db, NAME).position < knownAt) return undefined;
  const row = db
    .prepare('SELECT view FROM relationship_view WHERE pair = ? AND as_of = ? AND position <= ?')
    .get<{ view: string }>(pair, query.asOf, knownAt);
  return row && (JSON.parse(row.view) as RelationshipStatus);
}

/**
 * The status of each relationship, kept ready for the question that is asked most: as of today, all that is known,
 * whatever stands. A row holds for the day it was computed for, from its position on; any other question folds the slice.
 * A pair's fold is of all its records, whichever of them was written to: so a batch only takes the row away, and the pair
 * is folded when it is asked about, or when there is time, for all that came.
 */
export const relationshipViews = (dormantAfterMonths: number): Projection => ({
  name: NAME,
  version: '4',
  revision: `dormant after ${dormantAfterMonths}`,
  tables: ['relationship_view', 'relationship_stale'],
  schema: `
    CREATE TABLE IF NOT EXISTS relationship_view (
      pair TEXT PRIMARY KEY, as_of TEXT NOT NULL, position INTEGER NOT NULL, view TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS relationship_stale (pair TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;`,
  apply(db, batch) {
    const pairs = [...pairsOf(db, batch.touched())];
    deleteWhere(db, 'relationship_view', 'pair', pairs);
    insertRows(
      db,
      'OR IGNORE INTO relationship_stale',
      ['pair'],
      pairs.map((pair) => [pair]),
    );
  },
  settle(db, { today, position }) {
    const stale = db.prepare('SELECT pair FROM relationship_stale LIMIT 1').get<{ pair: string }>();
    if (!stale) return false;
    const { pair } = stale;
    const query: HistoryQuery = { asOf: today, minimumStanding: 'claimed' };
    const history = pairHistoryAt(db, pair, query, position);
    const status = relationshipStatus(history, pair, dormantAfterMonths);
    db.prepare('INSERT OR REPLACE INTO relationship_view (pair, as_of, position, view) VALUES (?, ?, ?, ?)').run(
      pair,
      today,
      history.since,
      JSON.stringify(status),
    );
    db.prepare('DELETE FROM relationship_stale WHERE pair = ?').run(pair);
    return true;
  },
});
