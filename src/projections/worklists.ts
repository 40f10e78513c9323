import type { HistoryQuery, RecordHistory } from '../domain/history/history.js';
import { type Day, FIRST_DAY, LAST_DAY } from '../domain/values/day.js';
import { STANDINGS } from '../domain/values/standing.js';
import { type Alike, alikeOf, duplicatesAmong } from '../domain/worklists/duplicates.js';
import { holdsDuring } from '../domain/worklists/holds.js';
import { duplicateItem, reviewOf } from '../domain/worklists/review.js';
import { type DueItem, dueOf } from '../domain/worklists/upcoming.js';
import type { Database, SqlValue } from '../event-store/embedded/sqlite.js';
import { foldRecordAt } from './folds.js';
import { atHand, recordSince } from './history-index.js';
import type { Batch, Projection } from './projection.js';
import { deleteWhere, insertRows, selectWhere } from './rows.js';

/**
 * What is on the lists of things to look at and of things to come, of every record by itself, and for which questions
 * that is so: a row of `worklist_record` holds from its position on, for the days and from the standing that it says.
 * What two records are together, likely duplicates, is told by bucket, when there is time.
 */
export const worklists: Projection = {
  name: 'worklists',
  version: '1',
  tables: [
    'worklist_record',
    'worklist_review',
    'worklist_due',
    'worklist_alike',
    'worklist_duplicate',
    'worklist_stale',
  ],
  schema: `
    CREATE TABLE IF NOT EXISTS worklist_record (
      stream TEXT PRIMARY KEY, since INTEGER NOT NULL, position INTEGER NOT NULL,
      holds_from TEXT NOT NULL, holds_until TEXT NOT NULL,
      lowest INTEGER NOT NULL -- of its facts' standings: leaving out what is below changes nothing
      ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS worklist_record_position ON worklist_record (position);
    CREATE INDEX IF NOT EXISTS worklist_record_from ON worklist_record (holds_from);
    CREATE INDEX IF NOT EXISTS worklist_record_until ON worklist_record (holds_until);
    CREATE INDEX IF NOT EXISTS worklist_record_lowest ON worklist_record (lowest);
    CREATE TABLE IF NOT EXISTS worklist_review (
      key TEXT PRIMARY KEY, kind TEXT NOT NULL, stream TEXT NOT NULL, item TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS worklist_review_kind ON worklist_review (kind, key);
    CREATE INDEX IF NOT EXISTS worklist_review_stream ON worklist_review (stream);
    CREATE TABLE IF NOT EXISTS worklist_due (
      wide INTEGER NOT NULL, -- it is due on one of several days, or on none that is known
      key TEXT NOT NULL, kind TEXT NOT NULL, stream TEXT NOT NULL, from_day TEXT, item TEXT NOT NULL,
      PRIMARY KEY (wide, key)) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS worklist_due_stream ON worklist_due (stream);
    CREATE TABLE IF NOT EXISTS worklist_alike (
      stream TEXT PRIMARY KEY, bucket TEXT NOT NULL, alike TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS worklist_alike_bucket ON worklist_alike (bucket);
    CREATE TABLE IF NOT EXISTS worklist_duplicate (
      key TEXT PRIMARY KEY, bucket TEXT NOT NULL, stream TEXT NOT NULL, item TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS worklist_duplicate_bucket ON worklist_duplicate (bucket);
    CREATE INDEX IF NOT EXISTS worklist_duplicate_stream ON worklist_duplicate (stream);
    CREATE TABLE IF NOT EXISTS worklist_stale (bucket TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;`,
  apply(db, batch) {
    keep(db, batch.touched(), batch);
  },
  settle(db, at) {
    const past = db
      .prepare('SELECT stream FROM worklist_record WHERE holds_until < ? LIMIT ?')
      .all<{ stream: string }>(at.today, SETTLED_AT_ONCE);
    keep(
      db,
      past.map(({ stream }) => stream),
      at,
    );
    const stale = db.prepare('SELECT bucket FROM worklist_stale LIMIT ?').all<{ bucket: string }>(SETTLED_AT_ONCE);
    keepDuplicates(
      db,
      stale.map(({ bucket }) => bucket),
    );
    return past.length === SETTLED_AT_ONCE || stale.length === SETTLED_AT_ONCE;
  },
};

const SETTLED_AT_ONCE = 50;

/** How well the least of its facts stands; see {@link STANDINGS}. */
const lowestOf = ({ facts }: RecordHistory): number =>
  Math.min(STANDINGS.length, ...facts.map(({ standing }) => (standing === null ? 0 : STANDINGS.indexOf(standing))));

/** What a record puts on the lists, and for which days that is so. */
export interface Listed {
  readonly review: ReturnType<typeof reviewOf>;
  readonly dues: readonly DueItem[];
  readonly alike: Alike | undefined;
}

/** @param record undefined where it is in no view */
export const listedOf = (record: RecordHistory | undefined, asOf: Day): Listed => ({
  review: record ? reviewOf(record) : [],
  dues: record ? dueOf(record, asOf) : [],
  alike: record && alikeOf(record),
});

function keep(db: Database, touched: Iterable<string>, { today, position }: Pick<Batch, 'today' | 'position'>): void {
  const records: (Listed & { readonly stream: string; readonly row: SqlValue[] })[] = [];
  for (const stream of atHand(db, touched, position)) {
    const first = recordSince(db, stream);
    // Parties that are named, but were never registered.
    if (first === undefined) continue;
    const query: HistoryQuery = { asOf: today, minimumStanding: 'claimed' };
    const { record, root, since } = foldRecordAt(db, stream, query, position);
    // What was merged is listed as the record that it was merged into.
    const own = root === stream ? record : undefined;
    const { from, until } = own ? holdsDuring(own, today) : { from: FIRST_DAY, until: LAST_DAY };
    const row = [stream, first, since, from, until, own ? lowestOf(own) : STANDINGS.length];
    records.push({ stream, row, ...listedOf(own, today) });
  }
  const streams = records.map(({ stream }) => stream);
  insertRows(
    db,
    'OR REPLACE INTO worklist_record',
    ['stream', 'since', 'position', 'holds_from', 'holds_until', 'lowest'],
    records.map(({ row }) => row),
  );
  deleteWhere(db, 'worklist_review', 'stream', streams);
  insertRows(
    db,
    'OR REPLACE INTO worklist_review',
    ['key', 'kind', 'stream', 'item'],
    records.flatMap(({ stream, review }) => review.map((item) => [item.key, item.kind, stream, JSON.stringify(item)])),
  );
  deleteWhere(db, 'worklist_due', 'stream', streams);
  insertRows(
    db,
    'OR REPLACE INTO worklist_due',
    ['wide', 'key', 'kind', 'stream', 'from_day', 'item'],
    records.flatMap(({ stream, dues }) =>
      dues.map((item) => {
        const wide = item.from !== null && item.from === item.by ? 0 : 1;
        return [wide, item.key, item.kind, stream, item.from, JSON.stringify(item)];
      }),
    ),
  );
  keepAlikes(db, records);
}

/** Where a record is compared otherwise than before, those of its bucket are told anew. */
function keepAlikes(db: Database, records: readonly { readonly stream: string; readonly alike: Alike | undefined }[]) {
  const streams = records.map(({ stream }) => stream);
  const rows = selectWhere<{ stream: string; bucket: string; alike: string }>(
    db,
    'stream, bucket, alike',
    'worklist_alike',
    'stream',
    streams,
  );
  const before = new Map(rows.map((row) => [row.stream, row]));
  const changed = records
    .map(({ stream, alike }) => ({ stream, alike, text: alike && JSON.stringify(alike) }))
    .filter(({ stream, text }) => before.get(stream)?.alike !== text);
  const buckets = changed.flatMap(({ stream, alike }) => [before.get(stream)?.bucket, alike?.bucket]);
  insertRows(
    db,
    'OR IGNORE INTO worklist_stale',
    ['bucket'],
    [...new Set(buckets)].flatMap((bucket) => (bucket === undefined ? [] : [[bucket]])),
  );
  deleteWhere(
    db,
    'worklist_alike',
    'stream',
    changed.map(({ stream }) => stream),
  );
  insertRows(
    db,
    'INTO worklist_alike',
    ['stream', 'bucket', 'alike'],
    changed.flatMap(({ stream, alike, text }) => (alike && text !== undefined ? [[stream, alike.bucket, text]] : [])),
  );
}

/** All records of each of these buckets, as they are compared. */
export function alikesIn(db: Database, buckets: readonly string[]): Map<string, Alike[]> {
  const found = new Map<string, Alike[]>(buckets.map((bucket) => [bucket, []]));
  const rows = selectWhere<{ bucket: string; alike: string }>(db, 'bucket, alike', 'worklist_alike', 'bucket', buckets);
  for (const { bucket, alike } of rows) found.get(bucket)!.push(JSON.parse(alike) as Alike);
  return found;
}

function keepDuplicates(db: Database, buckets: readonly string[]): void {
  deleteWhere(db, 'worklist_duplicate', 'bucket', buckets);
  insertRows(
    db,
    'OR REPLACE INTO worklist_duplicate',
    ['key', 'bucket', 'stream', 'item'],
    [...alikesIn(db, buckets)].flatMap(([bucket, alikes]) =>
      duplicatesAmong(alikes).map((duplicate) => {
        const item = duplicateItem(duplicate);
        return [item.key, bucket, item.stream, JSON.stringify(item)];
      }),
    ),
  );
  deleteWhere(db, 'worklist_stale', 'bucket', buckets);
}
