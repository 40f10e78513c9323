import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  chooseText,
  cleanText,
  displayWidth,
  escapeText,
  firstDirection,
  localDigits,
} from '../../src/cli/render/text.js';
import { anyText } from './terminal.js';

const options = { width: 80, colour: false, language: 'en' } as const;

describe('width', () => {
  test.each([
    ['Signed', 6],
    ['المغرب', 6],
    ['مُذَكِّرَة', 5],
    ['e\u0301', 1],
    ['協定', 4],
    ['👩‍👩‍👧‍👦', 2],
    ['\u2068المغرب\u2069\u200e', 6],
  ])('%j takes %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('a text from the data', () => {
  test('cannot control the terminal or the order', () => {
    expect(cleanText('a\u001b[2Jb')).toBe('a␛[2Jb');
    expect(cleanText('a\u009b31mb')).toBe('a\ufffd31mb');
    expect(cleanText('a\u202eb\u2069c')).toBe('abc');
    expect(cleanText('a\r\nb\tc\u2028d')).toBe('a b c d');
    expect(cleanText('\ud800')).toBe('\ufffd');
  });

  test('keeps the joiners and marks that scripts need', () => {
    expect(cleanText('می‌خواهم 👩‍👩‍👧‍👦\u200f')).toBe('می‌خواهم 👩‍👩‍👧‍👦\u200f');
  });

  test('holds nothing of the kind once it is clean, and cleaning again changes nothing', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const clean = cleanText(text);
        expect(clean).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u206f]/u);
        expect(cleanText(clean)).toBe(clean);
        expect(escapeText(text)).toBe(cleanText(escapeText(text)));
      }),
    );
  });

  test('is escaped in a dump', () => {
    expect(escapeText('a\u001b\u202e\n\ud800')).toBe('a\\u001b\\u202e\\u000a\\ud800');
  });
});

describe('the text chosen', () => {
  test.each([
    [{ ar: 'ع', en: 'e', fr: 'f' }, 'fr', 'f'],
    [{ ar: 'ع', en: 'e' }, 'fr', 'e'],
    [{ 'ar-MA': 'م', cs: 'c' }, 'fr', 'م'],
    [{ ar: 'ع', en: ' ' }, 'en', 'ع'],
    [{ cs: 'c', de: 'd' }, 'en', 'c'],
    [{ 'fr-MA': 'f', en: 'e' }, 'fr', 'f'],
  ])('of %j in %s is %s', (texts, language, chosen) => {
    expect(chooseText(texts, language)?.text).toBe(chosen);
  });

  test('is none of none', () => {
    expect(chooseText({}, 'en')).toBeUndefined();
  });
});

test('the direction is that of the first letter', () => {
  expect(firstDirection('2024 «باتس» PATS')).toBe('rtl');
  expect(firstDirection('(PATS) باتس')).toBe('ltr');
  expect(firstDirection('2024')).toBeUndefined();
});

test('the parts of a date in Arabic digits are held in place', () => {
  expect(localDigits('2024-10-30', { ...options, digits: 'arab' })).toBe('٢٠٢٤\u200e-\u200e١٠\u200e-\u200e٣٠');
  expect(localDigits('2024-10-30', options)).toBe('2024-10-30');
});
