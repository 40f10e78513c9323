import { describe, expect, test } from '@jest/globals';
import { type Act, agreementOf, agreementOn, recordAct, statusOn } from '../support/agreement.js';
import { agreementData } from '../support/facts.js';
import { evidence } from '../support/ledger.js';

const signatory = (party: string, mode: string) => ({ party, mode });
const signedAs = (mar: string, pak?: string): Act => [
  'SignAgreement',
  '2020-01-01',
  { signatories: [signatory('MAR', mar), ...(pak === undefined ? [] : [signatory('PAK', pak)])] },
];
const SIGNED: Act = ['SignAgreement', '2020-01-01'];
const IN_FORCE: Act = ['BringIntoForce', '2021-01-01'];
const consent = (party: string, occurredOn: string | null, means = 'ratification'): Act => [
  'ExpressConsent',
  occurredOn,
  { party, means },
];

describe('what sets no state', () => {
  test('a negotiation is kept, and an agreement that is proposed stays so', () => {
    const ledger = agreementOf(['RecordNegotiation', '2019-05']);
    ledger.given('RetractFact', { ...ledger.about('agreement-agr'), reason: 'no text was there' });
    ledger.given('ProposeAgreement', agreementData());
    expect(agreementOn(ledger, '2019-05-31')).toMatchObject({
      status: 'proposed',
      negotiations: [{ occurredOn: '2019-05', latest: '2019-05-31', standing: 'reported' }],
    });
    expect(agreementOn(ledger, '2019-05-30').negotiations).toEqual([]);
  });

  test('a negotiation says that it was proposed by then, and nothing of when there was a text', () => {
    const ledger = agreementOf(['RecordNegotiation', '2019-05']);
    expect(statusOn(ledger, '2019-05-31')).toEqual(['2019-05-31 none']);
    ledger.given('ProposeAgreement', agreementData());
    expect(statusOn(ledger, '2019-05-30', '2019-05-31', '2026-01-15')).toEqual([
      '2019-05-30 none',
      '2019-05-31 proposed',
      '2026-01-15 drafted',
    ]);
  });

  test('nor is a record listed by what sets none', () => {
    const acts: Act[] = [
      ['RecordNegotiation', '2019'],
      ['ConfirmSignature', '2019', { party: 'MAR' }],
      ['ApproveDomestically', '2019', { party: 'MAR', organ: { en: 'Parliament' } }],
      consent('MAR', '2019'),
      ['ApplyProvisionally', '2019'],
      ['EndProvisionalApplication', '2019'],
      ['AmendAgreement', '2019', { summary: 'Article 3' }],
      ['RenewAgreement', '2019', { until: '2030' }],
      ['NotifyDenunciation', '2019', { by: 'MAR' }],
      ['WithdrawDenunciation', '2019'],
      ['RegisterAgreement', '2019', { registry: 'UNTS', number: '1' }],
      ['AssertBindingness', '2019', { party: 'MAR', binding: true }],
    ];
    const ledger = agreementOf();
    ledger.given('CorroborateFact', { ...ledger.about('agreement-agr'), evidence: evidence('t', 'claimed') });
    ledger.given('WithdrawSource', { sourceId: 's', reason: 'forged' });
    for (const [command, occurredOn, more] of acts) {
      recordAct(ledger, [command, occurredOn, { ...more, evidence: evidence('t', 'documented') }]);
    }
    expect(ledger.status('MAR-PAK').agreements).toMatchObject([{ status: 'drafted' }]);
    expect(ledger.history(undefined, 'documented').records.get('agreement-agr')).toMatchObject({
      listed: false,
      state: { status: null, consents: [{ party: 'MAR' }], renewals: [{ until: '2030' }] },
    });
    expect(ledger.status('MAR-PAK', undefined, 'documented')).toMatchObject({ stage: 'none', agreements: [] });
  });

  test('but it is activity', () => {
    const ledger = agreementOf(['SignAgreement', '2010'], ['RecordNegotiation', '2019']);
    expect(ledger.status('MAR-PAK', '2013-01-01').flags.dormant).toBe(true);
    expect(ledger.status('MAR-PAK', '2020-01-01').flags.dormant).toBe(false);
    const classified = agreementOf(['SignAgreement', '2010'], ['ClassifyAreas', '2019', { areas: [] }]);
    expect(classified.status('MAR-PAK', '2020-01-01').flags.dormant).toBe(true);
  });

  test('a domestic approval is no consent', () => {
    const ledger = agreementOf(signedAs('subject_to_ratification', 'subject_to_ratification'), [
      'ApproveDomestically',
      '2020-06',
      { party: 'MAR', organ: { en: 'Council of Ministers' } },
    ]);
    expect(agreementOn(ledger)).toMatchObject({
      status: 'signed',
      approvals: [{ party: 'MAR', organ: { en: 'Council of Ministers' } }],
      consentPending: ['MAR', 'PAK'],
    });
  });

  test('an amendment and a registration are kept', () => {
    const ledger = agreementOf(
      SIGNED,
      ['AmendAgreement', '2022', { summary: 'Article 3', amendingAgreementId: 'protocol' }],
      ['RegisterAgreement', '2023', { registry: 'UNTS', number: 'I-1', evidence: evidence('t', 'registered') }],
    );
    expect(agreementOn(ledger)).toMatchObject({
      status: 'signed',
      // Evidence from a registry raises what it is evidence of; to have been registered raises nothing else.
      standing: 'reported',
      amendments: [{ summary: 'Article 3', amendingAgreementId: 'protocol', occurredOn: '2022' }],
      registrations: [{ registry: 'UNTS', number: 'I-1', standing: 'registered' }],
    });
    expect(agreementOn(ledger, '2021-12-31').amendments).toEqual([]);
  });

  test('each party’s last claim that it binds is kept, and binds nobody', () => {
    const ledger = agreementOf(
      SIGNED,
      ['AssertBindingness', '2021', { party: 'PAK', binding: true }],
      ['AssertBindingness', '2022', { party: 'MAR', binding: true }],
      ['AssertBindingness', '2023', { party: 'MAR', binding: false }],
    );
    const claims = (asOf?: string) => agreementOn(ledger, asOf).bindingness.map((b) => [b.party, b.binding]);
    expect(claims()).toEqual([
      ['PAK', true],
      ['MAR', false],
    ]);
    expect(claims('2022-12-31')).toEqual([
      ['PAK', true],
      ['MAR', true],
    ]);
    expect(agreementOn(ledger).status).toBe('signed');
  });
});

describe('consent', () => {
  test('of one side: the other’s is pending, from then on, until force', () => {
    const ledger = agreementOf(SIGNED, consent('MAR', '2020-06'), ['BringIntoForce', '2021']);
    const pending = (asOf: string) => {
      const { consentPending, consentPendingSince } = agreementOn(ledger, asOf);
      return [consentPending, consentPendingSince];
    };
    expect(pending('2020-06-29')).toEqual([[], null]);
    expect(pending('2020-06-30')).toEqual([['PAK'], '2020-06-30']);
    expect(pending('2021-12-31')).toEqual([[], null]);
    expect(agreementOn(ledger).consents).toMatchObject([{ party: 'MAR', means: 'ratification' }]);
  });

  test('of both sides: nothing is pending, and it is not in force by that alone', () => {
    const ledger = agreementOf(SIGNED, consent('MAR', '2020-06'), consent('PAK', '2020-07', 'approval'));
    expect(agreementOn(ledger)).toMatchObject({ status: 'signed', consentPending: [] });
  });

  test('of what was not signed sets no signature', () => {
    const ledger = agreementOf(consent('MAR', '2020-06', 'accession'));
    expect(agreementOn(ledger)).toMatchObject({ status: 'drafted', signedOn: null, consentPending: ['PAK'] });
    expect(ledger.status('MAR-PAK').stage).toBe('negotiating');
  });

  test.each<[string, Act[], string[]]>([
    ['one definitive, one subject to ratification', [signedAs('definitive', 'subject_to_ratification')], ['PAK']],
    ['both subject to it', [signedAs('subject_to_ratification', 'subject_to_ratification')], ['MAR', 'PAK']],
    ['one subject to it, of the other nothing known', [signedAs('subject_to_ratification')], ['MAR', 'PAK']],
    ['both definitive', [signedAs('definitive', 'definitive')], []],
    ['both ad referendum', [signedAs('ad_referendum', 'ad_referendum')], []],
    [
      'one definitive; the other ratified',
      [signedAs('definitive', 'subject_to_ratification'), consent('PAK', '2021')],
      [],
    ],
    ['one definitive; it ratified besides', [signedAs('definitive'), consent('MAR', '2021')], ['PAK']],
    [
      'both definitive, but the terms ask for ratification',
      [signedAs('definitive', 'definitive'), ['RecordTerms', '2020', { renewal: 'none', requiresRatification: true }]],
      ['MAR', 'PAK'],
    ],
    [
      'ad referendum and confirmed, the other has ratified',
      [signedAs('ad_referendum'), consent('PAK', '2021'), ['ConfirmSignature', '2022', { party: 'MAR' }]],
      [],
    ],
    [
      'ad referendum and not confirmed, the other has ratified',
      [signedAs('ad_referendum'), consent('PAK', '2021')],
      ['MAR'],
    ],
    [
      'subject to ratification: to confirm the signature is not to ratify',
      [signedAs('subject_to_ratification'), ['ConfirmSignature', '2022', { party: 'MAR' }], consent('PAK', '2022')],
      ['MAR'],
    ],
    [
      'a second signature that is definitive',
      [
        signedAs('subject_to_ratification', 'definitive'),
        ['SignAgreement', '2021', { signatories: [signatory('MAR', 'definitive')] }],
      ],
      [],
    ],
  ])('where %s', (_, acts, pending) => {
    expect(agreementOn(agreementOf(...acts)).consentPending).toEqual(pending);
  });

  test.each<[Act, string]>([
    [['AbandonAgreement', '2022'], 'abandoned'],
    [['TerminateAgreement', '2022'], 'terminated'],
    [['SuspendAgreement', '2022'], 'suspended'],
  ])('is awaited no more after %j', (end, status) => {
    const ledger = agreementOf(SIGNED, consent('MAR', '2020-06'), end);
    expect(agreementOn(ledger, '2021-12-31').consentPending).toEqual(['PAK']);
    expect(agreementOn(ledger)).toMatchObject({ status, consentPending: [], consentPendingSince: null });
  });

  test('where ratification is needed it is pending since the first signature', () => {
    const ledger = agreementOf(['SignAgreement', '2021'], signedAs('subject_to_ratification'));
    expect(agreementOn(ledger)).toMatchObject({ consentPendingSince: '2020-01-01' });
  });
});

describe('a signature ad referendum', () => {
  test('awaits its confirmation, which leaves the date of the signature as it is', () => {
    const ledger = agreementOf(signedAs('ad_referendum', 'definitive'), [
      'ConfirmSignature',
      '2021-03-01',
      { party: 'MAR' },
    ]);
    expect(agreementOn(ledger, '2021-02-28')).toMatchObject({ status: 'signed', confirmationPending: ['MAR'] });
    expect(agreementOn(ledger, '2021-03-01')).toMatchObject({
      status: 'signed',
      signedOn: '2020-01-01',
      confirmationPending: [],
      confirmations: [{ party: 'MAR', occurredOn: '2021-03-01' }],
    });
  });

  test.each<[string, Act]>([
    ['definitively later', ['SignAgreement', '2021', { signatories: [signatory('MAR', 'definitive')] }]],
    ['and ratified', consent('MAR', '2021')],
  ])('awaits none of a party that signed %s', (_, then) => {
    const ledger = agreementOf(signedAs('ad_referendum', 'ad_referendum'), then);
    expect(agreementOn(ledger).confirmationPending).toEqual(['PAK']);
  });
});

describe('provisional application', () => {
  test.each<[string, Act[], string[]]>([
    ['its end', [['EndProvisionalApplication', '2020-09-01']], ['2020-09-01']],
    ['force', [['BringIntoForce', '2020-09-01']], ['2020-09-01']],
    ['abandonment', [['AbandonAgreement', '2020-09-01']], ['2020-09-01']],
    ['termination', [['TerminateAgreement', '2020-09-01']], ['2020-09-01']],
  ])('is a flag, until %s', (_, ends, [last]) => {
    const ledger = agreementOf(SIGNED, ['ApplyProvisionally', '2020-03-01'], ...ends);
    const applied = (asOf: string) => ledger.status('MAR-PAK', asOf).agreements[0]?.provisionallyApplied;
    expect(applied('2020-02-29')).toBe(false);
    expect(agreementOn(ledger, '2020-03-01')).toMatchObject({
      status: 'signed',
      provisionallyApplied: true,
      provisionalApplication: { occurredOn: '2020-03-01' },
    });
    expect(applied('2020-08-31')).toBe(true);
    expect(applied(last!)).toBe(false);
  });

  test('that is told twice began the first time', () => {
    const ledger = agreementOf(['ApplyProvisionally', '2020-09-01'], ['ApplyProvisionally', '2020-03-01']);
    expect(agreementOn(ledger).provisionalApplication).toMatchObject({ occurredOn: '2020-03-01' });
  });

  test('may begin again', () => {
    const ledger = agreementOf(
      ['ApplyProvisionally', '2020-03-01'],
      ['EndProvisionalApplication', '2020-09-01'],
      ['ApplyProvisionally', '2021-03-01'],
    );
    expect(['2020-12-31', '2021-03-01'].map((day) => agreementOn(ledger, day).provisionallyApplied)).toEqual([
      false,
      true,
    ]);
  });
});

describe('suspension', () => {
  test('and resumption may come again', () => {
    const ledger = agreementOf(
      SIGNED,
      IN_FORCE,
      ['SuspendAgreement', '2022-01-01'],
      ['ResumeAgreement', '2023-01-01'],
      ['SuspendAgreement', '2024-01-01'],
    );
    expect(
      statusOn(ledger, '2021-12-31', '2022-01-01', '2022-12-31', '2023-01-01', '2023-12-31', '2024-01-01'),
    ).toEqual([
      '2021-12-31 in_force',
      '2022-01-01 suspended',
      '2022-12-31 suspended',
      '2023-01-01 in_force',
      '2023-12-31 in_force',
      '2024-01-01 suspended',
    ]);
    expect(ledger.status('MAR-PAK').stage).toBe('signed');
    expect(ledger.status('MAR-PAK').reasons).toEqual([ledger.stream('agreement-agr').at(-1)!.id]);
    expect(agreementOn(ledger, '2023-06-01').statusEventId).toBe(ledger.stream('agreement-agr')[4]!.id);
  });

  test.each([
    ['2022', '2022'],
    [null, '2022'],
    ['2022-01-01', null],
    ['2022-01-01', '2022-01-01'],
    ['2022-03', '2022'],
  ])('of %j and resumption of %j: where the days leave it open, it was resumed', (suspended, resumed) => {
    const ledger = agreementOf(IN_FORCE, ['ResumeAgreement', resumed], ['SuspendAgreement', suspended]);
    expect(agreementOn(ledger).status).toBe('in_force');
  });

  test('a resumption says that it operates, though nothing says that it was suspended or in force', () => {
    expect(agreementOn(agreementOf(SIGNED, ['ResumeAgreement', '2021']))).toMatchObject({
      status: 'in_force',
      inForceOn: null,
    });
  });

  test.each<Act>([
    ['TerminateAgreement', '2022'],
    ['ExpireAgreement', '2022'],
    ['SupersedeAgreement', '2022', { byAgreementId: 'b' }],
  ])('what has ended is neither suspended nor resumed: %s', (...end) => {
    const ledger = agreementOf(SIGNED, IN_FORCE, end, ['SuspendAgreement', '2023'], ['ResumeAgreement', '2024']);
    const [before] = statusOn(ledger, '2022-12-31');
    expect(statusOn(ledger, '2023-12-31', '2024-12-31').map((s) => s.slice(11))).toEqual([
      before!.slice(11),
      before!.slice(11),
    ]);
  });

  test('an entry into force of unknown day does not lift it', () => {
    const ledger = agreementOf(SIGNED, ['SuspendAgreement', '2022'], ['BringIntoForce', null]);
    expect(agreementOn(ledger)).toMatchObject({ status: 'suspended', inForceOn: null });
  });
});

describe('an end', () => {
  test.each<[string, Act, object]>([
    ['terminated', ['TerminateAgreement', '2022-05', { ground: { en: 'Breach' } }], { ground: { en: 'Breach' } }],
    ['expired', ['ExpireAgreement', '2022-05'], {}],
    [
      'superseded',
      ['SupersedeAgreement', '2022-05', { byAgreementId: 'b' }],
      { supersededBy: [{ byAgreementId: 'b' }] },
    ],
  ])('%s, on its day, with its event', (status, end, more) => {
    const ledger = agreementOf(SIGNED, IN_FORCE, end);
    const { id } = ledger.stream('agreement-agr').at(-1)!;
    expect(agreementOn(ledger, '2022-05-30')).toMatchObject({ status: 'in_force', endedOn: null });
    expect(agreementOn(ledger, '2022-05-31')).toMatchObject({
      status,
      statusEventId: id,
      endedOn: '2022-05',
      lastDay: null,
      ...more,
    });
    expect(ledger.status('MAR-PAK')).toMatchObject({ stage: 'contact', reasons: [id] });
  });

  test('is taken without an entry into force, and before a signature that follows', () => {
    const ledger = agreementOf(['TerminateAgreement', '2019'], SIGNED, IN_FORCE);
    expect(statusOn(ledger, '2018-12-31', '2019-12-31', '2026-12-31')).toEqual([
      '2018-12-31 none',
      '2019-12-31 terminated',
      '2026-12-31 terminated',
    ]);
    expect(agreementOn(ledger)).toMatchObject({ signedOn: '2020-01-01', inForceOn: '2021-01-01' });
  });

  test('comes once: the first in valid order, and of one day the one that is listed first', () => {
    const terminated: Act = ['TerminateAgreement', '2022-01-01'];
    const superseded = (day: string): Act => ['SupersedeAgreement', day, { byAgreementId: 'b' }];
    const status = (...acts: Act[]) => agreementOn(agreementOf(IN_FORCE, ...acts)).status;
    expect(status(superseded('2023'), terminated)).toBe('terminated');
    expect(status(superseded('2021-06-01'), terminated)).toBe('superseded');
    expect(status(superseded('2022-01-01'), terminated)).toBe('terminated');
    expect(agreementOn(agreementOf(superseded('2023'), terminated)).supersededBy).toHaveLength(1);
  });

  test('by abandonment is before force; what is in force is not given up by it', () => {
    const before = agreementOf(SIGNED, ['AbandonAgreement', '2022']);
    expect(agreementOn(before)).toMatchObject({ status: 'abandoned', endedOn: '2022' });
    expect(before.status('MAR-PAK').stage).toBe('contact');
    expect(agreementOn(agreementOf(SIGNED, IN_FORCE, ['AbandonAgreement', '2022'])).status).toBe('in_force');
    // Nothing below force takes it back; force itself does.
    const signedLater = agreementOf(['AbandonAgreement', '2019'], SIGNED);
    expect(agreementOn(signedLater).status).toBe('abandoned');
    expect(agreementOn(agreementOf(['AbandonAgreement', '2019'], IN_FORCE))).toMatchObject({
      status: 'in_force',
      endedOn: null,
    });
  });

  test('leaves no signature to be expected', () => {
    const ledger = agreementOf(['AnnounceSignature', '2020', { plannedFor: '2021' }], ['AbandonAgreement', '2022']);
    expect(agreementOn(ledger, '2021-12-31').signatureExpected).toMatchObject({ plannedFor: '2021' });
    expect(agreementOn(ledger).signatureExpected).toBeNull();
  });
});

describe('real oddities', () => {
  test('force before signature', () => {
    const ledger = agreementOf(['SignAgreement', '2020-05-01'], ['BringIntoForce', '2020-01-01']);
    expect(statusOn(ledger, '2019-12-31', '2020-01-01', '2020-05-01')).toEqual([
      '2019-12-31 none',
      '2020-01-01 in_force',
      '2020-05-01 in_force',
    ]);
    expect(agreementOn(ledger)).toMatchObject({ signedOn: '2020-05-01', inForceOn: '2020-01-01' });
  });

  test('several signing places', () => {
    const place = (en: string) => ({ place: { name: { en } } });
    const ledger = agreementOf(
      ['SignAgreement', '2020-05-02', place('Islamabad')],
      ['SignAgreement', '2020-05-01', place('Rabat')],
    );
    expect(agreementOn(ledger)).toMatchObject({
      signedOn: '2020-05-01',
      signatures: [{ place: { name: { en: 'Rabat' } } }, { place: { name: { en: 'Islamabad' } } }],
    });
  });

  test('no dates at all: in the order of the rungs, from the day of recording', () => {
    const ledger = agreementOf(
      ['TerminateAgreement', null],
      ['ResumeAgreement', null],
      ['SuspendAgreement', null],
      ['BringIntoForce', null],
      ['SignAgreement', null],
    );
    expect(statusOn(ledger, '2026-01-14', '2026-01-15')).toEqual(['2026-01-14 none', '2026-01-15 terminated']);
    expect(agreementOn(ledger)).toMatchObject({ signedOn: null, inForceOn: null, endedOn: null });
  });
});
