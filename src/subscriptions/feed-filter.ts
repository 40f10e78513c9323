import { isCuration } from '../domain/curation/events.js';
import { type Category, type LedgerEvent, parseStream, streamName } from '../domain/event.js';
import { canonicalPair, pairParties } from '../domain/values/pair.js';
import { compareStanding, highestStanding, type Standing } from '../domain/values/standing.js';

/** What a client of the feed wants: each field that is there must hold, by any of its values. */
export interface FeedFilter {
  readonly pairs?: ReadonlySet<string>;
  readonly parties?: ReadonlySet<string>;
  readonly categories?: ReadonlySet<Category>;
  readonly streams?: ReadonlySet<string>;
  readonly types?: ReadonlySet<string>;
  readonly minimumStanding?: Standing;
}

/** The same as it is asked for, by a query or in JSON. A field may hold several values, also with commas between them. */
export interface FeedFilterFields {
  readonly pair?: Values;
  readonly party?: Values;
  readonly category?: Values;
  readonly stream?: Values;
  readonly type?: Values;
  readonly minimumStanding?: Standing;
}

export type Values = string | readonly string[];

export const valuesOf = (given: Values): string[] => [given].flat().flatMap((text) => text.split(','));

/** @param fields that were checked */
export function feedFilter({ pair, party, category, stream, type, minimumStanding }: FeedFilterFields): FeedFilter {
  return {
    ...(pair !== undefined && { pairs: new Set(valuesOf(pair).map((text) => canonicalPair(text)!)) }),
    ...(party !== undefined && { parties: new Set(valuesOf(party)) }),
    ...(category !== undefined && { categories: new Set(valuesOf(category) as Category[]) }),
    ...(stream !== undefined && { streams: new Set(valuesOf(stream)) }),
    ...(type !== undefined && { types: new Set(valuesOf(type)) }),
    ...(minimumStanding !== undefined && { minimumStanding }),
  };
}

/** What of an event a filter looks at. None of it changes by what is recorded later. */
export interface FeedFacets {
  readonly stream: string;
  readonly category: Category;
  readonly type: string;
  /** Of the event's own evidence; undefined where it has no standing. */
  readonly standing: Standing | undefined;
  /** As they were known when it was recorded; looked up only by who asks for pairs or parties. */
  readonly pairs: readonly string[];
}

export const categoryOf = (stream: string): Category => parseStream(stream)!.category;

/** Curation has no standing of its own: it says what becomes of a fact. Sources and parties have no evidence. */
export const standingOf = ({ type, body }: LedgerEvent): Standing | undefined =>
  isCuration(type) ? undefined : highestStanding(body.evidence.map(({ standing }) => standing as Standing));

/**
 * Whether an event is among what a client wants. What has no standing passes any minimum: else a client could keep a fact
 * that was retracted.
 */
export function matches(filter: FeedFilter, event: FeedFacets): boolean {
  const { pairs, parties, categories, streams, types, minimumStanding } = filter;
  return (
    (!categories || categories.has(event.category)) &&
    (!streams || streams.has(event.stream)) &&
    (!types || types.has(event.type)) &&
    (!minimumStanding || !event.standing || compareStanding(event.standing, minimumStanding) >= 0) &&
    (!pairs || event.pairs.some((pair) => pairs.has(pair))) &&
    (!parties || [...parties].some((code) => isOf(code, event)))
  );
}

const isOf = (code: string, { stream, pairs }: FeedFacets) =>
  stream === streamName('party', code) || pairs.some((pair) => pairParties(pair).includes(code));
