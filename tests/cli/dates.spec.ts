import { describe, expect, test } from '@jest/globals';
import { boundsWords, concludedWords, dateWords, knownYear, periodSpan } from '../../src/cli/render/dates.js';

const options = { width: 80, colour: false, language: 'en' } as const;

describe('a date in words', () => {
  test.each([
    [null, 'date unknown'],
    ['2024-10-30', '2024-10-30'],
    ['2024', '2024'],
    ['2026~', 'about 2026'],
    ['2024-10?', '2024-10 (uncertain)'],
    ['2024%', 'about 2024 (uncertain)'],
    ['../2025-06-04', 'on or before 2025-06-04'],
    ['/2025-06-04', 'on or before 2025-06-04'],
    ['2020/..', 'on or after 2020'],
    ['2020-01/2021~', 'one day from 2020-01 to about 2021'],
    ['202X', '2020s'],
    ['20XX', '2000 to 2099, year unknown'],
    ['2024-XX', '2024, month unknown'],
    ['2024-10-XX', '2024-10, day unknown'],
    ['2024-XX-XX', '2024, month and day unknown'],
    ['no date at all', 'no date at all'],
  ])('%s: %s', (date, words) => {
    expect(dateWords(date)).toBe(words);
  });
});

test('what lasts has a start and an end', () => {
  expect(periodSpan('2024-10-28', '2024-10-30', options).text).toBe('from 2024-10-28 to 2024-10-30');
  expect(periodSpan(null, '2024-10-30', options).text).toBe('from an unknown day to 2024-10-30');
});

test('what the ledger concluded is said only where the date does not', () => {
  expect(concludedWords('2024', '2024-01-01', '2024-12-31')).toBeUndefined();
  expect(concludedWords('2024', '2024-01-01', '2024-06-01')).toBe('one day from 2024-01-01 to 2024-06-01');
  expect(concludedWords(null, null, '2026-11-23')).toBe('2026-11-23 at the latest');
  expect(boundsWords(null, null)).toBeUndefined();
});

test('a year is known where all days are in it', () => {
  expect(knownYear('2024-01-01', '2024-12-31')).toBe('2024');
  expect(knownYear(null, '2024-12-31')).toBeUndefined();
  expect(knownYear(null, null)).toBeUndefined();
});
