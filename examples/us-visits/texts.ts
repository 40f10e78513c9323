import type { VisitHeld } from '../../src/domain/visit/visit.js';

const WORDS = 'state|official|offical|working|courtesy|informal|private|unofficial|personal|select|and';
/** `State visit`, `Official working visit`, where a sentence begins: that says what this visit was. */
const VISIT = new RegExp(`(?:^|[.;:]\\s+)((?:(?:${WORDS})\\s+)+)(?:visit|call)\\b`, 'i');

/**
 * The kind of a visit, by the first sentence that begins by naming one. An official working visit is a working one; a
 * private, informal or unofficial one is none of the kinds that the ledger knows. What is said within a sentence may be
 * of somebody else's visit ("Accompanied President Nixon on a State visit"), or of a part of the stay: `other`.
 */
export function kindIn(text: string): VisitHeld['kind'] {
  const words = VISIT.exec(text)?.[1]?.toLowerCase() ?? '';
  const said = (word: string) => new RegExp(`\\b${word}\\b`).test(words);
  if (said('state')) return 'state';
  if (said('working')) return 'working';
  if (said('courtesy')) return 'courtesy';
  if (said('private') || said('informal') || said('unofficial')) return 'other';
  return said('official') || said('offical') ? 'official' : 'other';
}

/** One place, with the region or the district that it lies in; the comma does not part two. */
const ONE_PLACE: readonly string[] = [
  'Birch Grove, Sussex',
  'Martinique, West Indies',
  'Mexico, D.F.',
  'Montebello, Quebec',
  'Savelletri, Fasano, Apulia',
];

/** The places of a locale, in its order, as they are spelt: `Acapulco, Mexico, D.F.` are two. */
export function placesIn(locale: string): string[] {
  const whole = ONE_PLACE.find((place) => locale.includes(place));
  if (whole === undefined) {
    // Not at commas within parentheses.
    return locale
      .split(/,(?![^(]*\))/)
      .map((part) => part.trim())
      .filter((part) => part !== '');
  }
  const [before = '', ...after] = locale.split(whole);
  return [...placesIn(before), whole, ...placesIn(after.join(whole))];
}
