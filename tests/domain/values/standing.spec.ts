import { expect, test } from '@jest/globals';
import { compareStanding, highestStanding, isStanding, STANDINGS } from '../../../src/domain/values/standing.js';

test('standings are ordered from a claim to a registration', () => {
  expect([...STANDINGS].reverse().sort(compareStanding)).toEqual([
    'claimed',
    'reported',
    'announced',
    'documented',
    'registered',
  ]);
});

test('the highest is taken, wherever it stands in the list', () => {
  expect(highestStanding(['reported', 'documented', 'claimed'])).toBe('documented');
  expect(highestStanding(['registered', 'claimed'])).toBe('registered');
});

test('nothing left gives no standing', () => {
  expect(highestStanding([])).toBeUndefined();
});

test('only the five names are standings', () => {
  expect(isStanding('announced')).toBe(true);
  expect(isStanding('rumoured')).toBe(false);
  expect(isStanding(null)).toBe(false);
});
