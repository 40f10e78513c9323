import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { getAtPointer } from '../../src/domain/values/json-pointer.js';
import { leavesOf } from '../../src/domain/history/fields.js';
import { anyDay, anyStanding, anySteps, play } from '../support/arbitraries.js';
import { blameOf } from '../support/axes.js';
import { act, agreementData, ledgerWithSources, meetingData } from '../support/facts.js';
import { evidence, type PureLedger } from '../support/ledger.js';

const STREAM = 'agreement-agr';

/** 3: a draft. 4: its signature. */
function signed(): PureLedger {
  const ledger = ledgerWithSources();
  ledger.given('DraftAgreement', agreementData({ occurredOn: '2020-01-01' }));
  ledger.given('SignAgreement', act({ agreementId: 'agr', occurredOn: '2021-03-01' }));
  return ledger;
}

const blamed = (ledger: PureLedger, path: string, stream = STREAM) => {
  const { event, ...field } = blameOf(ledger.events, stream).fields.find((f) => f.path === path)!;
  return {
    ...field,
    by: event?.type ?? null,
    position: event?.position ?? null,
    restores: field.restores?.type ?? null,
  };
};

describe('a field is blamed', () => {
  test('on the event that gave it, with its sources and what stood before', () => {
    expect(blamed(signed(), '/status')).toEqual({
      path: '/status',
      value: 'signed',
      by: 'Signed',
      position: 4,
      reason: null,
      restores: null,
      evidence: evidence('s'),
      before: 'drafted',
    });
    expect(blamed(signed(), '/title/en')).not.toHaveProperty('before');
  });

  test('on its correction, with the reason and the evidence of that', () => {
    const ledger = signed();
    ledger.given('CorrectFact', {
      ...ledger.about(STREAM, 1),
      changes: [{ path: '/occurredOn', from: '2021-03-01', to: '2021-03-02' }],
      reason: 'the text was seen',
      evidence: evidence('t', 'documented'),
    });
    expect(blamed(ledger, '/signedOn')).toMatchObject({
      value: '2021-03-02',
      by: 'FactCorrected',
      before: '2021-03-01',
      reason: 'the text was seen',
      evidence: evidence('t', 'documented'),
    });
    expect(blamed(ledger, '/status')).toMatchObject({ by: 'Signed' });
  });

  test('on a retraction, with what it restores and the sources of that', () => {
    const ledger = signed();
    const { id } = ledger.given(
      'BringIntoForce',
      act({ agreementId: 'agr', occurredOn: '2022-01-01', evidence: evidence('t') }),
    );
    ledger.given('RetractFact', { stream: STREAM, targetEventId: id, reason: 'another agreement' });
    expect(blamed(ledger, '/status')).toMatchObject({
      value: 'signed',
      by: 'FactRetracted',
      before: 'in_force',
      reason: 'another agreement',
      restores: 'Signed',
      evidence: evidence('s'),
    });
  });

  test('on a dispute, by the evidence of its alternatives, and then on its resolution', () => {
    const ledger = ledgerWithSources();
    ledger.given('HoldMeeting', meetingData({ occurredOn: '2022' }));
    const { id } = ledger.given('DisputeFact', {
      ...ledger.about('meeting-mee'),
      path: '/data/participants/0/name',
      alternatives: [
        { value: { en: 'A' }, evidence: evidence('s') },
        { value: { en: 'B' }, evidence: evidence('t') },
      ],
    });
    expect(blamed(ledger, '/disputed', 'meeting-mee')).toMatchObject({
      value: true,
      by: 'FactDisputed',
      before: false,
      evidence: [...evidence('s'), ...evidence('t')],
    });
    ledger.given('ResolveDispute', {
      stream: 'meeting-mee',
      disputeEventId: id,
      value: { en: 'B' },
      reason: 'asked',
      evidence: evidence('t'),
    });
    expect(blamed(ledger, '/participants/0/name/en', 'meeting-mee')).toMatchObject({
      value: 'B',
      before: 'A',
      by: 'DisputeResolved',
    });
    // The list that was not empty is again.
    expect(blamed(ledger, '/openDisputes', 'meeting-mee')).toMatchObject({
      value: [],
      by: 'DisputeResolved',
      before: [{ disputeEventId: id }],
      restores: 'MeetingHeld',
    });
  });

  test('on what raised its standing; what corroborates the event that gave a field is among the sources', () => {
    const ledger = signed();
    ledger.given('CorroborateFact', { ...ledger.about(STREAM, 1), evidence: evidence('t', 'registered') });
    expect(blamed(ledger, '/standing')).toMatchObject({ by: 'FactCorroborated', before: 'reported' });
    expect(blamed(ledger, '/status').evidence).toEqual([...evidence('s'), ...evidence('t', 'registered')]);
  });

  test('on a source that was withdrawn, where that took what it told away', () => {
    const ledger = ledgerWithSources();
    ledger.given('DraftAgreement', agreementData());
    ledger.given('SignAgreement', act({ agreementId: 'agr', evidence: evidence('t') }));
    ledger.given('WithdrawSource', { sourceId: 't', reason: 'forged' });
    expect(blamed(ledger, '/status')).toMatchObject({
      value: 'drafted',
      by: 'SourceWithdrawn',
      reason: 'forged',
      restores: 'AgreementDrafted',
    });
  });
});

test('every field of a view has its blame, and the event is in the slice', () => {
  fc.assert(
    fc.property(anySteps(), anyDay, anyStanding, (steps, asOf, standing) => {
      const { events } = play(steps).ledger;
      for (const stream of ['agreement-a', 'visit-b', 'mechanism-a', 'exercise-a']) {
        const { view, fields } = blameOf(events, stream, asOf, standing);
        expect(fields.map((f) => f.path)).toEqual([...leavesOf(view).values()].map((l) => l.path));
        for (const { path, value, event, before } of fields) {
          expect(getAtPointer(view, path)).toEqual(value);
          expect(events.some((e) => e.id === event?.eventId)).toBe(true);
          expect(before).not.toEqual(value);
        }
      }
    }),
    { numRuns: 25 },
  );
});
