import { expect, test } from '@jest/globals';
import { isUuid, LEDGER_NAMESPACE, uuidV5 } from '../../../src/domain/values/uuid.js';

test('gives the example of RFC 9562, appendix A.4', () => {
  expect(uuidV5('www.example.com', '6ba7b810-9dad-11d1-80b4-00c04fd430c8')).toBe(
    '2ed6657d-e927-568b-95e1-2665a8aea6a2',
  );
});

test('takes the name as UTF-8', () => {
  // python3 -c "import uuid; print(uuid.uuid5(uuid.NAMESPACE_URL, 'مذكرة 1'))"
  expect(uuidV5('مذكرة 1')).toBe('9fc95a54-99c4-5144-b903-e52e50540f21');
  expect(uuidV5('مذكرة 1')).toBe(uuidV5('مذكرة 1', LEDGER_NAMESPACE.toUpperCase()));
});

test('refuses a namespace that is no UUID', () => {
  expect(() => uuidV5('name', 'urn:x')).toThrow(TypeError);
});

test.each([
  ['2ed6657d-e927-568b-95e1-2665a8aea6a2', true],
  ['2ED6657D-E927-568B-95E1-2665A8AEA6A2', true],
  ['2ed6657de927568b95e12665a8aea6a2', false],
  ['2ed6657d-e927-568b-95e1-2665a8aea6a2\n', false],
  ['2ed6657d-e927-568b-95e1-2665a8aea6ag', false],
])('isUuid(%j) is %s', (text, expected) => {
  expect(isUuid(text)).toBe(expected);
});
