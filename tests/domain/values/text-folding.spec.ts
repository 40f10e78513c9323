import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { foldText, foldWithPlaces } from '../../../src/domain/values/text-folding.js';
import { runs } from '../../support/runs.js';

describe('folded alike', () => {
  test.each([
    ['vowel marks', 'المَغْرِبُ', 'المغرب'],
    ['tatweel', 'المغـــرب', 'المغرب'],
    ['superscript alef', 'الرحمٰن', 'الرحمن'],
    ['hamza on and under alef', 'أذربيجان إسبانيا', 'اذربيجان اسبانيا'],
    ['madda', 'آيسلندا', 'ايسلندا'],
    ['alef wasla', 'ٱلمغرب', 'المغرب'],
    ['hamza on waw', 'مؤتمر', 'موتمر'],
    ['hamza on ya', 'الجزائر', 'الجزاير'],
    ['a lone hamza', 'الصحراء', 'الصحرا'],
    ['ta marbuta', 'جمهورية', 'جمهوريه'],
    ['alef maqsura', 'الوسطى', 'الوسطي'],
    ['Persian ya and kaf', 'پاکستان علی', 'پاكستان علي'],
    ['letters for foreign sounds', 'پاكستان سلوڤاكيا', 'باكستان سلوفاكيا'],
    ['Urdu he and ye', 'معاہدے', 'معاهدي'],
    ['more of Persian, Pashto and Urdu', 'چاپ ژ گ دې ٹ ڈ ڑ', 'جاب ز ك دي ت د ر'],
    ['g as Morocco, Tunisia and Algeria write it', 'أڭادير ڨفصة', 'أكادير قفصة'],
    ['letters as the Maghreb points them', 'ڢاس الڧصر', 'فاس القصر'],
    ['heh with a hamza', 'خانۀ', 'خانه'],
    ['a high hamza', 'ٴحمد ٵحمد', 'حمد احمد'],
    ['Quranic marks', 'بِسْمِ ٱللَّهِ ٱلرَّحْمَـٰنِۖ', 'بسم الله الرحمن'],
    ['presentation forms', 'ﻻ', 'لا'],
    ['Arabic-Indic digits', '٢٠٢٤', '2024'],
    ['Persian digits', '۲۰۲۴', '2024'],
    ['digits of other scripts', '२०२४ ２０２４ ²', '2024 2024 2'],
    ['Latin diacritics, either way composed', 'Tche\u0301quie', 'tchéquie'],
    ['letters with a stroke', 'Łódź Ørsted', 'lodz orsted'],
    ['letters that are romanised', 'Həsənov Þór Ŋ ɓ', 'hasanov thor n b'],
    ['hamza and ayn as transliterated', 'Muʿammar al-Qaḏḏāfī Qurʾān oʻzbek', 'muammar al qaddafi quran ozbek'],
    ['half marks', 'I\ufe20A\ufe21', 'ia'],
    ['ligatures', 'ﬁ Æ œ', 'fi ae oe'],
    ['sharp s', 'STRASSE', 'straße'],
    ['capital sharp s', 'STRAẞE', 'straße'],
    ['final sigma', 'ΚΥΠΡΟΣ.Α', 'Κύπρος α'],
    ['Turkish i', 'TÜRKİYE ISPARTA', 'Türkiye ısparta'],
    ['Cyrillic', 'РОССИЯ Пётр', 'россия петр'],
    ['full width', 'ＭＡＲ', 'mar'],
    ['kinds of apostrophe and dash', "Côte d'Ivoire – x", 'Côte d’Ivoire - x'],
    ['spaces', '  a\u00a0\t b\n', 'a b'],
    ['embeddings, overrides and isolates', '\u202bالم\u2067غرب\u2069\u202c', 'المغرب'],
    ['soft hyphens, variation selectors, a byte order mark', '\ufeffRa\u00adb\ufe0fat', 'rabat'],
    ['Hebrew points', 'שָׁלוֹם', 'שלום'],
    ['direction marks and joiners', '\u200fالم\u200cغرب\u200e', 'المغرب'],
  ])('%s', (_, a, b) => {
    expect(foldText(a)).toBe(foldText(b));
    expect(foldText(a)).not.toBe('');
  });
});

describe('kept apart', () => {
  test.each([
    ['words', 'a b', 'ab'],
    ['the article', 'المغرب', 'مغرب'],
    ['letters that only look alike', 'غانا', 'عانا'],
    ['Japanese voicing', 'かき', 'がぎ'],
    ['Indic vowels', 'कि', 'की'],
    ['Thai vowels', 'กิ', 'กี'],
    ['Chinese', '摩洛哥', '摩納哥'],
    ['Korean', '한국', '하국'],
  ])('%s', (_, a, b) => {
    expect(foldText(a)).not.toBe(foldText(b));
  });
});

test('nothing but punctuation folds to nothing', () => {
  expect(foldText(' -،؛ « » ـ ')).toBe('');
});

const anyText = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));

test('folding again changes nothing', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(foldText(foldText(text))).toBe(foldText(text));
    }),
    runs(600),
  );
});

/** What may stand on or between letters and does not count. */
const DECORATIONS = [
  ...['\u064b', '\u064e', '\u0651', '\u0652', '\u0653', '\u0654', '\u0670', '\u06d6', '\u0640'],
  ...['\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u061c', '\u202a', '\u202c', '\u2066', '\u2069', '\u00ad'],
  ...['\u0301', '\u0327', '\u0308', '\ufe0f', '\ufeff', '\u034f'],
];
/** Letters that others are written for, all by which they are. */
const VARIANTS = ['اأإآٱ', 'هة', 'يىیئ', 'وؤ', 'كک', 'بپ', '1١۱', '7٧۷', 'aAàÀāĄ', 'eéÉẻ', 'iıİí', 'oøÓ', 'sSš', 'кК'];
const spellings = fc
  .array(fc.constantFrom(...VARIANTS.map((v) => [...v]), [' ']), { minLength: 1, maxLength: 12 })
  .chain((letters) => {
    const spelling = fc
      .tuple(
        ...letters.map((all) =>
          fc.tuple(fc.constantFrom(...all), fc.array(fc.constantFrom(...DECORATIONS), { maxLength: 2 })),
        ),
      )
      // A mark at the beginning, or after a space, would stand on nothing.
      .map((parts) => parts.map(([letter, marks]) => letter + (letter === ' ' ? '' : marks.join(''))).join(''));
    return fc.tuple(spelling, spelling);
  });

test('variants and decorations never change what a text folds to', () => {
  fc.assert(
    fc.property(spellings, ([one, other]) => {
      expect(foldText(one)).toBe(foldText(other));
    }),
    runs(300),
  );
});

describe('with places', () => {
  const shown = (text: string, found: string) => {
    const { folded, starts, ends } = foldWithPlaces(text);
    const at = folded.indexOf(found);
    return text.slice(starts[at], ends[at + found.length - 1]);
  };

  test.each([
    ['في المَغْـرِبِ', 'المغرب', 'المَغْـرِبِ'],
    ['الصحراء', 'الصحرا', 'الصحراء'],
    ['Straße', 'ss', 'ß'],
    ['Straße', 'str', 'Str'],
    ['Côte  –  d’Ivoire', 'cote d', 'Côte  –  d'],
    ['Cote\u0301', 'cote', 'Cote\u0301'],
    ['𝐑abat', 'ra', '𝐑a'],
    ['ﻻ', 'ا', 'ﻻ'],
  ])('%s holds %s as %s', (text, found, part) => {
    expect(shown(text, found)).toBe(part);
  });

  test('a text is folded as without, and each part comes from where it is said to', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { folded, starts, ends } = foldWithPlaces(text);
        expect(folded).toBe(foldText(text));
        for (let i = 0; i < folded.length; i += 1) {
          const part = text.slice(starts[i], ends[i]);
          expect(foldText(part)).toContain(folded[i]!.trim());
          if (i > 0) expect(starts[i]).toBeGreaterThanOrEqual(starts[i - 1]!);
        }
      }),
      runs(600),
    );
  });
});
