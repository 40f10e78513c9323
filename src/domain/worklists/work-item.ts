import type { Category, Citation } from '../event.js';
import { citationsOf, type HistoryFact, type RecordHistory } from '../history/history.js';
import type { Day } from '../values/day.js';
import type { Standing } from '../values/standing.js';

/** What an item of a list is about: a record, and an event of it. */
export interface WorkItem {
  /** Its place in the list, and its key. */
  readonly key: string;
  readonly stream: string;
  readonly category: Category;
  /** What the record is called; null where it has no title or name. */
  readonly title: Readonly<Record<string, string>> | null;
  readonly titleIsDescriptive: boolean;
  readonly pairs: readonly string[];
  /** Of a visit: `PAK>MAR`, from whom to whom. */
  readonly direction: string | null;
  readonly eventId: string;
  readonly type: string;
  readonly occurredOn: string | null;
  readonly endedOn: string | null;
  readonly earliest: Day | null;
  readonly latest: Day | null;
  readonly standing: Standing | null;
  /** All that was ever cited for it, of withdrawn sources too. */
  readonly evidence: readonly Citation[];
  /** Since when the ledger has it so. */
  readonly position: number;
  readonly recordedAt: string;
}

interface Called {
  readonly title?: WorkItem['title'];
  readonly name?: WorkItem['title'];
  readonly names?: WorkItem['title'];
  readonly titleIsDescriptive?: boolean;
  readonly visitor?: string;
  readonly host?: string;
}

export function recordTold({ stream, category, pairs, state }: RecordHistory) {
  const { title, name, names, titleIsDescriptive, visitor, host } = state as Called;
  return {
    stream,
    category,
    title: title ?? name ?? names ?? null,
    titleIsDescriptive: titleIsDescriptive === true,
    pairs,
    direction: visitor !== undefined && host !== undefined ? `${visitor}>${host}` : null,
  };
}

export const factTold = ({ event, type, occurredOn, endedOn, earliest, latest, standing, curated }: HistoryFact) => ({
  eventId: event.id,
  type,
  occurredOn,
  endedOn,
  earliest,
  latest,
  standing,
  evidence: citationsOf(curated),
  position: event.position,
  recordedAt: event.metadata.recordedAt,
});

export const factOfRecord = ({ facts }: RecordHistory, eventId: string | null | undefined): HistoryFact | undefined =>
  facts.find((f) => f.event.id === eventId);

/** By key, in code unit order. */
export const byKey = (a: { readonly key: string }, b: { readonly key: string }): number =>
  a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
