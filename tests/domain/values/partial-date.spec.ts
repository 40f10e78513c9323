import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkPartialDate, parsePartialDate, spanOf } from '../../../src/domain/values/partial-date.js';
import { edtf } from './edtf-library.js';
import { anyPartialDate, daysBetween, meansDay } from './partial-dates.js';

describe('bounds of a partial date', () => {
  test.each([
    ['2024-10-30', '2024-10-30', '2024-10-30'],
    ['2024-10', '2024-10-01', '2024-10-31'],
    ['2024', '2024-01-01', '2024-12-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2023-02', '2023-02-01', '2023-02-28'],
    ['1900-02', '1900-02-01', '1900-02-28'],
    ['2000-02', '2000-02-01', '2000-02-29'],
    ['0099', '0099-01-01', '0099-12-31'],
    ['0000', '0000-01-01', '0000-12-31'],
    ['2026~', '2026-01-01', '2026-12-31'],
    ['2026-05?', '2026-05-01', '2026-05-31'],
    ['2026-05-04%', '2026-05-04', '2026-05-04'],
    ['202X', '2020-01-01', '2029-12-31'],
    ['20XX', '2000-01-01', '2099-12-31'],
    ['202X~', '2020-01-01', '2029-12-31'],
    ['2024-XX', '2024-01-01', '2024-12-31'],
    ['2024-XX-XX', '2024-01-01', '2024-12-31'],
    ['2024-02-XX', '2024-02-01', '2024-02-29'],
    ['2024-10/2024-12-05', '2024-10-01', '2024-12-05'],
    ['2024~/2025?', '2024-01-01', '2025-12-31'],
    ['2024/2024', '2024-01-01', '2024-12-31'],
    ['2024-10-30/2024', '2024-10-30', '2024-12-31'],
    ['2024-05/2024-05-01', '2024-05-01', '2024-05-01'],
    ['../2025-06-04', null, '2025-06-04'],
    ['/2025-06-04', null, '2025-06-04'],
    ['2025-06-04/..', '2025-06-04', null],
    ['2025-06-04/', '2025-06-04', null],
  ])('%s is from %s to %s', (text, earliest, latest) => {
    expect(parsePartialDate(text)).toEqual({ earliest, latest });
  });

  test('hold every day that the date can mean, and no day more than needed', () => {
    fc.assert(
      fc.property(anyPartialDate, ({ text, sides: [start, end] }) => {
        const days = daysBetween(1990, 2109);
        const first = days.find((day) => meansDay(start, day));
        const last = days.findLast((day) => meansDay(end, day));
        if (first === undefined || last === undefined) throw new Error('the generator made a date without a day');
        const expected =
          last < first
            ? { ok: false, rule: 'interval-backwards' }
            : { ok: true, bounds: { earliest: first, latest: last } };
        expect(checkPartialDate(text)).toEqual(expected);
      }),
    );
  });

  test('are those of the edtf library, where it has none of the faults noted in decision 4', () => {
    const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
    fc.assert(
      fc.property(anyPartialDate, ({ text, sides: [start, end] }) => {
        // The library refuses an interval from a day to itself.
        fc.pre(start === end && !text.includes('/') && !/X[~?%]/.test(text));
        const { earliest, latest } = parsePartialDate(text) ?? {};
        const library = edtf(text);
        expect([earliest, latest]).toEqual([dayOf(library.min), dayOf(library.max)]);
      }),
    );
  });
});

describe('what is no partial date', () => {
  test.each([
    ['edtf', ''],
    ['edtf', 'today'],
    ['edtf', '1953-05-5'],
    ['edtf', ' 2024'],
    ['edtf', '2024 '],
    ['edtf', '2024\n'],
    ['edtf', '2024 / 2025'],
    ['edtf', '٢٠٢٤'],
    ['edtf', '2024-10-30T10:00:00Z'],
    ['edtf', '2024-21'],
    ['edtf', '2024-24'],
    ['edtf', '2024-34'],
    ['edtf', '2024-21/2025'],
    ['edtf', 'Y17000'],
    ['edtf', '12024'],
    ['edtf', '-0044'],
    ['edtf', '+2024'],
    ['edtf', '156X3'],
    ['edtf', '1XXX'],
    ['edtf', 'XXXX'],
    ['edtf', '202X-10'],
    ['edtf', '2024-1X'],
    ['edtf', '2024-XX-05'],
    ['edtf', '2024-10-3X'],
    ['edtf', '202x'],
    ['edtf', '20XX/2024'],
    ['edtf', '2024/2025-XX'],
    ['edtf', '~2024'],
    ['edtf', '2024~-10'],
    ['edtf', '2024?~'],
    ['edtf', '[2024..2025]'],
    ['edtf', '{2024,2025}'],
    ['edtf', '2024..2025'],
    ['edtf', '2024/2025/2026'],
    ['edtf', '..'],
    ['edtf', '..2024'],
    ['impossible-date', '2024-02-30'],
    ['impossible-date', '2023-02-29'],
    ['impossible-date', '1900-02-29'],
    ['impossible-date', '2024-06-31'],
    ['impossible-date', '2024-06-00'],
    ['impossible-date', '2024-00'],
    ['impossible-date', '2024-13'],
    ['impossible-date', '2024-13-XX'],
    ['impossible-date', '2024/2025-02-29'],
    ['impossible-date', '2023-02-29?/..'],
    ['interval-backwards', '2024/2023'],
    ['interval-backwards', '2024-10-30/2024-10-29'],
    ['interval-backwards', '2024-10/2024-09-30'],
    ['unbounded', '../..'],
    ['unbounded', '/'],
    ['unbounded', '/..'],
  ])('%s: %j', (rule, text) => {
    expect(checkPartialDate(text)).toEqual({ ok: false, rule });
    expect(parsePartialDate(text)).toBeUndefined();
  });
});

describe('the span of several bounds', () => {
  const of = (...texts: string[]) =>
    spanOf(texts.map((text) => parsePartialDate(text) ?? { earliest: '', latest: '' }));

  test('is from the first of the earliest to the last of the latest days', () => {
    expect(of('2024-10', '2023-05-05', '2024-11-02')).toEqual({ earliest: '2023-05-05', latest: '2024-11-02' });
  });

  test('is open where one of them is', () => {
    expect(of('2024', '../2020')).toEqual({ earliest: null, latest: '2024-12-31' });
    expect(of('2030/..', '2024')).toEqual({ earliest: '2024-01-01', latest: null });
    expect(of()).toEqual({ earliest: null, latest: null });
  });
});
