import type { components, Queries } from '@mithaq/client';
import type { Wordings } from '../i18n/locales';
import type { Standing } from '../time/search';

type Schemas = components['schemas'];

export type Relationship = Schemas['Relationship'];
export type HistoryEntry = Schemas['HistoryEntry'];
export type Dispute = Relationship['openDisputes'][number];
export type Citation = HistoryEntry['evidence'][number];
export type Blame = Schemas['Blame'];
export type BlamedField = Blame['fields'][number];
export type EventRef = NonNullable<BlamedField['event']>;
export type LedgerEvent = Schemas['Event'];
export type Diff = Schemas['Diff'];
export type Change = Diff['changes'][number];
export type LatePage = Queries['/v1/late']['answer'];
export type Data = Readonly<Record<string, unknown>>;

/** The rungs of a relationship that say that something is on record, the lowest first. */
export const RUNGS = ['contact', 'negotiating', 'signed', 'in_force', 'institutionalised'] as const;

/** Categories of records that have a page. */
export const CATEGORIES = ['agreement', 'visit', 'meeting', 'mechanism', 'exercise', 'source'] as const;
export type Category = (typeof CATEGORIES)[number];

export const plural = <C extends Category>(category: C): `${C}s` => `${category}s`;

/** A record: what all have, and beside it the fields of its category. */
export interface RecordAnswer extends Data {
  readonly stream: string;
  readonly revision: number;
  readonly pairs: readonly string[];
  readonly openDisputes?: readonly Dispute[];
  readonly parties?: readonly string[];
  readonly title?: Wordings | null;
  readonly titleIsDescriptive?: boolean;
  readonly name?: Wordings | null;
  readonly status?: string | null;
  readonly standing?: Standing | null;
}

/** `agreement-a-b` → its category and its id; undefined for a stream of another kind. */
export function parseStream(stream: string): { readonly category: Category; readonly id: string } | undefined {
  const category = CATEGORIES.find((each) => stream.startsWith(`${each}-`));
  return category && { category, id: stream.slice(category.length + 1) };
}

const isObject = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Texts by language: at least one, and nothing else. */
export function isWordings(value: unknown): value is Wordings {
  return (
    isObject(value) &&
    Object.keys(value).length > 0 &&
    Object.entries(value).every(([key, text]) => /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(key) && typeof text === 'string')
  );
}

export { isObject };
