import { canonicalJson } from './values/canonical-json.js';
import type { PartialDateBounds } from './values/partial-date.js';

/** An act as it is stated: by a command, or as it stands on the record. */
export interface Stated<D extends object = object> {
  readonly type: string;
  readonly data: D;
  /** The days that its date can mean. */
  readonly days: PartialDateBounds;
}

/** What the record says already, in the order of recording, whatever was retracted left out. */
export interface OnRecord {
  readonly id: string;
  readonly acts: readonly Stated[];
}

/**
 * What is odd about an act beside what its record says. It is taken all the same, with this warning: real records are
 * odd, and the news that would explain it may come later.
 */
export interface Oddity<D extends object = object> {
  /** Stable, kebab-case. */
  readonly code: string;
  readonly message: string;
  /** JSON Pointer into the command's data. */
  readonly pointer?: string;
  when(act: Stated<D>, record: OnRecord): boolean;
}

const countOf = ({ acts }: OnRecord, types: readonly string[]) => acts.filter((a) => types.includes(a.type)).length;

/** Whether the first is before the second for certain, whichever days they mean. */
export const certainlyBefore = (a: PartialDateBounds, b: PartialDateBounds): boolean =>
  a.latest !== null && b.earliest !== null && a.latest < b.earliest;

const pointed = (pointer: string | undefined) => (pointer === undefined ? {} : { pointer });

/** None of these is on record. */
export const without = (code: string, message: string, ...types: readonly string[]): Oddity => ({
  code,
  message,
  when: (_, record) => countOf(record, types) === 0,
});

/** One of these is on record. */
export const beside = (code: string, message: string, ...types: readonly string[]): Oddity => ({
  code,
  message,
  when: (_, record) => countOf(record, types) > 0,
});

/** What `opens` is on record, and not `closes` as often: it is open. */
export const whileOpen = (code: string, message: string, opens: string, closes: string): Oddity => ({
  code,
  message,
  when: (_, record) => countOf(record, [opens]) > countOf(record, [closes]),
});

/** What `opens` is not on record more often than `closes`: nothing is open. */
export const unlessOpen = (code: string, message: string, opens: string, closes: string): Oddity => ({
  code,
  message,
  when: (_, record) => countOf(record, [opens]) <= countOf(record, [closes]),
});

/** Another act of the type says the same of these fields. */
export function again<D extends object>(message: string, ...fields: readonly (keyof D & string)[]): Oddity<D> {
  const key = (data: object) => canonicalJson(fields.map((f) => (data as Record<string, unknown>)[f] ?? null));
  return {
    code: 'repeated',
    message,
    when: ({ type, data }, { acts }) => acts.some((a) => a.type === type && key(a.data) === key(data)),
    ...pointed(fields[0] && `/${fields[0]}`),
  };
}

/** It is dated after one of these, for certain. */
export const datedAfter = (message: string, ...types: readonly string[]): Oddity => ({
  code: 'out-of-order',
  message,
  pointer: '/occurredOn',
  when: ({ days }, { acts }) => acts.some((a) => types.includes(a.type) && certainlyBefore(a.days, days)),
});

/** It is dated before one of these, for certain. */
export const datedBefore = (message: string, ...types: readonly string[]): Oddity => ({
  code: 'out-of-order',
  message,
  pointer: '/occurredOn',
  when: ({ days }, { acts }) => acts.some((a) => types.includes(a.type) && certainlyBefore(days, a.days)),
});

/** The record names itself. */
export const itself = <D extends object>(field: keyof D & string): Oddity<D> => ({
  code: 'itself',
  message: 'The record names itself',
  pointer: `/${field}`,
  when: ({ data }, { id }) => data[field] === id,
});
