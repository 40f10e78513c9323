import type { TextOf } from '../i18n/text';

const DATE = /^(\d{4})(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?([?~%])?$/;
const YEARS = /^(\d{2,3})(X{1,2})([?~%])?$/;
const QUALIFIERS = { '?': 'date.uncertain', '~': 'date.approximate', '%': 'date.both' } as const;
type Qualifier = keyof typeof QUALIFIERS;

/** A date as exact as the ledger has it (EDTF), in words; never more exact. What is no such date is shown as it is. */
export function tellDate(text: string | null, words: TextOf): string {
  if (text === null) return words('date.unknown');
  const slash = text.indexOf('/');
  if (slash >= 0) return tellInterval(text.slice(0, slash), text.slice(slash + 1), words);
  return tellOne(text, words);
}

const isOpen = (side: string) => side === '' || side === '..';

function tellInterval(from: string, to: string, words: TextOf): string {
  if (isOpen(from)) return words('date.before', { date: tellOne(to, words) });
  if (isOpen(to)) return words('date.after', { date: tellOne(from, words) });
  return words('date.between', { from: tellOne(from, words), to: tellOne(to, words) });
}

function tellOne(text: string, words: TextOf): string {
  const [, known, missing, yearsQualifier] = YEARS.exec(text) ?? [];
  if (known !== undefined && missing !== undefined) {
    const [from, to] = ['0', '9'].map((digit) => known + digit.repeat(missing.length)) as [string, string];
    const years = words('date.between', { from: tellCalendar(words, from), to: tellCalendar(words, to) });
    return qualified(years, yearsQualifier, words);
  }
  const [, year, month, day, qualifier] = DATE.exec(text) ?? [];
  if (year === undefined) return text;
  return qualified(tellKnown(year, month, day, words), qualifier, words);
}

function tellKnown(year: string, month: string | undefined, day: string | undefined, words: TextOf): string {
  if (month === 'XX') return words('date.monthUnknown', { date: tellCalendar(words, year) });
  if (day === 'XX') return words('date.dayUnknown', { date: tellCalendar(words, year, month) });
  return tellCalendar(words, year, month, day);
}

const qualified = (date: string, qualifier: string | undefined, words: TextOf) =>
  qualifier === undefined ? date : words(QUALIFIERS[qualifier as Qualifier], { date });

function tellCalendar({ tag }: TextOf, year: string, month?: string, day?: string): string {
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month ?? 1) - 1, Number(day ?? 1));
  return new Intl.DateTimeFormat(tag, {
    timeZone: 'UTC',
    year: 'numeric',
    ...(month !== undefined && { month: 'long' }),
    ...(day !== undefined && { day: 'numeric' }),
  }).format(date);
}

/** A moment of the ledger's clock. */
export function tellMoment(time: string, { tag }: TextOf): string {
  const moment = new Intl.DateTimeFormat(tag, {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return `${moment.format(new Date(time))} UTC`;
}
