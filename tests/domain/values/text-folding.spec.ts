import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { foldText } from '../../../src/domain/values/text-folding.js';

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
    ['presentation forms', 'ﻻ', 'لا'],
    ['Arabic-Indic digits', '٢٠٢٤', '2024'],
    ['Persian digits', '۲۰۲۴', '2024'],
    ['Latin diacritics, either way composed', 'Tche\u0301quie', 'tchéquie'],
    ['letters with a stroke', 'Łódź Ørsted', 'lodz orsted'],
    ['ligatures', 'ﬁ Æ œ', 'fi ae oe'],
    ['sharp s', 'STRASSE', 'straße'],
    ['capital sharp s', 'STRAẞE', 'straße'],
    ['final sigma', 'ΚΥΠΡΟΣ.Α', 'Κύπρος α'],
    ['Turkish i', 'TÜRKİYE ISPARTA', 'Türkiye ısparta'],
    ['Cyrillic', 'РОССИЯ Пётр', 'россия петр'],
    ['full width', 'ＭＡＲ', 'mar'],
    ['kinds of apostrophe and dash', "Côte d'Ivoire – x", 'Côte d’Ivoire - x'],
    ['spaces', '  a\u00a0\t b\n', 'a b'],
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
  ])('%s', (_, a, b) => {
    expect(foldText(a)).not.toBe(foldText(b));
  });
});

test('nothing but punctuation folds to nothing', () => {
  expect(foldText(' -،؛ « » ـ ')).toBe('');
});

test('folding again changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(foldText(foldText(text))).toBe(foldText(text));
    }),
    { numRuns: 2000 },
  );
});
