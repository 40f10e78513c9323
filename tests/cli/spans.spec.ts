import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pad, plain, print, say, truncate, value, widthOf, wrap } from '../../src/cli/render/spans.js';
import { table } from '../../src/cli/render/table.js';
import { anyOptions, anyText, faults, linesOf, seen } from './terminal.js';

const options = { width: 80, colour: false, language: 'en' } as const;
const printed = (line: Parameters<typeof widthOf>[0]) => print([line], options);

describe('a printed line', () => {
  test('isolates an Arabic value and runs to the right as a whole', () => {
    expect(printed(say`Signed: ${'مذكرة'} (2)`)).toBe('\u200eSigned: \u2068مذكرة\u2069\u200e (2)\n');
  });

  test('has no invisible characters where nothing runs to the left', () => {
    expect(printed(say`event ${'1c47800a'}`)).toBe('event 1c47800a\n');
  });

  test('gives an Arabic text that begins in Latin letters its direction', () => {
    expect(printed([value('PATS باتس', undefined, 'ar')])).toBe('\u200e\u2068\u200fPATS باتس\u2069\u200e\n');
  });

  test('cannot be left by a value', () => {
    expect(printed(say`a ${'\u2069ب\u202e'} c`)).toBe('\u200ea \u2068ب\u2069\u200e c\n');
  });

  test('takes colour outside of the isolate', () => {
    expect(print([[value('ب', 'warn')]], { ...options, colour: true })).toBe(
      '\u200e\u001b[33m\u2068ب\u2069\u200e\u001b[0m\n',
    );
  });
});

describe('wrapping', () => {
  test('closes the isolate on each line, and keeps the direction of the whole', () => {
    expect(print(wrap([value('قال PATS 2024')], 9), options)).toBe(
      '\u200e\u2068قال PATS\u2069\u200e\n\u200e\u2068\u200f2024\u2069\u200e\n',
    );
  });

  test('breaks a long id at its hyphens', () => {
    expect(linesOf(print(wrap([value('mar-pak-defence-mou')], 10), options))).toEqual(['mar-pak-', 'defence-', 'mou']);
  });

  test('parts no letter from its marks', () => {
    const lines = wrap([value('بِ'.repeat(9))], 4);
    expect(lines.map(([span]) => span?.text)).toEqual(['بِ'.repeat(4), 'بِ'.repeat(4), 'بِ']);
  });

  test('loses nothing but spaces', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 40 }), (text, width) => {
        const line = [value(text)];
        const visible = (lines: readonly (typeof line)[]) =>
          lines
            .flat()
            .map((span) => span.text)
            .join('')
            .replace(/\s/gu, '');
        const lines = wrap(line, width);
        expect(visible(lines as (typeof line)[])).toBe(visible([line]));
        expect(lines.every((each) => widthOf(each) <= width)).toBe(true);
      }),
    );
  });
});

describe('cutting', () => {
  test('says so, and closes the isolate', () => {
    expect(printed(truncate([value('مذكرة تفاهم')], 6))).toBe('\u200e\u2068مذكرة\u2069\u200e…\n');
  });

  test('keeps to the width', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0, max: 40 }), (text, width) => {
        expect(widthOf(truncate(say`a ${text}`, width))).toBeLessThanOrEqual(width);
      }),
    );
  });

  test('leaves alone what fits', () => {
    expect(truncate([plain('abc')], 3)).toEqual([plain('abc')]);
  });
});

test('filling stands outside of the isolate', () => {
  expect(printed([...pad([value('ب')], 4), plain('|')])).toBe('\u200e\u2068ب\u2069\u200e   |\n');
});

describe('a table', () => {
  const rows = [
    [[[value('مذكرة تفاهم بين المغرب وباكستان')]], [[plain('signed')]]],
    [[[value('Agreement')]], [[plain('drafted')]]],
  ];
  const shown = (width: number) =>
    linesOf(print(table({ columns: ['title', 'status'], main: 'title', rows }, width), options)).map(seen);

  test('keeps its columns in place', () => {
    expect(shown(80)).toEqual([
      'title                            status',
      'مذكرة تفاهم بين المغرب وباكستان  signed',
      'Agreement                        drafted',
    ]);
  });

  test('shrinks and wraps', () => {
    expect(shown(28)).toEqual([
      'title                status',
      'مذكرة تفاهم بين      signed',
      'المغرب وباكستان',
      'Agreement            drafted',
    ]);
  });

  test('becomes a list where it cannot', () => {
    expect(shown(14)).toEqual([
      '- title: مذكرة',
      '  تفاهم بين',
      '  المغرب',
      '  وباكستان',
      '  status:',
      '  signed',
      '- title:',
      '  Agreement',
      '  status:',
      '  drafted',
    ]);
  });

  test('keeps to the width, with isolates closed, whatever is in it', () => {
    const cell = fc.array(anyText, { maxLength: 2 }).map((texts) => texts.map((text) => [value(text)]));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { maxLength: 4 }), anyOptions, (cells, each) => {
        const lines = table({ columns: ['a', 'b', 'c'], main: 'b', rows: cells }, each.width);
        expect(faults(print(lines, each), each)).toEqual([]);
      }),
    );
  });
});
