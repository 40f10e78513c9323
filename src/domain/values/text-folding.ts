/**
 * Folds a text for look-up and search, so that spellings of one name meet: case, diacritics, vowel marks, the forms of
 * hamza, alef, ya and kaf, digits, punctuation and invisible marks do not count. It is for comparing, never for showing.
 * Words stay apart and whole: no stemming, and the Arabic article is kept.
 *
 * What Unicode holds to be the same (NFKD, UAX #15) is folded by the platform; only what it does not is written here.
 */
export const foldText = (text: string): string => foldLetters(text).trim();

function foldLetters(text: string): string {
  return (
    text
      .normalize('NFKD')
      .replace(MARKS, '')
      // By way of upper case, ß comes to ss, as in full case folding (Unicode, CaseFolding.txt), and the dotless ı to i;
      // lower case before it is for the capital ẞ.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .replace(LETTER, (letter) => LETTERS[letter] ?? letter)
      .replace(FOREIGN_DIGIT, digitValue)
      .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
  );
}

/** A folded text, and where in the original each of its UTF-16 code units comes from: `[starts[i], ends[i])`. */
export interface FoldedText {
  readonly folded: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Folds as {@link foldText} does, and remembers the places, so that what was found can be shown in the original. */
export function foldWithPlaces(text: string): FoldedText {
  let folded = '';
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { 0: part, index } of text.matchAll(/\P{M}?\p{M}*/gsu)) {
    const end = index + part.length;
    const own = foldLetters(part);
    // What folds to nothing belongs to what it follows: a tatweel, a lone hamza.
    if (own === '' && ends.length > 0) ends[ends.length - 1] = end;
    for (let i = 0; i < own.length; i += 1) {
      if (own[i] === ' ' && (folded === '' || folded.endsWith(' '))) continue;
      folded += own[i];
      starts.push(index);
      ends.push(end);
    }
  }
  return { folded: folded.trimEnd(), starts, ends };
}

/**
 * Combining marks of the scripts that are read without them: Latin, Greek, Cyrillic, Hebrew, Syriac, Arabic. NFKD has
 * parted hamza and madda from their letters, so they go here too. In Indic and Japanese scripts such marks make another
 * word; they stay. With them go tatweel, the letters by which transliterations write hamza and ayn (ʾ, ʿ and the like),
 * and what is invisible: joiners, direction marks, soft hyphens, variation selectors.
 */
const MARKS =
  /(?=\p{M})(?![\u3099\u309a])[\p{sc=Inherited}\p{sc=Cyrillic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Arabic}]|[\u0640\u0674\u02b9-\u02c1\u02c6-\u02d1\u02ec\u02ee\ua78b\ua78c\p{Cf}\p{DI}]/gu;

/** Letters that are written for one another, and have no decomposition in Unicode. */
const LETTERS: Readonly<Record<string, string>> = {
  ٱ: 'ا',
  // A lone hamza is often left out, and its carrier is gone by now in any case.
  ء: '',
  ة: 'ه',
  ى: 'ي',
  // Persian, Urdu and Pashto letters on keyboards of their own.
  ی: 'ي',
  ې: 'ي',
  ے: 'ي',
  ک: 'ك',
  ڪ: 'ك',
  ہ: 'ه',
  ھ: 'ه',
  ە: 'ه',
  ۃ: 'ه',
  ں: 'ن',
  // Letters for foreign sounds, which Arabic writes with the plain one as often: باكستان and پاکستان.
  پ: 'ب',
  ڤ: 'ف',
  ڥ: 'ف',
  چ: 'ج',
  ژ: 'ز',
  // Moroccan and Persian g (أكادير, أڭادير), and that of Tunisia and Algeria (قفصة, ڨفصة).
  گ: 'ك',
  ڭ: 'ك',
  ݣ: 'ك',
  ڨ: 'ق',
  // Letters as the Maghreb points them, and the retroflex ones of Urdu.
  ڢ: 'ف',
  ڧ: 'ق',
  ٹ: 'ت',
  ڈ: 'د',
  ڑ: 'ر',
  // Lower-casing makes a sigma final by what follows it.
  ς: 'σ',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  æ: 'ae',
  œ: 'oe',
  // Azerbaijani names are romanised with an a: Həsənov, Hasanov.
  ə: 'a',
  // Hausa.
  ɓ: 'b',
  ɗ: 'd',
  ƙ: 'k',
};

const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');

const FOREIGN_DIGIT = /(?![0-9])\p{Nd}/gu;
const isDigit = (codePoint: number) => /\p{Nd}/u.test(String.fromCodePoint(codePoint));

/** Unicode encodes decimal digits in runs from 0 to 9 (stability policy), so the place in its run is a digit's value. */
function digitValue(digit: string): string {
  const codePoint = digit.codePointAt(0)!;
  let value = 0;
  while (isDigit(codePoint - value - 1)) value += 1;
  return String(value % 10);
}
