import fc from 'fast-check';

/**
 * Partial dates made at random, and what they mean said in another way than the parser says it: by trying every day of
 * the calendar that the platform has.
 */
export interface GeneratedDate {
  readonly text: string;
  /** The dates of both sides, without qualifiers; twice the same when it is no interval. */
  readonly sides: readonly [string, string];
}

/** Every day from 1 January of the one year to 31 December of the other. */
export function daysBetween(fromYear: number, toYear: number): string[] {
  const key = `${fromYear}-${toYear}`;
  const known = calendars.get(key);
  if (known) return known;
  const days: string[] = [];
  for (
    const at = new Date(Date.UTC(fromYear, 0, 1));
    at.getUTCFullYear() <= toYear;
    at.setUTCDate(at.getUTCDate() + 1)
  ) {
    days.push(at.toISOString().slice(0, 10));
  }
  calendars.set(key, days);
  return days;
}
const calendars = new Map<string, string[]>();

/** Whether a date without qualifier can mean the day: the digits that are given are the day's, from the left. */
export function meansDay(date: string, day: string): boolean {
  return [...date].every((character, index) => character === 'X' || character === day[index]);
}

const year = fc.integer({ min: 1990, max: 2109 }).map(String);
const day = fc.constantFrom(...daysBetween(1990, 2109));
const plain = fc.oneof(
  day,
  day.map((text) => text.slice(0, 7)),
  year,
);
const unspecified = fc.oneof(
  day.map((text) => `${text.slice(0, 7)}-XX`),
  year.map((text) => `${text}-XX`),
  year.map((text) => `${text}-XX-XX`),
  fc.integer({ min: 199, max: 210 }).map((decade) => `${decade}X`),
  fc.constant('20XX'),
);
const qualifier = fc.constantFrom('', '', '~', '?', '%');

export const anyPartialDate: fc.Arbitrary<GeneratedDate> = fc.oneof(
  fc
    .tuple(fc.oneof(plain, unspecified), qualifier)
    .map(([date, mark]) => ({ text: date + mark, sides: [date, date] as const })),
  fc
    .tuple(plain, qualifier, plain, qualifier)
    .map(([start, a, end, b]) => ({ text: `${start}${a}/${end}${b}`, sides: [start, end] as const })),
);
