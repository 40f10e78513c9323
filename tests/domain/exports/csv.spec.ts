import { describe, expect, test } from '@jest/globals';
import { csvLine } from '../../../src/domain/exports/csv.js';
import { cowCode } from '../../../src/domain/party/cow-codes.js';
import { allBuiltInParties } from '../../../src/domain/party/iso-3166.js';

describe('a line of CSV', () => {
  test.each([
    [['a', 1, true, false, null, ''], 'a,1,1,0,,'],
    [['a,b', 'a"b', 'a\nb', 'ج،'], '"a,b","a""b","a\nb",ج،'],
    [['=1+1', '+1', '-1', '@x', '\t=1', '＝1'], "'=1+1,'+1,'-1,'@x,'\t=1,'＝1"],
    [["'=1", "'a", -1, 'a=1', '../2025'], "''=1,'a,-1,a=1,../2025"],
  ])('%j', (cells, expected) => {
    expect(csvLine(cells)).toBe(`${expected}\r\n`);
  });
});

describe('COW country codes', () => {
  test('are of parties that are built in, each of one', () => {
    const codes = allBuiltInParties().flatMap(({ code }) => cowCode(code) ?? []);
    expect(codes).toHaveLength(193 + 1);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test.each([
    ['MAR', undefined, 600],
    ['DEU', undefined, 255],
    ['DEU', '1990-10-02', null],
    ['DEU', '1991-01-01', 255],
    ['PSE', undefined, null],
    ['constructor', undefined, null],
  ])('%s on %s: %s', (party, day, code) => {
    expect(cowCode(party, day)).toBe(code);
  });
});
