import { describe, expect, test } from '@jest/globals';
import { FACT_TYPES } from '../../../src/domain/registry.js';
import { type SearchableText, searchableTexts } from '../../../src/domain/search/searchable-texts.js';
import { Many, Localized, type LocalizedText, One, Optional, Text, Texts } from '../../../src/domain/shape/rules.js';
import { textsIn } from '../../../src/domain/shape/texts.js';
import { Person } from '../../../src/domain/values/person.js';
import { act, agreementData, ledgerWithSources, mechanismData, partyData, visitData } from '../../support/facts.js';
import { evidence, type PureLedger } from '../../support/ledger.js';

class Inner {
  @Localized() name!: LocalizedText;
  @Many(() => Person) people!: Person[];
}
class Outer {
  @Text() plain!: string;
  @Texts() list!: string[];
  @Optional() @One(() => Inner) inner?: Inner;
  code!: string;
}

test('the texts of a shape are found by the rules it wears, those of nested shapes too', () => {
  const people = [{ name: { ar: 'أ', en: 'A' }, party: 'MAR', personId: 'a' }, { office: { en: 'B' } }];
  const found = textsIn(
    Outer,
    { plain: 'p', list: ['x', 'y'], inner: { name: { fr: 'F' }, people }, code: 'no' },
    '/data',
  );
  expect(found.map(({ pointer, language, text, within }) => [pointer, language, text, within.length])).toEqual([
    ['/data/plain', null, 'p', 1],
    ['/data/list/0', null, 'x', 1],
    ['/data/list/1', null, 'y', 1],
    ['/data/inner/name/fr', 'fr', 'F', 2],
    ['/data/inner/people/0/name/ar', 'ar', 'أ', 3],
    ['/data/inner/people/0/name/en', 'en', 'A', 3],
    ['/data/inner/people/1/office/en', 'en', 'B', 3],
  ]);
  expect(found.at(-1)?.within).toEqual([Outer, Inner, Person]);
});

test('data that has not the shape has no texts, and is no error', () => {
  expect(textsIn(Outer, { plain: 1, list: { a: 'x' }, inner: [], other: 'x' })).toEqual([]);
  for (const { data } of FACT_TYPES.values())
    expect(textsIn(data, { title: 1, name: [], delegation: 'x' })).toEqual([]);
});

const textsOf = (ledger: PureLedger, stream: string): SearchableText[] => {
  const record = ledger.history().records.get(stream);
  return record ? searchableTexts(record, ledger.stream(stream)) : [];
};
const words = (ledger: PureLedger, stream: string) => textsOf(ledger, stream).map((t) => t.text);

describe('a record is found by', () => {
  test('the persons, places and other texts of all that was said of it', () => {
    const ledger = ledgerWithSources();
    ledger.given('DraftAgreement', agreementData({ occurredOn: '2019' }));
    ledger.given(
      'SignAgreement',
      act({
        agreementId: 'agr',
        occurredOn: '2020',
        place: { name: { en: 'Rabat' } },
        signatories: [
          { party: 'MAR', person: { name: { en: 'Berrid' }, rank: { en: 'General' } }, mode: 'definitive' },
        ],
      }),
    );
    expect(
      textsOf(ledger, 'agreement-agr').map(({ text, path, kind, occurredOn }) => [text, path, kind, occurredOn]),
    ).toEqual([
      ['An agreement', '/data/title/en', 'text', '2019'],
      ['Rabat', '/data/place/name/en', 'place', '2020'],
      ['Berrid', '/data/signatories/0/person/name/en', 'person', '2020'],
      ['General', '/data/signatories/0/person/rank/en', 'person', '2020'],
    ]);
  });

  test('what stands, and not what was corrected', () => {
    const ledger = ledgerWithSources();
    ledger.given('HoldVisit', visitData({ occasion: { en: 'Old', fr: 'Vieux' }, delegation: [{ name: { en: 'A' } }] }));
    ledger.given('CorrectFact', {
      ...ledger.about('visit-vis'),
      changes: [{ path: '/data/occasion', from: { en: 'Old', fr: 'Vieux' }, to: { en: 'New' } }],
      reason: 'r',
      evidence: evidence('t'),
    });
    expect(words(ledger, 'visit-vis')).toEqual(['A', 'New']);
  });

  test('what is disputed, and flagged so', () => {
    const ledger = ledgerWithSources();
    ledger.given('HoldVisit', visitData({ occasion: { en: 'Feast' }, delegation: [{ name: { en: 'A' } }] }));
    const alternatives = ['Feast', 'Fair'].map((en) => ({ value: { en }, evidence: evidence('s') }));
    ledger.given('DisputeFact', { ...ledger.about('visit-vis'), path: '/data/occasion', alternatives });
    expect(textsOf(ledger, 'visit-vis').map((t) => [t.text, t.disputed])).toEqual([
      ['A', false],
      ['Feast', true],
    ]);
  });

  test('nothing that was retracted', () => {
    const ledger = ledgerWithSources();
    ledger.given('CreateMechanism', mechanismData());
    ledger.given('RecordProgramme', act({ mechanismId: 'mec', title: { en: 'Programme' }, status: 'proposed' }));
    expect(words(ledger, 'mechanism-mec')).toEqual(['A committee', 'Programme']);
    ledger.given('RetractFact', { ...ledger.about('mechanism-mec', 1), reason: 'r' });
    expect(words(ledger, 'mechanism-mec')).toEqual(['A committee']);
    ledger.given('RetractFact', { ...ledger.about('mechanism-mec'), reason: 'r' });
    expect(words(ledger, 'mechanism-mec')).toEqual([]);
  });

  test('nothing that no source supports, but the title that it is still shown by', () => {
    const ledger = ledgerWithSources();
    ledger.given('DraftAgreement', agreementData());
    ledger.given(
      'SignAgreement',
      act({ agreementId: 'agr', place: { name: { en: 'Rabat' } }, evidence: evidence('t') }),
    );
    ledger.given('WithdrawSource', { sourceId: 's', reason: 'forged' });
    expect(textsOf(ledger, 'agreement-agr').map((t) => [t.text, t.standing])).toEqual([
      ['Rabat', 'reported'],
      ['An agreement', null],
    ]);
    ledger.given('WithdrawSource', { sourceId: 't', reason: 'forged' });
    expect(words(ledger, 'agreement-agr')).toEqual([]);
  });

  test('what was merged into it', () => {
    const ledger = ledgerWithSources();
    ledger.given('HoldVisit', visitData({ occasion: { en: 'Feast' } }));
    ledger.given('HoldVisit', visitData({ visitId: 'same', occasion: { en: 'Fair' } }));
    ledger.given('MergeRecord', { stream: 'visit-same', intoId: 'vis', reason: 'r' });
    expect(words(ledger, 'visit-vis')).toEqual(['Feast', 'Fair']);
    expect(words(ledger, 'visit-same')).toEqual([]);
  });

  test('a party’s names and aliases, and a source’s title, publisher and author', () => {
    const ledger = ledgerWithSources();
    ledger.given('RegisterParty', partyData({ aliases: ['ČSFR'] }));
    ledger.given('AddPartyAlias', { code: 'CSK', alias: 'تشيكوسلوفاكيا' });
    expect(words(ledger, 'party-CSK')).toEqual(['Czechoslovakia', 'ČSFR', 'تشيكوسلوفاكيا']);
    ledger.given('RetractFact', { ...ledger.about('party-CSK', 1), reason: 'r' });
    expect(words(ledger, 'party-CSK')).toEqual(['Czechoslovakia', 'ČSFR']);
    const titled = { sourceId: 'z', title: { en: 'Pact' }, kind: 'other', language: 'en', publisher: 'P', author: 'W' };
    ledger.given('RegisterSource', titled);
    expect(words(ledger, 'source-z')).toEqual(['Pact', 'P', 'W']);
  });
});
