import type { HistoryAnswer, HistoryEntry } from '../answers.js';
import { partyName } from '../parties.js';
import { type Line, say, type Span, value } from '../spans.js';
import { titleLine } from '../status-agreements.js';
import type { RenderOptions } from '../text.js';
import { localized, objectOf, textOf } from '../values.js';
import { codeWords } from '../words.js';

/** What a sentence about one event needs of the others. */
export interface Context {
  readonly options: RenderOptions;
  readonly pair: readonly string[];
  readonly party: (code: unknown) => Span;
  /** What the record of a stream is called: its title, its name, who visited whom; else its id. */
  readonly record: (stream: string) => Line;
  /** What the event was, and in which record; else its id. */
  readonly event: (eventId: unknown) => Line;
}

/** A sentence in lower case, and what else the data says. */
export interface Sentence {
  readonly sentence: Line;
  /** A label, and what it says. Left out where that is undefined or empty. */
  readonly details?: readonly (readonly [label: string, said: Line | Span | undefined])[];
}

/** Tells what happened. The data may lack any field: it is shown as it was recorded. */
export type Teller = (data: Readonly<Record<string, unknown>>, context: Context, entry: HistoryEntry) => Sentence;

/** Where a record is named, the later wins: a draft's title stands in place of a proposal's. */
const NAMING = [
  ['AgreementProposed', 'ExerciseAnnounced', 'VisitPlanned'],
  ['AgreementDrafted', 'MechanismCreated', 'ExerciseHeld', 'VisitHeld', 'SourceRegistered'],
];

/** Reads from all entries what the records are called. */
export function contextOf(answer: HistoryAnswer, options: RenderOptions): Context {
  const party = (code: unknown) => partyName(textOf(code) ?? 'somebody', answer.parties, options);
  const names = new Map<string, Line>();
  for (const types of NAMING) {
    for (const entry of answer.entries.filter(({ type }) => types.includes(type))) {
      const name = nameOf(entry, party, options);
      if (!name) continue;
      names.set(entry.stream, name);
      // A record keeps its own name when another is merged into it.
      if (entry.record !== entry.stream && !names.has(entry.record)) names.set(entry.record, name);
    }
  }
  const record = (stream: string) => names.get(stream) ?? [value(stream)];
  const byId = new Map(answer.entries.map((entry) => [entry.eventId, entry]));
  return {
    options,
    pair: answer.pair?.split('-') ?? [],
    party,
    record,
    event: (eventId) => {
      const id = textOf(eventId) ?? 'unknown';
      const entry = byId.get(id);
      return entry ? say`“${codeWords(entry.type)}” of ${record(entry.stream)}` : say`event ${id}`;
    },
  };
}

function nameOf(
  { data, type, stream }: HistoryEntry,
  party: Context['party'],
  options: RenderOptions,
): Line | undefined {
  if (type.startsWith('Visit')) {
    // Two parties may visit each other often: the id tells the visits apart.
    return say`the visit of ${party(data.visitor)} to ${party(data.host)} (${stream.slice('visit-'.length)})`;
  }
  const name = localized(objectOf(data.title), options) ?? localized(objectOf(data.name), options);
  return name && titleLine(name, data.titleIsDescriptive === true);
}
