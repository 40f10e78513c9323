import { describe, expect, test } from '@jest/globals';
import { decide } from '../../src/domain/decide.js';
import { COMMAND_TYPES, FACT_TYPES } from '../../src/domain/registry.js';
import {
  act,
  agreementData,
  exerciseData,
  ledgerWithSources,
  mechanismData,
  meetingData,
  partyData,
  smallLedger,
  sourceData,
  visitData,
} from '../support/facts.js';
import { type Data, evidence, PureLedger } from '../support/ledger.js';
import { expectRefusal } from '../support/refusals.js';

const OPENERS = [
  'SourceRegistered',
  'PartyRegistered',
  'AgreementProposed',
  'AgreementDrafted',
  'VisitPlanned',
  'VisitHeld',
  'MeetingHeld',
  'MechanismCreated',
  'ExerciseAnnounced',
  'ExerciseHeld',
];

describe('a record without an opener', () => {
  test('the openers are these', () => {
    expect([...FACT_TYPES.values()].filter((t) => t.opens).map((t) => t.type)).toEqual(OPENERS);
  });

  const agr = act({ agreementId: 'agr' });
  const COMMANDS: [string, Data][] = [
    ['WithdrawSource', { sourceId: 'u', reason: 'r' }],
    ['AddPartyAlias', { code: 'CSK', alias: 'a' }],
    ['ClassifyAreas', { ...agr, areas: [] }],
    ['RecordNegotiation', agr],
    ['AnnounceSignature', agr],
    ['InitialAgreement', agr],
    ['SignAgreement', agr],
    ['ConfirmSignature', { ...agr, party: 'MAR' }],
    ['ApproveDomestically', { ...agr, party: 'MAR', organ: { en: 'Parliament' } }],
    ['ExpressConsent', { ...agr, party: 'MAR', means: 'ratification' }],
    ['ApplyProvisionally', agr],
    ['EndProvisionalApplication', agr],
    ['BringIntoForce', agr],
    ['RecordTerms', { ...agr, renewal: 'none' }],
    ['AmendAgreement', { ...agr, summary: 'Article 3' }],
    ['RenewAgreement', agr],
    ['SuspendAgreement', agr],
    ['ResumeAgreement', agr],
    ['NotifyDenunciation', { ...agr, by: 'MAR' }],
    ['WithdrawDenunciation', agr],
    ['TerminateAgreement', agr],
    ['ExpireAgreement', agr],
    ['SupersedeAgreement', { ...agr, byAgreementId: 'b' }],
    ['AbandonAgreement', agr],
    ['PublishText', { ...agr, language: 'ar' }],
    ['RegisterAgreement', { ...agr, registry: 'UNTS', number: '1' }],
    ['AssertBindingness', { ...agr, party: 'MAR', binding: true }],
    ['LinkAgreement', { ...agr, toAgreementId: 'b', relation: 'follows' }],
    ['PostponeVisit', act({ visitId: 'vis' })],
    ['CancelVisit', act({ visitId: 'vis' })],
    ['LinkOutcome', act({ visitId: 'vis', agreementIds: [], mechanismIds: [] })],
    ['ConveneMechanism', act({ mechanismId: 'mec' })],
    ['AdoptWorkPlan', act({ mechanismId: 'mec' })],
    ['RecordProgramme', act({ mechanismId: 'mec', title: { en: 'P' }, status: 'proposed' })],
    ['ChangeMandate', act({ mechanismId: 'mec', mandate: { en: 'M' } })],
    ['DissolveMechanism', act({ mechanismId: 'mec' })],
    ['CancelExercise', act({ exerciseId: 'exe' })],
  ];

  test('every command that opens nothing, relationships aside, is among these', () => {
    const needing = [...FACT_TYPES.values()].filter((t) => !t.opens && t.aggregate.category !== 'relationship');
    expect(COMMANDS.map(([command]) => command)).toEqual(needing.map((t) => t.command));
  });

  test.each(COMMANDS)('%s', (command, data) => {
    expectRefusal(ledgerWithSources(), command, data, 'not-found', 'no-such-record');
  });

  test.each(COMMANDS)('%s, where the opener is retracted', (command, data) => {
    const ledger = smallLedger();
    ledger.given('RegisterSource', sourceData());
    ledger.given('RegisterParty', partyData());
    for (const { id, stream, type } of ledger.events.filter((e) => FACT_TYPES.get(e.type)?.opens)) {
      if (!['source-s', 'source-t'].includes(stream)) {
        ledger.given('RetractFact', { stream, targetEventId: id, reason: `no ${type}` });
      }
    }
    expectRefusal(ledger, command, data, 'not-found', 'no-such-record');
  });

  test('none is needed by a relationship or a built-in party', () => {
    const ledger = ledgerWithSources();
    ledger.given('SeverRelations', act({ pair: 'MAR-PAK' }));
    ledger.given('AddPartyAlias', { code: 'PAK', alias: 'Land of the pure' });
  });

  const ID = '6ba7b811-9dad-51d1-80b4-00c04fd430c8';
  test.each<[string, Data, string]>([
    ['CorroborateFact', { targetEventId: ID, evidence: evidence('s') }, '/targetEventId'],
    [
      'CorrectFact',
      {
        targetEventId: ID,
        changes: [{ path: '/data/host', from: 'MAR', to: 'PAK' }],
        reason: 'r',
        evidence: evidence('s'),
      },
      '/targetEventId',
    ],
    [
      'DisputeFact',
      {
        targetEventId: ID,
        path: '/data/host',
        alternatives: ['MAR', 'PAK'].map((value) => ({ value, evidence: evidence('s') })),
      },
      '/targetEventId',
    ],
    ['ResolveDispute', { disputeEventId: ID, value: 1, reason: 'r', evidence: evidence('s') }, '/disputeEventId'],
    ['RetractFact', { targetEventId: ID, reason: 'r' }, '/targetEventId'],
  ])('%s on a record or about an event that is not there', (command, data, pointer) => {
    const nothing = ledgerWithSources();
    const record = smallLedger();
    expectRefusal(nothing, command, { stream: 'visit-vis', ...data }, 'not-found', `no-such-event ${pointer}`);
    expectRefusal(record, command, { stream: 'visit-vis', ...data }, 'not-found', `no-such-event ${pointer}`);
  });

  test('an event of another stream is not there', () => {
    const ledger = smallLedger();
    const data = { ...ledger.about('agreement-agr'), stream: 'visit-vis' };
    expectRefusal(ledger, 'RetractFact', { ...data, reason: 'r' }, 'not-found', 'no-such-event /targetEventId');
    const corroborate = { ...data, evidence: evidence('s') };
    expectRefusal(ledger, 'CorroborateFact', corroborate, 'not-found', 'no-such-event /targetEventId');
  });

  test('a curation event is no fact to corroborate, correct or dispute', () => {
    const ledger = smallLedger();
    const said = ledger.given('CorroborateFact', { ...ledger.about('agreement-agr'), evidence: evidence('t') });
    const data = { stream: said.stream, targetEventId: said.id, evidence: evidence('t', 'claimed') };
    expectRefusal(ledger, 'CorroborateFact', data, 'not-found', 'no-such-event /targetEventId');
  });
});

describe('parties', () => {
  test.each<[string, Data, ...string[]]>([
    ['DraftAgreement', agreementData({ parties: ['MAR', 'XYZ'] }), 'unknown-party /parties/1'],
    [
      'ProposeAgreement',
      agreementData({ parties: ['CSK', 'XYZ'] }),
      'unknown-party /parties/0',
      'unknown-party /parties/1',
    ],
    ['HoldVisit', visitData({ visitor: 'XYZ' }), 'unknown-party /visitor'],
    ['PlanVisit', visitData({ host: 'XYZ' }), 'unknown-party /host'],
    ['HoldMeeting', meetingData({ parties: ['XYZ', 'PAK'] }), 'unknown-party /parties/0'],
    [
      'HoldMeeting',
      meetingData({ participants: [{ name: { en: 'A' }, party: 'XYZ' }] }),
      'unknown-party /participants/0/party',
    ],
    ['CreateMechanism', mechanismData({ parties: ['MAR', 'XYZ'] }), 'unknown-party /parties/1'],
    ['HoldExercise', exerciseData({ participants: ['MAR', 'PAK', 'XYZ'] }), 'unknown-party /participants/2'],
    ['EstablishRelations', act({ pair: 'MAR-XYZ' }), 'unknown-party /pair'],
    ['HoldExercise', exerciseData({ place: { name: { en: 'P' }, country: 'XYZ' } }), 'unknown-party /place/country'],
  ])('%s names one that is unknown', (command, data, ...broken) => {
    expectRefusal(ledgerWithSources(), command, data, 'conflict', ...broken);
  });

  test.each<[string, Data]>([
    ['HoldVisit', visitData({ visitor: 'MAR' })],
    ['PlanVisit', visitData({ visitor: 'MAR' })],
  ])('%s of a party to itself', (command, data) => {
    expectRefusal(ledgerWithSources(), command, data, 'conflict', 'identical-parties');
  });

  test('a registration that is retracted makes a party unknown again; a built-in one stays', () => {
    const ledger = ledgerWithSources();
    for (const code of ['CSK', 'CZE']) {
      const { id, stream } = ledger.given('RegisterParty', partyData({ code }));
      ledger.given('DraftAgreement', agreementData({ agreementId: `with-${code}`, parties: ['MAR', code] }));
      ledger.given('RetractFact', { stream, targetEventId: id, reason: 'r' });
    }
    const parties = (code: string) => agreementData({ parties: ['MAR', code] });
    expectRefusal(ledger, 'DraftAgreement', parties('CSK'), 'conflict', 'unknown-party /parties/1');
    ledger.given('DraftAgreement', parties('CZE'));
  });

  test('a party that is not in the agreement', () => {
    const ledger = smallLedger();
    const signatories = ['MAR', 'TUR', 'XYZ'].map((party) => ({ party, mode: 'definitive' }));
    const data = act({ agreementId: 'agr', signatories });
    const broken = ['not-a-party /signatories/1/party', 'unknown-party /signatories/2/party'];
    expectRefusal(ledger, 'SignAgreement', data, 'conflict', ...broken);
  });

  test('a party that is not of the pair', () => {
    const data = act({ pair: 'MAR-PAK', by: 'TUR', level: 'embassy' });
    expectRefusal(ledgerWithSources(), 'ChangeRepresentation', data, 'conflict', 'not-a-party /by');
  });

  test('witnesses and places make nobody a party, so they may be of any', () => {
    const ledger = smallLedger();
    const place = { name: { en: 'Ankara' }, country: 'TUR' };
    const witnesses = [{ name: { en: 'A' }, party: 'TUR' }];
    ledger.given('SignAgreement', act({ agreementId: 'agr', place, witnesses }));
    expect([...ledger.history().records.values()].flatMap((r) => r.pairs)).not.toContain('MAR-TUR');
  });
});

describe('sources', () => {
  const unknown = evidence('nowhere');

  test('evidence from one that is unknown', () => {
    const both = [...evidence('s'), ...unknown];
    expectRefusal(
      smallLedger(),
      'HoldVisit',
      visitData({ visitId: 'v', evidence: both }),
      'conflict',
      'unknown-source /evidence/1/sourceId',
    );
  });

  test('curation, and the alternatives of a dispute', () => {
    const ledger = smallLedger();
    const about = ledger.about('visit-vis');
    const at = 'unknown-source /evidence/0/sourceId';
    expectRefusal(ledger, 'CorroborateFact', { ...about, evidence: unknown }, 'conflict', at);
    const changes = [{ path: '/data/kind', from: 'working', to: 'state' }];
    expectRefusal(ledger, 'CorrectFact', { ...about, changes, reason: 'r', evidence: unknown }, 'conflict', at);
    const alternatives = [
      { value: 'working', evidence: evidence('s') },
      { value: 'state', evidence: unknown },
    ];
    const dispute = { ...about, path: '/data/kind', alternatives };
    expectRefusal(ledger, 'DisputeFact', dispute, 'conflict', 'unknown-source /alternatives/1/evidence/0/sourceId');
  });
});

describe('days', () => {
  const TODAY = '2026-01-15';

  test.each(['2026-01-17', '2026-02', '2027', '2026-01-17/2026-02', '2030/..', '2027~', '205X', '9999-12-31'])(
    'what happens as late as %s has not happened: tomorrow at the latest, by UTC',
    (day) => {
      const held = visitData({ visitId: 'v', occurredOn: day });
      expectRefusal(smallLedger(TODAY), 'HoldVisit', held, 'conflict', 'future-date /occurredOn');
      const ended = visitData({ visitId: 'v', occurredOn: '2026-01-10', endedOn: day });
      expectRefusal(smallLedger(TODAY), 'HoldVisit', ended, 'conflict', 'future-date /endedOn');
      const published = sourceData({ publishedOn: day });
      expectRefusal(smallLedger(TODAY), 'RegisterSource', published, 'conflict', 'future-date /publishedOn');
    },
  );

  test('plans may lie as late as they are planned', () => {
    const ledger = smallLedger(TODAY);
    ledger.given('PlanVisit', visitData({ visitId: 'v', plannedFor: '2099' }));
    ledger.given('RecordTerms', act({ agreementId: 'agr', renewal: 'none', expiresOn: '2099' }));
  });

  test.each([
    ['2025-05-02', '2025-05-01'],
    ['2025-05', '2025-04-30'],
    ['2025-05-02/..', '../2025-05-01'],
  ])('an act from %s to %s runs backwards', (occurredOn, endedOn) => {
    const data = visitData({ visitId: 'v', occurredOn, endedOn });
    expectRefusal(smallLedger(), 'HoldVisit', data, 'conflict', 'interval-backwards /endedOn');
  });
});

describe('the same again', () => {
  test('a second opener of the same type, whatever it says', () => {
    const ledger = smallLedger();
    ledger.given('PlanVisit', visitData());
    ledger.given('RegisterSource', sourceData());
    ledger.given('RegisterParty', partyData());
    const openers: [string, Data][] = [
      ['RegisterSource', sourceData()],
      ['RegisterParty', partyData({ names: { en: 'Other' } })],
      ['DraftAgreement', agreementData()],
      ['DraftAgreement', agreementData({ title: { en: 'Other' }, occurredOn: '2020' })],
      ['PlanVisit', visitData({ plannedFor: '2027' })],
      ['HoldVisit', visitData({ visitor: 'MAR', host: 'PAK' })],
      ['HoldMeeting', meetingData()],
      ['CreateMechanism', mechanismData()],
      ['HoldExercise', exerciseData()],
    ];
    for (const [command, data] of openers) expectRefusal(ledger, command, data, 'conflict', 'already-opened');
  });

  const signed = (more: Data = {}) => act({ agreementId: 'agr', occurredOn: '2025-05-01', ...more });

  test('the same act, with other evidence or none of it', () => {
    const ledger = smallLedger();
    ledger.given('SignAgreement', signed({ occasion: { ar: 'ز', en: 'v' } }));
    const again = signed({ occasion: { en: 'v', ar: 'ز' }, evidence: evidence('t', 'registered') });
    expectRefusal(ledger, 'SignAgreement', again, 'conflict', 'same-act');
    expectRefusal(ledger, 'SignAgreement', { ...again, endedOn: null, place: null }, 'conflict', 'same-act');
  });

  test('the same act as corrected, and as it was recorded', () => {
    const ledger = smallLedger();
    const { id, stream } = ledger.given('SignAgreement', signed());
    const changes = [{ path: '/occurredOn', from: '2025-05-01', to: '2025-05-02' }];
    ledger.given('CorrectFact', { stream, targetEventId: id, changes, reason: 'r', evidence: evidence('t') });
    expectRefusal(ledger, 'SignAgreement', signed({ occurredOn: '2025-05-02' }), 'conflict', 'same-act');
    expectRefusal(ledger, 'SignAgreement', signed(), 'conflict', 'same-act');
  });

  test('but not on another day, in another place, to another end, or in another record', () => {
    const ledger = smallLedger();
    ledger.given('DraftAgreement', agreementData({ agreementId: 'b' }));
    ledger.given('SignAgreement', signed());
    ledger.given('SignAgreement', signed({ occurredOn: '2025-05' }));
    ledger.given('SignAgreement', signed({ occurredOn: null }));
    ledger.given('SignAgreement', signed({ endedOn: '2025-05-01' }));
    ledger.given('SignAgreement', signed({ place: { name: { en: 'Rabat' } } }));
    ledger.given('SignAgreement', signed({ agreementId: 'b' }));
  });

  test.each<[string, Data, Data]>([
    ['WithdrawSource', { sourceId: 's', reason: 'r' }, {}],
    ['AddPartyAlias', { code: 'MAR', alias: 'a' }, {}],
    ['SeverRelations', act({ pair: 'MAR-PAK' }), { evidence: evidence('t') }],
    ['ConveneMechanism', act({ mechanismId: 'mec', ordinal: 1 }), { evidence: evidence('t') }],
  ])('%s', (command, data, more) => {
    const ledger = smallLedger();
    ledger.given(command, data);
    expectRefusal(ledger, command, { ...data, ...more }, 'conflict', 'same-act');
  });

  test('the same curation', () => {
    const ledger = smallLedger();
    const said = { ...ledger.about('visit-vis'), evidence: evidence('t') };
    const first = ledger.given('CorroborateFact', said);
    expectRefusal(ledger, 'CorroborateFact', said, 'conflict', 'same-act');
    ledger.given('RetractFact', { stream: first.stream, targetEventId: first.id, reason: 'r' });
    ledger.given('CorroborateFact', said);
  });
});

test('the decider itself names a command that it does not know', () => {
  const command = {
    type: 'Nonsense',
    stream: 'visit-v',
    body: { occurredOn: null, endedOn: null, evidence: [], data: {} },
  };
  const world = { today: '2026-01-15', named: [], sources: new Map(), parties: new Map(), records: new Map() };
  const decision = decide(command, [], world);
  expect('rejection' in decision && decision.rejection).toMatchObject({
    kind: 'malformed',
    problems: [{ rule: 'unknown-command' }],
  });
  expect(COMMAND_TYPES.has('Nonsense')).toBe(false);
});

test('a refused command may be sent again once what was missing is there', () => {
  const ledger = new PureLedger();
  expect(ledger.record('HoldVisit', visitData(), 'same').rejection?.problems[0]?.rule).toBe('unknown-source');
  ledger.source('s');
  expect(ledger.given('HoldVisit', visitData(), 'same').revision).toBe(0);
});
