import { parseStream, streamName } from '../domain/event.js';
import type { RecordHistory } from '../domain/history/history.js';
import { allBuiltInParties, type BuiltInParty, builtInParty } from '../domain/party/iso-3166.js';
import { type SearchableText, searchableTexts } from '../domain/search/searchable-texts.js';
import { jsonPointer } from '../domain/values/json-pointer.js';
import type { Database, SqlValue } from '../event-store/embedded/sqlite.js';
import { foldRecordAt } from './folds.js';
import { recordSince, streamEvents } from './history-index.js';
import type { Batch } from './projection.js';

/** Places for the texts of one event. A text takes six bytes of JSON at least, and a command is at most 48 KiB long. */
export const PER_EVENT = 2 ** 13;

/** The first hit that an event after that position could have. */
export const hitAfter = (position: number): number => (position + 1) * PER_EVENT;

/** An occurrence of a text. */
export interface Hit {
  /** The position of its event (0 for a name that is built in) and its place there, in one number. */
  readonly at: number;
  readonly original: string;
  /** Its other columns: path, language, kind, occurred_on, ended_on, standing, disputed. */
  readonly columns: readonly SqlValue[];
}

/** A record as it is to be found: with all its hits, so none where it is not to be found. */
export interface Entry {
  /** The position of its first event, so that newer ones come first; of a party that is built in, beyond all of them. */
  readonly id: number;
  /** stream, category, title, descriptive, pairs, withdrawn. */
  readonly columns: readonly SqlValue[];
  /** The pairs and parties that it belongs to. */
  readonly scopes: readonly string[];
  readonly hits: readonly Hit[];
}

const BUILT_IN = new Map(allBuiltInParties().map((party, i) => [party.code, i]));

/** Parties that are built in, before anything was recorded of them. */
export const builtInEntries = (): Entry[] =>
  allBuiltInParties().map((party) => entry(streamName('party', party.code), idOf(party), undefined, []));

/** The record that a stream begins, as it is to be found at the end of the batch; undefined where nothing is there. */
export function entryOf(db: Database, stream: string, { today, position }: Batch): Entry | undefined {
  const { category, id } = parseStream(stream)!;
  const { record, root } = foldRecordAt(db, stream, { asOf: today, minimumStanding: 'claimed' }, position);
  const builtIn = category === 'party' ? builtInParty(id) : undefined;
  const key = builtIn ? idOf(builtIn) : recordSince(db, stream);
  if (key === undefined) return undefined;
  // What was merged is found as the record that it was merged into.
  const own = root === stream ? record : undefined;
  return entry(stream, key, own, own ? searchableTexts(own, streamEvents(db, stream, position)) : []);
}

const idOf = ({ code }: BuiltInParty) => 2 ** 52 - BUILT_IN.get(code)!;

/** What of a record's state is shown of it. */
interface Shown {
  readonly title?: object | null;
  readonly titleIsDescriptive?: boolean;
  readonly name?: object | null;
  readonly names?: object;
  readonly withdrawn?: boolean;
}

function entry(stream: string, id: number, record: RecordHistory | undefined, texts: readonly SearchableText[]): Entry {
  const { category, id: name } = parseStream(stream)!;
  const builtIn = category === 'party' ? builtInParty(name) : undefined;
  const { title, titleIsDescriptive, name: called, names, withdrawn } = (record?.state ?? {}) as Shown;
  const shown = category === 'party' ? { ...builtIn?.names, ...names } : (title ?? called ?? null);
  const pairs = record?.pairs ?? [];
  return {
    id,
    columns: [
      stream,
      category,
      shown && JSON.stringify(shown),
      titleIsDescriptive ? 1 : 0,
      JSON.stringify(pairs),
      withdrawn ? 1 : 0,
    ],
    scopes: [...pairs, ...(category === 'party' ? [name] : (record?.parties ?? []))],
    hits: [...(builtIn ? builtInTexts(builtIn) : []), ...texts.filter((t) => t.ordinal < PER_EVENT)].map(hitOf),
  };
}

const hitOf = (t: SearchableText): Hit => ({
  at: t.position * PER_EVENT + t.ordinal,
  original: t.text,
  columns: [t.path, t.language, t.kind, t.occurredOn, t.endedOn, t.standing, t.disputed ? 1 : 0],
});

/** Before each built-in party's names, those of the parties before it. */
const OFFSETS: readonly number[] = allBuiltInParties().reduce<number[]>(
  (offsets, party) => [...offsets, offsets.at(-1)! + namesOf(party).length],
  [0],
);

function namesOf({
  code,
  names,
  aliases,
}: BuiltInParty): (readonly [path: string, language: string | null, text: string])[] {
  return [
    [jsonPointer('code'), null, code],
    ...Object.entries(names).map(([tag, text]) => [jsonPointer('names', tag), tag, text] as const),
    ...aliases.map((text, i) => [jsonPointer('aliases', i), null, text] as const),
  ];
}

/** The names of a built-in party, by their paths in the party as it is answered. */
const builtInTexts = (party: BuiltInParty): SearchableText[] =>
  namesOf(party).map(([path, language, text], i) => ({
    position: 0,
    ordinal: OFFSETS[BUILT_IN.get(party.code)!]! + i,
    path,
    language,
    text,
    kind: 'text',
    occurredOn: null,
    endedOn: null,
    standing: null,
    disputed: false,
  }));
