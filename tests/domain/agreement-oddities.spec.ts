import { describe, expect, test } from '@jest/globals';
import { type Act, agreementOf, recordAct } from '../support/agreement.js';
import { act } from '../support/facts.js';

/** What is warned of when these acts are recorded, the last alone: `code pointer`. It is taken all the same. */
function warned(...acts: readonly Act[]): string[] {
  const ledger = agreementOf(...acts.slice(0, -1));
  const outcome = recordAct(ledger, acts.at(-1)!);
  if (!outcome.event) throw new Error(JSON.stringify(outcome.rejection));
  expect(outcome.event.metadata.warnings).toEqual(outcome.warnings);
  return outcome.warnings.map(({ code, pointer = '' }) => `${code} ${pointer}`.trim());
}

const signed = (occurredOn: string | null, signatories?: object[]): Act => [
  'SignAgreement',
  occurredOn,
  { ...(signatories && { signatories }) },
];
const SIGNED = signed('2020-01-01');
const IN_FORCE: Act = ['BringIntoForce', '2021-01-01'];
const referred = signed('2020-01-01', [
  { party: 'MAR', mode: 'ad_referendum' },
  { party: 'PAK', mode: 'definitive' },
]);
const on = (command: string, occurredOn: string | null, more?: object): Act => [command, occurredOn, { ...more }];
const amended = (occurredOn: string | null, more?: object) =>
  on('AmendAgreement', occurredOn, { summary: 'a', ...more });
const consent = (occurredOn: string | null, party = 'MAR') =>
  on('ExpressConsent', occurredOn, { party, means: 'ratification' });
const denounced = (occurredOn: string | null, more?: object) =>
  on('NotifyDenunciation', occurredOn, { by: 'MAR', ...more });
const confirmed = (occurredOn: string | null, party = 'MAR') => on('ConfirmSignature', occurredOn, { party });

describe('an act that is odd beside the record is taken, with a warning', () => {
  test.each<[string, Act[], ...string[]]>([
    ['a negotiation after the signature', [SIGNED, on('RecordNegotiation', '2021')], 'out-of-order /occurredOn'],
    ['a confirmation of no signature ad referendum', [SIGNED, confirmed('2021')], 'nothing-to-confirm /party'],
    ['… of another party’s', [referred, confirmed('2021', 'PAK')], 'nothing-to-confirm /party'],
    ['a second confirmation', [referred, confirmed('2021'), confirmed('2022')], 'repeated /party'],
    [
      'an approval after entry into force',
      [IN_FORCE, on('ApproveDomestically', '2022', { party: 'MAR', organ: { en: 'Parliament' } })],
      'out-of-order /occurredOn',
    ],
    ['consent by a party twice', [SIGNED, consent('2020-05'), consent('2020-06')], 'repeated /party'],
    ['consent before the signature', [SIGNED, consent('2019')], 'out-of-order /occurredOn'],
    ['consent after entry into force', [SIGNED, IN_FORCE, consent('2022')], 'out-of-order /occurredOn'],
    ['provisional application after force', [IN_FORCE, on('ApplyProvisionally', '2022')], 'out-of-order /occurredOn'],
    [
      'provisional application that goes on',
      [on('ApplyProvisionally', '2020-05'), on('ApplyProvisionally', '2020-06')],
      'applied',
    ],
    ['the end of a provisional application that never was', [on('EndProvisionalApplication', '2020')], 'not-applied'],
    ['an amendment of what was not signed', [amended('2020')], 'not-signed'],
    ['an amendment before the signature', [SIGNED, amended('2019')], 'out-of-order /occurredOn'],
    [
      'an amendment after the end',
      [SIGNED, IN_FORCE, on('TerminateAgreement', '2022'), amended('2023')],
      'out-of-order /occurredOn',
    ],
    [
      'an amendment by itself',
      [SIGNED, amended('2022', { amendingAgreementId: 'agr' })],
      'itself /amendingAgreementId',
    ],
    [
      'an amendment by what is not recorded',
      [SIGNED, amended('2022', { amendingAgreementId: 'gone' })],
      'unknown-record /amendingAgreementId',
    ],
    ['a renewal of what never entered into force', [SIGNED, on('RenewAgreement', '2022')], 'not-in-force'],
    ['a renewal into the past', [IN_FORCE, on('RenewAgreement', '2022', { until: '2021-06' })], 'backwards /until'],
    [
      'a renewal after a termination',
      [IN_FORCE, on('TerminateAgreement', '2022'), on('RenewAgreement', '2023')],
      'out-of-order /occurredOn',
    ],
    ['a suspension of what never entered into force', [SIGNED, on('SuspendAgreement', '2022')], 'not-in-force'],
    [
      'a suspension of what is suspended',
      [IN_FORCE, on('SuspendAgreement', '2022'), on('SuspendAgreement', '2023')],
      'suspended',
    ],
    ['a resumption of what was not suspended', [IN_FORCE, on('ResumeAgreement', '2022')], 'not-suspended'],
    [
      'a resumption after a termination',
      [IN_FORCE, on('SuspendAgreement', '2022'), on('TerminateAgreement', '2023'), on('ResumeAgreement', '2024')],
      'out-of-order /occurredOn',
    ],
    ['a denunciation of what never entered into force', [SIGNED, denounced('2022')], 'not-in-force'],
    ['a denunciation by a party that has denounced', [IN_FORCE, denounced('2022'), denounced('2023')], 'repeated /by'],
    [
      'a denunciation that takes effect before it',
      [IN_FORCE, denounced('2022', { effectiveOn: '2021' })],
      'backwards /effectiveOn',
    ],
    ['a withdrawal of no denunciation', [IN_FORCE, on('WithdrawDenunciation', '2022')], 'nothing-to-withdraw'],
    [
      'a second withdrawal of one denunciation',
      [IN_FORCE, denounced('2022'), on('WithdrawDenunciation', '2023'), on('WithdrawDenunciation', '2024')],
      'nothing-to-withdraw',
    ],
    [
      'a withdrawal after the end',
      [IN_FORCE, denounced('2022'), on('TerminateAgreement', '2023'), on('WithdrawDenunciation', '2024')],
      'out-of-order /occurredOn',
    ],
    ['a termination without an entry into force', [SIGNED, on('TerminateAgreement', '2022')], 'not-in-force'],
    ['a termination before entry into force', [IN_FORCE, on('TerminateAgreement', '2020')], 'out-of-order /occurredOn'],
    [
      'a second termination',
      [IN_FORCE, on('TerminateAgreement', '2022'), on('TerminateAgreement', '2023')],
      'repeated',
    ],
    ['another end', [IN_FORCE, on('ExpireAgreement', '2022'), on('TerminateAgreement', '2022')], 'ended'],
    ['an expiry without an entry into force', [on('ExpireAgreement', '2022')], 'not-in-force'],
    [
      'a second expiry without a renewal',
      [IN_FORCE, on('ExpireAgreement', '2022'), on('ExpireAgreement', '2023')],
      'ended',
    ],
    [
      'to be superseded by itself',
      [IN_FORCE, on('SupersedeAgreement', '2022', { byAgreementId: 'agr' })],
      'itself /byAgreementId',
    ],
    [
      'to be superseded by what is not recorded, after an end',
      [IN_FORCE, on('TerminateAgreement', '2022'), on('SupersedeAgreement', '2022', { byAgreementId: 'gone' })],
      'unknown-record /byAgreementId',
      'ended',
    ],
    ['to abandon what is in force', [IN_FORCE, on('AbandonAgreement', '2021-01-01')], 'in-force'],
    ['a signature after it was abandoned', [on('AbandonAgreement', '2019'), SIGNED], 'out-of-order /occurredOn'],
    [
      'two numbers in one registry',
      [
        on('RegisterAgreement', '2022', { registry: 'UNTS', number: '1' }),
        on('RegisterAgreement', '2022', { registry: 'UNTS', number: '2' }),
      ],
      'repeated /registry',
    ],
    [
      'a party that says the contrary of what it said',
      [
        on('AssertBindingness', '2022', { party: 'MAR', binding: true }),
        on('AssertBindingness', '2023', { party: 'MAR', binding: false }),
      ],
      'contradicts /binding',
    ],
    [
      'a link to itself',
      [on('LinkAgreement', '2022', { toAgreementId: 'agr', relation: 'follows' })],
      'itself /toAgreementId',
    ],
  ])('%s', (_, acts, ...codes) => {
    expect(warned(...acts)).toEqual(codes);
  });
});

describe('no oddity', () => {
  test.each<[string, Act[]]>([
    ['a confirmation', [referred, confirmed('2021')]],
    ['a negotiation that may have been before the signature', [SIGNED, on('RecordNegotiation', '2020')]],
    [
      'an approval by another organ',
      [
        on('ApproveDomestically', '2020', { party: 'MAR', organ: { en: 'Government' } }),
        on('ApproveDomestically', '2020', { party: 'MAR', organ: { en: 'Parliament' } }),
      ],
    ],
    ['consent by the other party', [SIGNED, consent('2020-05'), consent('2020-05', 'PAK')]],
    ['consent to what was not signed', [consent('2020-05')]],
    ['an amendment of what was acceded to', [consent('2020-05'), amended('2021')]],
    [
      'provisional application that begins again',
      [on('ApplyProvisionally', '2020'), on('EndProvisionalApplication', '2020'), on('ApplyProvisionally', '2021')],
    ],
    [
      'a second suspension, after a resumption',
      [IN_FORCE, on('SuspendAgreement', '2022'), on('ResumeAgreement', '2023'), on('SuspendAgreement', '2024')],
    ],
    ['a renewal after a renewal', [IN_FORCE, on('RenewAgreement', '2022'), on('RenewAgreement', '2023')]],
    ['a renewal after an expiry', [IN_FORCE, on('ExpireAgreement', '2022'), on('RenewAgreement', '2023')]],
    [
      'an expiry after a renewal',
      [IN_FORCE, on('ExpireAgreement', '2022'), on('RenewAgreement', '2023'), on('ExpireAgreement', '2024')],
    ],
    [
      'a termination of what expired and was renewed',
      [IN_FORCE, on('ExpireAgreement', '2022'), on('RenewAgreement', '2023'), on('TerminateAgreement', null)],
    ],
    ['a denunciation by each party', [IN_FORCE, denounced('2022'), denounced('2022', { by: 'PAK' })]],
    [
      'a denunciation after one that was withdrawn',
      [IN_FORCE, denounced('2022'), on('WithdrawDenunciation', '2023'), denounced('2024')],
    ],
    [
      'a party that says again what it said, of another day',
      [
        on('AssertBindingness', '2022', { party: 'MAR', binding: true }),
        on('AssertBindingness', '2023', { party: 'MAR', binding: true }),
        on('AssertBindingness', '2023', { party: 'PAK', binding: false }),
      ],
    ],
    [
      'numbers in two registries',
      [
        on('RegisterAgreement', '2022', { registry: 'UNTS', number: '1' }),
        on('RegisterAgreement', '2022', { registry: 'Bulletin officiel', number: '1' }),
      ],
    ],
  ])('%s', (_, acts) => {
    expect(warned(...acts)).toEqual([]);
  });

  test('what was retracted is not on record', () => {
    const ledger = agreementOf(IN_FORCE, on('SuspendAgreement', '2022'));
    const { id, stream } = ledger.stream('agreement-agr').at(-1)!;
    ledger.given('RetractFact', { stream, targetEventId: id, reason: 'misread' });
    expect(recordAct(ledger, on('SuspendAgreement', '2023'))).toMatchObject({ warnings: [] });
  });

  test('relations that are severed and restored again', () => {
    const ledger = agreementOf();
    const pair = (command: string, occurredOn: string) => ledger.record(command, act({ occurredOn, pair: 'MAR-PAK' }));
    const acts: [string, string][] = [
      ['EstablishRelations', '1958'],
      ['SeverRelations', '1970'],
      ['RestoreRelations', '1980'],
      ['SeverRelations', '1990'],
      ['RestoreRelations', '2000'],
    ];
    for (const [command, occurredOn] of acts) expect(pair(command, occurredOn)).toMatchObject({ warnings: [] });
  });
});

test('who is none of its parties says nothing of it', () => {
  for (const [command, field] of [
    ['ConfirmSignature', { party: 'TUR' }],
    ['ApproveDomestically', { party: 'TUR', organ: { en: 'Parliament' } }],
    ['ExpressConsent', { party: 'TUR', means: 'accession' }],
    ['NotifyDenunciation', { by: 'TUR' }],
    ['AssertBindingness', { party: 'TUR', binding: true }],
  ] as const) {
    const { rejection } = recordAct(agreementOf(SIGNED), [command, '2021', { ...field }]);
    expect(rejection?.problems.map((p) => `${p.rule} ${p.pointer}`)).toEqual([`not-a-party /${Object.keys(field)[0]}`]);
  }
});
