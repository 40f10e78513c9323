import { useNavigate, useSearch } from '@tanstack/react-router';
import { isLocale, type Locale } from '../i18n/locales';

export const STANDINGS = ['claimed', 'reported', 'announced', 'documented', 'registered'] as const;
export type Standing = (typeof STANDINGS)[number];
/** Said by unnamed or interested sources only: not established. */
export const isClaimed = (standing: Standing | null): boolean => standing === 'claimed';

/** What the address says behind its path: whoever has it sees the same page. As it was typed, right or wrong. */
export interface PageSearch {
  /** The day on which things were as they are shown, YYYY-MM-DD; today where it is left out. */
  readonly trueOn?: string;
  /** What was known: up to an entry, by its number, or a time (RFC 3339); all where it is left out. */
  readonly knownOn?: string;
  /** How well facts must stand. */
  readonly standing?: string;
  readonly lang?: string;
  /** Of a history. */
  readonly order?: string;
  /** The field whose evidence is open: a JSON Pointer. */
  readonly cite?: string;
  /** What is searched for. */
  readonly q?: string;
  /** Two points in time that are compared: `trueOn@knownOn`, either half may be left out. */
  readonly from?: string;
  readonly to?: string;
  /** Of which records events are listed. */
  readonly category?: string;
  readonly pair?: string;
  /** The position of the event that is open. */
  readonly event?: string;
}

export const SEARCH_NAMES = [
  'trueOn',
  'knownOn',
  'standing',
  'lang',
  'order',
  'cite',
  'q',
  'from',
  'to',
  'category',
  'pair',
  'event',
] as const;
/** Those that go along from page to page. */
export const AXES = ['trueOn', 'knownOn', 'standing', 'lang'] as const;

/** Names that are none of the console's are dropped, with what is empty. */
export const readSearch = (raw: Readonly<Record<string, unknown>>): PageSearch =>
  Object.fromEntries(
    SEARCH_NAMES.flatMap((name) => (typeof raw[name] === 'string' && raw[name] !== '' ? [[name, raw[name]]] : [])),
  );

export const parseSearch = (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text));

export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams(
    Object.entries(search).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  return query.size === 0 ? '' : `?${query.toString()}`;
}

/** A day that is in the calendar. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const RFC_3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;
/** A position, from 1. */
export const isPosition = (text: string) => /^[1-9]\d{0,14}$/.test(text);
const isKnownOn = (text: string) =>
  /^\d{1,15}$/.test(text) || (RFC_3339.test(text) && isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text)));
export const isStanding = (text: unknown): text is Standing => STANDINGS.includes(text as Standing);

/** A point on both axes as it is written; undefined where it is none. */
export function readPoint(text: string): { readonly trueOn: string; readonly knownOn: string } | undefined {
  const [trueOn = '', knownOn = '', ...more] = text.split('@');
  const fits = (half: string, rule: (half: string) => boolean) => half === '' || rule(half);
  const is = more.length === 0 && text.includes('@') && fits(trueOn, isDay) && fits(knownOn, isKnownOn);
  return is ? { trueOn, knownOn } : undefined;
}
const isPair = (text: string) => /^[A-Z]{3,}-[A-Z]{3,}$/.test(text);

/** Categories of streams. */
export const EVENT_CATEGORIES = [
  'agreement',
  'visit',
  'meeting',
  'mechanism',
  'exercise',
  'relationship',
  'source',
  'party',
] as const;
export type EventCategory = (typeof EVENT_CATEGORIES)[number];
export const isEventCategory = (text: unknown): text is EventCategory =>
  EVENT_CATEGORIES.includes(text as EventCategory);
const isPoint = (text: string) => readPoint(text) !== undefined;

const RULES = {
  trueOn: isDay,
  knownOn: isKnownOn,
  standing: isStanding,
  lang: isLocale,
  from: isPoint,
  to: isPoint,
  category: isEventCategory,
  pair: isPair,
  event: isPosition,
} as const;

export interface SearchProblem {
  readonly name: keyof typeof RULES;
  readonly value: string;
}

/** What of the address can't be understood. */
export const problemsIn = (search: PageSearch): SearchProblem[] =>
  (Object.keys(RULES) as SearchProblem['name'][]).flatMap((name) => {
    const value = search[name];
    return value === undefined || RULES[name](value) ? [] : [{ name, value }];
  });

/** The last moment of a day, as what was known on it. */
export const endOfDay = (day: string): string => `${day}T23:59:59.999Z`;

/** The point in time, as the API's questions have it. */
export const timeParams = ({ trueOn, knownOn, standing }: PageSearch) => ({
  ...(trueOn !== undefined && { asOf: trueOn }),
  ...(knownOn !== undefined && { knownAt: knownOn }),
  ...(isStanding(standing) && { minimumStanding: standing }),
});
export type TimeParams = ReturnType<typeof timeParams>;

export const usePageSearch = (): PageSearch => useSearch({ strict: false });

export const useTimeParams = (): TimeParams => timeParams(usePageSearch());

export type SearchChange = { readonly [Name in keyof PageSearch]?: string | undefined };

/** Changes the address, and so the page. @returns called with what changes; undefined drops a name */
export function useSearchChange(): (change: SearchChange, options?: { readonly replace?: boolean }) => void {
  const navigate = useNavigate();
  return (change, { replace = false } = {}) =>
    void navigate({
      to: '.',
      search: (before: PageSearch) => ({ ...before, ...change }),
      replace,
      resetScroll: false,
    });
}

export const localeIn = (search: PageSearch): Locale | undefined => (isLocale(search.lang) ? search.lang : undefined);
