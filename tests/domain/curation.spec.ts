import { describe, expect, test } from '@jest/globals';
import type { AgreementState } from '../../src/domain/agreement/state.js';
import type { VisitState } from '../../src/domain/visit/visit.js';
import {
  act,
  agreementData,
  exerciseData,
  ledgerWithSources,
  meetingData,
  mechanismData,
  partyData,
  smallLedger,
  sourceData,
  visitData,
} from '../support/facts.js';
import { type Data, evidence, type PureLedger } from '../support/ledger.js';
import { expectRefusal } from '../support/refusals.js';

const stateOf = <S>(ledger: PureLedger, stream: string, asOf?: string) =>
  ledger.history(asOf).records.get(stream)?.state as S;
const agreement = (ledger: PureLedger, asOf?: string) => stateOf<AgreementState>(ledger, 'agreement-agr', asOf);
const visit = (ledger: PureLedger) => stateOf<VisitState>(ledger, 'visit-vis');

const change = (path: string, from: unknown, to: unknown) => ({ path, from, to });
const correction = (about: Data, ...changes: object[]): Data => ({
  ...about,
  changes,
  reason: 'misread',
  evidence: evidence('t'),
});
const disputeOf = (about: Data, path: string, ...values: unknown[]): Data => ({
  ...about,
  path,
  alternatives: values.map((value, i) => ({ value, evidence: evidence(i % 2 === 0 ? 's' : 't') })),
});
const resolution = (dispute: { stream: string; id: string }, value: unknown): Data => ({
  stream: dispute.stream,
  disputeEventId: dispute.id,
  value,
  reason: 'the text was seen',
  evidence: evidence('t'),
});
const retract = (ledger: PureLedger, event: { stream: string; id: string }) =>
  ledger.given('RetractFact', { stream: event.stream, targetEventId: event.id, reason: 'r' });
const sign = (ledger: PureLedger, more: Data = {}) =>
  ledger.given('SignAgreement', act({ agreementId: 'agr', occurredOn: '2024-05-01', ...more }));

describe('a corroboration', () => {
  test('raises the standing of its fact to the highest of all', () => {
    const ledger = smallLedger();
    const { id, stream } = sign(ledger, { evidence: evidence('s', 'claimed') });
    expect(agreement(ledger).standing).toBe('claimed');
    const corroborate = (standing: 'reported' | 'documented') =>
      ledger.given('CorroborateFact', { stream, targetEventId: id, evidence: evidence('t', standing) });
    corroborate('documented');
    expect(agreement(ledger).standing).toBe('documented');
    const lower = corroborate('reported');
    expect(agreement(ledger).standing).toBe('documented');
    retract(ledger, lower);
    expect(ledger.status('MAR-PAK', '2026-12-31', 'documented').agreements).toHaveLength(1);
    expect(ledger.status('MAR-PAK', '2026-12-31', 'registered').agreements).toEqual([]);
  });

  test('that is retracted counts no more', () => {
    const ledger = smallLedger();
    const { id, stream } = sign(ledger, { evidence: evidence('s', 'claimed') });
    retract(
      ledger,
      ledger.given('CorroborateFact', { stream, targetEventId: id, evidence: evidence('t', 'registered') }),
    );
    expect(agreement(ledger).standing).toBe('claimed');
  });

  test('keeps a fact in the status whose own source is withdrawn', () => {
    const ledger = smallLedger();
    const { id, stream } = sign(ledger);
    ledger.given('CorroborateFact', { stream, targetEventId: id, evidence: evidence('t', 'claimed') });
    ledger.given('WithdrawSource', { sourceId: 's', reason: 'forged' });
    expect(agreement(ledger)).toMatchObject({ status: 'signed', standing: 'claimed' });
  });
});

describe('a correction', () => {
  test('changes what stands, a date or a field of the data, several at once', () => {
    const ledger = smallLedger();
    const { id, stream } = sign(ledger);
    const about = { stream, targetEventId: id };
    ledger.given(
      'CorrectFact',
      correction(about, change('/occurredOn', '2024-05-01', '2024-06'), change('/endedOn', null, '2024-06-30')),
    );
    expect(agreement(ledger).signedOn).toBe('2024-06');
    expect(agreement(ledger, '2024-06-29').status).toBeNull();
    ledger.given('CorrectFact', correction(about, change('/occurredOn', '2024-06', null)));
    expect(agreement(ledger).signedOn).toBeNull();
  });

  test('the log keeps the event as it was recorded', () => {
    const ledger = smallLedger();
    const signed = sign(ledger);
    const before = JSON.stringify(signed);
    ledger.given('CorrectFact', correction(ledger.about(signed.stream, 1), change('/occurredOn', '2024-05-01', null)));
    ledger.history();
    expect(JSON.stringify(ledger.events.find((e) => e.id === signed.id))).toBe(before);
  });

  test('adds an optional field, replaces a list, and takes both away with null', () => {
    const ledger = smallLedger();
    const about = ledger.about('visit-vis');
    const given = (path: string, from: unknown, to: unknown) =>
      ledger.given('CorrectFact', correction(about, change(path, from, to)));
    given('/data/durationDays', null, 3);
    given('/data/delegation', null, [{ name: { en: 'A' } }]);
    given('/data/delegation', [{ name: { en: 'A' } }], [{ name: { en: 'B' } }, { office: { en: 'Minister' } }]);
    given('/data/delegation/0/rank', null, { en: 'General' });
    given('/data/delegation/0/name/fr', null, 'Bé');
    expect(visit(ledger)).toMatchObject({
      durationDays: 3,
      delegation: [{ name: { en: 'B', fr: 'Bé' }, rank: { en: 'General' } }, { office: { en: 'Minister' } }],
    });
    given('/data/durationDays', 3, null);
    given('/data/delegation/0/name/fr', 'Bé', null);
    given('/data/delegation/0/rank', { en: 'General' }, null);
    given('/data/delegation', [{ name: { en: 'B' } }, { office: { en: 'Minister' } }], null);
    expect(visit(ledger)).not.toHaveProperty('durationDays');
    expect(visit(ledger)).not.toHaveProperty('delegation');
  });

  test('`from` is compared as canonical JSON, with what stands by then', () => {
    const ledger = smallLedger();
    const about = ledger.about('agreement-agr');
    ledger.given(
      'CorrectFact',
      correction(about, change('/data/title', { en: 'An agreement' }, { en: 'A pact', ar: 'ميثاق' })),
    );
    const stale = correction(about, change('/data/title', { en: 'An agreement' }, { en: 'X' }));
    expectRefusal(ledger, 'CorrectFact', stale, 'conflict', 'correction-mismatch /changes/0/from');
    ledger.given('CorrectFact', correction(about, change('/data/title', { ar: 'ميثاق', en: 'A pact' }, { en: 'X' })));
    expect(agreement(ledger).title).toEqual({ en: 'X' });
    // There and back again: a correction may come again once another has undone it.
    ledger.given('CorrectFact', correction(about, change('/data/title', { en: 'X' }, { en: 'An agreement' })));
    ledger.given(
      'CorrectFact',
      correction(about, change('/data/title', { en: 'An agreement' }, { en: 'A pact', ar: 'ميثاق' })),
    );
  });

  test('of several changes, each sees those before it', () => {
    const ledger = smallLedger();
    const about = ledger.about('visit-vis');
    const twice = correction(about, change('/data/kind', 'working', 'state'), change('/data/kind', 'working', 'study'));
    expectRefusal(ledger, 'CorrectFact', twice, 'conflict', 'correction-mismatch /changes/1/from');
    ledger.given(
      'CorrectFact',
      correction(about, change('/data/kind', 'working', 'state'), change('/data/kind', 'state', 'study')),
    );
    expect(visit(ledger).kind).toBe('study');
  });

  test.each([
    '/data/colour',
    '/data/visitId',
    '/data/evidence',
    '/data/occurredOn',
    '/data/places/0',
    '/data/places/0/name',
    '/data/areas/-',
    '/data/constructor',
    '/data/toString',
    '/data/__proto__',
    '/data/__proto__/visitor',
    '/data/visitor/length',
  ])('by a path that names no field: %s', (path) => {
    const broken = correction(smallLedger().about('visit-vis'), change(path, null, 'x'));
    expectRefusal(smallLedger(), 'CorrectFact', broken, 'malformed', 'no-such-field /changes/0/path');
  });

  test.each<[string, unknown, unknown, string]>([
    ['/occurredOn', null, '2024-02-30', 'impossible-date'],
    ['/occurredOn', null, 5, 'edtf'],
    ['/endedOn', null, 'soon', 'edtf'],
    ['/data/kind', 'working', 'holiday', 'is-in'],
    ['/data/kind', 'working', null, 'required'],
    ['/data/visitor', 'PAK', null, 'required'],
    ['/data/visitor', 'PAK', 'pak', 'matches'],
    ['/data/durationDays', null, 'three', 'is-int'],
    ['/data/places', null, { name: { en: 'Rabat' } }, 'is-array'],
    ['/data/places', null, [{ name: 'Rabat' }], 'localized'],
    ['/data/places', null, [null], 'object'],
    ['/data/delegation', null, [{ rank: { en: 'General' } }], 'required'],
    ['/data/occasion', null, {}, 'localized'],
    ['/data/occasion', null, { constructor: 'x' }, 'localized'],
    ['/data/areas', null, [null], 'is-string'],
  ])('of %s from %j to %j is malformed', (path, from, to, rule) => {
    const ledger = smallLedger();
    const before = ledger.events.length;
    const { rejection } = ledger.record('CorrectFact', correction(ledger.about('visit-vis'), change(path, from, to)));
    expect(rejection?.kind).toBe('malformed');
    expect(rejection?.problems).toContainEqual(expect.objectContaining({ rule, pointer: '/changes/0/to' }));
    expect(ledger.events).toHaveLength(before);
  });

  test('of an item of a list to null is malformed: the list is to be replaced', () => {
    const ledger = smallLedger();
    ledger.given('ClassifyAreas', act({ agreementId: 'agr', areas: ['logistics'] }));
    const about = ledger.about('agreement-agr', 1);
    const { rejection } = ledger.record('CorrectFact', correction(about, change('/data/areas/0', 'logistics', null)));
    expect(rejection?.kind).toBe('malformed');
    ledger.given('CorrectFact', correction(about, change('/data/areas/0', 'logistics', 'procurement')));
    expect(agreement(ledger).areas).toEqual(['procurement']);
    ledger.given('CorrectFact', correction(about, change('/data/areas', ['procurement'], [])));
    expect(agreement(ledger).areas).toEqual([]);
  });

  test.each<[string, unknown, unknown, string]>([
    ['/occurredOn', null, '2030', 'future-date'],
    ['/endedOn', null, '2030', 'future-date'],
    ['/data/visitor', 'PAK', 'XYZ', 'unknown-party'],
    ['/data/places', null, [{ name: { en: 'P' }, country: 'XYZ' }], 'unknown-party'],
  ])('of %s from %j to %j must pass what a new fact must', (path, from, to, rule) => {
    const ledger = smallLedger();
    const broken = correction(ledger.about('visit-vis'), change(path, from, to));
    expectRefusal(ledger, 'CorrectFact', broken, 'conflict', `${rule} /changes/0/to`);
  });

  test('to an act that runs backwards, to one party twice, to a party that is none', () => {
    const ledger = smallLedger();
    const visitTo = (...changes: object[]) => correction(ledger.about('visit-vis'), ...changes);
    const backwards = visitTo(change('/occurredOn', null, '2025-05-02'), change('/endedOn', null, '2025-05-01'));
    expectRefusal(ledger, 'CorrectFact', backwards, 'conflict', 'interval-backwards /changes/1/to');
    const itself = visitTo(change('/data/visitor', 'PAK', 'MAR'));
    expect(ledger.record('CorrectFact', itself).rejection?.problems[0]?.rule).toBe('identical-parties');
    const same = correction(ledger.about('agreement-agr'), change('/data/parties', ['MAR', 'PAK'], ['MAR', 'MAR']));
    expectRefusal(ledger, 'CorrectFact', same, 'malformed', 'distinct /changes/0/to');
    const signed = sign(ledger);
    const signatories = [{ party: 'TUR', mode: 'definitive' }];
    const other = correction(ledger.about(signed.stream, 1), change('/data/signatories', null, signatories));
    expectRefusal(ledger, 'CorrectFact', other, 'conflict', 'not-a-party /changes/0/to');
  });

  test('of a source or a party, which have no dates', () => {
    const ledger = smallLedger();
    const about = ledger.about('source-s');
    const dated = correction(about, change('/occurredOn', null, '2024'));
    expectRefusal(ledger, 'CorrectFact', dated, 'malformed', 'no-such-field /changes/0/path');
    const future = correction(about, change('/data/publishedOn', null, '2030'));
    expectRefusal(ledger, 'CorrectFact', future, 'conflict', 'future-date /changes/0/to');
    ledger.given('CorrectFact', correction(about, change('/data/publishedOn', null, '2024-10')));
    expect(ledger.history().sources.get('s')).toMatchObject({ publishedBy: '2024-10-31' });
    ledger.given('RegisterParty', partyData());
    ledger.given('CorrectFact', correction(ledger.about('party-CSK'), change('/data/aliases', [], ['ČSSR'])));
    expect(stateOf(ledger, 'party-CSK')).toMatchObject({ aliases: ['ČSSR'] });
  });

  test('of parties moves a record to another pair, while the slice of the old one still holds it', () => {
    const ledger = smallLedger();
    const about = ledger.about('agreement-agr');
    const dispute = ledger.given('DisputeFact', disputeOf(about, '/data/instrumentType', 'agreement', 'treaty'));
    ledger.given('CorrectFact', correction(about, change('/data/parties', ['MAR', 'PAK'], ['MAR', 'TUR'])));
    expect(ledger.status('MAR-PAK').agreements).toEqual([]);
    expect(ledger.status('MAR-TUR').agreements).toMatchObject([{ agreementId: 'agr', status: 'drafted' }]);
    // It once belonged to the pair, so what is disputed about it is still told there.
    for (const pair of ['MAR-PAK', 'MAR-TUR']) {
      expect(ledger.status(pair).openDisputes).toMatchObject([{ disputeEventId: dispute.id }]);
    }
    expect(ledger.status('PAK-TUR').openDisputes).toEqual([]);
    // Before the correction was known it was the other way round.
    expect(ledger.status('MAR-PAK', undefined, undefined, ledger.events.length - 1).agreements).toHaveLength(1);
    expect(ledger.status('MAR-TUR', undefined, undefined, ledger.events.length - 1).agreements).toEqual([]);
    // An act by the party that is none any more is refused; one by the new one is taken.
    const signatories = (party: string) => act({ agreementId: 'agr', signatories: [{ party, mode: 'definitive' }] });
    expectRefusal(ledger, 'SignAgreement', signatories('PAK'), 'conflict', 'not-a-party /signatories/0/party');
    ledger.given('SignAgreement', signatories('TUR'));
  });

  test('that is retracted changes nothing, and those after it still apply, unchecked', () => {
    const ledger = smallLedger();
    const about = ledger.about('visit-vis');
    const first = ledger.given('CorrectFact', correction(about, change('/data/kind', 'working', 'state')));
    ledger.given('CorrectFact', correction(about, change('/data/kind', 'state', 'study')));
    retract(ledger, first);
    expect(visit(ledger).kind).toBe('study');
    const stale = correction(about, change('/data/kind', 'working', 'other'));
    expectRefusal(ledger, 'CorrectFact', stale, 'conflict', 'correction-mismatch /changes/0/from');
  });
});

describe('a dispute', () => {
  test('flags the standing value, and is counted whatever the day', () => {
    const ledger = smallLedger();
    const dispute = ledger.given('DisputeFact', disputeOf(ledger.about('visit-vis'), '/data/kind', 'working', 'state'));
    expect(visit(ledger).kind).toBe('working');
    for (const asOf of ['1900-01-01', '2026-12-31']) {
      expect(ledger.status('MAR-PAK', asOf)).toMatchObject({
        flags: { disputed: true },
        openDisputes: [{ disputeEventId: dispute.id, stream: 'visit-vis', path: '/data/kind' }],
      });
    }
    expect(ledger.status('MAR-PAK').openDisputes[0]?.alternatives).toEqual([
      { value: 'working', evidence: evidence('s') },
      { value: 'state', evidence: evidence('t') },
    ]);
    const other = ledger.status('MAR-TUR');
    expect([other.openDisputes, other.flags.disputed]).toEqual([[], false]);
  });

  test('flags its agreement, and no other', () => {
    const ledger = smallLedger();
    ledger.given('DraftAgreement', agreementData({ agreementId: 'b' }));
    ledger.given('DisputeFact', disputeOf(ledger.about('agreement-b'), '/data/areas', [], ['logistics']));
    expect(ledger.status('MAR-PAK').agreements.map((a) => [a.agreementId, a.disputed])).toEqual([
      ['agr', false],
      ['b', true],
    ]);
  });

  test('is about a fact that stands, at the minimum standing and at K', () => {
    const ledger = smallLedger();
    const about = ledger.about('visit-vis');
    const dispute = ledger.given('DisputeFact', disputeOf(about, '/data/kind', 'working', 'state'));
    const open = (standing?: 'reported' | 'announced', knownAt?: number) =>
      ledger.status('MAR-PAK', undefined, standing, knownAt).openDisputes.map((d) => d.disputeEventId);
    expect(open('reported')).toEqual([dispute.id]);
    expect(open('announced')).toEqual([]);
    expect(open('reported', dispute.position - 1)).toEqual([]);
    ledger.given('RetractFact', { ...about, reason: 'r' });
    expect(open()).toEqual([]);
  });

  test('about a fact without support is not counted', () => {
    const ledger = smallLedger();
    ledger.given('DisputeFact', disputeOf(ledger.about('visit-vis'), '/data/kind', 'working', 'state'));
    ledger.given('WithdrawSource', { sourceId: 's', reason: 'forged' });
    expect(ledger.status('MAR-PAK').openDisputes).toEqual([]);
  });

  test.each<[string, string, unknown[], string]>([
    ['the standing value is none of them', '/data/kind', ['state', 'study'], 'standing-value /alternatives'],
    ['one is ill-typed', '/data/kind', ['working', 'holiday'], 'is-in /alternatives/1/value'],
    ['one is no day', '/occurredOn', [null, '2024-02-30'], 'impossible-date /alternatives/1/value'],
    ['one takes away what must be there', '/data/kind', ['working', null], 'required /alternatives/1/value'],
    ['the path names no field', '/data/colour', ['a', 'b'], 'no-such-field /path'],
  ])('is malformed where %s', (_, path, values, broken) => {
    const ledger = smallLedger();
    expectRefusal(ledger, 'DisputeFact', disputeOf(ledger.about('visit-vis'), path, ...values), 'malformed', broken);
  });

  test('of an absent optional field has null among its alternatives', () => {
    const ledger = smallLedger();
    const about = ledger.about('visit-vis');
    expectRefusal(
      ledger,
      'DisputeFact',
      disputeOf(about, '/data/durationDays', 3, 4),
      'malformed',
      'standing-value /alternatives',
    );
    ledger.given('DisputeFact', disputeOf(about, '/data/durationDays', 3, null));
  });

  test('the standing value is that of the correction', () => {
    const ledger = smallLedger();
    const about = ledger.about('visit-vis');
    ledger.given('CorrectFact', correction(about, change('/data/kind', 'working', 'state')));
    const stale = disputeOf(about, '/data/kind', 'working', 'study');
    expectRefusal(ledger, 'DisputeFact', stale, 'malformed', 'standing-value /alternatives');
    ledger.given('DisputeFact', disputeOf(about, '/data/kind', 'state', 'study'));
  });

  test('of a date spans all alternatives: it counts from the last, is possible from the first', () => {
    const ledger = smallLedger();
    const { id, stream } = sign(ledger, { occurredOn: '2024-05' });
    const about = { stream, targetEventId: id };
    const dispute = ledger.given('DisputeFact', disputeOf(about, '/occurredOn', '2024-05', '2023-01-10', '2025-02'));
    expect(agreement(ledger, '2025-02-27').status).toBeNull();
    expect(agreement(ledger, '2025-02-28').status).toBe('signed');
    expect(ledger.status('MAR-PAK', '2023-01-09').possible.map((p) => p.type)).not.toContain('Signed');
    expect(ledger.status('MAR-PAK', '2023-01-10').possible).toContainEqual({
      eventId: id,
      type: 'Signed',
      stream,
      earliest: '2023-01-10',
      latest: '2025-02-28',
    });
    expect(agreement(ledger).signedOn).toBe('2024-05');
    retract(ledger, dispute);
    expect(agreement(ledger, '2024-05-31').status).toBe('signed');
  });

  test('of a date that may be unknown has no first day', () => {
    const ledger = smallLedger();
    const { id, stream } = sign(ledger);
    ledger.given('DisputeFact', disputeOf({ stream, targetEventId: id }, '/occurredOn', '2024-05-01', null));
    const signed = ledger
      .history('1900-01-01')
      .records.get(stream)
      ?.facts.find((f) => f.event.id === id);
    expect(signed).toMatchObject({ earliest: null, latest: '2026-01-15', when: 'possible' });
  });

  test("of a source's date of publication bounds what cites it by the last of them", () => {
    const ledger = smallLedger();
    const cited = ledger.source('u', '2023-03');
    ledger.given('SignAgreement', act({ agreementId: 'agr', evidence: cited }));
    expect(agreement(ledger, '2023-03-31').status).toBe('signed');
    const about = ledger.about('source-u');
    const dispute = ledger.given('DisputeFact', disputeOf(about, '/data/publishedOn', '2023-03', '2025-06-04'));
    expect(agreement(ledger, '2025-06-03').status).toBeNull();
    expect(agreement(ledger, '2025-06-04').status).toBe('signed');
    expect(ledger.status('MAR-PAK').openDisputes).toMatchObject([{ disputeEventId: dispute.id, stream: 'source-u' }]);
    ledger.given('ResolveDispute', resolution(dispute, '2023-03'));
    expect(agreement(ledger, '2023-03-31').status).toBe('signed');
    expect(ledger.status('MAR-PAK').openDisputes).toEqual([]);
  });

  test('about a source counts in each pair of which a standing fact cites it, once', () => {
    const ledger = smallLedger();
    const cited = ledger.source('u', '2023-03', 'claimed');
    ledger.given('SignAgreement', act({ agreementId: 'agr', evidence: cited }));
    const initialled = ledger.given('InitialAgreement', act({ agreementId: 'agr', evidence: cited }));
    ledger.given('HoldVisit', visitData({ visitId: 'v', visitor: 'TUR', evidence: cited }));
    ledger.given('HoldVisit', visitData({ visitId: 'w', visitor: 'FRA' }));
    ledger.given('DisputeFact', disputeOf(ledger.about('source-u'), '/data/publishedOn', '2023-03', '2025'));
    const count = (pair: string, standing?: 'reported') => ledger.status(pair, undefined, standing).openDisputes.length;
    expect(['MAR-PAK', 'MAR-TUR', 'FRA-MAR'].map((pair) => count(pair))).toEqual([1, 1, 0]);
    expect(count('MAR-PAK', 'reported')).toBe(0);
    retract(ledger, ledger.stream('visit-v')[0]!);
    retract(ledger, initialled);
    expect(['MAR-PAK', 'MAR-TUR'].map((pair) => count(pair))).toEqual([1, 0]);
    // By corroboration too.
    ledger.given('CorroborateFact', { ...ledger.about('visit-w'), evidence: evidence('u') });
    expect(count('FRA-MAR')).toBe(1);
  });
});

describe('a resolution', () => {
  function disputed() {
    const ledger = smallLedger();
    const about = ledger.about('visit-vis');
    const dispute = ledger.given('DisputeFact', disputeOf(about, '/data/kind', 'working', 'state'));
    return { ledger, about, dispute };
  }

  test('acts as a correction, and closes the dispute', () => {
    const { ledger, about, dispute } = disputed();
    ledger.given('ResolveDispute', resolution(dispute, 'state'));
    expect(visit(ledger).kind).toBe('state');
    expect(ledger.status('MAR-PAK').flags.disputed).toBe(false);
    ledger.given('CorrectFact', correction(about, change('/data/kind', 'state', 'study')));
    expect(visit(ledger).kind).toBe('study');
  });

  test('that is retracted opens it again', () => {
    const { ledger, dispute } = disputed();
    retract(ledger, ledger.given('ResolveDispute', resolution(dispute, 'state')));
    expect(visit(ledger).kind).toBe('working');
    expect(ledger.status('MAR-PAK').openDisputes).toHaveLength(1);
  });

  test('closes one of two disputes', () => {
    const { ledger, about, dispute } = disputed();
    const second = ledger.given('DisputeFact', disputeOf(about, '/data/level', 'minister', 'military'));
    ledger.given('ResolveDispute', resolution(dispute, 'working'));
    expect(ledger.status('MAR-PAK').openDisputes.map((d) => d.disputeEventId)).toEqual([second.id]);
  });

  test('in order of recording with corrections, whichever came last', () => {
    const { ledger, about, dispute } = disputed();
    ledger.given('CorrectFact', correction(about, change('/data/kind', 'working', 'study')));
    ledger.given('ResolveDispute', resolution(dispute, 'state'));
    expect(visit(ledger).kind).toBe('state');
  });

  test('must pass what a correction must', () => {
    const { ledger, about, dispute } = disputed();
    const holiday = resolution(dispute, 'holiday');
    expectRefusal(ledger, 'ResolveDispute', holiday, 'malformed', 'is-in /value');
    const dates = ledger.given('DisputeFact', disputeOf(about, '/occurredOn', null, '2024'));
    expectRefusal(ledger, 'ResolveDispute', resolution(dates, '2030'), 'conflict', 'future-date /value');
    const hosts = ledger.given('DisputeFact', disputeOf(about, '/data/host', 'MAR', 'TUR'));
    expectRefusal(ledger, 'ResolveDispute', resolution(hosts, 'XYZ'), 'conflict', 'unknown-party /value');
  });

  test('of what is no dispute, or a retracted one', () => {
    const { ledger, about, dispute } = disputed();
    const none = resolution({ stream: about.stream, id: about.targetEventId }, 'state');
    expectRefusal(ledger, 'ResolveDispute', none, 'not-found', 'no-such-event /disputeEventId');
    retract(ledger, dispute);
    const gone = resolution(dispute, 'state');
    expectRefusal(ledger, 'ResolveDispute', gone, 'not-found', 'no-such-event /disputeEventId');
    expect(ledger.status('MAR-PAK').flags.disputed).toBe(false);
  });
});

describe('a retraction', () => {
  test('of a fact takes it out of every status, and out of unsupported', () => {
    const ledger = smallLedger();
    retract(ledger, sign(ledger));
    expect(agreement(ledger)).toMatchObject({ status: 'drafted', signatures: [] });
    expect(ledger.status('MAR-PAK')).toMatchObject({ stage: 'negotiating', unsupported: [] });
  });

  test('of a withdrawal brings a source back, that of a registration takes it away', () => {
    const ledger = smallLedger();
    const withdrawn = ledger.given('WithdrawSource', { sourceId: 's', reason: 'forged' });
    expect(ledger.status('MAR-PAK').stage).toBe('none');
    retract(ledger, withdrawn);
    expect(ledger.status('MAR-PAK').stage).toBe('negotiating');
    retract(ledger, ledger.stream('source-s')[0]!);
    expect(ledger.status('MAR-PAK').stage).toBe('none');
    ledger.given('RegisterSource', sourceData({ sourceId: 's' }));
    expect(ledger.status('MAR-PAK').stage).toBe('negotiating');
  });

  test('can neither be retracted nor can a merge be', () => {
    const ledger = smallLedger();
    ledger.given('DraftAgreement', agreementData({ agreementId: 'b' }));
    const merge = ledger.given('MergeRecord', { stream: 'agreement-b', intoId: 'agr', reason: 'r' });
    const retraction = retract(ledger, sign(ledger));
    for (const { id, stream } of [merge, retraction]) {
      const data = { stream, targetEventId: id, reason: 'r' };
      expectRefusal(ledger, 'RetractFact', data, 'conflict', 'not-retractable /targetEventId');
    }
  });
});

test('a retraction of a retraction, should a log hold one, is void', () => {
  const ledger = smallLedger();
  const retraction = retract(ledger, sign(ledger));
  const data = { targetEventId: retraction.id, reason: 'r' };
  ledger.events.push({
    ...retraction,
    id: ledger.events[0]!.id.replace(/^./, 'f'),
    position: 99,
    body: { ...retraction.body, data },
  });
  expect(agreement(ledger).status).toBe('drafted');
});

describe('a merge', () => {
  const merge = (from: string, intoId: string): Data => ({ stream: from, intoId, reason: 'one and the same' });

  function twoAgreements() {
    const ledger = smallLedger();
    ledger.given('DraftAgreement', agreementData({ agreementId: 'b', title: { en: 'B' } }));
    ledger.given('DraftAgreement', agreementData({ agreementId: 'c', title: { en: 'C' } }));
    return ledger;
  }

  test('folds the events under the other record, which keeps its identity', () => {
    const ledger = twoAgreements();
    ledger.given('SignAgreement', act({ agreementId: 'b', occurredOn: '2020-01-01' }));
    ledger.given('MergeRecord', merge('agreement-b', 'agr'));
    const { records } = ledger.history();
    expect([...records.keys()].filter((s) => s.startsWith('agreement'))).toEqual(['agreement-agr', 'agreement-c']);
    expect(records.get('agreement-agr')).toMatchObject({
      mergedFrom: ['agreement-b'],
      state: { title: { en: 'An agreement' }, status: 'signed', signedOn: '2020-01-01' },
    });
    expect(ledger.status('MAR-PAK').agreements).toHaveLength(2);
  });

  test('follows a chain, whichever link was made first', () => {
    for (const links of [
      [merge('agreement-c', 'b'), merge('agreement-b', 'agr')],
      [merge('agreement-b', 'agr'), merge('agreement-c', 'b')],
    ]) {
      const ledger = twoAgreements();
      ledger.given('SignAgreement', act({ agreementId: 'c' }));
      for (const link of links) ledger.given('MergeRecord', link);
      expect(ledger.history().records.get('agreement-agr')).toMatchObject({
        mergedFrom: ['agreement-b', 'agreement-c'],
        state: { status: 'signed' },
      });
    }
  });

  test('makes no cycle, of any length', () => {
    const ledger = twoAgreements();
    expectRefusal(ledger, 'MergeRecord', merge('agreement-agr', 'agr'), 'conflict', 'merge-cycle /intoId');
    ledger.given('MergeRecord', merge('agreement-agr', 'b'));
    expectRefusal(ledger, 'MergeRecord', merge('agreement-b', 'agr'), 'conflict', 'merge-cycle /intoId');
    ledger.given('MergeRecord', merge('agreement-b', 'c'));
    expectRefusal(ledger, 'MergeRecord', merge('agreement-c', 'agr'), 'conflict', 'merge-cycle /intoId');
    expectRefusal(ledger, 'MergeRecord', merge('agreement-c', 'b'), 'conflict', 'merge-cycle /intoId');
  });

  test('makes no cycle through a record whose opener is retracted', () => {
    const ledger = twoAgreements();
    ledger.given('MergeRecord', merge('agreement-agr', 'b'));
    ledger.given('MergeRecord', merge('agreement-b', 'c'));
    ledger.given('RetractFact', { ...ledger.about('agreement-b'), reason: 'r' });
    expectRefusal(ledger, 'MergeRecord', merge('agreement-c', 'agr'), 'conflict', 'merge-cycle /intoId');
  });

  test('is within a pair', () => {
    const ledger = twoAgreements();
    ledger.given('DraftAgreement', agreementData({ agreementId: 'd', parties: ['MAR', 'TUR'] }));
    ledger.given('DraftAgreement', agreementData({ agreementId: 'e', parties: ['PAK', 'MAR'] }));
    expectRefusal(ledger, 'MergeRecord', merge('agreement-d', 'agr'), 'conflict', 'merge-other-pair /intoId');
    ledger.given('MergeRecord', merge('agreement-e', 'agr'));
  });

  test('is within a category', () => {
    const ledger = smallLedger();
    expectRefusal(ledger, 'MergeRecord', merge('agreement-agr', 'vis'), 'not-found', 'no-such-record /intoId');
  });

  test('of records that are not there, or no more', () => {
    const ledger = twoAgreements();
    expectRefusal(ledger, 'MergeRecord', merge('agreement-gone', 'agr'), 'not-found', 'no-such-record');
    expectRefusal(ledger, 'MergeRecord', merge('agreement-agr', 'gone'), 'not-found', 'no-such-record /intoId');
    ledger.given('RetractFact', { ...ledger.about('agreement-b'), reason: 'r' });
    expectRefusal(ledger, 'MergeRecord', merge('agreement-agr', 'b'), 'not-found', 'no-such-record /intoId');
    expectRefusal(ledger, 'MergeRecord', merge('agreement-b', 'agr'), 'not-found', 'no-such-record');
  });

  test('of sources, parties or relationships: these are of no pair, or of their own', () => {
    const ledger = smallLedger();
    expectRefusal(ledger, 'MergeRecord', merge('source-s', 't'), 'conflict', 'merge-other-pair /intoId');
    expectRefusal(ledger, 'MergeRecord', merge('party-MAR', 'PAK'), 'conflict', 'merge-other-pair /intoId');
    ledger.given('EstablishRelations', act({ pair: 'MAR-PAK' }));
    const pair = (intoId: string) => merge('relationship-MAR-PAK', intoId);
    expectRefusal(ledger, 'MergeRecord', pair('MAR-PAK'), 'conflict', 'merge-cycle /intoId');
    expectRefusal(ledger, 'MergeRecord', pair('MAR-TUR'), 'conflict', 'merge-other-pair /intoId');
    expectRefusal(ledger, 'MergeRecord', pair('PAK-MAR'), 'not-found', 'no-such-record /intoId');
    expectRefusal(ledger, 'MergeRecord', pair('nonsense'), 'not-found', 'no-such-record /intoId');
    expectRefusal(ledger, 'MergeRecord', merge('relationship-PAK-MAR', 'MAR-PAK'), 'not-found', 'no-such-record');
    expect(ledger.status('MAR-PAK').stage).toBe('negotiating');
  });

  test('of exercises that share a pair counts for the pairs of the one that it goes into', () => {
    const ledger = ledgerWithSources();
    ledger.given('HoldExercise', exerciseData({ exerciseId: 'a', participants: ['MAR', 'PAK', 'FRA'] }));
    ledger.given('AnnounceExercise', exerciseData({ exerciseId: 'b', participants: ['MAR', 'PAK', 'TUR'] }));
    ledger.given('MergeRecord', merge('exercise-a', 'b'));
    const count = (pair: string) => ledger.status(pair).exercises.count;
    expect(['MAR-PAK', 'MAR-TUR', 'FRA-MAR'].map(count)).toEqual([1, 1, 0]);
    expect(stateOf(ledger, 'exercise-b')).toMatchObject({ status: 'held', participants: ['MAR', 'PAK', 'TUR'] });
  });

  test('leaves direction and parties to the record that it goes into', () => {
    const ledger = ledgerWithSources();
    ledger.given('PlanVisit', visitData({ visitId: 'a', visitor: 'MAR', host: 'PAK' }));
    ledger.given('HoldVisit', visitData({ visitId: 'b', visitor: 'PAK', host: 'MAR' }));
    ledger.given('MergeRecord', merge('visit-b', 'a'));
    expect(ledger.status('MAR-PAK').visits).toMatchObject({ count: 1, byDirection: { 'MAR>PAK': 1, 'PAK>MAR': 0 } });
    ledger.given('HoldMeeting', meetingData({ meetingId: 'a', occurredOn: '2024-05-02' }));
    ledger.given('HoldMeeting', meetingData({ meetingId: 'b', parties: ['PAK', 'MAR'], occurredOn: '2024-05-01' }));
    ledger.given('MergeRecord', merge('meeting-b', 'a'));
    expect(stateOf(ledger, 'meeting-a')).toMatchObject({ parties: ['MAR', 'PAK'], occurredOn: '2024-05-01' });
    expect(ledger.status('MAR-PAK').meetings.count).toBe(1);
  });

  test('of mechanisms adds their sessions up', () => {
    const ledger = smallLedger();
    ledger.given('CreateMechanism', mechanismData({ mechanismId: 'b' }));
    for (const mechanismId of ['mec', 'b']) ledger.given('ConveneMechanism', act({ mechanismId }));
    ledger.given('MergeRecord', merge('mechanism-b', 'mec'));
    expect(ledger.status('MAR-PAK').mechanisms).toMatchObject([{ mechanismId: 'mec', status: 'met', sessions: 2 }]);
  });

  test('into a record whose opener is then retracted takes both out of all views', () => {
    const ledger = twoAgreements();
    ledger.given('MergeRecord', merge('agreement-b', 'agr'));
    ledger.given('RetractFact', { ...ledger.about('agreement-agr'), reason: 'r' });
    expect(ledger.status('MAR-PAK').agreements.map((a) => a.agreementId)).toEqual(['c']);
  });

  test('a later merge of the same record counts instead', () => {
    const ledger = twoAgreements();
    ledger.given('SignAgreement', act({ agreementId: 'b' }));
    ledger.given('MergeRecord', merge('agreement-b', 'agr'));
    ledger.given('MergeRecord', merge('agreement-b', 'c'));
    expect(ledger.status('MAR-PAK').agreements.map((a) => [a.agreementId, a.status])).toEqual([
      ['agr', 'drafted'],
      ['c', 'signed'],
    ]);
  });
});
