import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isShort, matchedStretches, rankOf, searchTerms } from '../../../src/domain/search/search-terms.js';
import { foldText } from '../../../src/domain/values/text-folding.js';

const rank = (query: string, text: string) => rankOf(foldText(text), searchTerms(query)!);
const shown = (query: string, text: string) =>
  matchedStretches(text, searchTerms(query)!).map(([from, to]) => text.slice(from, to));

describe('how a text matches', () => {
  test.each([
    ['المغرب', 'المَغْرِب', 'exact'],
    ['mohamed berrid', 'Mohamed BERRID', 'exact'],
    ['berrid', 'Mohamed Berrid', 'word'],
    ['ber', 'Mohamed Berrid', 'word'],
    ['med ber', 'Mohamed Berrid', 'part'],
    ['erri', 'Mohamed Berrid', 'part'],
    ['berrid mohamed', 'Mohamed Berrid', 'words'],
    ['moh ber', 'Mohamed Berrid', 'words'],
    ['berrid berrid', 'Mohamed Berrid', 'words'],
    ['berrid ahmed', 'Mohamed Berrid', undefined],
    ['مغرب', 'بين المغرب وباكستان', 'word'],
    ['مغرب', 'المغرب', 'word'],
    ['مغربي', 'العلاقات والمغربية', 'word'],
    ['مغرب', 'للمغرب', 'word'],
    ['باكستان', 'المغرب وباكستان', 'part'],
    ['المغرب', 'مغرب', undefined],
    ['غرب', 'المغرب', 'part'],
    ['b', 'Mohamed Berrid', 'word'],
    ['d', 'Mohamed Berrid', undefined],
    ['er', 'Mohamed Berrid', undefined],
    ['مغ', 'المغرب', 'word'],
    ['洛哥', '摩洛哥王国', 'word'],
    ['哥', '摩洛哥王国', 'word'],
    ['2024', 'باتس ٢٠٢٤', 'word'],
    ['d ivoire', 'Côte d’Ivoire', 'word'],
  ])('%s in %s: %s', (query, text, expected) => {
    expect(rank(query, text)).toBe(expected);
  });
});

describe('what matched', () => {
  test.each([
    ['المغرب', 'بين ٱلْمَغْرِبِ وباكستان', ['ٱلْمَغْرِبِ']],
    ['mohamed', 'Mohamed Mohamedou', ['Mohamed', 'Mohamed']],
    ['berrid mohamed', 'Mohamed Berrid', ['Mohamed', 'Berrid']],
    ['m', 'Mohamed el Mm', ['M', 'M']],
    ['anan', 'Bananan', ['ananan']],
    ['strasse', 'Große Straße', ['Straße']],
    ['zzz', 'Mohamed', []],
  ])('of %s in %s', (query, text, parts) => {
    expect(shown(query, text)).toEqual(parts);
  });
});

test('nothing but punctuation is no search', () => {
  expect(searchTerms(' «-» ')).toBeUndefined();
});

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(...'اأإلمغربةهي abcABCéß摩洛哥 -'), maxLength: 24 }),
);

test('a text is found by any part of it of three characters and more, and the part is shown', () => {
  fc.assert(
    fc.property(anyText, fc.nat(), fc.nat(), (text, from, length) => {
      const letters = [...text];
      const part = letters
        .slice(from % (letters.length + 1))
        .slice(0, 3 + (length % 8))
        .join('');
      const terms = searchTerms(part);
      fc.pre(terms !== undefined && !isShort(terms.folded) && foldText(text).includes(terms.folded));
      expect(rankOf(foldText(text), terms)).toMatch(/exact|word|part/);
      const stretches = matchedStretches(text, terms);
      expect(stretches.length).toBeGreaterThan(0);
      for (const [start, end] of stretches) expect(foldText(text.slice(start, end))).toContain(terms.folded);
    }),
    { numRuns: 1000 },
  );
});

test('what matches is what has something to show', () => {
  fc.assert(
    fc.property(anyText, anyText, (text, query) => {
      const terms = searchTerms(query);
      fc.pre(terms !== undefined);
      const matches = rankOf(foldText(text), terms) !== undefined;
      if (matches) expect(matchedStretches(text, terms).length).toBeGreaterThan(0);
      if (!matches && terms.words.length === 1) expect(matchedStretches(text, terms)).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});
