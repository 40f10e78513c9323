import { expect, test } from '@jest/globals';
import { allBuiltInParties, builtInParty } from '../../../src/domain/party/iso-3166.js';

test.each([
  ['MAR', 'المغرب', 'Morocco', 'Maroc'],
  ['PAK', 'باكستان', 'Pakistan', 'Pakistan'],
  ['AZE', 'أذربيجان', 'Azerbaijan', 'Azerbaïdjan'],
  ['CZE', 'التشيك', 'Czechia', 'Tchéquie'],
  ['COD', 'جمهورية الكونغو الديمقراطية', 'Democratic Republic of the Congo', 'République démocratique du Congo'],
  ['GBR', 'المملكة المتحدة', 'United Kingdom', 'Royaume-Uni'],
  ['PSE', 'فلسطين', 'Palestine', 'Palestine'],
])('%s is called %s, %s, %s', (code, ar, en, fr) => {
  expect(builtInParty(code)).toMatchObject({ code, names: { ar, en, fr } });
});

test('ISO 3166-1 has 249 entries, each with a readable name in its script', () => {
  const parties = allBuiltInParties();
  expect(parties).toHaveLength(249);
  for (const { code, names } of parties) {
    expect(code).toMatch(/^[A-Z]{3}$/);
    expect(names.ar).toMatch(/^[\p{Script=Arabic}\p{M}() -]{2,50}$/u);
    expect(names.en).toMatch(/^[\p{Script=Latin}&.’() -]{4,50}$/u);
    expect(names.fr).toMatch(/^[\p{Script=Latin}.’() -]{4,50}$/u);
  }
});

test('no two are shown by the same name', () => {
  for (const language of ['ar', 'en', 'fr'] as const) {
    expect(new Set(allBuiltInParties().map(({ names }) => names[language])).size).toBe(249);
  }
});

test.each(['XKK', 'CSK', 'MA', 'mar', 'constructor', ''])('%j is not built in', (code) => {
  expect(builtInParty(code)).toBeUndefined();
});
