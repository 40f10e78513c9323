import { describe, expect, test } from '@jest/globals';
import {
  act,
  agreementData,
  exerciseData,
  ledgerWithSources,
  mechanismData,
  meetingData,
  partyData,
  smallLedger,
  visitData,
} from '../support/facts.js';
import { type Data, evidence, type PureLedger } from '../support/ledger.js';

/** What the answer warns of, as `code pointer`; the event carries the same. */
function warned(ledger: PureLedger, command: string, data: Data): string[] {
  const outcome = ledger.record(command, data);
  if (!outcome.event) throw new Error(`${command} was refused: ${JSON.stringify(outcome.rejection)}`);
  expect(outcome.event.metadata.warnings).toEqual(outcome.warnings);
  expect(outcome.warnings.every((w) => w.message !== '')).toBe(true);
  return outcome.warnings.map(({ code, pointer = '' }) => `${code} ${pointer}`.trim());
}

const agr = (more: Data = {}) => act({ agreementId: 'agr', ...more });
const dated = (occurredOn: string, more: Data = {}) => agr({ occurredOn, ...more });

describe('odd, but taken with a warning', () => {
  test.each<[string, Data, ...string[]]>([
    ['HoldVisit', visitData({ visitId: 'v', areas: ['logistics', 'beekeeping'] }), 'unknown-area /areas/1'],
    ['ClassifyAreas', agr({ areas: ['x'] }), 'unknown-area /areas/0'],
    [
      'DraftAgreement',
      agreementData({ agreementId: 'b', parentAgreementId: 'gone' }),
      'unknown-record /parentAgreementId',
    ],
    ['LinkAgreement', agr({ toAgreementId: 'gone', relation: 'amends' }), 'unknown-record /toAgreementId'],
    ['SignAgreement', agr({ visitId: 'gone' }), 'unknown-record /visitId'],
    ['HoldMeeting', meetingData({ meetingId: 'm', visitId: 'gone' }), 'unknown-record /visitId'],
    ['CreateMechanism', mechanismData({ mechanismId: 'm', agreementId: 'gone' }), 'unknown-record /agreementId'],
    [
      'LinkOutcome',
      act({ visitId: 'vis', agreementIds: ['agr', 'gone'], mechanismIds: ['gone', 'mec'] }),
      'unknown-record /agreementIds/1',
      'unknown-record /mechanismIds/0',
    ],
  ])('%s names what is not recorded or not known', (command, data, ...codes) => {
    expect(warned(smallLedger(), command, data)).toEqual(codes);
  });

  test('a record whose opener is retracted is not there', () => {
    const ledger = smallLedger();
    ledger.given('RetractFact', { ...ledger.about('visit-vis'), reason: 'r' });
    expect(warned(ledger, 'SignAgreement', agr({ visitId: 'vis' }))).toEqual(['unknown-record /visitId']);
  });

  test('evidence from a withdrawn source, or one whose registration is retracted', () => {
    const ledger = smallLedger();
    ledger.given('WithdrawSource', { sourceId: 't', reason: 'forged' });
    const both = [...evidence('s'), ...evidence('t')];
    expect(warned(ledger, 'SignAgreement', agr({ evidence: both }))).toEqual(['withdrawn-source /evidence/1/sourceId']);
    ledger.given('RetractFact', { ...ledger.about('source-s'), reason: 'r' });
    expect(warned(ledger, 'InitialAgreement', agr())).toEqual(['withdrawn-source /evidence/0/sourceId']);
  });

  test('a source that was published before', () => {
    const ledger = smallLedger();
    const early = ledger.source('early', '2024-05');
    expect(warned(ledger, 'SignAgreement', dated('2024-06-01', { evidence: early }))).toEqual([
      'published-before /occurredOn',
    ]);
    expect(warned(ledger, 'InitialAgreement', dated('2024-05-31', { evidence: early }))).toEqual([]);
    expect(warned(ledger, 'InitialAgreement', agr({ evidence: early }))).toEqual(['repeated']);
  });

  test('a source that was published before, but is withdrawn, says nothing of the day', () => {
    const ledger = smallLedger();
    const early = ledger.source('early', '2024-05');
    ledger.given('WithdrawSource', { sourceId: 'early', reason: 'forged' });
    expect(warned(ledger, 'SignAgreement', dated('2024-06-01', { evidence: early }))).toEqual([
      'withdrawn-source /evidence/0/sourceId',
    ]);
  });

  test('a corroboration by a source that was published before', () => {
    const ledger = smallLedger();
    const early = ledger.source('early', '2024-05');
    const { id, stream } = ledger.given('SignAgreement', dated('2024-06-01'));
    const corroboration = { stream, targetEventId: id, evidence: early };
    expect(warned(ledger, 'CorroborateFact', corroboration)).toEqual(['published-before /evidence']);
    expect(ledger.history('2024-05-31').records.get('agreement-agr')).toMatchObject({ state: { status: null } });
    expect(ledger.history('2024-06-01').records.get('agreement-agr')).toMatchObject({ state: { status: 'signed' } });
  });

  test('what is to happen tomorrow is kept as stated', () => {
    const ledger = smallLedger('2026-01-15');
    expect(warned(ledger, 'SignAgreement', dated('2026-01-16'))).toEqual(['published-before /occurredOn']);
  });

  test.each([
    ['1917', 'party-not-there /occurredOn'],
    ['1993', 'party-not-there /occurredOn'],
    ['1917/1918'],
    ['1992'],
    ['1992-12/1993'],
  ])('an agreement with Czechoslovakia of %s', (occurredOn, ...codes) => {
    const ledger = ledgerWithSources();
    ledger.given('RegisterParty', partyData({ existedFrom: '1918-10-28', existedUntil: '1992-12-31' }));
    const data = agreementData({ parties: ['CSK', 'MAR'], occurredOn });
    expect(warned(ledger, 'DraftAgreement', data)).toEqual(codes);
  });

  test('a built-in party that is registered', () => {
    const ledger = ledgerWithSources();
    expect(warned(ledger, 'RegisterParty', partyData({ code: 'CZE' }))).toEqual(['built-in /code']);
    expect(warned(ledger, 'RegisterParty', partyData())).toEqual([]);
  });

  test('two openers that name other parties', () => {
    const ledger = smallLedger();
    const other = agreementData({ parties: ['MAR', 'TUR'] });
    expect(warned(ledger, 'ProposeAgreement', other)).toEqual(['other-parties']);
    expect(warned(ledger, 'PlanVisit', visitData({ visitor: 'MAR', host: 'PAK' }))).toEqual([]);
    const more = exerciseData({ participants: ['MAR', 'PAK', 'TUR'] });
    expect(warned(ledger, 'AnnounceExercise', more)).toEqual(['other-parties']);
  });

  test('a second signature, on another day', () => {
    const ledger = smallLedger();
    expect(warned(ledger, 'SignAgreement', dated('2024-05-01'))).toEqual([]);
    expect(warned(ledger, 'SignAgreement', dated('2024-05-02'))).toEqual(['repeated']);
    expect(ledger.history().records.get('agreement-agr')?.state).toMatchObject({
      status: 'signed',
      signedOn: '2024-05-01',
    });
  });

  test('force before signature, and a signature after force', () => {
    const ledger = smallLedger();
    ledger.given('SignAgreement', dated('2024-05-02'));
    expect(warned(ledger, 'BringIntoForce', dated('2024-05-01'))).toEqual(['out-of-order /occurredOn']);
    const other = smallLedger();
    other.given('BringIntoForce', dated('2024-05'));
    expect(warned(other, 'SignAgreement', dated('2024-06'))).toEqual(['out-of-order /occurredOn']);
    for (const l of [ledger, other]) expect(l.status('MAR-PAK').stage).toBe('in_force');
  });

  test('dates that may be in order are no oddity', () => {
    const ledger = smallLedger();
    ledger.given('SignAgreement', dated('2024-05'));
    expect(warned(ledger, 'BringIntoForce', dated('2024-05-01'))).toEqual([]);
    expect(warned(ledger, 'InitialAgreement', dated('2024'))).toEqual([]);
  });

  test('force without a signature, and a dissolution of what has not met', () => {
    const ledger = smallLedger();
    expect(warned(ledger, 'BringIntoForce', agr())).toEqual([]);
    expect(warned(ledger, 'DissolveMechanism', act({ mechanismId: 'mec' }))).toEqual([]);
  });

  test('a fact on a record that was merged counts there', () => {
    const ledger = smallLedger();
    ledger.given('DraftAgreement', agreementData({ agreementId: 'b' }));
    ledger.given('MergeRecord', { stream: 'agreement-b', intoId: 'agr', reason: 'r' });
    expect(warned(ledger, 'SignAgreement', agr({ agreementId: 'b' }))).toEqual(['merged-record']);
    expect(ledger.history().records.get('agreement-agr')?.state).toMatchObject({ status: 'signed' });
    ledger.given('DraftAgreement', agreementData({ agreementId: 'c' }));
    const again = { stream: 'agreement-b', intoId: 'c', reason: 'r' };
    expect(warned(ledger, 'MergeRecord', again)).toEqual(['merged-record']);
  });
});

describe('odd curation, but taken with a warning', () => {
  function retractedVisit() {
    const ledger = smallLedger();
    const about = ledger.about('visit-vis');
    const dispute = ledger.given('DisputeFact', {
      ...about,
      path: '/data/kind',
      alternatives: ['working', 'state'].map((value) => ({ value, evidence: evidence('s') })),
    });
    ledger.given('RetractFact', { ...about, reason: 'r' });
    return { ledger, about, dispute };
  }

  test('of what is retracted', () => {
    const { ledger, about, dispute } = retractedVisit();
    const changes = [{ path: '/data/kind', from: 'working', to: 'state' }];
    const alternatives = ['minister', 'military'].map((value) => ({ value, evidence: evidence('s') }));
    const said: [string, Data][] = [
      ['CorroborateFact', { ...about, evidence: evidence('t') }],
      ['CorrectFact', { ...about, changes, reason: 'r', evidence: evidence('t') }],
      ['DisputeFact', { ...about, path: '/data/level', alternatives }],
      ['RetractFact', { ...about, reason: 'another' }],
      [
        'ResolveDispute',
        { stream: about.stream, disputeEventId: dispute.id, value: 'state', reason: 'r', evidence: evidence('t') },
      ],
    ];
    for (const [command, data] of said) expect(warned(ledger, command, data)).toEqual(['retracted-target']);
  });

  test('of a dispute that was resolved, and to what is none of its alternatives', () => {
    const ledger = smallLedger();
    const { id, stream } = ledger.given('DisputeFact', {
      ...ledger.about('visit-vis'),
      path: '/data/kind',
      alternatives: ['working', 'state'].map((value) => ({ value, evidence: evidence('s') })),
    });
    const resolve = (value: string) =>
      warned(ledger, 'ResolveDispute', { stream, disputeEventId: id, value, reason: 'r', evidence: evidence('t') });
    expect(resolve('state')).toEqual([]);
    expect(resolve('working')).toEqual(['already-resolved /disputeEventId']);
    expect(resolve('courtesy')).toEqual(['already-resolved /disputeEventId', 'no-alternative /value']);
    expect(ledger.history().records.get('visit-vis')?.state).toMatchObject({ kind: 'courtesy' });
  });

  test('a correction that names what is not known, by its change', () => {
    const ledger = smallLedger();
    const correct = (path: string, to: unknown) =>
      warned(ledger, 'CorrectFact', {
        ...ledger.about('mechanism-mec'),
        changes: [{ path, from: null, to }],
        reason: 'r',
        evidence: evidence('t'),
      });
    expect(correct('/data/agreementId', 'gone')).toEqual(['unknown-record /changes/0/to']);
  });
});
