import { describe, expect, test } from '@jest/globals';
import { agreementOn } from '../support/agreement.js';
import { act, agreementData, ledgerWithSources } from '../support/facts.js';
import { type Data, evidence, PureLedger } from '../support/ledger.js';

/** A treaty's whole life, as the ledger came to know it: the day of recording, and what was recorded. */
function treaty(): { ledger: PureLedger; knownBy: (day: string) => number } {
  const ledger = ledgerWithSources('2009-01-10');
  const agr = (command: string, occurredOn: string | null, more: Data = {}) =>
    ledger.given(command, act({ agreementId: 'agr', occurredOn, ...more }));
  const signatory = (party: string) => ({ party, mode: 'subject_to_ratification' });

  ledger.given('ProposeAgreement', agreementData({ occurredOn: '2009-01-05' }));
  ledger.today = '2009-12-01';
  agr('RecordNegotiation', '2009-03');
  ledger.given('DraftAgreement', agreementData({ occurredOn: '2009-06-01', instrumentType: 'treaty' }));
  agr('InitialAgreement', '2009-09-15');
  agr('AnnounceSignature', '2009-11-20', { plannedFor: '2010' });
  ledger.today = '2010-06-01';
  agr('SignAgreement', '2010-02-01', { signatories: [signatory('MAR'), signatory('PAK')] });
  agr('RecordTerms', '2010-02-01', { durationYears: 5, renewal: 'tacit', noticeMonths: 6, requiresRatification: true });
  agr('ApplyProvisionally', '2010-03-01');
  ledger.today = '2011-06-01';
  agr('ApproveDomestically', '2010-07-01', { party: 'MAR', organ: { en: 'Council of Ministers' } });
  agr('ExpressConsent', '2010-09-01', { party: 'MAR', means: 'ratification' });
  agr('ExpressConsent', '2011-03-01', { party: 'PAK', means: 'ratification' });
  agr('BringIntoForce', '2011-04-01', { basis: { en: 'Article 12' } });
  agr('RegisterAgreement', '2011-05-01', {
    registry: 'UNTS',
    number: 'I-4815',
    evidence: evidence('t', 'registered'),
  });
  ledger.today = '2013-06-01';
  agr('AmendAgreement', '2013-05-01', { summary: 'Article 3 is replaced' });
  ledger.today = '2021-06-01';
  agr('NotifyDenunciation', '2020-10-15', { by: 'PAK' });
  // Late news: in between it was suspended for a year.
  ledger.today = '2022-01-15';
  agr('SuspendAgreement', '2017-01-01');
  agr('ResumeAgreement', '2018-01-01');
  return { ledger, knownBy: (day) => ledger.events.filter((e) => e.metadata.recordedAt <= `${day}T23:59`).length };
}

describe('a treaty', () => {
  const { ledger, knownBy } = treaty();

  test('is recorded without a warning', () => {
    expect(ledger.events.flatMap((e) => e.metadata.warnings)).toEqual([]);
  });

  /** From the first day to the last: status, what is pending or applied beside it, its last day, the pair's stage. */
  test.each([
    ['2009-01-01', '2009-01-04', 'none', '', null, 'none'],
    ['2009-01-05', '2009-05-31', 'proposed', '', null, 'negotiating'],
    ['2009-06-01', '2009-09-14', 'drafted', '', null, 'negotiating'],
    ['2009-09-15', '2009-11-19', 'initialled', '', null, 'negotiating'],
    ['2009-11-20', '2010-01-31', 'initialled', 'signature expected', null, 'negotiating'],
    ['2010-02-01', '2010-02-28', 'signed', 'consent of MAR, PAK', null, 'signed'],
    ['2010-03-01', '2010-08-31', 'signed', 'applied provisionally; consent of MAR, PAK', null, 'signed'],
    ['2010-09-01', '2011-02-28', 'signed', 'applied provisionally; consent of PAK', null, 'signed'],
    ['2011-03-01', '2011-03-31', 'signed', 'applied provisionally', null, 'signed'],
    ['2011-04-01', '2016-04-01', 'in_force', 'denounce by 2015-10-01', '2016-04-01', 'in_force'],
    ['2016-04-02', '2016-12-31', 'in_force', 'denounce by 2020-10-01', '2021-04-01', 'in_force'],
    ['2017-01-01', '2017-12-31', 'suspended', 'denounce by 2020-10-01', '2021-04-01', 'signed'],
    ['2018-01-01', '2020-10-14', 'in_force', 'denounce by 2020-10-01', '2021-04-01', 'in_force'],
    // Notified two weeks too late: renewed once more, and then no more.
    ['2020-10-15', '2021-04-01', 'in_force', 'denounced; denounce by 2020-10-01', '2021-04-01', 'in_force'],
    ['2021-04-02', '2026-04-01', 'in_force', 'denounced', '2026-04-01', 'in_force'],
    ['2026-04-02', '9999-12-31', 'expired', '', '2026-04-01', 'contact'],
  ])('from %s to %s is %s', (first, last, status, beside, lastDay, stage) => {
    for (const day of [first, last]) {
      const state = agreementOn(ledger, day);
      const flags = [
        state.signatureExpected && 'signature expected',
        state.provisionallyApplied && 'applied provisionally',
        state.consentPending.length > 0 && `consent of ${state.consentPending.join(', ')}`,
        state.denunciationPending && 'denounced',
        state.denunciationDeadline && `denounce by ${state.denunciationDeadline}`,
      ].filter((flag) => typeof flag === 'string');
      expect({ day, status: state.status ?? 'none', beside: flags.join('; '), lastDay: state.lastDay }).toEqual({
        day,
        status,
        beside,
        lastDay,
      });
      expect({ day, stage: ledger.status('MAR-PAK', day).stage }).toEqual({ day, stage });
    }
  });

  test('was, at every moment, what was known of it then', () => {
    const status = (asOf: string, known: string) => agreementOn(ledger, asOf, undefined, knownBy(known)).status;
    // Signed in February 2010, which the ledger learnt in June.
    expect(status('2010-03-01', '2010-05-31')).toBe('initialled');
    expect(status('2010-03-01', '2010-06-01')).toBe('signed');
    // The suspension of 2017, which it learnt in 2022.
    expect(status('2017-06-01', '2022-01-14')).toBe('in_force');
    expect(status('2017-06-01', '2022-01-15')).toBe('suspended');
    // Without the denunciation it goes on.
    expect(status('2027-01-01', '2021-05-31')).toBe('in_force');
    expect(status('2027-01-01', '2021-06-01')).toBe('expired');
  });

  test('keeps what was done on its way', () => {
    expect(agreementOn(ledger)).toMatchObject({
      instrumentType: 'treaty',
      signedOn: '2010-02-01',
      inForceOn: '2011-04-01',
      endedOn: '2026-04-01',
      negotiations: [{ occurredOn: '2009-03' }],
      approvals: [{ party: 'MAR' }],
      consents: [{ party: 'MAR' }, { party: 'PAK' }],
      amendments: [{ summary: 'Article 3 is replaced' }],
      registrations: [{ registry: 'UNTS', number: 'I-4815' }],
      denunciations: [{ by: 'PAK', occurredOn: '2020-10-15' }],
    });
    const denunciation = ledger.events.find((e) => e.type === 'DenunciationNotified')!;
    expect(ledger.status('MAR-PAK').reasons).toEqual([denunciation.id]);
  });

  test('is gone where nothing stands as well as was asked, but for its registration', () => {
    expect(ledger.history('2015-01-01', 'registered').records.get('agreement-agr')).toMatchObject({
      listed: false,
      state: { title: { en: 'An agreement' }, status: null, registrations: [{ registry: 'UNTS' }] },
    });
  });
});
