import { expect, test } from '@jest/globals';
import { isAreaCode, knownArea, KNOWN_AREAS } from '../../../src/domain/values/areas.js';

test('every known area has a code of the right form, its own, and labels in three languages', () => {
  expect(new Set(KNOWN_AREAS.map(({ code }) => code)).size).toBe(17);
  for (const { code, labels } of KNOWN_AREAS) {
    expect(isAreaCode(code)).toBe(true);
    expect(labels.ar).toMatch(/^[\u0621-\u064a ]+$/);
    expect(labels.en).toMatch(/^[A-Z][A-Za-z -]+$/);
    expect(labels.fr).toMatch(/^[A-ZÉ][\p{Script=Latin} ']+$/u);
  }
});

test('an area is found by its code; an unknown one is none of the known', () => {
  expect(knownArea('joint_exercises')).toMatchObject({ dcad: 'exercises_training_education' });
  expect(knownArea('cybersecurity')).toMatchObject({ labels: { ar: 'الأمن السيبراني' }, dcad: null });
  expect(knownArea('space')).toBeUndefined();
  expect(knownArea('constructor')).toBeUndefined();
});

test.each([
  ['space', true],
  ['air_defence_2', true],
  ['Space', false],
  ['air-defence', false],
  ['_x', false],
  ['x__y', false],
  ['', false],
  ['a'.repeat(65), false],
])('isAreaCode(%j) is %s', (text, expected) => {
  expect(isAreaCode(text)).toBe(expected);
});
