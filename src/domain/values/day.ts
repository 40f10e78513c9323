/**
 * A day of the proleptic Gregorian calendar, `YYYY-MM-DD`, years 0000 to 9999. Days compare as strings, so `<` is
 * "earlier than". No clock and no time zone: a day is what a source says, and nothing else is known about it.
 */
export type Day = string;

const FORM = /^(\d{4})-(\d{2})-(\d{2})$/;
/** The first and the last day that can be written. */
export const FIRST_DAY: Day = '0000-01-01';
export const LAST_DAY: Day = '9999-12-31';

/** Days in a month of the Gregorian calendar (ISO 8601-1:2019, 4.2.1); month from 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) {
    const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    return leap ? 29 : 28;
  }
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether the text is a day that exists: 2023-02-29 is none. */
export const isDay = (text: string): boolean => partsIn(text) !== undefined;

/** Writes a day. Beyond four digits the nearest day that can be written stands in, so that order is kept. */
export function dayOf(year: number, month: number, day: number): Day {
  if (year < 0) return FIRST_DAY;
  if (year > 9999) return LAST_DAY;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/**
 * The day `count` days later (earlier, if negative). Never leaves 0000-01-01 to 9999-12-31: a fold over what was
 * recorded must not fail because a source wrote a term of 9000 years.
 */
export function addDays(day: Day, count: number): Day {
  const [year, month, date] = partsOf(day);
  // Not Date.UTC, which reads the years 0 to 99 as 1900 to 1999.
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, date + count);
  if (Number.isNaN(at.getTime())) return count < 0 ? FIRST_DAY : LAST_DAY;
  return dayOf(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate());
}

/** How many days lie from one day to another; negative where that is earlier. */
export function daysBetween(from: Day, to: Day): number {
  const at = (day: Day) => {
    const [year, month, date] = partsOf(day);
    return new Date(0).setUTCFullYear(year, month - 1, date);
  };
  return (at(to) - at(from)) / 86_400_000;
}

/**
 * The same day `count` months later; where the month has no such day, its last one (31 January and a month is the last
 * of February), so that a period of months never ends in the month after. Clamped as `addDays` is.
 */
export function addMonths(day: Day, count: number): Day {
  const [year, month, date] = partsOf(day);
  const months = year * 12 + (month - 1) + count;
  const [toYear, toMonth] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1];
  return dayOf(toYear, toMonth, Math.min(date, daysInMonth(toYear, toMonth)));
}

/** The same day `count` years later; 29 February gives 28 February in a common year. Clamped as `addDays` is. */
export function addYears(day: Day, count: number): Day {
  return addMonths(day, count * 12);
}

/** The earliest of the days that are known; null says nothing and is passed over. Null when none is known. */
export function minDay(...days: readonly (Day | null)[]): Day | null {
  return days.reduce((least, day) => (least === null || (day !== null && day < least) ? day : least), null);
}

/** The latest of the days that are known; null says nothing and is passed over. Null when none is known. */
export function maxDay(...days: readonly (Day | null)[]): Day | null {
  return days.reduce((most, day) => (most === null || (day !== null && day > most) ? day : most), null);
}

type Parts = readonly [year: number, month: number, date: number];

function partsIn(text: string): Parts | undefined {
  const parts = FORM.exec(text);
  if (!parts) return undefined;
  const [year, month, date] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const exists = month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month);
  return exists ? [year, month, date] : undefined;
}

function partsOf(day: Day): Parts {
  const parts = partsIn(day);
  if (!parts) throw new RangeError(`not a day: ${day}`);
  return parts;
}
