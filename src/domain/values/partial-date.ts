import { type Day, dayOf, daysInMonth, maxDay, minDay } from './day.js';

export * from './day.js';

/**
 * A date as exact as the source is: EDTF (ISO 8601-2:2019, annex A) level 0 and the part of level 1 that names days.
 * An interval means one unknown day within it, never a duration. Why this is not the `edtf` package's work:
 * docs/decisions/0004-partial-dates.md.
 */
export type PartialDate = string;

/** The first and the last day that a partial date can mean, both inclusive; null is open or unknown on that side. */
export interface PartialDateBounds {
  readonly earliest: Day | null;
  readonly latest: Day | null;
}

/**
 * Why a text is no partial date.
 * - `edtf`: not a form that is taken. Beside what is no EDTF at all: times, seasons, years beyond four digits, sets,
 *   qualifiers and unspecified digits elsewhere than level 1 has them.
 * - `impossible-date`: the form is right, the day or month does not exist.
 * - `interval-backwards`: the interval ends before it begins.
 * - `unbounded`: an interval that is open on both sides says nothing; that is null.
 */
export type PartialDateRule = 'edtf' | 'impossible-date' | 'interval-backwards' | 'unbounded';

export type PartialDateCheck =
  { readonly ok: true; readonly bounds: PartialDateBounds } | { readonly ok: false; readonly rule: PartialDateRule };

/**
 * One date with its qualifier (level 1: at the end, for the whole date; `?` uncertain, `~` approximate, `%` both).
 * Unspecified digits as level 1 lists them: 202X, 20XX, 2024-XX, 2024-10-XX, 2024-XX-XX, and no others.
 */
const DATE = /^(?:(\d{4})(?:-(?:(\d{2})(?:-(\d{2}|XX))?|XX(?:-XX)?))?|(\d{3})X|(\d{2})XX)[?~%]?$/;

/** Months 21 to 41 are seasons, quarters and the like (EDTF levels 1 and 2): a form that is not taken. */
const isSeason = (month: number) => month >= 21 && month <= 41;

/** What is asked again and again: a record's dates at each fold of it. Texts that are no dates may be long, and are not kept. */
const known = new Map<string, PartialDateCheck>();
const MAX_KNOWN = 10_000;

/** The bounds of a partial date, or why the text is none. */
export function checkPartialDate(text: string): PartialDateCheck {
  const before = known.get(text);
  if (before) return before;
  const check = checkText(text);
  if (check.ok) {
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(text, check);
  }
  return check;
}

function checkText(text: string): PartialDateCheck {
  const slash = text.indexOf('/');
  if (slash < 0) return checkDate(text);

  const start = checkSide(text.slice(0, slash));
  if (!start.ok) return start;
  const end = checkSide(text.slice(slash + 1));
  if (!end.ok) return end;

  const [earliest, latest] = [start.bounds.earliest, end.bounds.latest];
  if (earliest === null && latest === null) return { ok: false, rule: 'unbounded' };
  if (earliest !== null && latest !== null && latest < earliest) return { ok: false, rule: 'interval-backwards' };
  return { ok: true, bounds: { earliest, latest } };
}

/** The bounds of a partial date, undefined if the text is none. Qualifiers do not widen them. */
export function parsePartialDate(text: string): PartialDateBounds | undefined {
  const check = checkPartialDate(text);
  return check.ok ? check.bounds : undefined;
}

/**
 * The bounds that hold all of the given ones, as a disputed date has them. Here null is open, so it wins: one
 * alternative without a first day leaves the whole without one. Both sides are null for no bounds at all.
 */
export function spanOf(all: Iterable<PartialDateBounds>): PartialDateBounds {
  const bounds = [...all];
  const earliest = bounds.map((each) => each.earliest);
  const latest = bounds.map((each) => each.latest);
  return {
    earliest: earliest.includes(null) ? null : minDay(...earliest),
    latest: latest.includes(null) ? null : maxDay(...latest),
  };
}

/**
 * A side of an interval: a date, `..` for open, or nothing for unknown (EDTF level 1, extended interval). Unspecified
 * digits in an interval are level 2, and say nothing there that `2020/..` for `202X/..` does not.
 */
function checkSide(text: string): PartialDateCheck {
  if (text.includes('X')) return { ok: false, rule: 'edtf' };
  return text === '' || text === '..' ? { ok: true, bounds: { earliest: null, latest: null } } : checkDate(text);
}

function checkDate(text: string): PartialDateCheck {
  const parts = DATE.exec(text);
  if (!parts) return { ok: false, rule: 'edtf' };
  const [, yearText, monthText, dayText, decade, century] = parts;

  if (decade !== undefined) return years(Number(decade) * 10, 9);
  if (century !== undefined) return years(Number(century) * 100, 99);
  const year = Number(yearText);
  if (monthText === undefined) return years(year, 0);

  const month = Number(monthText);
  if (isSeason(month)) return { ok: false, rule: 'edtf' };
  if (month < 1 || month > 12) return { ok: false, rule: 'impossible-date' };
  const last = daysInMonth(year, month);
  if (dayText === undefined || dayText === 'XX') return between(dayOf(year, month, 1), dayOf(year, month, last));

  const day = Number(dayText);
  if (day < 1 || day > last) return { ok: false, rule: 'impossible-date' };
  return between(dayOf(year, month, day), dayOf(year, month, day));
}

const years = (first: number, more: number) => between(dayOf(first, 1, 1), dayOf(first + more, 12, 31));

const between = (earliest: Day, latest: Day): PartialDateCheck => ({ ok: true, bounds: { earliest, latest } });
