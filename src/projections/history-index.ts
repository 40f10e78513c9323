import { LRUCache } from 'lru-cache';
import { curate } from '../domain/curation/curate.js';
import { isCuration, type RecordMerged } from '../domain/curation/events.js';
import { type Category, type Citation, type LedgerEvent, parseStream, streamName } from '../domain/event.js';
import { mayChangeParties, partiesOfRecord } from '../domain/history/history.js';
import { countUpcasters, upcast } from '../domain/registry.js';
import { pairsAmong } from '../domain/values/pair.js';
import type { Database } from '../event-store/embedded/sqlite.js';
import type { Batch, Projection } from './projection.js';
import type { Progress } from './projection-progress.js';
import { insertRows, selectWhere } from './rows.js';

interface EventRow {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly body: string;
  readonly metadata: string;
}

const toEvent = ({ body, metadata, ...row }: EventRow): LedgerEvent => ({
  ...row,
  body: JSON.parse(body) as LedgerEvent['body'],
  metadata: JSON.parse(metadata) as LedgerEvent['metadata'],
});

const COLUMNS = 'position, stream, revision, id, type, body, metadata';

/**
 * The history of every relationship: each event by position, stream and id, and which streams a pair's slice holds.
 * Time travel folds a slice, so its cost follows the pair and not the ledger. All other views are made from it.
 */
export const historyIndex: Projection = {
  name: 'history',
  // Events are kept in their newest shape: another upcaster, and they are read anew.
  version: `4, upcasters ${countUpcasters()}`,
  tables: ['event', 'record', 'record_pair', 'citation', 'merge', 'command'],
  schema: `
    CREATE TABLE IF NOT EXISTS event (
      position INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL, id TEXT NOT NULL,
      type TEXT NOT NULL, body TEXT NOT NULL, metadata TEXT NOT NULL,
      known_from TEXT NOT NULL, -- the latest recordedAt up to here: from then on all of it was known
      UNIQUE (stream, revision)) STRICT;
    CREATE INDEX IF NOT EXISTS event_known_from ON event (known_from);
    CREATE TABLE IF NOT EXISTS record (
      stream TEXT PRIMARY KEY, category TEXT NOT NULL, id TEXT NOT NULL, since INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX IF NOT EXISTS record_id ON record (category, id);
    CREATE TABLE IF NOT EXISTS record_pair (
      pair TEXT NOT NULL, stream TEXT NOT NULL, since INTEGER NOT NULL, PRIMARY KEY (pair, stream))
      STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS record_pair_stream ON record_pair (stream);
    CREATE TABLE IF NOT EXISTS citation (
      source TEXT NOT NULL, stream TEXT NOT NULL, PRIMARY KEY (source, stream)) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS citation_stream ON citation (stream);
    CREATE TABLE IF NOT EXISTS merge (
      stream TEXT NOT NULL, into_stream TEXT NOT NULL, since INTEGER NOT NULL, PRIMARY KEY (stream, into_stream))
      STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS merge_into ON merge (into_stream);
    CREATE TABLE IF NOT EXISTS command (
      id TEXT PRIMARY KEY, stream TEXT NOT NULL, hash TEXT NOT NULL) STRICT, WITHOUT ROWID;`,
  apply(db: Database, { events }: Batch): void {
    index(db, events.map(upcast));
  },
};

function index(db: Database, events: readonly LedgerEvent[]): void {
  const insert = db.prepare(`INSERT INTO event (${COLUMNS}, known_from) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const { streams } = remember(db);
  let knownFrom =
    db.prepare('SELECT known_from FROM event ORDER BY position DESC LIMIT 1').get<{ known_from: string }>()
      ?.known_from ?? '';
  for (const event of events) {
    const { position, stream, revision, id, type, body, metadata } = event;
    if (metadata.recordedAt > knownFrom) knownFrom = metadata.recordedAt;
    const row: EventRow = {
      position,
      stream,
      revision,
      id,
      type,
      body: JSON.stringify(body),
      metadata: JSON.stringify(metadata),
    };
    insert.run(position, stream, revision, id, type, row.body, row.metadata, knownFrom);
    const known = revision === 0 ? { events: [], size: 0 } : streams.get(stream);
    if (known) keepParsed(streams, stream, [...known.events, event], known.size + sizeOf(row));
  }
  insertRows(
    db,
    'INTO record',
    ['stream', 'category', 'id', 'since'],
    events
      .filter(({ revision }) => revision === 0)
      .map(({ stream, position }) => {
        const { category, id } = parseStream(stream)!;
        return [stream, category, id, position];
      }),
  );
  insertRows(
    db,
    'OR IGNORE INTO command',
    ['id', 'stream', 'hash'],
    events.map(({ stream, metadata }) => [metadata.commandId, stream, metadata.commandHash]),
  );
  insertRows(
    db,
    'OR IGNORE INTO citation',
    ['source', 'stream'],
    events.flatMap((event) => citationsIn(event).map(({ sourceId }) => [streamName('source', sourceId), event.stream])),
  );
  const merges = events.filter(({ type }) => type === 'RecordMerged') as LedgerEvent<string, RecordMerged>[];
  insertRows(
    db,
    'OR IGNORE INTO merge',
    ['stream', 'into_stream', 'since'],
    merges.map(({ stream, body, position }) => {
      const { category } = parseStream(stream)!;
      return [stream, streamName(category, body.data.intoId), position];
    }),
  );
  if (merges.length > 0) remember(db).merged = undefined;
  insertRows(
    db,
    'OR IGNORE INTO record_pair',
    ['pair', 'stream', 'since'],
    events.flatMap((event) => pairsAfter(db, event).map((pair) => [pair, event.stream, event.position])),
  );
}

/** Only what makes a fact stand cites its source; the evidence of a dispute's alternatives does not. */
const citationsIn = ({ type, body }: LedgerEvent): readonly Citation[] =>
  !isCuration(type) || type === 'FactCorroborated' ? body.evidence : [];

/** The pairs that the record belongs to at this event, where the event can have changed them. */
function pairsAfter(db: Database, event: LedgerEvent): string[] {
  const { stream, position } = event;
  return mayChangeParties(event) ? pairsAmong(partiesOfRecord(stream, curate(streamEvents(db, stream, position)))) : [];
}

/** What is read for every fold, kept in memory by connection: the streams read last, parsed, and all merges. */
interface Remembered {
  readonly streams: LRUCache<string, Parsed>;
  /** Stream → the streams it was merged into, or that were merged into it, and since which position. */
  merged: Map<string, { readonly stream: string; readonly since: number }[]> | undefined;
  /** Up to which position it holds; what is in the file beyond may not be remembered as it is now. */
  upTo: number;
}

interface Parsed {
  readonly events: readonly LedgerEvent[];
  /** The streams of the sources that they cite. */
  readonly sources: readonly string[];
  /** Of its JSON, in characters. */
  readonly size: number;
}

const sizeOf = ({ body, metadata }: EventRow): number => body.length + metadata.length;

/** An empty stream takes room as well. */
const keepParsed = (
  streams: Remembered['streams'],
  stream: string,
  events: readonly LedgerEvent[],
  size: number,
): Parsed => {
  const parsed = { events, sources: sourcesCited(events), size };
  streams.set(stream, parsed, { size: size + 100 });
  return parsed;
};

const sourcesCited = (events: readonly LedgerEvent[]): string[] => {
  const sources = new Set<string>();
  for (const event of events)
    for (const { sourceId } of citationsIn(event)) sources.add(streamName('source', sourceId));
  return [...sources];
};

const remembered = new WeakMap<Database, Remembered>();
/** Of the streams that are kept in memory, as JSON; parsed they take some three times as much. */
const MAX_PARSED_CHARACTERS = 2 ** 23;

function remember(db: Database): Remembered {
  const known = remembered.get(db);
  if (known) return known;
  const streams = new LRUCache<string, Parsed>({
    maxSize: MAX_PARSED_CHARACTERS,
  });
  const memory: Remembered = { streams, merged: undefined, upTo: Number.MAX_SAFE_INTEGER };
  remembered.set(db, memory);
  return memory;
}

/** To be called by whoever rolls back what was indexed: nothing of it may be remembered. */
export const forgetStreams = (db: Database): void => void remembered.delete(db);

/**
 * To be called on a connection that only reads, for all that another has indexed: what was remembered of these streams is
 * forgotten, and the ledger is known up to there.
 */
export function tellWritten(db: Database, { known, streams, merged }: Progress): void {
  const memory = remember(db);
  for (const [stream] of streams) memory.streams.delete(stream);
  if (merged) memory.merged = undefined;
  memory.upTo = known;
}

/** A stream's events up to a position, in order. */
export const streamEvents = (db: Database, stream: string, upTo = Number.MAX_SAFE_INTEGER): readonly LedgerEvent[] =>
  endingAt(parsedOf(db, stream).events, upTo);

function endingAt(events: readonly LedgerEvent[], upTo: number): readonly LedgerEvent[] {
  const last = events.at(-1);
  return !last || last.position <= upTo ? events : events.filter((e) => e.position <= upTo);
}

function parsedOf(db: Database, stream: string): Parsed {
  const known = remember(db).streams.get(stream);
  if (known) return known;
  const rows = db.prepare(`SELECT ${COLUMNS} FROM event WHERE stream = ? ORDER BY revision`).all<EventRow>(stream);
  return keepRows(db, stream, rows);
}

const keepRows = (db: Database, stream: string, rows: readonly EventRow[]): Parsed =>
  keepParsed(
    remember(db).streams,
    stream,
    rows.map(toEvent),
    rows.reduce((sum, row) => sum + sizeOf(row), 0),
  );

/** Reads the streams that are not in memory, all in one statement. */
function readAhead(db: Database, streams: Iterable<string>): void {
  const memory = remember(db).streams;
  const missing = new Map<string, EventRow[]>();
  for (const stream of streams) if (!memory.has(stream)) missing.set(stream, []);
  if (missing.size === 0) return;
  const rows = db
    .prepare(`SELECT ${COLUMNS} FROM event WHERE stream IN (SELECT value FROM json_each(?)) ORDER BY stream, revision`)
    .all<EventRow>(JSON.stringify([...missing.keys()]));
  for (const row of rows) missing.get(row.stream)!.push(row);
  for (const [stream, events] of missing) keepRows(db, stream, events);
}

const AT_HAND = 500;

/** The streams of records, in pieces, each with its slices read before it is given. */
export function* atHand(db: Database, streams: Iterable<string>, upTo: number): Generator<string, void, undefined> {
  const all = [...streams];
  for (let from = 0; from < all.length; from += AT_HAND) {
    const piece = all.slice(from, from + AT_HAND);
    readAhead(db, withMerged(db, piece, upTo));
    readAhead(db, sliceStreams(db, piece, upTo).sources);
    yield* piece;
  }
}

/** The event of a revision; undefined where the history does not hold it. */
export function eventAt(db: Database, stream: string, revision: number): LedgerEvent | undefined {
  const row = db.prepare(`SELECT ${COLUMNS} FROM event WHERE stream = ? AND revision = ?`);
  const found = row.get<EventRow>(stream, revision);
  return found && toEvent(found);
}

export const eventsAfter = (db: Database, after: number, upTo: number, limit: number): LedgerEvent[] =>
  db
    .prepare(`SELECT ${COLUMNS} FROM event WHERE position > ? AND position <= ? ORDER BY position LIMIT ?`)
    .all<EventRow>(after, upTo, limit)
    .map(toEvent);

/** Events as they are named, before a position, the last first. */
export const eventsBefore = (
  db: Database,
  before: number,
  limit: number,
): Pick<LedgerEvent, 'id' | 'stream' | 'type' | 'position'>[] =>
  db
    .prepare('SELECT position, stream, id, type FROM event WHERE position < ? ORDER BY position DESC LIMIT ?')
    .all(before, limit);

/** Merges are few, so all of them are at hand. */
function mergedWith(db: Database, stream: string) {
  const memory = remember(db);
  if (!memory.merged) {
    memory.merged = new Map();
    const rows = db
      .prepare('SELECT stream, into_stream AS target, since FROM merge')
      .all<{ stream: string; target: string; since: number }>();
    for (const { stream: from, target, since } of rows) {
      memory.merged.set(from, [...(memory.merged.get(from) ?? []), { stream: target, since }]);
      memory.merged.set(target, [...(memory.merged.get(target) ?? []), { stream: from, since }]);
    }
  }
  return memory.merged.get(stream) ?? [];
}

/** These streams, and all that had ever been merged with them by a position, one way or the other. */
function withMerged(db: Database, streams: Iterable<string>, upTo: number): Set<string> {
  const found = new Set(streams);
  // A Set grows under its own iteration, so this follows chains to their end.
  for (const stream of found) {
    for (const other of mergedWith(db, stream)) if (other.since <= upTo) found.add(other.stream);
  }
  return found;
}

/** The streams of a fold. */
interface Slice {
  /** These records, and what was merged with them. */
  readonly records: ReadonlySet<string>;
  /** The sources that these cite, apart from those that are among them. */
  readonly sources: ReadonlySet<string>;
}

export function sliceStreams(db: Database, streams: Iterable<string>, upTo: number): Slice {
  const records = withMerged(db, streams, upTo);
  const sources = new Set<string>();
  for (const stream of records) {
    const parsed = parsedOf(db, stream);
    const events = endingAt(parsed.events, upTo);
    for (const source of events === parsed.events ? parsed.sources : sourcesCited(events)) {
      if (!records.has(source)) sources.add(source);
    }
  }
  return { records, sources };
}

/** The events of these streams up to a position, in recording order. */
export function eventsOf(db: Database, streams: Iterable<string>, upTo: number): readonly LedgerEvent[] {
  const [first, ...others] = streams;
  const events = first === undefined ? [] : streamEvents(db, first, upTo);
  if (others.length === 0) return events;
  return [...events, ...others.flatMap((s) => streamEvents(db, s, upTo))].sort((a, b) => a.position - b.position);
}

function sliceOf(db: Database, streams: Iterable<string>, upTo: number): readonly LedgerEvent[] {
  const { records, sources } = sliceStreams(db, streams, upTo);
  return eventsOf(db, [...records, ...sources], upTo);
}

/** The position of a stream's last event up to there; 0 where it has none. */
export const lastPosition = (db: Database, stream: string, upTo: number): number =>
  streamEvents(db, stream, upTo).at(-1)?.position ?? 0;

/** The streams of the records that at any position up to there belonged to a pair. */
export const streamsOfPair = (db: Database, pair: string, upTo: number): string[] =>
  db
    .prepare('SELECT stream FROM record_pair WHERE pair = ? AND since <= ?')
    .all<{ stream: string }>(pair, upTo)
    .map(({ stream }) => stream);

/** All that a record's fold needs. */
export const recordSlice = (db: Database, stream: string, upTo: number): readonly LedgerEvent[] =>
  sliceOf(db, [stream], upTo);

/** A pair's slice: every event of the records that at any position up to there belonged to it, and their sources'. */
export const pairSlice = (db: Database, pair: string, upTo: number): readonly LedgerEvent[] =>
  sliceOf(db, streamsOfPair(db, pair, upTo), upTo);

/** The records whose fold a batch may have changed: written to, merged with one that was, or citing a source that was. */
export function touchedStreams(db: Database, events: readonly LedgerEvent[]): Set<string> {
  const touched = new Set(events.map((e) => e.stream));
  const sources = [...touched].filter((stream) => stream.startsWith('source-'));
  for (const { stream } of selectWhere<{ stream: string }>(db, 'stream', 'citation', 'source', sources)) {
    touched.add(stream);
  }
  return withMerged(db, touched, Number.MAX_SAFE_INTEGER);
}

/** Every pair that ever had one of these records. */
export const pairsOf = (db: Database, streams: Iterable<string>): Set<string> =>
  new Set(
    selectWhere<{ pair: string }>(db, 'DISTINCT pair', 'record_pair', 'stream', [...streams]).map(({ pair }) => pair),
  );

/**
 * The pairs of an event as it was recorded: those that its record had belonged to by then; of a source's event, those of
 * the records that cited the source by then. What is recorded later never changes them.
 */
export function pairsAtEvent(db: Database, { stream, position }: Pick<LedgerEvent, 'stream' | 'position'>): string[] {
  const { category, id } = parseStream(stream)!;
  if (category !== 'source') {
    return db
      .prepare('SELECT pair FROM record_pair WHERE stream = ? AND since <= ? ORDER BY pair')
      .all<{ pair: string }>(stream, position)
      .map(({ pair }) => pair);
  }
  const pairs = new Set<string>();
  const citing = db
    .prepare(
      `SELECT p.pair, p.stream FROM citation c JOIN record_pair p ON p.stream = c.stream
       WHERE c.source = ? AND p.since <= ? ORDER BY p.pair`,
    )
    .all<{ pair: string; stream: string }>(stream, position);
  for (const { pair, stream: record } of citing) {
    if (pairs.has(pair)) continue;
    const cited = streamEvents(db, record, position).flatMap(citationsIn);
    if (cited.some(({ sourceId }) => sourceId === id)) pairs.add(pair);
  }
  return [...pairs];
}

/** Where the ledger's known axis is cut: a position, and the time from which all up to there was known. */
export interface Cut {
  readonly position: number;
  /** When the event at that position was recorded; null before the first. */
  readonly recordedAt: string | null;
}

const cutAt = (db: Database, where: string, ...values: (number | string)[]): Cut =>
  db
    .prepare(
      `SELECT position, json_extract(metadata, '$.recordedAt') AS recordedAt FROM event WHERE ${where} AND position <= ?
       ORDER BY position DESC LIMIT 1`,
    )
    .get<Cut>(...values, remember(db).upTo) ?? { position: 0, recordedAt: null };

/** The cut at a position, or at the ledger's end where it is beyond. */
export const cutAtPosition = (db: Database, position: number): Cut => cutAt(db, 'position <= ?', position);

/** What was known at a time: up to the last position up to which no recordedAt exceeds it. @param time as recordedAt */
export const cutAtTime = (db: Database, time: string): Cut => cutAt(db, 'known_from <= ?', time);

/** The revision that a stream had reached by a position; null where it was not there. */
export const revisionAt = (db: Database, stream: string, upTo: number): number | null =>
  db
    .prepare('SELECT max(revision) AS revision FROM event WHERE stream = ? AND position <= ?')
    .get<{ revision: number | null }>(stream, upTo)?.revision ?? null;

/** The position of a stream's first event; undefined where it has none. */
export const recordSince = (db: Database, stream: string): number | undefined => streamEvents(db, stream)[0]?.position;

/** Ids of the records of a category that were there by a position, in code unit order. */
export const recordIds = (db: Database, category: Category, upTo: number, after: string, limit: number): string[] =>
  db
    .prepare('SELECT id FROM record WHERE category = ? AND since <= ? AND id > ? ORDER BY id LIMIT ?')
    .all<{ id: string }>(category, upTo, after, limit)
    .map(({ id }) => id);

/** Pairs that some record had belonged to by a position, in order. */
export const pairsFrom = (db: Database, upTo: number, after: string, limit: number): string[] =>
  db
    .prepare('SELECT DISTINCT pair FROM record_pair WHERE since <= ? AND pair > ? ORDER BY pair LIMIT ?')
    .all<{ pair: string }>(upTo, after, limit)
    .map(({ pair }) => pair);

/** Where a command was recorded. */
export const commandRow = (db: Database, commandId: string): { stream: string; hash: string } | undefined =>
  db.prepare('SELECT stream, hash FROM command WHERE id = ?').get<{ stream: string; hash: string }>(commandId);

/** Those of these commands that were recorded. */
export const commandsAmong = (db: Database, commandIds: readonly string[]): string[] =>
  selectWhere<{ id: string }>(db, 'id', 'command', 'id', commandIds).map(({ id }) => id);
