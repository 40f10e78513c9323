import { allBuiltInParties } from '../domain/party/iso-3166.js';
import { withoutArticle, withWordStarts } from '../domain/search/search-terms.js';
import { canonicalJson, sha256Hex } from '../domain/values/canonical-json.js';
import { foldText } from '../domain/values/text-folding.js';
import type { Database } from '../event-store/embedded/sqlite.js';
import { atHand } from './history-index.js';
import type { Projection } from './projection.js';
import { deleteWhere, insertRows, selectWhere } from './rows.js';
import { builtInEntries, type Entry, entryOf, type Hit } from './search-entries.js';

/** Names that are built in, and what Unicode knows of letters, come with the platform. */
const PLATFORM = sha256Hex(canonicalJson([process.versions['unicode'] ?? null, allBuiltInParties()])).slice(0, 16);

/**
 * What can be searched for: the texts of all records as they stand. Each distinct folded text is there once, in an index
 * of its trigrams; where it occurs is apart, for the names of persons repeat. All keys follow from the events and never
 * from the order of indexing, so that every instance and every rebuild pages alike.
 */
export const searchIndex: Projection = {
  name: 'search',
  version: '1',
  revision: `platform ${PLATFORM}`,
  tables: ['search_gram', 'search_text', 'search_hit', 'search_record', 'search_scope'],
  schema: `
    CREATE TABLE IF NOT EXISTS search_text (
      id INTEGER PRIMARY KEY, -- the least of its hits, so what came up last has the greatest
      folded TEXT NOT NULL UNIQUE) STRICT;
    CREATE VIRTUAL TABLE IF NOT EXISTS search_gram USING fts5 (
      text, tokenize = 'trigram case_sensitive 1', content = '', contentless_delete = 1, detail = none);
    CREATE TABLE IF NOT EXISTS search_hit (
      at INTEGER PRIMARY KEY, text INTEGER NOT NULL, record INTEGER NOT NULL, original TEXT NOT NULL,
      path TEXT NOT NULL, language TEXT, kind TEXT NOT NULL,
      occurred_on TEXT, ended_on TEXT, standing TEXT, disputed INTEGER NOT NULL) STRICT;
    CREATE INDEX IF NOT EXISTS search_hit_text ON search_hit (text, record);
    CREATE INDEX IF NOT EXISTS search_hit_record ON search_hit (record);
    CREATE TABLE IF NOT EXISTS search_record (
      id INTEGER PRIMARY KEY, stream TEXT NOT NULL, category TEXT NOT NULL, title TEXT, descriptive INTEGER NOT NULL,
      pairs TEXT NOT NULL, withdrawn INTEGER NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS search_scope (
      scope TEXT NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (scope, record)) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS search_scope_record ON search_scope (record);`,
  seed: (db) => index(db, builtInEntries()),
  apply(db, batch) {
    const entries: Entry[] = [];
    for (const stream of atHand(db, batch.touched(), batch.position)) {
      const entry = entryOf(db, stream, batch);
      if (entry) entries.push(entry);
    }
    index(db, entries);
  },
};

/** Makes records found as they are now, writing only what changed. */
function index(db: Database, entries: readonly Entry[]): void {
  keepRecords(db, entries);
  const loose = new Set<number>();
  const fresh = keepHits(db, entries, loose);
  // Before others come, which may have the key of a hit that went.
  for (const text of loose) tidyText(db, text);
  addHits(db, fresh);
}

const RECORD_COLUMNS = ['stream', 'category', 'title', 'descriptive', 'pairs', 'withdrawn'];
const COLUMNS = ['path', 'language', 'kind', 'occurred_on', 'ended_on', 'standing', 'disputed'];

interface ScopeRow {
  readonly scope: string;
  readonly record: number;
}

function keepRecords(db: Database, entries: readonly Entry[]): void {
  const found = entries.filter(({ hits }) => hits.length > 0);
  const gone = entries.filter(({ hits }) => hits.length === 0).map(({ id }) => id);
  deleteWhere(db, 'search_record', 'id', gone);
  deleteWhere(db, 'search_scope', 'record', gone);
  insertRows(
    db,
    'OR REPLACE INTO search_record',
    ['id', ...RECORD_COLUMNS],
    found.map(({ id, columns }) => [id, ...columns]),
  );
  const wanted = new Map(found.map(({ id, scopes }) => [id, new Set(scopes)]));
  const there = selectWhere<ScopeRow>(db, 'scope, record', 'search_scope', 'record', [...wanted.keys()]);
  for (const { scope, record } of there) {
    if (wanted.get(record)!.delete(scope)) continue;
    db.prepare('DELETE FROM search_scope WHERE scope = ? AND record = ?').run(scope, record);
  }
  insertRows(
    db,
    'INTO search_scope',
    ['scope', 'record'],
    [...wanted].flatMap(([record, scopes]) => [...scopes].map((scope) => [scope, record])),
  );
}

/** A hit that is not there yet. */
interface Fresh extends Hit {
  readonly record: number;
}

interface HitRow {
  readonly at: number;
  readonly text: number;
  readonly record: number;
  readonly original: string;
}

/**
 * Takes away the hits that are no longer so, and gives those that are not there yet.
 * @param loose gets the texts that may have lost their last or their first hit
 */
function keepHits(db: Database, entries: readonly Entry[], loose: Set<number>): Fresh[] {
  const missing = new Map(entries.map(({ id, hits }) => [id, new Map(hits.map((hit) => [hit.at, hit]))]));
  const gone: number[] = [];
  const columns = `at, text, record, original, ${COLUMNS.join(', ')}`;
  for (const row of selectWhere<HitRow>(db, columns, 'search_hit', 'record', [...missing.keys()])) {
    const { at, text, record, original, ...told } = row;
    const hit = missing.get(record)!.get(at);
    if (hit?.original === original) {
      missing.get(record)!.delete(at);
      if (JSON.stringify(hit.columns) === JSON.stringify(Object.values(told))) continue;
      const assignments = COLUMNS.map((column) => `${column} = ?`).join(', ');
      db.prepare(`UPDATE search_hit SET ${assignments} WHERE at = ?`).run(...hit.columns, at);
    } else {
      gone.push(at);
      loose.add(text);
    }
  }
  deleteWhere(db, 'search_hit', 'at', gone);
  return [...missing].flatMap(([record, hits]) => [...hits.values()].map((hit) => ({ ...hit, record })));
}

function addHits(db: Database, hits: readonly Fresh[]): void {
  const folded = hits
    .map((hit) => ({ ...hit, folded: foldText(hit.original) }))
    .filter((hit) => hit.folded !== '')
    // In the order of their keys, as a text has the key of its first hit.
    .sort((a, b) => a.at - b.at);
  const texts = [...new Set(folded.map((hit) => hit.folded))];
  const known = new Map(
    selectWhere<{ id: number; folded: string }>(db, 'id, folded', 'search_text', 'folded', texts).map((t) => [
      t.folded,
      t.id,
    ]),
  );
  const added: [id: number, folded: string][] = [];
  for (const { at, folded: text } of folded) {
    const id = known.get(text);
    if (id !== undefined && id <= at) continue;
    if (id === undefined) added.push([at, text]);
    else moveText(db, id, at, text);
    known.set(text, at);
  }
  addTexts(db, added);
  insertRows(
    db,
    'INTO search_hit',
    ['at', 'text', 'record', 'original', ...COLUMNS],
    folded.map((hit) => [hit.at, known.get(hit.folded)!, hit.record, hit.original, ...hit.columns]),
  );
}

/** A text goes with its last hit; with its first, it gets the key of the next. */
function tidyText(db: Database, id: number): void {
  const { folded } = db.prepare('SELECT folded FROM search_text WHERE id = ?').get<{ folded: string }>(id)!;
  const first = db.prepare('SELECT min(at) AS at FROM search_hit WHERE text = ?').get<{ at: number | null }>(id)!.at;
  if (first === null) removeText(db, id);
  else if (first !== id) moveText(db, id, first, folded);
}

function addTexts(db: Database, texts: readonly (readonly [id: number, folded: string])[]): void {
  insertRows(db, 'INTO search_text', ['id', 'folded'], texts);
  insertRows(
    db,
    'INTO search_gram',
    ['rowid', 'text'],
    texts.map(([id, folded]) => [id, indexed(folded)]),
  );
}

function removeText(db: Database, id: number): void {
  db.prepare('DELETE FROM search_text WHERE id = ?').run(id);
  db.prepare('DELETE FROM search_gram WHERE rowid = ?').run(id);
}

function moveText(db: Database, from: number, to: number, folded: string): void {
  removeText(db, from);
  addTexts(db, [[to, folded]]);
  db.prepare('UPDATE search_hit SET text = ? WHERE text = ?').run(to, from);
}

/**
 * A text as its trigrams are taken: a space before each word tells its start apart, and two before its first letter.
 * Words are there without their article too, so that they are found by their start.
 */
function indexed(folded: string): string {
  const words = withWordStarts(folded)
    .split(' ')
    .filter((word) => word !== '');
  const bare = words.flatMap((word) => withoutArticle(word) ?? []);
  const initials = new Set([...words, ...bare].map((word) => String.fromCodePoint(word.codePointAt(0)!)));
  return [` ${withWordStarts(folded)}`, ...bare, ...[...initials].map((initial) => ` ${initial}`)].join(' ');
}
