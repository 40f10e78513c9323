/**
 * Folds a name for look-up, so that spellings of one name meet: case, diacritics, vowel marks, the forms of hamza, alef
 * and ya, digits, punctuation and invisible marks do not count. It is for comparing, never for showing. Words stay
 * apart and whole: no stemming, and the Arabic article is kept.
 *
 * What Unicode holds to be the same (NFKD, UAX #15) is folded by the platform; only what it does not is written here.
 */
export function foldText(text: string): string {
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
      .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
      .trim()
  );
}

/**
 * Combining marks of the scripts that are read without them: Latin, Greek and Cyrillic (U+0300 on), Hebrew, Arabic. NFKD
 * has parted hamza and madda from their letters, so they go here too. In Indic and Japanese scripts such marks make
 * another word; they stay. With them go tatweel and what is invisible: joiners, direction marks, soft hyphens.
 */
const MARKS =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff\u0640\p{Cf}]/gu;

/** Letters that are written for one another, and have no decomposition in Unicode. */
const LETTERS: Readonly<Record<string, string>> = {
  ٱ: 'ا',
  // A lone hamza is often left out, and its carrier is gone by now in any case.
  ء: '',
  ة: 'ه',
  ى: 'ي',
  // Persian and Urdu letters on keyboards of their own.
  ی: 'ي',
  ے: 'ي',
  ک: 'ك',
  ہ: 'ه',
  ھ: 'ه',
  ە: 'ه',
  ں: 'ن',
  // Letters for foreign sounds, which Arabic writes with the plain one as often: باكستان and پاکستان.
  پ: 'ب',
  ڤ: 'ف',
  // Lower-casing makes a sigma final by what follows it.
  ς: 'σ',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ħ: 'h',
  æ: 'ae',
  œ: 'oe',
  ...digits('٠١٢٣٤٥٦٧٨٩'),
  ...digits('۰۱۲۳۴۵۶۷۸۹'),
};

const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');

function digits(ten: string): Record<string, string> {
  return Object.fromEntries([...ten].map((digit, value) => [digit, String(value)]));
}
