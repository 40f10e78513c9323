import type { Category } from '../domain/event.js';
import { isShort, type Rank, rankOf, RANKS, type SearchTerms, withWordStarts } from '../domain/search/search-terms.js';
import { TEXT_KINDS, type TextKind } from '../domain/search/searchable-texts.js';
import type { Standing } from '../domain/values/standing.js';
import type { Database, SqlValue } from '../event-store/embedded/sqlite.js';
import { hitAfter, PER_EVENT } from './search-entries.js';

/** Texts and records looked at for one page at most: where few of many match, it may be short and yet not the last. */
const MAX_LOOKED = 2_000;
/** Hits of a pair or a party that are compared one by one; where there are more, texts are looked up by trigrams. */
const MAX_SCOPED = 10_000;
/** Trigrams asked for at once: more make it no less likely that a text has them by chance. */
const MAX_GRAMS = 12;
/** A long name that is told again and again, as a place is: so many hits of it tell enough about a record. */
const MAX_HITS = 10;
const STEP = 200;

export interface SearchQuery {
  readonly terms: SearchTerms;
  readonly kind: TextKind | Category | undefined;
  /** Pairs and parties that a record must belong to. */
  readonly scopes: readonly string[];
  /** What was recorded after this position is left out. */
  readonly upTo: number;
  readonly limit: number;
  /** Where the page before ended; undefined at the beginning. */
  readonly after: SearchPlace | undefined;
}

/** A place in the list of all that is found. */
export interface SearchPlace {
  readonly rank: Rank;
  readonly text: number;
  readonly record: number;
}

/** A record that is found by a text. */
export interface FoundRecord {
  readonly stream: string;
  readonly category: Category;
  readonly title: Readonly<Record<string, string>> | null;
  readonly titleIsDescriptive: boolean;
  readonly pairs: readonly string[];
  readonly withdrawn: boolean;
  readonly rank: Rank;
  readonly hits: readonly FoundHit[];
  /** It has more hits of this text. */
  readonly more: boolean;
}

export interface FoundHit {
  /** The event that states it; null for a name that is built in. */
  readonly event: { readonly id: string; readonly type: string; readonly stream: string } | null;
  readonly path: string;
  readonly language: string | null;
  readonly kind: TextKind;
  readonly original: string;
  readonly occurredOn: string | null;
  readonly endedOn: string | null;
  readonly standing: Standing | null;
  readonly disputed: boolean;
}

export interface FoundPage {
  readonly items: readonly FoundRecord[];
  /** Where to go on; undefined at the end. */
  readonly next: SearchPlace | undefined;
}

interface Candidate {
  readonly id: number;
  readonly folded: string;
}

interface Plan {
  /** Texts that may match with a rank, the newest first, from a key on. */
  readonly candidates: (rank: Rank, from: number) => Iterable<Candidate>;
  /** The pair or party that has few hits. */
  readonly scope?: string;
}

/** Before all places of a rank. */
const start = (rank: Rank): SearchPlace => ({ rank, text: Number.MAX_SAFE_INTEGER, record: Number.MAX_SAFE_INTEGER });

/**
 * A page of the records that a search finds: by rank, then by text, then by record, the newest first. Each page looks at
 * a bounded number of texts and records, however many there are.
 */
export function search(db: Database, query: SearchQuery): FoundPage {
  const plan = scopePlan(db, query) ?? gramPlan(db, query.terms);
  const items: FoundRecord[] = [];
  let at = query.after ?? start(RANKS[0]);
  let looked = 0;
  for (const rank of RANKS.slice(RANKS.indexOf(at.rank))) {
    if (rank !== at.rank) at = start(rank);
    for (const { id: text, folded } of plan.candidates(rank, at.text)) {
      const before = text === at.text ? at.record : Number.MAX_SAFE_INTEGER;
      if (rankOf(folded, query.terms) === rank) {
        for (const row of recordsWith(db, plan, query, text, before)) {
          if (looked === MAX_LOOKED || (row.wanted === 1 && items.length === query.limit)) return { items, next: at };
          looked += 1;
          if (row.wanted === 1) items.push(foundRecord(db, query, rank, text, row));
          at = { rank, text, record: row.id };
        }
      }
      if (looked === MAX_LOOKED) return { items, next: at };
      looked += 1;
      at = { rank, text, record: Number.MIN_SAFE_INTEGER };
    }
  }
  return { items, next: undefined };
}

/** Where a pair or a party has few texts, all of them are compared. */
function scopePlan(db: Database, { scopes, terms }: SearchQuery): Plan | undefined {
  const ofScope = 'FROM search_scope s CROSS JOIN search_hit h ON h.record = s.record';
  const count = db.prepare(`SELECT count(*) AS n FROM (SELECT 1 ${ofScope} WHERE s.scope = ? LIMIT ?)`);
  const scope = scopes.find((each) => count.get<{ n: number }>(each, MAX_SCOPED + 1)!.n <= MAX_SCOPED);
  if (scope === undefined) return undefined;
  // Whatever its rank, a text has every word.
  const texts = db
    .prepare(
      `SELECT DISTINCT t.id, t.folded ${ofScope} CROSS JOIN search_text t ON t.id = h.text
       WHERE s.scope = ? ${terms.words.map(() => 'AND instr(t.folded, ?)').join(' ')} ORDER BY t.id DESC`,
    )
    .all<Candidate>(scope, ...terms.words);
  return {
    candidates: (rank, from) => texts.filter((t) => t.id <= from && rankOf(t.folded, terms) === rank),
    scope,
  };
}

function gramPlan(db: Database, terms: SearchTerms): Plan {
  const exact = db.prepare('SELECT id, folded FROM search_text WHERE folded = ? AND id <= ?');
  const byGrams = db.prepare(
    `SELECT t.id, t.folded FROM search_gram CROSS JOIN search_text t ON t.id = search_gram.rowid
     WHERE search_gram MATCH ? AND search_gram.rowid <= ? ORDER BY search_gram.rowid DESC LIMIT ?`,
  );
  return {
    *candidates(rank, from) {
      if (rank === 'exact') return yield* exact.all<Candidate>(terms.folded, from);
      const grams = gramsFor(rank, terms);
      if (grams.length === 0) return;
      const match = grams.map((gram) => `"${gram}"`).join(' ');
      for (let first = from, full = true; full;) {
        const texts = byGrams.all<Candidate>(match, first, STEP);
        yield* texts;
        full = texts.length === STEP;
        first = (texts.at(-1)?.id ?? 0) - 1;
      }
    },
  };
}

/** The trigrams that a text of a rank has, in the form in which texts are indexed; none where a rank is not asked. */
function gramsFor(rank: Rank, { folded, words }: SearchTerms): string[] {
  const atStart = (term: string) => ([...term].length === 1 ? `  ${term}` : ` ${withWordStarts(term)}`);
  const anywhere = (term: string) => (isShort(term) ? atStart(term) : withWordStarts(term));
  switch (rank) {
    case 'word':
      return some(trigrams(atStart(folded)));
    case 'part':
      return isShort(folded) ? [] : some(trigrams(withWordStarts(folded)));
    default:
      return words.length < 2
        ? []
        : [...new Set(words.flatMap((word) => trigrams(anywhere(word))))].slice(0, MAX_GRAMS);
  }
}

function trigrams(text: string): string[] {
  const letters = [...text];
  return letters.slice(2).map((letter, i) => `${letters[i]}${letters[i + 1]}${letter}`);
}

/** So many of them, spread evenly, for the words at the end may be the rare ones. */
function some(grams: readonly string[]): string[] {
  const step = Math.max(1, grams.length / MAX_GRAMS);
  const chosen = Array.from({ length: Math.min(grams.length, MAX_GRAMS) }, (_, i) => grams[Math.floor(i * step)]!);
  return [...new Set(chosen)];
}

interface RecordRow {
  readonly id: number;
  readonly wanted: 0 | 1;
  readonly stream: string;
  readonly category: Category;
  readonly title: string | null;
  readonly descriptive: 0 | 1;
  readonly pairs: string;
  readonly withdrawn: 0 | 1;
}

const isTextKind = (kind: SearchQuery['kind']): kind is TextKind => TEXT_KINDS.some((each) => each === kind);

/** From where to get the hits of a text: where it has many, from the pair or party that has few. */
function hitsOf(db: Database, { scope }: Plan, text: number): readonly [sql: string, ...values: SqlValue[]] {
  const count = db.prepare('SELECT count(*) AS n FROM (SELECT 1 FROM search_hit WHERE text = ? LIMIT ?)');
  return scope !== undefined && count.get<{ n: number }>(text, STEP)!.n === STEP
    ? ['search_scope s CROSS JOIN search_hit h ON s.scope = ? AND h.record = s.record', scope]
    : ['search_hit h'];
}

/** The records that have a text, the newest first; those that the filters leave out are marked. */
function* recordsWith(
  db: Database,
  plan: Plan,
  { kind, scopes, upTo }: SearchQuery,
  text: number,
  before: number,
): Iterable<RecordRow> {
  const filters: (readonly [sql: string, value: SqlValue])[] = scopes.map((scope) => [
    'EXISTS (SELECT 1 FROM search_scope o WHERE o.scope = ? AND o.record = h.record)',
    scope,
  ]);
  if (kind !== undefined) filters.push([isTextKind(kind) ? 'h.kind = ?' : 'r.category = ?', kind]);
  const [hits, ...bound] = hitsOf(db, plan, text);
  const page = db.prepare(
    `SELECT r.id, max(${['1', ...filters.map(([sql]) => sql)].join(' AND ')}) AS wanted,
       r.stream, r.category, r.title, r.descriptive, r.pairs, r.withdrawn
     FROM ${hits} CROSS JOIN search_record r ON r.id = h.record
     WHERE h.text = ? AND h.record < ? AND h.at < ? GROUP BY h.record ORDER BY h.record DESC LIMIT ?`,
  );
  const values = filters.map(([, value]) => value);
  for (let last = before, full = true; full;) {
    const rows = page.all<RecordRow>(...values, ...bound, text, last, hitAfter(upTo), STEP);
    yield* rows;
    full = rows.length === STEP;
    last = rows.at(-1)?.id ?? last;
  }
}

interface HitRow {
  readonly event_id: string | null;
  readonly type: string;
  readonly stream: string;
  readonly path: string;
  readonly language: string | null;
  readonly kind: TextKind;
  readonly original: string;
  readonly occurred_on: string | null;
  readonly ended_on: string | null;
  readonly standing: Standing | null;
  readonly disputed: 0 | 1;
}

function foundRecord(db: Database, { kind, upTo }: SearchQuery, rank: Rank, text: number, row: RecordRow): FoundRecord {
  const ofKind = isTextKind(kind) ? kind : null;
  const hits = db
    .prepare(
      `SELECT e.id AS event_id, e.type, e.stream, h.path, h.language, h.kind, h.original, h.occurred_on, h.ended_on,
         h.standing, h.disputed
       FROM search_hit h LEFT JOIN event e ON e.position = h.at / ${PER_EVENT}
       WHERE h.text = ? AND h.record = ? AND h.at < ? AND h.kind = coalesce(?, h.kind) ORDER BY h.at LIMIT ?`,
    )
    .all<HitRow>(text, row.id, hitAfter(upTo), ofKind, MAX_HITS + 1);
  return {
    stream: row.stream,
    category: row.category,
    title: row.title === null ? null : (JSON.parse(row.title) as Record<string, string>),
    titleIsDescriptive: row.descriptive === 1,
    pairs: JSON.parse(row.pairs) as string[],
    withdrawn: row.withdrawn === 1,
    rank,
    hits: hits.slice(0, MAX_HITS).map(foundHit),
    more: hits.length > MAX_HITS,
  };
}

const foundHit = (row: HitRow): FoundHit => ({
  event: row.event_id === null ? null : { id: row.event_id, type: row.type, stream: row.stream },
  path: row.path,
  language: row.language,
  kind: row.kind,
  original: row.original,
  occurredOn: row.occurred_on,
  endedOn: row.ended_on,
  standing: row.standing,
  disputed: row.disputed === 1,
});
