import { describe, expect, test } from '@jest/globals';
import { MAX_OTHERS } from '../../../src/domain/worklists/duplicates.js';
import { review, type ReviewItem } from '../../../src/domain/worklists/review.js';
import type { Standing } from '../../../src/domain/values/standing.js';
import { act, agreementData, exerciseData, ledgerWithSources, meetingData, visitData } from '../../support/facts.js';
import { type Data, evidence, type PureLedger } from '../../support/ledger.js';

const lookAt = (ledger: PureLedger, asOf?: string, standing?: Standing) =>
  review(ledger.history(asOf, standing).records.values());
const told = (items: readonly ReviewItem[]) =>
  items.map(({ kind, stream, type, others }) => [kind, stream, type, ...others.map((o) => o.stream)].join(' '));

describe('what there is to look at in a record', () => {
  test('nothing, where it stands well, and its day is known', () => {
    const ledger = ledgerWithSources();
    ledger.given('HoldVisit', visitData({ occurredOn: '2025-03-01' }));
    expect(lookAt(ledger)).toEqual([]);
  });

  test('what may have happened by the day, until the day is certain', () => {
    const ledger = ledgerWithSources();
    ledger.given('HoldVisit', visitData({ occurredOn: '2025' }));
    expect(told(lookAt(ledger, '2025-06-01'))).toEqual(['possible visit-vis VisitHeld']);
    expect(lookAt(ledger, '2024-12-31')).toEqual([]);
    expect(lookAt(ledger, '2025-12-31')).toEqual([]);
  });

  test('what is only claimed, until it is corroborated', () => {
    const ledger = ledgerWithSources();
    ledger.given('HoldVisit', visitData({ occurredOn: '2025-03-01', evidence: evidence('s', 'claimed') }));
    expect(told(lookAt(ledger))).toEqual(['claimed visit-vis VisitHeld']);
    expect(lookAt(ledger, undefined, 'reported')).toEqual([]);
    ledger.given('CorroborateFact', { ...ledger.about('visit-vis'), evidence: evidence('t', 'announced') });
    expect(lookAt(ledger)).toEqual([]);
  });

  test('what its sources no longer support', () => {
    const ledger = ledgerWithSources();
    const { id } = ledger.given('HoldVisit', visitData({ occurredOn: '2025-03-01' }));
    ledger.given('WithdrawSource', { sourceId: 's', reason: 'forged' });
    expect(lookAt(ledger)).toMatchObject([{ kind: 'unsupported', eventId: id, evidence: evidence('s') }]);
  });

  test('an open dispute, with what it is about, until it is resolved', () => {
    const ledger = ledgerWithSources();
    ledger.given('HoldVisit', visitData({ occurredOn: '2025-03-01' }));
    const alternatives = ['2025-03-01', '2025-04'].map((value) => ({ value, evidence: evidence('t') }));
    const target = ledger.about('visit-vis');
    const dispute = ledger.given('DisputeFact', { ...target, path: '/occurredOn', alternatives });
    expect(lookAt(ledger)).toMatchObject([
      {
        kind: 'disputed',
        eventId: target.targetEventId,
        disputeEventId: dispute.id,
        path: '/occurredOn',
        position: dispute.position,
        direction: 'PAK>MAR',
      },
    ]);
    const resolution = { value: '2025-04', reason: 'seen', evidence: evidence('t') };
    ledger.given('ResolveDispute', { stream: 'visit-vis', disputeEventId: dispute.id, ...resolution });
    expect(lookAt(ledger)).toEqual([]);
  });

  test('a dispute about a source', () => {
    const ledger = ledgerWithSources();
    const alternatives = [null, '2025'].map((value) => ({ value, evidence: evidence('t') }));
    ledger.given('DisputeFact', { ...ledger.about('source-s'), path: '/data/publishedOn', alternatives });
    expect(lookAt(ledger)).toMatchObject([{ kind: 'disputed', stream: 'source-s', title: { en: 's' }, pairs: [] }]);
  });
});

describe('records that may be the same', () => {
  const visits = (...data: readonly Data[]) => {
    const ledger = ledgerWithSources();
    data.forEach((each, i) => ledger.given('HoldVisit', visitData({ visitId: `v${i + 1}`, ...each })));
    return ledger;
  };
  const from = (source: string) => ({ evidence: evidence(source) });
  const pairs = (ledger: PureLedger) => told(lookAt(ledger));

  test('visits in one direction whose days overlap: the newer names the older', () => {
    const ledger = visits({ occurredOn: '2025-03-01' }, { occurredOn: '2025-03' }, { occurredOn: '2025-04-01' });
    expect(pairs(ledger)).toEqual(['duplicate visit-v2 VisitHeld visit-v1']);
  });

  test('not those in the other direction', () => {
    const other = { visitor: 'MAR', host: 'PAK' };
    expect(pairs(visits({ occurredOn: '2025-03-01' }, { occurredOn: '2025-03-01', ...other }))).toEqual([]);
  });

  test('no more once one is merged into the other, or its day is corrected', () => {
    const merged = visits({ occurredOn: '2025-03-01' }, { occurredOn: '2025-03' });
    merged.given('MergeRecord', { stream: 'visit-v2', intoId: 'v1', reason: 'one visit' });
    expect(pairs(merged)).toEqual([]);
    const corrected = visits({ occurredOn: '2025-03-01' }, { occurredOn: '2025-03' });
    const changes = [{ path: '/occurredOn', from: '2025-03', to: '2025-03-20' }];
    corrected.given('CorrectFact', { ...corrected.about('visit-v2'), changes, reason: 'x', evidence: evidence('t') });
    expect(pairs(corrected)).toEqual([]);
  });

  test('an undated one is looked for shortly before its last possible day, of one level, told by another source', () => {
    const recent = { occurredOn: '2026-01-01' };
    expect(pairs(visits(recent, from('t')))).toEqual(['duplicate visit-v2 VisitHeld visit-v1']);
    expect(pairs(visits({ occurredOn: '2025-11-01' }, from('t')))).toEqual([]);
    expect(pairs(visits(recent, { ...from('t'), level: 'military' }))).toEqual([]);
    expect(pairs(visits(recent, from('s')))).toEqual([]);
    expect(pairs(visits({}, from('t')))).toEqual(['duplicate visit-v2 VisitHeld visit-v1']);
  });

  test('of very many, some are named', () => {
    const ledger = visits(...Array.from({ length: MAX_OTHERS + 2 }, () => ({ occurredOn: '2025-03-01' })));
    const [first] = lookAt(ledger);
    expect(first).toMatchObject({ stream: `visit-v${MAX_OTHERS + 2}`, more: true });
    expect(first!.others).toHaveLength(MAX_OTHERS);
    expect(first!.others[0]).toEqual({ stream: 'visit-v11', earliest: '2025-03-01', latest: '2025-03-01' });
  });

  test('a plan and what was held on the days that it was for', () => {
    const ledger = visits({ occurredOn: '2025-03-01' });
    ledger.given('PlanVisit', visitData({ visitId: 'plan', plannedFor: '2025-03', occurredOn: '2025-01-01' }));
    ledger.given('PlanVisit', visitData({ visitId: 'someday', occurredOn: '2025-01-01' }));
    expect(pairs(ledger)).toEqual(['duplicate visit-plan VisitPlanned visit-v1']);
    ledger.given('CancelVisit', act({ visitId: 'plan', occurredOn: '2025-02-01' }));
    expect(pairs(ledger)).toEqual([]);
  });

  test('meetings of one pair', () => {
    const ledger = ledgerWithSources();
    ledger.given('HoldMeeting', meetingData({ occurredOn: '2025-03-01' }));
    ledger.given('HoldMeeting', meetingData({ meetingId: 'other', occurredOn: '2025-03-01' }));
    expect(pairs(ledger)).toEqual(['duplicate meeting-other MeetingHeld meeting-mee']);
  });

  test('exercises of one name that share a pair', () => {
    const ledger = ledgerWithSources();
    const named = (exerciseId: string, en: string, participants: string[]) =>
      ledger.given('HoldExercise', exerciseData({ exerciseId, name: { en }, participants, occurredOn: '2025' }));
    named('a', 'African Lion', ['MAR', 'TUR', 'PAK']);
    named('b', 'AFRICAN LION', ['MAR', 'PAK']);
    named('c', 'Another', ['MAR', 'PAK']);
    named('d', 'African Lion', ['PAK', 'EGY']);
    expect(pairs(ledger)).toEqual(['duplicate exercise-b ExerciseHeld exercise-a']);
  });

  const signedTwice = (more: Data = {}) => {
    const ledger = ledgerWithSources();
    for (const [agreementId, data] of [['agr', {}] as const, ['two', more] as const]) {
      ledger.given('DraftAgreement', agreementData({ agreementId, ...data }));
      ledger.given('SignAgreement', act({ agreementId, occurredOn: '2025-03-01' }));
    }
    return ledger;
  };

  test('agreements of one type that were signed at one time', () => {
    expect(pairs(signedTwice())).toEqual(['duplicate agreement-two Signed agreement-agr']);
    expect(pairs(signedTwice({ instrumentType: 'protocol' }))).toEqual([]);
    expect(pairs(signedTwice({ parentAgreementId: 'agr' }))).toEqual([]);
  });

  test('not those that a link tells apart; a link that asks is an item of its own, whatever their days', () => {
    const link = (relation: string) => act({ agreementId: 'two', toAgreementId: 'agr', relation });
    const apart = signedTwice();
    apart.given('LinkAgreement', link('implements'));
    expect(pairs(apart)).toEqual([]);
    const asked = signedTwice({ instrumentType: 'protocol' });
    asked.given('LinkAgreement', link('possibly_same_as'));
    expect(pairs(asked)).toEqual(['duplicate agreement-two AgreementLinked agreement-agr']);
    asked.given('MergeRecord', { stream: 'agreement-two', intoId: 'agr', reason: 'one' });
    expect(pairs(asked)).toEqual([]);
  });
});
