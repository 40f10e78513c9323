import { type Category, type HistoryEntry, parseStream } from '../api/records';

/** Since 1 January 1970. */
export type Days = number;

const DAY_MS = 86_400_000;

/** @param day YYYY-MM-DD */
export const toDays = (day: string): Days => Date.parse(`${day}T00:00:00Z`) / DAY_MS;
export const toDate = (days: Days): Date => new Date(days * DAY_MS);

/** The lanes, from the top. */
export const LANES = ['agreement', 'mechanism', 'visit', 'meeting', 'exercise', 'relationship'] as const;
export type LaneName = (typeof LANES)[number];

/** An event as the stretch of days in which it happened, or may have: a date that is half known is drawn as long as it is. */
export interface Mark {
  readonly entry: HistoryEntry;
  /** Null: no day is known that it was not before. */
  readonly from: Days | null;
  /** The last day, which is in it. */
  readonly to: Days;
}

/** The events of one record, in a row of its lane. */
export interface Bar {
  readonly stream: string;
  readonly row: number;
  readonly marks: readonly Mark[];
  readonly start: Days;
  readonly end: Days;
}

export interface Lane {
  readonly name: LaneName;
  readonly rows: number;
  /** In order of their starts. */
  readonly bars: readonly Bar[];
}

export interface Layout {
  readonly lanes: readonly Lane[];
  /** What has no first day is drawn from here on. */
  readonly start: Days;
  readonly end: Days;
}

/** Rows of a lane; where more records overlap, they share rows, and the nearer look takes them apart. */
const MAX_ROWS = 12;
/** Of what is shown: beside the first and the last; and before the first, where something has no first day. */
const MARGIN = 0.04;
const OPEN = 0.15;
/** What happened on one day has air around it. */
const LEAST_SPAN: Days = 365;

const laneOf = (stream: string): LaneName | undefined => {
  const category: Category | 'relationship' | undefined = stream.startsWith('relationship-')
    ? 'relationship'
    : parseStream(stream)?.category;
  return LANES.find((name) => name === category);
};

/** What has a place in time: no curation, and nothing that was taken back. */
const marksOf = (entries: readonly HistoryEntry[]): Mark[] =>
  entries.flatMap((entry) => {
    const { earliest, latest, when, retractedBy } = entry;
    if (when === null || latest === null || retractedBy !== null) return [];
    return [{ entry, from: earliest === null ? null : toDays(earliest), to: toDays(latest) }];
  });

/** Puts a history's events into lanes by the category of their records, and its records into rows. @param today is in sight */
export function layOut(entries: readonly HistoryEntry[], today: Days): Layout {
  const marks = marksOf(entries);
  const known = marks.flatMap(({ from, to }) => (from === null ? [to] : [from, to]));
  const first = Math.min(today, ...minMax(known));
  const last = Math.max(today, ...minMax(known));
  const length = Math.max(LEAST_SPAN, last - first);
  const start = first - Math.round(length * (marks.some(({ from }) => from === null) ? OPEN : MARGIN));
  const byRecord = new Map<string, Mark[]>();
  for (const mark of marks) {
    const own = byRecord.get(mark.entry.record);
    if (own) own.push(mark);
    else byRecord.set(mark.entry.record, [mark]);
  }
  const lanes = LANES.map((name) => laneFrom(name, byRecord, start)).filter(({ bars }) => bars.length > 0);
  return { lanes, start, end: Math.max(last, first + length) + Math.round(length * MARGIN) };
}

/** A spread of fifty thousand arguments would be too many. */
function minMax(values: readonly number[]): number[] {
  if (values.length === 0) return [];
  let [least, most] = [values[0]!, values[0]!];
  for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)];
  return [least, most];
}

function laneFrom(name: LaneName, byRecord: ReadonlyMap<string, readonly Mark[]>, begin: Days): Lane {
  const records = [...byRecord]
    .filter(([stream]) => laneOf(stream) === name)
    .map(([stream, marks]) => ({
      stream,
      marks: [...marks].sort((a, b) => startOf(a, begin) - startOf(b, begin)),
      start: Math.min(...marks.map((mark) => startOf(mark, begin))),
      end: Math.max(...marks.map(({ to }) => to)),
    }))
    .sort((a, b) => a.start - b.start);
  /** The last day of each row so far. */
  const ends: Days[] = [];
  const bars = records.map((record, i) => {
    const free = ends.findIndex((end) => end < record.start);
    const row = free >= 0 ? free : ends.length < MAX_ROWS ? ends.length : i % MAX_ROWS;
    ends[row] = Math.max(ends[row] ?? record.end, record.end);
    return { ...record, row };
  });
  return { name, rows: ends.length, bars };
}

/** From where a mark is drawn. @param begin of the layout */
export const startOf = ({ from }: Mark, begin: Days): Days => from ?? begin;
