import type { CuratedFact } from '../curation/curate.js';
import { type Day, minDay } from '../values/day.js';
import { parsePartialDate, type PartialDateBounds, spanOf } from '../values/partial-date.js';

const UNKNOWN: PartialDateBounds = { earliest: null, latest: null };

/** What a stated date says of its day; null, or what is no date, says nothing. */
const boundsOfText = (value: unknown): PartialDateBounds =>
  (typeof value === 'string' ? parsePartialDate(value) : undefined) ?? UNKNOWN;

/** The days that a date of a fact may mean; while it is disputed, all that the alternatives may mean. */
export function statedBounds(fact: CuratedFact, path: string, stated: unknown): PartialDateBounds {
  const alternatives = fact.disputes
    .filter(({ event }) => event.body.data.path === path)
    .flatMap(({ event }) => event.body.data.alternatives.map(({ value }) => boundsOfText(value)));
  return alternatives.length > 0 ? spanOf(alternatives) : boundsOfText(stated);
}

export interface FactBounds {
  readonly earliest: Day | null;
  readonly latest: Day;
  /** What is stated lies after a publication or the recording that tells of it: the stated day is kept. */
  readonly clamped: boolean;
}

/**
 * What has happened has happened by the time it is written down: the last day is the earliest of the stated last day,
 * the last day of publication of each source that tells of it, and the day of recording.
 */
export function boundFact(stated: PartialDateBounds, published: readonly (Day | null)[], recordedOn: Day): FactBounds {
  const { earliest } = stated;
  const latest = minDay(stated.latest, recordedOn, ...published) ?? recordedOn;
  return earliest !== null && latest < earliest
    ? { earliest, latest: earliest, clamped: true }
    : { earliest, latest, clamped: false };
}
