import { allBuiltInParties } from '../domain/party/iso-3166.js';
import { withoutArticle, withWordStarts } from '../domain/search/search-terms.js';
import { canonicalJson, sha256Hex } from '../domain/values/canonical-json.js';
import { foldText } from '../domain/values/text-folding.js';
import type { Database } from '../event-store/embedded/sqlite.js';
import type { Projection } from './projection.js';
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
  version: `1, platform ${PLATFORM}`,
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
  seed: (db) => addAll(db, builtInEntries()),
  apply(db, batch) {
    index(
      db,
      [...batch.touched()].flatMap((stream) => entryOf(db, stream, batch) ?? []),
    );
  },
};

/** Adds records to an empty index, with a statement a table: every new file of views begins with some thousand rows. */
function addAll(db: Database, entries: readonly Entry[]): void {
  const hits = entries.flatMap(({ id, hits: own }) =>
    own.map((hit) => ({ ...hit, record: id, folded: foldText(hit.original) })),
  );
  const texts = new Map<string, number>();
  for (const { at, folded } of hits) if (!texts.has(folded)) texts.set(folded, at);
  const insert = (table: string, columns: readonly string[], rows: readonly (readonly unknown[])[]) =>
    db
      .prepare(
        `INSERT INTO ${table} (${columns.join(', ')})
         SELECT ${columns.map((_, i) => `value ->> ${i}`).join(', ')} FROM json_each(?)`,
      )
      .run(JSON.stringify(rows));
  insert(
    'search_record',
    ['id', ...RECORD_COLUMNS],
    entries.map(({ id, columns }) => [id, ...columns]),
  );
  insert(
    'search_scope',
    ['scope', 'record'],
    entries.flatMap(({ id, scopes }) => scopes.map((scope) => [scope, id])),
  );
  insert(
    'search_text',
    ['id', 'folded'],
    [...texts].map(([folded, at]) => [at, folded]),
  );
  insert(
    'search_gram',
    ['rowid', 'text'],
    [...texts].map(([folded, at]) => [at, indexed(folded)]),
  );
  insert(
    'search_hit',
    ['at', 'text', 'record', 'original', ...COLUMNS],
    hits.map(({ at, folded, record, original, columns }) => [at, texts.get(folded), record, original, ...columns]),
  );
}

/** Makes records found as they are now, writing only what changed. */
function index(db: Database, entries: readonly Entry[]): void {
  const loose = new Set<number>();
  const fresh = entries.flatMap((entry) => {
    keepRecord(db, entry);
    return keepHits(db, entry, loose).map((hit) => ({ hit, record: entry.id }));
  });
  // Before others come, which may have the key of a hit that went.
  for (const text of loose) tidyText(db, text);
  // In the order of their keys, as a text has the key of its first hit.
  for (const { hit, record } of fresh.sort((a, b) => a.hit.at - b.hit.at)) addHit(db, record, hit);
}

function keepRecord(db: Database, { id, columns, scopes, hits }: Entry): void {
  if (hits.length === 0) {
    db.prepare('DELETE FROM search_record WHERE id = ?').run(id);
    db.prepare('DELETE FROM search_scope WHERE record = ?').run(id);
    return;
  }
  db.prepare(
    `INSERT OR REPLACE INTO search_record (id, ${RECORD_COLUMNS.join(', ')}) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(id, ...columns);
  const wanted = new Set(scopes);
  for (const { scope } of db.prepare('SELECT scope FROM search_scope WHERE record = ?').all<{ scope: string }>(id)) {
    if (!wanted.delete(scope)) db.prepare('DELETE FROM search_scope WHERE scope = ? AND record = ?').run(scope, id);
  }
  for (const scope of wanted) db.prepare('INSERT INTO search_scope (scope, record) VALUES (?, ?)').run(scope, id);
}

const RECORD_COLUMNS = ['stream', 'category', 'title', 'descriptive', 'pairs', 'withdrawn'];
const COLUMNS = ['path', 'language', 'kind', 'occurred_on', 'ended_on', 'standing', 'disputed'];

/**
 * Takes away the hits that are no longer so, and gives those that are not there yet.
 * @param loose gets the texts that may have lost their last or their first hit
 */
function keepHits(db: Database, { id, hits }: Entry, loose: Set<number>): Hit[] {
  const missing = new Map(hits.map((hit) => [hit.at, hit]));
  const kept = db.prepare(`SELECT at, text, original, ${COLUMNS.join(', ')} FROM search_hit WHERE record = ?`);
  for (const { at, text, original, ...told } of kept.all<{ at: number; text: number; original: string }>(id)) {
    const hit = missing.get(at);
    if (hit?.original === original) {
      missing.delete(at);
      if (JSON.stringify(hit.columns) === JSON.stringify(Object.values(told))) continue;
      const assignments = COLUMNS.map((column) => `${column} = ?`).join(', ');
      db.prepare(`UPDATE search_hit SET ${assignments} WHERE at = ?`).run(...hit.columns, at);
    } else {
      db.prepare('DELETE FROM search_hit WHERE at = ?').run(at);
      loose.add(text);
    }
  }
  return [...missing.values()];
}

function addHit(db: Database, record: number, { at, original, columns }: Hit): void {
  const folded = foldText(original);
  if (folded === '') return;
  const known = db.prepare('SELECT id FROM search_text WHERE folded = ?').get<{ id: number }>(folded)?.id;
  if (known === undefined) addText(db, at, folded);
  else if (known > at) moveText(db, known, at, folded);
  db.prepare(
    `INSERT INTO search_hit (at, text, record, original, ${COLUMNS.join(', ')}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(at, Math.min(known ?? at, at), record, original, ...columns);
}

/** A text goes with its last hit; with its first, it gets the key of the next. */
function tidyText(db: Database, id: number): void {
  const { folded } = db.prepare('SELECT folded FROM search_text WHERE id = ?').get<{ folded: string }>(id)!;
  const first = db.prepare('SELECT min(at) AS at FROM search_hit WHERE text = ?').get<{ at: number | null }>(id)!.at;
  if (first === null) removeText(db, id);
  else if (first !== id) moveText(db, id, first, folded);
}

function addText(db: Database, id: number, folded: string): void {
  db.prepare('INSERT INTO search_text (id, folded) VALUES (?, ?)').run(id, folded);
  db.prepare('INSERT INTO search_gram (rowid, text) VALUES (?, ?)').run(id, indexed(folded));
}

function removeText(db: Database, id: number): void {
  db.prepare('DELETE FROM search_text WHERE id = ?').run(id);
  db.prepare('DELETE FROM search_gram WHERE rowid = ?').run(id);
}

function moveText(db: Database, from: number, to: number, folded: string): void {
  removeText(db, from);
  addText(db, to, folded);
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
