import { describe, expect, test } from '@jest/globals';
import type { AgreementState } from '../../src/domain/agreement/state.js';
import { type Data, PureLedger } from '../support/ledger.js';

describe('an agreement', () => {
  const drafted = (ledger: PureLedger, evidence: Data[]) =>
    ledger.given('DraftAgreement', {
      agreementId: 'a',
      parties: ['MAR', 'PAK'],
      title: { en: 'Agreement' },
      instrumentType: 'agreement',
      areas: [],
      occurredOn: '2020-01-01',
      evidence,
    });
  const state = (ledger: PureLedger, asOf: string) =>
    ledger.history(asOf).records.get('agreement-a')!.state as AgreementState;

  test('keeps each text that was published, from the day of its publication, and its status', () => {
    const ledger = new PureLedger();
    const evidence = ledger.source('s');
    drafted(ledger, evidence);
    const text = { agreementId: 'a', occurredOn: '2021-05-01', evidence };
    ledger.given('PublishText', { ...text, language: 'ar', authentic: true });
    ledger.given('PublishText', { ...text, occurredOn: '2022-05-01', language: 'fr', url: 'https://example.org/fr' });

    expect(state(ledger, '2021-04-30').texts).toEqual([]);
    expect(state(ledger, '2021-05-01')).toMatchObject({
      status: 'drafted',
      texts: [{ language: 'ar', authentic: true }],
    });
    expect(state(ledger, '2022-05-01').texts.map((t) => t.language)).toEqual(['ar', 'fr']);
  });

  test('keeps its areas when another record is merged into it, and gains what that names', () => {
    const ledger = new PureLedger();
    const evidence = ledger.source('s');
    const draft = (agreementId: string, areas: string[]) =>
      ledger.given('DraftAgreement', {
        agreementId,
        parties: ['MAR', 'PAK'],
        title: { en: agreementId },
        instrumentType: 'agreement',
        areas,
        occurredOn: null,
        evidence,
      });
    draft('a', ['cybersecurity', 'logistics']);
    draft('b', ['logistics', 'investment']);
    ledger.given('MergeRecord', { stream: 'agreement-b', intoId: 'a', reason: 'the same' });
    const { areas, title } = state(ledger, '2026-06-01');
    expect([[...areas].sort(), title]).toEqual([['cybersecurity', 'investment', 'logistics'], { en: 'a' }]);
  });
});
