import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { getAtPointer, jsonPointer, pointerTokens, setAtPointer } from '../../../src/domain/values/json-pointer.js';

/** The example of RFC 6901, section 5. */
const example = {
  foo: ['bar', 'baz'],
  '': 0,
  'a/b': 1,
  'c%d': 2,
  'e^f': 3,
  'g|h': 4,
  'i\\j': 5,
  'k"l': 6,
  ' ': 7,
  'm~n': 8,
};

describe('reading', () => {
  test.each<[string, unknown]>([
    ['', example],
    ['/foo', ['bar', 'baz']],
    ['/foo/0', 'bar'],
    ['/', 0],
    ['/a~1b', 1],
    ['/c%d', 2],
    ['/e^f', 3],
    ['/g|h', 4],
    ['/i\\j', 5],
    ['/k"l', 6],
    ['/ ', 7],
    ['/m~0n', 8],
  ])('%j gives what RFC 6901 says', (pointer, expected) => {
    expect(getAtPointer(example, pointer)).toEqual(expected);
  });

  test.each(['foo', '/bar', '/foo/2', '/foo/-', '/foo/00', '/foo/-1', '/foo/length', '/m~n', '/m~2n', '/foo/0/length'])(
    '%j points at nothing',
    (pointer) => {
      expect(getAtPointer(example, pointer)).toBeUndefined();
    },
  );

  test.each(['/__proto__', '/constructor', '/toString', '/foo/map', '/__proto__/toString'])(
    '%j does not reach what a prototype lends',
    (pointer) => {
      expect(getAtPointer(example, pointer)).toBeUndefined();
    },
  );
});

describe('writing', () => {
  const document = { a: { b: [1, { c: 2 }], d: null }, e: { f: 3 } };

  test('gives a copy, shares what lies beside, leaves the document alone', () => {
    const before = JSON.stringify(document);
    const after = setAtPointer(document, '/a/b/1/c', 9) as typeof document;
    expect(after).toEqual({ a: { b: [1, { c: 9 }], d: null }, e: { f: 3 } });
    expect(after.e).toBe(document.e);
    expect(JSON.stringify(document)).toBe(before);
  });

  test('adds a member, replaces an element, replaces the whole', () => {
    expect(setAtPointer(document, '/e/g', 4)).toEqual({ ...document, e: { f: 3, g: 4 } });
    expect(setAtPointer([1, 2], '/1', 'x')).toEqual([1, 'x']);
    expect(setAtPointer(document, '', 7)).toBe(7);
  });

  test('takes a member away', () => {
    expect(setAtPointer(document, '/a/d', undefined)).toEqual({ a: { b: document.a.b }, e: document.e });
    expect(Object.keys(setAtPointer(document, '/a', undefined) as object)).toEqual(['e']);
  });

  test.each([
    'a',
    '/x/y',
    '/a/b/-',
    '/a/b/2',
    '/a/b/01',
    '/a/b/length',
    '/e/f/g',
    '/a/d/x',
    '/__proto__',
    '/a/__proto__',
  ])('%j is refused', (pointer) => {
    expect(setAtPointer(document, pointer, 1)).toBeUndefined();
  });

  test('takes nothing out of an array', () => {
    expect(setAtPointer([1, 2], '/0', undefined)).toBeUndefined();
  });

  test('never pollutes a prototype', () => {
    setAtPointer({}, '/__proto__/polluted', true);
    setAtPointer({}, '/constructor/prototype/polluted', true);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

test('tokens come back as they were put in', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: fc.constantFrom('~', '/', '0', '1', 'a', 'ش') })), (tokens) => {
      expect(pointerTokens(jsonPointer(...tokens))).toEqual(tokens);
    }),
  );
});

test('what is written is read back', () => {
  const key = fc.string({ unit: fc.constantFrom('~', '/', 'a', '0') }).filter((text) => text !== '__proto__');
  fc.assert(
    fc.property(fc.dictionary(key, fc.dictionary(key, fc.nat())), key, fc.nat(), (document, token, value) => {
      for (const outer of Object.keys(document)) {
        const pointer = jsonPointer(outer, token);
        expect(getAtPointer(setAtPointer(document, pointer, value), pointer)).toBe(value);
      }
    }),
  );
});
