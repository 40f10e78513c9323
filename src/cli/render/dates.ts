import { parsePartialDate } from '../../domain/values/partial-date.js';
import { type Span, value } from './spans.js';
import { localDigits, type RenderOptions } from './text.js';

const UNKNOWN = 'date unknown';

/** A partial date (EDTF) in words, as exact as it is stated; `date unknown` for null. */
export function dateWords(date: string | null): string {
  if (date === null) return UNKNOWN;
  if (parsePartialDate(date) === undefined) return date;
  const slash = date.indexOf('/');
  if (slash < 0) return oneDate(date);
  const [from, to] = [date.slice(0, slash), date.slice(slash + 1)];
  const open = (side: string) => side === '' || side === '..';
  if (open(from)) return `on or before ${oneDate(to)}`;
  if (open(to)) return `on or after ${oneDate(from)}`;
  // In the ledger an interval is never a duration.
  return `one day from ${oneDate(from)} to ${oneDate(to)}`;
}

function oneDate(date: string): string {
  const qualifier = /[~?%]$/.exec(date)?.[0];
  const words = unspecifiedDigits(qualifier === undefined ? date : date.slice(0, -1));
  const about = qualifier === '~' || qualifier === '%' ? 'about ' : '';
  return `${about}${words}${qualifier === '?' || qualifier === '%' ? ' (uncertain)' : ''}`;
}

function unspecifiedDigits(date: string): string {
  if (/^\d{2}XX$/.test(date)) return `${date.slice(0, 2)}00 to ${date.slice(0, 2)}99, year unknown`;
  if (/^\d{3}X$/.test(date)) return `${date.slice(0, 3)}0s`;
  if (date.endsWith('-XX-XX')) return `${date.slice(0, 4)}, month and day unknown`;
  if (/^\d{4}-XX$/.test(date)) return `${date.slice(0, 4)}, month unknown`;
  if (date.endsWith('-XX')) return `${date.slice(0, 7)}, day unknown`;
  return date;
}

/** The date in words and in the digits asked for. */
export const dateSpan = (date: string | null, options: RenderOptions): Span =>
  value(localDigits(dateWords(date), options));

/** When something happened that may have lasted: `occurredOn` is then its start. */
export function periodSpan(occurredOn: string | null, endedOn: string | null, options: RenderOptions): Span {
  const start = dateWords(occurredOn);
  const words =
    endedOn === null ? start : `from ${occurredOn === null ? 'an unknown day' : start} to ${dateWords(endedOn)}`;
  return value(localDigits(words, options));
}

/** On which days something can have been; undefined where nothing is known. */
export function boundsWords(earliest: string | null, latest: string | null): string | undefined {
  if (earliest === null) return latest === null ? undefined : `${latest} at the latest`;
  if (latest === null) return `${earliest} at the earliest`;
  return earliest === latest ? earliest : `one day from ${earliest} to ${latest}`;
}

/** What the ledger concluded of the day beyond the date as stated; undefined where that says it all. */
export function concludedWords(
  stated: string | null,
  earliest: string | null,
  latest: string | null,
): string | undefined {
  const bounds = stated === null ? undefined : parsePartialDate(stated);
  if (bounds !== undefined && bounds.earliest === earliest && bounds.latest === latest) return undefined;
  return boundsWords(earliest, latest);
}

/** The year that all days between the bounds are in. */
export function knownYear(earliest: string | null, latest: string | null): string | undefined {
  const year = earliest?.slice(0, 4);
  return year !== undefined && year === latest?.slice(0, 4) ? year : undefined;
}
