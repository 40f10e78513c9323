import { type Day, daysBetween } from '../values/day.js';
import { type HistoryFact, recordedOn } from './history.js';

/** How many days after it happened something was recorded. */
export interface Lateness {
  /** From the last day on which it can have happened. */
  readonly atLeast: number;
  /** From the first; null where no first day is known. */
  readonly atMost: number | null;
}

export function lateness({ earliest, latest, event }: Pick<HistoryFact, 'earliest' | 'latest' | 'event'>): Lateness {
  const since = (day: Day) => daysBetween(day, recordedOn(event));
  return { atLeast: since(latest), atMost: earliest === null ? null : since(earliest) };
}
