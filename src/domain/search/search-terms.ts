import { foldText, foldWithPlaces } from '../values/text-folding.js';

/** What is searched for, folded. */
export interface SearchTerms {
  readonly folded: string;
  readonly words: readonly string[];
}

/** How a text matches, best first: all of it; from the start of a word; anywhere; or only each word by itself. */
export const RANKS = ['exact', 'word', 'part', 'words'] as const;
export type Rank = (typeof RANKS)[number];

/** Undefined where nothing is left to search for: no letter and no digit. */
export function searchTerms(query: string): SearchTerms | undefined {
  const folded = foldText(query);
  return folded === '' ? undefined : { folded, words: [...new Set(folded.split(' '))] };
}

/** A term of one or two characters is looked for at the start of words only: anywhere it would find nearly everything. */
export const isShort = (term: string): boolean => [...withWordStarts(term)].length < 3;

/** How well a folded text matches; undefined where it does not. */
export function rankOf(text: string, { folded, words }: SearchTerms): Rank | undefined {
  if (text === folded) return 'exact';
  const at = placesOf(text, folded);
  if (at.some((place) => startsWord(text, place))) return 'word';
  if (at.length > 0 && !isShort(folded)) return 'part';
  return folded.includes(' ') && words.every((word) => placesToShow(text, word).length > 0) ? 'words' : undefined;
}

/** A stretch of a text, in UTF-16 code units: from the first up to, and without, the last. */
export type Stretch = readonly [start: number, end: number];

/** What of an original text matched, in order, without overlaps. */
export function matchedStretches(original: string, { folded, words }: SearchTerms): Stretch[] {
  const { folded: text, starts, ends } = foldWithPlaces(original);
  const whole = placesToShow(text, folded);
  const found = whole.length > 0 ? [folded] : words;
  const stretches = found
    .flatMap((term) => placesToShow(text, term).map((at): Stretch => [starts[at]!, ends[at + term.length - 1]!]))
    .sort(([a], [b]) => a - b);
  return stretches.reduce<Stretch[]>((merged, [start, end]) => {
    const last = merged.at(-1);
    if (!last || start >= last[1]) return [...merged, [start, end]];
    return [...merged.slice(0, -1), [last[0], Math.max(last[1], end)]];
  }, []);
}

const placesToShow = (text: string, term: string): number[] => {
  const places = placesOf(text, term);
  return isShort(term) ? places.filter((at) => startsWord(text, at)) : places;
};

function placesOf(text: string, term: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) places.push(at);
  return places;
}

/** A letter of a script that is written without spaces between words: any may begin one. */
const UNSPACED = /(?=\p{L})[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/gu;

/** A folded text with a space before whatever may begin a word. */
export const withWordStarts = (folded: string): string => folded.replace(UNSPACED, ' $&');

/** The Arabic article, with the particles that are written onto it (والـ, بالـ, للـ), before the rest of a word. */
const ARTICLE = /^(?:[وفبك]?ال|لل)(?=\p{L}{2})/u;

/** The word without its article; undefined where it has none. So مغرب finds المغرب as a word, not as a part of one. */
export function withoutArticle(word: string): string | undefined {
  const bare = word.replace(ARTICLE, '');
  return bare === word ? undefined : bare;
}

function startsWord(text: string, at: number): boolean {
  if (at === 0 || text[at - 1] === ' ') return true;
  if (withWordStarts(String.fromCodePoint(text.codePointAt(at)!)).startsWith(' ')) return true;
  const start = text.lastIndexOf(' ', at - 1) + 1;
  return ARTICLE.exec(text.slice(start))?.[0].length === at - start;
}
