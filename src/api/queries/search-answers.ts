import { parseStream, plural } from '../../domain/event.js';
import { matchedStretches, RANKS, searchTerms, type SearchTerms } from '../../domain/search/search-terms.js';
import { canonicalPair } from '../../domain/values/pair.js';
import type { FoundHit, FoundRecord, SearchPlace, SearchQuery } from '../../projections/search.js';
import type { SearchItem, SearchMatch } from './answers.js';
import type { SearchParams } from './params.js';

/** What is asked of the index, from parameters that were checked. */
export function searchQuery({ q, kind, pair, party }: SearchParams): Pick<SearchQuery, 'terms' | 'kind' | 'scopes'> {
  const scopes = [pair === undefined ? undefined : canonicalPair(pair), party];
  return { terms: searchTerms(q)!, kind, scopes: scopes.filter((scope) => scope !== undefined) };
}

/** A place as a cursor holds it. */
export const placeText = ({ rank, text, record }: SearchPlace): string => `${rank}.${text}.${record}`;

/** Undefined where it is none of ours. */
export function placeOf(text: string): SearchPlace | undefined {
  const [, name, ...keys] = /^([a-z]+)\.(\d{1,16})\.(-?\d{1,16})$/.exec(text) ?? [];
  const rank = RANKS.find((each) => each === name);
  const [of, record] = keys.map(Number);
  const sound = Number.isSafeInteger(of) && Number.isSafeInteger(record);
  return rank && sound ? { rank, text: of!, record: record! } : undefined;
}

export function searchItem({ stream, category, hits, ...found }: FoundRecord, terms: SearchTerms): SearchItem {
  const { id } = parseStream(stream)!;
  const { title, titleIsDescriptive, pairs, withdrawn, rank, more } = found;
  const matches = hits.map((hit) => searchMatch(hit, terms));
  const url = `/v1/${plural(category)}/${id}`;
  return { stream, category, id, url, title, titleIsDescriptive, pairs, withdrawn, rank, matches, more };
}

const searchMatch = ({ event, original, ...hit }: FoundHit, terms: SearchTerms): SearchMatch => ({
  eventId: event?.id ?? null,
  type: event?.type ?? null,
  stream: event?.stream ?? null,
  path: hit.path,
  language: hit.language,
  kind: hit.kind,
  text: original,
  spans: matchedStretches(original, terms),
  occurredOn: hit.occurredOn,
  endedOn: hit.endedOn,
  standing: hit.standing,
  disputed: hit.disputed,
});
