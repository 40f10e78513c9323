import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  addMonths,
  addYears,
  daysBetween as daysFrom,
  isDay,
  maxDay,
  minDay,
} from '../../../src/domain/values/day.js';
import { daysBetween } from './partial-dates.js';

const days = daysBetween(1890, 2110);
const anyDay = fc.constantFrom(...days);

test.each([
  ['2024-02-29', true],
  ['2023-02-29', false],
  ['1900-02-29', false],
  ['2000-02-29', true],
  ['2024-04-31', false],
  ['2024-00-10', false],
  ['2024-10', false],
  ['2024-10-30\n', false],
  ['0000-01-01', true],
])('isDay(%j) is %s', (text, expected) => {
  expect(isDay(text)).toBe(expected);
});

describe('days later', () => {
  test('counts as the calendar does', () => {
    fc.assert(
      fc.property(fc.nat(days.length - 1), fc.nat(days.length - 1), (from, to) => {
        expect(addDays(days[from] ?? '', to - from)).toBe(days[to]);
        expect(daysFrom(days[from] ?? '', days[to] ?? '')).toBe(to - from);
      }),
    );
  });

  test('holds in the first years too, which Date.UTC takes for 1900 and on', () => {
    expect(addDays('0099-12-31', 1)).toBe('0100-01-01');
    expect(addDays('0004-02-28', 1)).toBe('0004-02-29');
  });

  test('stops at the first and the last day that can be written', () => {
    expect(addDays('9999-12-31', 1)).toBe('9999-12-31');
    expect(addDays('2024-01-01', 1e12)).toBe('9999-12-31');
    expect(addDays('0000-01-01', -1)).toBe('0000-01-01');
    expect(addDays('2024-01-01', -1e12)).toBe('0000-01-01');
  });

  test('refuses what is no day', () => {
    expect(() => addDays('2023-02-29', 1)).toThrow(RangeError);
  });
});

describe('months and years later', () => {
  test.each([
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2024-03-31', -1, '2024-02-29'],
    ['2024-10-30', 3, '2025-01-30'],
    ['2024-01-15', -1, '2023-12-15'],
    ['2024-01-15', -13, '2022-12-15'],
    ['2024-01-15', -24, '2022-01-15'],
    ['9999-12-01', 1, '9999-12-31'],
    ['0000-01-05', -1, '0000-01-01'],
  ])('%s and %i months is %s', (day, count, expected) => {
    expect(addMonths(day, count)).toBe(expected);
  });

  test('29 February and a year is 28 February, and four years is 29 February again', () => {
    expect(addYears('2024-02-29', 1)).toBe('2025-02-28');
    expect(addYears('2024-02-29', 4)).toBe('2028-02-29');
    expect(addYears('2024-02-29', -124)).toBe('1900-02-28');
  });

  test('never land in another month than the one counted to, and keep the order of days', () => {
    fc.assert(
      fc.property(anyDay, anyDay, fc.integer({ min: -600, max: 600 }), (a, b, count) => {
        const [first, second] = a <= b ? [a, b] : [b, a];
        expect(addMonths(first, count) <= addMonths(second, count)).toBe(true);
        const monthOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
        expect(monthOf(addMonths(a, count)) - monthOf(a)).toBe(count);
        expect(isDay(addMonths(a, count))).toBe(true);
      }),
    );
  });
});

describe('the earliest and the latest of several days', () => {
  test('pass over what is not known', () => {
    expect(minDay('2024-10-30', null, '2023-01-01')).toBe('2023-01-01');
    expect(maxDay(null, '2023-01-01', '2024-10-30', null)).toBe('2024-10-30');
  });

  test('are null if nothing is known', () => {
    expect(minDay()).toBeNull();
    expect(maxDay(null, null)).toBeNull();
  });
});
