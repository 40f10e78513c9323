import type { HistoryQuery } from '../domain/history/history.js';
import { type RelationshipStatus, relationshipStatus } from '../domain/relationship/status.js';
import type { Database } from '../event-store/embedded/sqlite.js';
import { pairHistoryAt } from './folds.js';
import { pairsOf } from './history-index.js';
import type { Batch, Projection } from './projection.js';
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
 * A pair's fold is of all its records, whichever of them was written to: so where it has others than a batch touches, that
 * only takes the row away, and the pair is folded when it is asked about, or when there is time, for all that came.
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
    const touched = batch.touched();
    const pairs = [...pairsOf(db, touched)];
    // Where all records of a pair are folded for this batch anyway, it is told at once: they would have to be read again.
    const whole = wholePairs(db, pairs, touched, batch.events.length);
    const others = pairs.filter((pair) => !whole.has(pair));
    deleteWhere(db, 'relationship_view', 'pair', others);
    insertRows(
      db,
      'OR IGNORE INTO relationship_stale',
      ['pair'],
      others.map((pair) => [pair]),
    );
    keep(db, [...whole], batch, dormantAfterMonths);
  },
  settle(db, at) {
    const pairs = stalePairs(db);
    keep(db, pairs, at, dormantAfterMonths);
    return pairs.length > 0;
  },
});

/** Makes the status of these pairs ready. */
function keep(
  db: Database,
  pairs: readonly string[],
  { today, position }: Pick<Batch, 'today' | 'position'>,
  dormantAfterMonths: number,
): void {
  const query: HistoryQuery = { asOf: today, minimumStanding: 'claimed' };
  insertRows(
    db,
    'OR REPLACE INTO relationship_view',
    ['pair', 'as_of', 'position', 'view'],
    pairs.map((pair) => {
      const history = pairHistoryAt(db, pair, query, position);
      return [pair, today, history.since, JSON.stringify(relationshipStatus(history, pair, dormantAfterMonths))];
    }),
  );
  deleteWhere(db, 'relationship_stale', 'pair', pairs);
}

/** Those of these pairs that have no records beyond these. @param limit as a single event may touch many pairs */
const wholePairs = (db: Database, pairs: readonly string[], records: ReadonlySet<string>, limit: number) =>
  new Set(
    db
      .prepare(
        `SELECT p.value AS pair FROM json_each(?) p WHERE NOT EXISTS (
           SELECT 1 FROM record_pair r
           WHERE r.pair = p.value AND r.stream NOT IN (SELECT value FROM json_each(?))) LIMIT ?`,
      )
      .all<{ pair: string }>(JSON.stringify(pairs), JSON.stringify([...records]), limit)
      .map(({ pair }) => pair),
  );

const STALE_AT_ONCE = 20;
/** Records folded in one piece, unless a single pair has more. */
const FOLDED_AT_ONCE = 100;

/** Some of the pairs that are to be folded, of which there are not too many records together; none where none is left. */
function stalePairs(db: Database): string[] {
  const stale = db
    .prepare(
      `SELECT pair, (SELECT count(*) FROM record_pair r WHERE r.pair = s.pair) AS records
       FROM relationship_stale s LIMIT ?`,
    )
    .all<{ pair: string; records: number }>(STALE_AT_ONCE);
  let records = 0;
  return stale.filter((s, i) => (records += s.records) <= FOLDED_AT_ONCE || i === 0).map(({ pair }) => pair);
}
