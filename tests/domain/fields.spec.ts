import { describe, expect, test } from '@jest/globals';
import { changesBetween, isWithin, leavesOf, valueAt } from '../../src/domain/history/fields.js';

describe('what differs between two views', () => {
  test('is told field by field; what one of them lacks as a whole', () => {
    expect(changesBetween({ a: 1, b: { c: null, d: [] }, e: {} }, { a: 1, b: { c: 2, d: [] }, f: { g: 1 } })).toEqual([
      { path: '/b/c', before: null, after: 2 },
      { path: '/e', before: {} },
      { path: '/f', after: { g: 1 } },
    ]);
  });

  test('names items by their ids, wherever they stand', () => {
    const [a, b] = [
      { agreementId: 'a', status: 'signed' },
      { agreementId: 'b', status: 'signed' },
    ];
    expect(changesBetween({ list: [b] }, { list: [a, { ...b, status: 'in_force' }] })).toEqual([
      { path: '/list/b/status', before: 'signed', after: 'in_force' },
      { path: '/list/a', after: a },
    ]);
    expect(changesBetween([], [a])).toEqual([{ path: '/a', after: a }]);
    expect(changesBetween([a], [])).toEqual([{ path: '/a', before: a }]);
  });

  test('an event’s id comes before that of what the event names', () => {
    const item = { visitId: 'v', eventId: 'e', place: 1 };
    expect(changesBetween([item], [{ ...item, place: 2 }])).toMatchObject([{ path: '/e/place' }]);
  });

  test('goes by the index where no id tells items apart', () => {
    expect(changesBetween([{ party: 'MAR' }], [{ party: 'PAK' }])).toMatchObject([{ path: '/0/party' }]);
    const twice = [
      { sourceId: 's', locator: '1' },
      { sourceId: 's', locator: '2' },
    ];
    expect(changesBetween(twice, twice.slice(0, 1))).toEqual([{ path: '', before: twice, after: twice.slice(0, 1) }]);
  });

  test('takes a list of scalars for one field, and what is undefined for absent', () => {
    expect(changesBetween({ a: ['x'] }, { a: ['x', 'y'] })).toEqual([{ path: '/a', before: ['x'], after: ['x', 'y'] }]);
    expect(changesBetween({ a: ['x'], b: undefined }, { a: ['x'] })).toEqual([]);
    expect(changesBetween({ a: null }, {})).toEqual([{ path: '/a', before: null }]);
    expect(changesBetween({ a: 1 }, { a: [1] })).toEqual([{ path: '/a', before: 1, after: [1] }]);
  });

  test('escapes what a pointer must', () => {
    expect(changesBetween({ 'a/b~': 1 }, { 'a/b~': 2 })).toMatchObject([{ path: '/a~1b~0' }]);
  });
});

test('the fields of a view are what it has at the ends, each with its pointer', () => {
  const view = {
    a: [
      { eventId: 'e', b: ['x', 'y'] },
      { eventId: 'f', c: {} },
    ],
    d: null,
    none: undefined,
  };
  expect([...leavesOf(view)]).toEqual([
    ['/a/e/eventId', { path: '/a/0/eventId', value: 'e' }],
    ['/a/e/b', { path: '/a/0/b', value: ['x', 'y'] }],
    ['/a/f/eventId', { path: '/a/1/eventId', value: 'f' }],
    ['/a/f/c', { path: '/a/1/c', value: {} }],
    ['/d', { path: '/d', value: null }],
  ]);
  expect(valueAt(view, '/a/e/b')).toEqual(['x', 'y']);
  expect(valueAt(view, '/a/x/b')).toBeUndefined();
});

test('a path is within another as a whole name, either way', () => {
  expect(isWithin('/a/b', '/a')).toBe(true);
  expect(isWithin('/a', '/a/b')).toBe(true);
  expect(isWithin('/a', '/ab')).toBe(false);
});
