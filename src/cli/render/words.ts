import { type Line, plain, type Span, value } from './spans.js';

/** `VisitHeld` and `in_force` and `publishedOn` as words: the fallback for every code. */
export const codeWords = (code: string): string =>
  code
    .replace(/([\p{Ll}\d])(?=\p{Lu})/gu, '$1 ')
    .replaceAll('_', ' ')
    .toLowerCase();

/** A code from the data as words. */
export const code = (text: string): Span => value(codeWords(text));

const STAGES: Readonly<Record<string, string>> = {
  none: 'nothing that counts is on record',
  contact: 'they are or were in contact; no agreement stands or is being made',
  negotiating: 'an agreement is proposed, drafted or initialled, none is signed',
  signed: 'an agreement is signed, none is in force',
  in_force: 'an agreement is in force; no mechanism beside it has met',
  institutionalised: 'an agreement is in force and a mechanism has met',
};

/** What a relationship's stage means. */
export const stageWords = (stage: string): string | undefined => STAGES[stage];

const STANDINGS: Readonly<Record<string, string>> = {
  claimed: 'claimed only, by unnamed or interested sources, or a forecast',
  reported: 'reported by a publication in its own voice',
  announced: "announced in a party's official communiqué",
  documented: 'documented: the text was seen',
  registered: 'registered in an official registry',
};

/** What a standing means. */
export const standingWords = (standing: string): string => STANDINGS[standing] ?? codeWords(standing);

const FLAGS: Readonly<Record<string, string>> = {
  severed: 'severed: relations are broken off',
  dormant: 'dormant: nothing on record for a long time',
  disputed: 'disputed: sources contradict each other, see the open disputes',
};

/** What a relationship's flag means. */
export const flagWords = (flag: string): string => FLAGS[flag] ?? codeWords(flag);

const RELATIONS: Readonly<Record<string, string>> = {
  possibly_same_as: 'is possibly the same as',
};

/** How one agreement is linked to another, as a verb. */
export const relationWords = (relation: string): string => RELATIONS[relation] ?? codeWords(relation);

/** The field that a JSON Pointer into an event names: `/data/participants/0/rank` → `participants 1, rank`. */
export function pathLine(path: string): Line {
  const tokens = path
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  const words = (tokens[0] === 'data' ? tokens.slice(1) : tokens).reduce(
    // People count from one.
    (text, token) => (/^\d{1,9}$/.test(token) ? `${text} ${Number(token) + 1}` : `${text}, ${codeWords(token)}`),
    '',
  );
  return [value(words.replace(/^,? /, '')), plain(' ('), value(path), plain(')')];
}

/** `1 year`, `2 years`. */
export const counted = (count: unknown, unit: string): string => `${String(count)} ${unit}${count === 1 ? '' : 's'}`;
