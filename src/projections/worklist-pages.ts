import { LRUCache } from 'lru-cache';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { HistoryQuery } from '../domain/history/history.js';
import type { Day } from '../domain/values/day.js';
import { pairParties } from '../domain/values/pair.js';
import { STANDINGS } from '../domain/values/standing.js';
import { type Alike, duplicatesAmong } from '../domain/worklists/duplicates.js';
import { buckets, duplicateItem, type ReviewItem, type ReviewKind } from '../domain/worklists/review.js';
import { type DueItem, type DueKind, type DueWhen, dueWhen, isDueBy, OPEN } from '../domain/worklists/upcoming.js';
import { byKey, type WorkItem } from '../domain/worklists/work-item.js';
import type { Database, SqlValue } from '../event-store/embedded/sqlite.js';
import { foldRecordAt } from './folds.js';
import { recordSince } from './history-index.js';
import { alikesIn, listedOf } from './worklists.js';

/** A question to a list, and where its page begins. */
export interface WorklistQuestion<Kind extends string> {
  readonly query: HistoryQuery;
  readonly knownAt: number;
  readonly kind: Kind | undefined;
  readonly pair: string | undefined;
  readonly party: string | undefined;
  /** The last key of the page before; empty at the beginning. */
  readonly after: string;
  readonly limit: number;
}

export interface WorklistPage<Item> {
  readonly items: readonly Item[];
  readonly more: boolean;
}

/** A page of what to look at, the newest first. */
export const reviewPage = (db: Database, question: WorklistQuestion<ReviewKind>): Promise<WorklistPage<ReviewItem>> =>
  answer(db, question, (fresh, unsettled) => {
    const { kind, after } = question;
    const ofKind = kind === undefined ? [] : [kind];
    const settled = rows<ReviewItem>(
      db,
      `SELECT i.key, i.item FROM worklist_review i JOIN worklist_record r ON r.stream = i.stream
       WHERE i.key > ? ${kind === undefined ? '' : 'AND i.kind = ?'} AND ${HOLDS}${scoped(question, 'i.stream')[0]}
       ORDER BY i.key LIMIT ${STEP}`,
      after,
      [...ofKind, ...held(question), ...scoped(question, 'i.stream')[1]],
    );
    const items = fresh.review.filter((item) => kind === undefined || item.kind === kind);
    if (kind !== undefined && kind !== 'duplicate') return [settled, items.sort(byKey)];
    const anew = unsettledBuckets(db, fresh, unsettled);
    const duplicates = [...anew.values()].flatMap((bucket) => duplicatesAmong(bucket).map(duplicateItem));
    return [settled, [...items, ...duplicates].sort(byKey), settledDuplicates(db, after, anew)];
  });

/** A page of what is due up to a day, or was; see {@link DueItem}. */
export const upcomingPage = (
  db: Database,
  question: WorklistQuestion<DueKind> & { readonly until: Day; readonly when: DueWhen | undefined },
): Promise<WorklistPage<DueItem>> =>
  answer(db, question, (fresh) => {
    const { kind, when, until, after, query } = question;
    const chosen = (item: DueItem) =>
      isDueBy(item, until) &&
      (kind === undefined || item.kind === kind) &&
      (when === undefined || dueWhen(item, query.asOf) === when);
    const [first, end] = keysOf(when, query.asOf);
    const due = (where: string, ...values: SqlValue[]) =>
      rows<DueItem>(
        db,
        `SELECT i.key, i.item FROM worklist_due i JOIN worklist_record r ON r.stream = i.stream
         WHERE i.key > ? AND i.key < ? AND ${where} ${kind === undefined ? '' : 'AND i.kind = ?'}
         AND ${HOLDS}${scoped(question, 'i.stream')[0]} ORDER BY i.key LIMIT ${STEP}`,
        after > first ? after : first,
        [end, ...values, ...(kind === undefined ? [] : [kind]), ...held(question), ...scoped(question, 'i.stream')[1]],
      );
    return [
      due('i.wide = 0 AND i.key < ?', `${until}~`),
      due('i.wide = 1 AND (i.from_day IS NULL OR i.from_day <= ?)', until),
      fresh.dues.filter(chosen).sort(byKey),
    ];
  });

/** Between which keys what is overdue, upcoming or open lies: they begin with the last day. */
function keysOf(when: DueWhen | undefined, asOf: Day): readonly [after: string, before: string] {
  if (when === 'overdue') return ['', asOf];
  if (when === 'upcoming') return [asOf, OPEN];
  return [when === 'open' ? OPEN : '', '~'];
}

/** Rows read at once. */
const STEP = 200;
/** Records folded in one turn: others are waiting. */
const FOLDED_AT_ONCE = 50;

/** Whether what is kept of a record is so for the question: then it need not be folded. */
const HOLDS = 'r.position <= ? AND r.holds_from <= ? AND r.holds_until >= ? AND r.lowest >= ?';
const held = ({ knownAt, query }: WorklistQuestion<string>): SqlValue[] => [
  knownAt,
  query.asOf,
  query.asOf,
  STANDINGS.indexOf(query.minimumStanding),
];

/** The records that may be of the pair or the party asked for; sources are looked at one by one, they are few. */
function scoped({ pair, party }: WorklistQuestion<string>, column: string, more = ''): [string, SqlValue[]] {
  if (pair === undefined && party === undefined) return ['', []];
  const pairs = pair === undefined ? `pair LIKE ? OR pair LIKE ?` : 'pair = ?';
  const values = pair === undefined ? [`${party}-%`, `%-${party}`] : [pair];
  const own = pair === undefined ? `OR ${column} = 'party-' || ?` : '';
  return [
    ` AND (${column} IN (SELECT stream FROM record_pair WHERE ${pairs}) ${own} OR ${column} LIKE 'source-%' ${more})`,
    [...values, ...(pair === undefined ? [party!] : [])],
  ];
}

/** The records of which what is kept is not so for the question. */
function unsettledStreams(db: Database, question: WorklistQuestion<string>): string[] {
  const [knownAt, from, until, lowest] = held(question) as [number, Day, Day, number];
  // An exercise of other parties may be the same as one of these.
  const [scope, values] = scoped(question, 'stream', "OR stream LIKE 'exercise-%'");
  const of = (where: string) => `SELECT stream FROM worklist_record WHERE ${where}${scope}`;
  const wheres = ['position > ?', 'holds_from > ?', 'holds_until < ?', 'lowest < ?'];
  return db
    .prepare(wheres.map(of).join(' UNION '))
    .all<{ stream: string }>(...[knownAt, from, until, lowest].flatMap((value) => [value, ...values]))
    .map(({ stream }) => stream);
}

/** What was folded for a question. What was known at a position never changes, so its pages share it. */
interface Fresh {
  readonly folded: Set<string>;
  readonly review: ReviewItem[];
  readonly dues: DueItem[];
  readonly alikes: Alike[];
}

const MAX_QUESTIONS = 8;
const questions = new WeakMap<Database, LRUCache<string, Fresh>>();

function freshOf(db: Database, { query, knownAt, pair, party }: WorklistQuestion<string>): Fresh {
  const known = questions.get(db) ?? new LRUCache<string, Fresh>({ max: MAX_QUESTIONS });
  questions.set(db, known);
  const key = JSON.stringify([query.asOf, query.minimumStanding, knownAt, pair, party]);
  const fresh: Fresh = known.get(key) ?? { folded: new Set(), review: [], dues: [], alikes: [] };
  known.set(key, fresh);
  return fresh;
}

function foldInto(
  db: Database,
  fresh: Fresh,
  streams: readonly string[],
  { query, knownAt }: WorklistQuestion<string>,
) {
  for (const stream of streams) {
    if (fresh.folded.has(stream)) continue;
    fresh.folded.add(stream);
    if (recordSince(db, stream)! > knownAt) continue;
    const { record, root } = foldRecordAt(db, stream, query, knownAt);
    const { review, dues, alike } = listedOf(root === stream ? record : undefined, query.asOf);
    fresh.review.push(...review);
    fresh.dues.push(...dues);
    if (alike) fresh.alikes.push(alike);
  }
}

/**
 * Puts a page together from what is kept, and from what must be folded for this question: in turns, so that a question
 * about what nothing is kept of keeps nobody waiting.
 */
async function answer<Item extends WorkItem>(
  db: Database,
  question: WorklistQuestion<string>,
  sources: (fresh: Fresh, unsettled: ReadonlySet<string>) => Iterable<Item>[],
): Promise<WorklistPage<Item>> {
  const fresh = freshOf(db, question);
  const ahead = unsettledStreams(db, question).filter((stream) => !fresh.folded.has(stream));
  while (ahead.length > FOLDED_AT_ONCE) {
    foldInto(db, fresh, ahead.splice(-FOLDED_AT_ONCE), question);
    await nextTurn();
  }
  // The projector writes meanwhile: what it has touched since is folded for the question too.
  return db.snapshot(() => {
    const unsettled = unsettledStreams(db, question);
    foldInto(db, fresh, unsettled, question);
    const wanted = new Set(unsettled);
    const current: Fresh = {
      folded: fresh.folded,
      review: fresh.review.filter(({ stream }) => wanted.has(stream)),
      dues: fresh.dues.filter(({ stream }) => wanted.has(stream)),
      alikes: fresh.alikes.filter(({ item }) => wanted.has(item.stream)),
    };
    return page(inOrder(sources(current, wanted)), (item) => inScope(db, item, question), question);
  });
}

function page<Item extends WorkItem>(
  items: Iterable<Item>,
  chosen: (item: Item) => boolean,
  { after, limit }: WorklistQuestion<string>,
): WorklistPage<Item> {
  const found: Item[] = [];
  for (const item of items) {
    if (item.key <= after || !chosen(item)) continue;
    if (found.length === limit) return { items: found, more: true };
    found.push(item);
  }
  return { items: found, more: false };
}

function inScope(db: Database, item: WorkItem, { pair, party, knownAt }: WorklistQuestion<string>): boolean {
  if (pair === undefined && party === undefined) return true;
  const pairs = item.category === 'source' ? pairsCiting(db, item.stream, knownAt) : item.pairs;
  const ofParty = (code: string) => item.stream === `party-${code}` || pairs.some((p) => pairParties(p).includes(code));
  return (pair === undefined || pairs.includes(pair)) && (party === undefined || ofParty(party));
}

/** The pairs that a source tells of. */
export const pairsCiting = (db: Database, source: string, knownAt: number): string[] =>
  db
    .prepare(
      `SELECT DISTINCT p.pair FROM citation c JOIN record_pair p ON p.stream = c.stream
       WHERE c.source = ? AND p.since <= ? ORDER BY p.pair`,
    )
    .all<{ pair: string }>(source, knownAt)
    .map(({ pair }) => pair);

/** The buckets that must be told anew for the question, with what is in them. */
function unsettledBuckets(db: Database, fresh: Fresh, unsettled: ReadonlySet<string>): Map<string, Alike[]> {
  const stored = db
    .prepare('SELECT DISTINCT bucket FROM worklist_alike WHERE stream IN (SELECT value FROM json_each(?))')
    .all<{ bucket: string }>(JSON.stringify([...unsettled]));
  const stale = db.prepare('SELECT bucket FROM worklist_stale').all<{ bucket: string }>();
  const anew = buckets(fresh.alikes);
  for (const bucket of new Set([...stored, ...stale].map((row) => row.bucket).concat([...anew.keys()]))) {
    const kept = alikesIn(db, [bucket])
      .get(bucket)!
      .filter(({ item }) => !unsettled.has(item.stream));
    anew.set(bucket, [...kept, ...(anew.get(bucket) ?? [])]);
  }
  return anew;
}

function* settledDuplicates(db: Database, after: string, anew: ReadonlyMap<string, unknown>): Generator<ReviewItem> {
  const sql = `SELECT key, bucket, item FROM worklist_duplicate WHERE key > ? ORDER BY key LIMIT ${STEP}`;
  for (const { bucket, item } of stepped<{ key: string; bucket: string; item: string }>(db, sql, after, [])) {
    if (!anew.has(bucket)) yield JSON.parse(item) as ReviewItem;
  }
}

function* rows<Item>(db: Database, sql: string, after: string, values: readonly SqlValue[]): Generator<Item> {
  for (const { item } of stepped<{ key: string; item: string }>(db, sql, after, values)) yield JSON.parse(item) as Item;
}

/** Rows in order of their keys, some at a time. @param sql its first value is the key to begin after */
function* stepped<Row extends { readonly key: string }>(
  db: Database,
  sql: string,
  after: string,
  values: readonly SqlValue[],
): Generator<Row> {
  for (let last = after; ;) {
    const some = db.prepare(sql).all<Row>(last, ...values);
    yield* some;
    if (some.length < STEP) return;
    last = some.at(-1)!.key;
  }
}

/** Merges what is in order by key. */
function* inOrder<Item extends WorkItem>(sources: readonly Iterable<Item>[]): Generator<Item> {
  const heads = sources
    .map((source) => source[Symbol.iterator]())
    .map((iterator) => ({ iterator, next: iterator.next() }));
  for (;;) {
    const open = heads.filter(({ next }) => next.done !== true);
    if (open.length === 0) return;
    const first = open.reduce((least, head) =>
      (head.next.value as Item).key < (least.next.value as Item).key ? head : least,
    );
    yield first.next.value as Item;
    first.next = first.iterator.next();
  }
}
