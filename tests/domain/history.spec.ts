import { describe, expect, test } from '@jest/globals';
import type { AgreementState } from '../../src/domain/agreement/state.js';
import type { LedgerEvent } from '../../src/domain/event.js';
import { UnknownEventType } from '../../src/domain/registry.js';
import type { ExerciseState } from '../../src/domain/exercise/exercise.js';
import type { MechanismState } from '../../src/domain/mechanism/mechanism.js';
import type { Standing } from '../../src/domain/values/standing.js';
import type { VisitState } from '../../src/domain/visit/visit.js';
import {
  act,
  agreementData,
  exerciseData,
  ledgerWithSources,
  mechanismData,
  meetingData,
  partyData,
  visitData,
} from '../support/facts.js';
import { type Data, evidence, PureLedger } from '../support/ledger.js';

const TODAY = '2026-01-15';

/** A ledger with an agreement `agr` that is drafted, and the given dated acts upon it: `{SignAgreement: '2024'}`. */
function agreed(acts: Record<string, string | null> = {}, more: Data = {}): PureLedger {
  const ledger = ledgerWithSources(TODAY);
  ledger.given('DraftAgreement', agreementData(more));
  for (const [command, occurredOn] of Object.entries(acts)) {
    ledger.given(command, act({ agreementId: 'agr', occurredOn }));
  }
  return ledger;
}
const recordOf = (ledger: PureLedger, stream: string, asOf?: string, standing?: Standing) =>
  ledger.history(asOf, standing).records.get(stream)!;
const agreement = (ledger: PureLedger, asOf?: string, standing?: Standing) =>
  recordOf(ledger, 'agreement-agr', asOf, standing).state as AgreementState;
const factOf = (ledger: PureLedger, type: string, asOf?: string) =>
  recordOf(ledger, 'agreement-agr', asOf).facts.find((f) => f.type === type)!;
const retract = (ledger: PureLedger, { stream, id }: LedgerEvent) =>
  ledger.given('RetractFact', { stream, targetEventId: id, reason: 'r' });

describe('bounds', () => {
  test.each([
    [null, null, null, TODAY],
    ['2024-05', null, '2024-05-01', '2024-05-31'],
    ['2024-05', '2024-05-20', '2024-05-01', '2024-05-20'],
    ['2024-05', '2024-05', '2024-05-01', '2024-05-31'],
    ['2024-05', '2024', '2024-05-01', '2024-05-31'],
    ['2024-05~', '2025', '2024-05-01', '2024-05-31'],
    [null, '2023-10', null, '2023-10-31'],
    ['../2025-06-04', '2025', null, '2025-06-04'],
    ['2025-06-04/..', null, '2025-06-04', TODAY],
    ['2025-06-04/..', '2025-09', '2025-06-04', '2025-09-30'],
    ['2026', null, '2026-01-01', TODAY],
    [null, '../2020', null, '2020-12-31'],
  ])('of %s, told in a source of %s, are %s to %s', (occurredOn, publishedOn, earliest, latest) => {
    const ledger = agreed();
    const told = ledger.source('u', publishedOn ?? undefined);
    ledger.given('SignAgreement', act({ agreementId: 'agr', occurredOn, evidence: told }));
    expect(factOf(ledger, 'Signed')).toMatchObject({ earliest, latest, clamped: false });
  });

  test('the earliest of several publications counts, those of corroborations too', () => {
    const ledger = agreed();
    const both = [...ledger.source('u', '2024'), ...ledger.source('v', '2023'), ...evidence('t')];
    const { id, stream } = ledger.given('SignAgreement', act({ agreementId: 'agr', evidence: both }));
    expect(factOf(ledger, 'Signed').latest).toBe('2023-12-31');
    ledger.given('CorroborateFact', { stream, targetEventId: id, evidence: ledger.source('w', '2022-05') });
    expect(factOf(ledger, 'Signed').latest).toBe('2022-05-31');
    ledger.given('WithdrawSource', { sourceId: 'w', reason: 'forged' });
    ledger.given('WithdrawSource', { sourceId: 'v', reason: 'forged' });
    expect(factOf(ledger, 'Signed').latest).toBe('2024-12-31');
  });

  test('a publication before the first day: the day stated is kept', () => {
    const ledger = agreed();
    const told = ledger.source('u', '2024-04');
    ledger.given('SignAgreement', act({ agreementId: 'agr', occurredOn: '2024-05', evidence: told }));
    expect(factOf(ledger, 'Signed')).toMatchObject({ earliest: '2024-05-01', latest: '2024-05-01', clamped: true });
  });

  test('an undated fact counts from its day of recording on, and is possible on every day before', () => {
    const ledger = agreed();
    ledger.today = '2026-02-01';
    ledger.given('SignAgreement', act({ agreementId: 'agr' }));
    expect(agreement(ledger, '2026-02-01').status).toBe('signed');
    expect(agreement(ledger, '2026-01-31').status).toBe('drafted');
    expect(factOf(ledger, 'Signed', '0000-01-01').when).toBe('possible');
  });
});

describe('counting', () => {
  test.each([
    ['2024-04-30', 'later', 0],
    ['2024-05-01', 'possible', 0],
    ['2024-05-30', 'possible', 0],
    ['2024-05-31', 'happened', 1],
    ['9999-12-31', 'happened', 1],
  ])('a visit of May 2024 has on %s: %s', (asOf, when, count) => {
    const ledger = ledgerWithSources();
    const { id, stream } = ledger.given('HoldVisit', visitData({ occurredOn: '2024-05' }));
    const record = recordOf(ledger, stream, asOf);
    expect(record.facts[0]?.when).toBe(when);
    expect(record.listed).toBe(count === 1);
    const status = ledger.status('MAR-PAK', asOf);
    expect(status.visits.count).toBe(count);
    expect(status.stage).toBe(count === 1 ? 'contact' : 'none');
    const possible = { eventId: id, type: 'VisitHeld', stream, earliest: '2024-05-01', latest: '2024-05-31' };
    expect(status.possible).toEqual(when === 'possible' ? [possible] : []);
  });

  test('what only adds to a record does not list it', () => {
    const ledger = agreed({}, { evidence: evidence('t', 'claimed') });
    ledger.given('ClassifyAreas', act({ agreementId: 'agr', areas: ['logistics'] }));
    ledger.given('AnnounceSignature', act({ agreementId: 'agr', plannedFor: '2026-03' }));
    expect(ledger.status('MAR-PAK', undefined, 'reported')).toMatchObject({ stage: 'none', agreements: [], areas: [] });
    expect(ledger.status('MAR-PAK')).toMatchObject({ stage: 'negotiating', areas: [{ code: 'logistics' }] });
  });
});

describe('an opener', () => {
  test.each(['1900-01-01', '2024-04-30', '2026-12-31'])('tells who and what on every day: %s', (asOf) => {
    const ledger = agreed({ SignAgreement: '2024-05-01' }, { evidence: evidence('t', 'claimed') });
    for (const standing of ['claimed', 'reported', 'registered'] as const) {
      const record = recordOf(ledger, 'agreement-agr', asOf, standing);
      expect(record).toMatchObject({ parties: ['MAR', 'PAK'], pairs: ['MAR-PAK'] });
      expect(record.state).toMatchObject({ title: { en: 'An agreement' }, instrumentType: 'agreement' });
    }
  });

  test('tells it without support too', () => {
    const ledger = agreed({ SignAgreement: '2024-05-01' }, { evidence: evidence('t') });
    ledger.given('WithdrawSource', { sourceId: 't', reason: 'forged' });
    expect(recordOf(ledger, 'agreement-agr')).toMatchObject({
      state: { title: { en: 'An agreement' }, status: 'signed', areas: [] },
      unsupported: [{ type: 'AgreementDrafted' }],
    });
  });

  test('of the highest rung tells it, and later corrections of it', () => {
    const ledger = agreed();
    ledger.given('ProposeAgreement', agreementData({ title: { en: 'An idea' }, occurredOn: '2020' }));
    expect(agreement(ledger, '2020-12-31')).toMatchObject({ title: { en: 'An agreement' }, status: 'proposed' });
    const [draft] = ledger.stream('agreement-agr');
    retract(ledger, draft!);
    expect(agreement(ledger)).toMatchObject({ title: { en: 'An idea' }, status: 'proposed' });
  });

  test('is lowered to the last day of a later rung: a text was there by the day of its signature', () => {
    const ledger = agreed({ SignAgreement: '2024-05' });
    expect(factOf(ledger, 'AgreementDrafted')).toMatchObject({ earliest: null, latest: '2024-05-31' });
    expect(agreement(ledger, '2024-05-30').status).toBeNull();
    expect(agreement(ledger, '2024-05-31').status).toBe('signed');
    ledger.given('InitialAgreement', act({ agreementId: 'agr', occurredOn: '2023' }));
    expect(factOf(ledger, 'AgreementDrafted').latest).toBe('2023-12-31');
  });

  test('its first day is lowered to its own last', () => {
    const ledger = agreed({ SignAgreement: '2020-01-01' }, { occurredOn: '2024' });
    expect(factOf(ledger, 'AgreementDrafted')).toMatchObject({ earliest: '2020-01-01', latest: '2020-01-01' });
    expect(recordOf(ledger, 'agreement-agr').facts.map((f) => f.type)).toEqual(['AgreementDrafted', 'Signed']);
  });

  test('is lowered only by what is left in the fold', () => {
    const ledger = agreed({ SignAgreement: '2024-05-01' }, { evidence: evidence('t', 'documented') });
    const [, signed] = ledger.stream('agreement-agr');
    expect(agreement(ledger, '2024-05-01', 'documented').status).toBeNull();
    expect(agreement(ledger, TODAY, 'documented').status).toBe('drafted');
    retract(ledger, signed!);
    expect(agreement(ledger, '2024-05-01').status).toBeNull();
  });

  test('of a higher rung is not lowered by a lower one', () => {
    const ledger = ledgerWithSources(TODAY);
    ledger.given('HoldVisit', visitData({ occurredOn: '2024-05' }));
    ledger.given('PlanVisit', visitData({ occurredOn: '2024-02' }));
    const facts = recordOf(ledger, 'visit-vis').facts.map(({ type, latest }) => [type, latest]);
    expect(facts).toEqual([
      ['VisitPlanned', '2024-02-29'],
      ['VisitHeld', '2024-05-31'],
    ]);
  });

  test('retracted, takes its record out of all views, with its disputes and possibilities', () => {
    const ledger = agreed({ SignAgreement: '2024-05' });
    const about = ledger.about('agreement-agr', 1);
    const alternatives = ['2024-05', '2024-06'].map((value) => ({ value, evidence: evidence('s') }));
    ledger.given('DisputeFact', { ...about, path: '/occurredOn', alternatives });
    expect(ledger.status('MAR-PAK', '2024-05-15').possible).toHaveLength(2);
    retract(ledger, ledger.stream('agreement-agr')[0]!);
    for (const asOf of ['2024-05-15', '2026-12-31']) {
      expect(ledger.status('MAR-PAK', asOf)).toMatchObject({
        stage: 'none',
        agreements: [],
        possible: [],
        unsupported: [],
        openDisputes: [],
      });
    }
    expect(ledger.history().records.has('agreement-agr')).toBe(false);
  });
});

describe('the order', () => {
  const types = (ledger: PureLedger) => recordOf(ledger, 'agreement-agr').facts.map((f) => f.type);

  test('is that of the days, where these are known, not that of recording or of rungs', () => {
    const ledger = agreed({ BringIntoForce: '2019-01-01', SignAgreement: '2020-01-01', InitialAgreement: '2018' });
    expect(types(ledger)).toEqual(['AgreementDrafted', 'Initialled', 'EnteredIntoForce', 'Signed']);
  });

  test('is that of the rungs, where the days leave it open', () => {
    const ledger = agreed({ BringIntoForce: '2024', SignAgreement: null, InitialAgreement: '2024-12' });
    expect(types(ledger)).toEqual(['AgreementDrafted', 'Initialled', 'Signed', 'EnteredIntoForce']);
  });

  test('is that of the first days within a rung, unknown first, then that of recording', () => {
    const ledger = agreed();
    for (const [occurredOn, code] of [
      ['2024-03/2024-09', 'logistics'],
      ['2024-02/2024-08', 'procurement'],
      ['2024-02/2024-10', 'cybersecurity'],
      [null, 'investment'],
    ]) {
      ledger.given('ClassifyAreas', act({ agreementId: 'agr', occurredOn, areas: [code] }));
    }
    const areas = recordOf(ledger, 'agreement-agr').facts.map((f) => (f.data as { areas: string[] }).areas[0]);
    expect(areas).toEqual([undefined, 'investment', 'procurement', 'cybersecurity', 'logistics']);
    expect(agreement(ledger).areas).toEqual(['logistics']);
  });

  test('a proposal comes before a draft, an announcement and a cancellation before the exercise', () => {
    const ledger = agreed();
    ledger.given('ProposeAgreement', agreementData());
    expect(types(ledger)).toEqual(['AgreementProposed', 'AgreementDrafted']);
    ledger.given('HoldExercise', exerciseData());
    ledger.given('CancelExercise', act({ exerciseId: 'exe' }));
    ledger.given('AnnounceExercise', exerciseData());
    expect(recordOf(ledger, 'exercise-exe')).toMatchObject({
      facts: [{ type: 'ExerciseAnnounced' }, { type: 'ExerciseCancelled' }, { type: 'ExerciseHeld' }],
      state: { status: 'held' },
    });
  });

  test('what replaces is the last in valid order, whenever it was recorded', () => {
    const ledger = agreed();
    const terms = (occurredOn: string, durationYears: number) =>
      ledger.given('RecordTerms', act({ agreementId: 'agr', occurredOn, durationYears, renewal: 'none' }));
    terms('2022', 5);
    terms('2020', 3);
    expect(agreement(ledger).terms).toMatchObject({ durationYears: 5 });
    expect(agreement(ledger, '2021-01-01').terms).toMatchObject({ durationYears: 3 });
  });
});

describe('an event of a lower rung sets nothing back', () => {
  test('an agreement', () => {
    const ledger = agreed({ BringIntoForce: '2019', SignAgreement: '2020', InitialAgreement: '2021' });
    expect(agreement(ledger)).toMatchObject({ status: 'in_force', signedOn: '2020', inForceOn: '2019' });
    const [, inForce] = ledger.stream('agreement-agr');
    expect(agreement(ledger).statusEventId).toBe(inForce!.id);
  });

  test('an announced signature changes no state, and is expected no more once signed', () => {
    const ledger = agreed({ AnnounceSignature: '2024-01' });
    expect(agreement(ledger)).toMatchObject({ status: 'drafted', signatureExpected: { plannedFor: null } });
    ledger.given('SignAgreement', act({ agreementId: 'agr', occurredOn: '2024-02' }));
    expect(agreement(ledger)).toMatchObject({ status: 'signed', signatureExpected: null });
  });

  test('a visit: what was cancelled is not planned again by a postponement, but it may be held', () => {
    const ledger = ledgerWithSources(TODAY);
    const visit = (asOf?: string) => recordOf(ledger, 'visit-vis', asOf).state as VisitState;
    ledger.given('PlanVisit', visitData({ occurredOn: '2024-01', plannedFor: '2024-05' }));
    ledger.given('PostponeVisit', act({ visitId: 'vis', occurredOn: '2024-02', plannedFor: '2024-06' }));
    ledger.given('PostponeVisit', act({ visitId: 'vis', occurredOn: '2024-03', plannedFor: '2024-07' }));
    ledger.given('CancelVisit', act({ visitId: 'vis', occurredOn: '2024-04' }));
    ledger.given('PostponeVisit', act({ visitId: 'vis', occurredOn: '2024-05', plannedFor: '2024-08' }));
    expect(visit('2024-01-31')).toMatchObject({ status: 'planned', plannedFor: '2024-05' });
    expect(visit('2024-02-29')).toMatchObject({ status: 'postponed', plannedFor: '2024-06' });
    expect(visit('2024-03-31')).toMatchObject({ status: 'postponed', plannedFor: '2024-07' });
    expect(visit('2024-04-30')).toMatchObject({ status: 'cancelled' });
    expect(visit('2024-05-31')).toMatchObject({ status: 'cancelled' });
    ledger.given('HoldVisit', visitData({ occurredOn: '2024-03-15', level: 'military' }));
    expect(visit()).toMatchObject({ status: 'held', occurredOn: '2024-03-15', level: 'military' });
    expect(ledger.status('MAR-PAK').visits.count).toBe(1);
  });

  test('an exercise: what was cancelled is not announced again', () => {
    const ledger = ledgerWithSources(TODAY);
    ledger.given('AnnounceExercise', exerciseData({ occurredOn: '2024-06', plannedFor: '2024-09' }));
    ledger.given('CancelExercise', act({ exerciseId: 'exe', occurredOn: '2024-05' }));
    expect((recordOf(ledger, 'exercise-exe').state as ExerciseState).status).toBe('cancelled');
    expect(ledger.status('MAR-PAK')).toMatchObject({ stage: 'none', exercises: { count: 0 } });
  });

  test('a mechanism', () => {
    const ledger = ledgerWithSources(TODAY);
    const mechanism = () => recordOf(ledger, 'mechanism-mec').state as MechanismState;
    ledger.given('CreateMechanism', mechanismData({ mandate: { en: 'Old' } }));
    ledger.given('ChangeMandate', act({ mechanismId: 'mec', mandate: { en: 'New' } }));
    expect(mechanism()).toMatchObject({ status: 'created', mandate: { en: 'New' }, sessions: [] });
    ledger.given('DissolveMechanism', act({ mechanismId: 'mec', occurredOn: '2020' }));
    ledger.given('ConveneMechanism', act({ mechanismId: 'mec', occurredOn: '2021', ordinal: 1 }));
    ledger.given('AdoptWorkPlan', act({ mechanismId: 'mec' }));
    ledger.given('RecordProgramme', act({ mechanismId: 'mec', title: { en: 'P' }, status: 'proposed' }));
    expect(mechanism()).toMatchObject({
      status: 'dissolved',
      sessions: [{ ordinal: 1, occurredOn: '2021' }],
      workPlans: [{ occurredOn: null }],
      programmes: [{ status: 'proposed' }],
    });
  });
});

describe('expiry', () => {
  const IN_FORCE = { SignAgreement: '2010-01-01', BringIntoForce: '2010-03-01' };
  const withTerms = (terms: Data, acts: Record<string, string | null> = IN_FORCE) => {
    const ledger = agreed(acts);
    ledger.given('RecordTerms', act({ agreementId: 'agr', occurredOn: '2010-01-01', ...terms }));
    return ledger;
  };
  const lastDay = (ledger: PureLedger, asOf: string) => agreement(ledger, asOf).lastDay;

  test.each(['none', 'express'])('with renewal %s comes the day after the last', (renewal) => {
    const ledger = withTerms({ durationYears: 5, renewal });
    expect(agreement(ledger, '2015-03-01').status).toBe('in_force');
    expect(agreement(ledger, '2015-03-02').status).toBe('expired');
    expect(lastDay(ledger, '2026-01-01')).toBe('2015-03-01');
    expect(ledger.status('MAR-PAK', '2015-03-02').stage).toBe('contact');
    expect(ledger.status('MAR-PAK', '2015-03-02').reasons).toEqual([ledger.stream('agreement-agr')[2]!.id]);
  });

  test('a stated last day counts, before the duration, and the latest it can mean', () => {
    const ledger = withTerms({ durationYears: 50, expiresOn: '2012-02', renewal: 'none' });
    expect(agreement(ledger, '2012-02-29').status).toBe('in_force');
    expect(agreement(ledger, '2012-03-01').status).toBe('expired');
  });

  test('tacitly renewed, it goes on by its duration', () => {
    const ledger = withTerms({ durationYears: 5, renewal: 'tacit' });
    for (const day of ['2015-03-01', '2015-03-02', '2025-12-31', '9999-12-31']) {
      expect(agreement(ledger, day).status).toBe('in_force');
    }
    expect(lastDay(ledger, '2015-03-01')).toBe('2015-03-01');
    expect(lastDay(ledger, '2015-03-02')).toBe('2020-03-01');
    expect(lastDay(ledger, '2021-01-01')).toBe('2025-03-01');
  });

  test('tacitly renewed for a time that no text tells, its end is not known', () => {
    const ledger = withTerms({ expiresOn: '2012', renewal: 'tacit' });
    expect(lastDay(ledger, '2012-12-31')).toBe('2012-12-31');
    expect(agreement(ledger, '2013-01-01')).toMatchObject({ status: 'in_force', lastDay: null });
  });

  test('tacitly renewed from 29 February, that stays the day where there is one', () => {
    const ledger = withTerms({ expiresOn: '2020-02-29', durationYears: 2, renewal: 'tacit' });
    expect(lastDay(ledger, '2021-01-01')).toBe('2022-02-28');
    expect(lastDay(ledger, '2023-01-01')).toBe('2024-02-29');
  });

  test.each(['none', 'tacit', 'express'])('without a last day there is none, renewal %s', (renewal) => {
    const ledger = withTerms({ renewal });
    expect(agreement(ledger, '9999-12-31')).toMatchObject({ status: 'in_force', lastDay: null });
  });

  test('by duration needs an entry into force', () => {
    const ledger = withTerms({ durationYears: 5, renewal: 'none' }, { SignAgreement: '2010' });
    expect(agreement(ledger, '2026-01-01')).toMatchObject({ status: 'signed', lastDay: null });
  });

  test('is that of the terms known on the day', () => {
    const ledger = withTerms({ durationYears: 1, renewal: 'none' });
    ledger.given('RecordTerms', act({ agreementId: 'agr', occurredOn: '2010-06', durationYears: 9, renewal: 'none' }));
    expect(agreement(ledger, '2011-03-02').status).toBe('in_force');
    expect(agreement(ledger, '2019-03-02').status).toBe('expired');
  });

  test('a draft does not expire', () => {
    const ledger = withTerms({ expiresOn: '2012', renewal: 'none' }, {});
    expect(agreement(ledger, '2026-12-31').status).toBe('drafted');
  });
});

describe('consent', () => {
  test('is pending of all parties while a signature is subject to ratification, until force', () => {
    const ledger = agreed();
    const signatories = [{ party: 'MAR', mode: 'subject_to_ratification' }];
    ledger.given('SignAgreement', act({ agreementId: 'agr', occurredOn: '2020', signatories }));
    expect(ledger.status('MAR-PAK').agreements).toMatchObject([{ consentPending: ['MAR', 'PAK'] }]);
    ledger.given('BringIntoForce', act({ agreementId: 'agr', occurredOn: '2021' }));
    expect(ledger.status('MAR-PAK').agreements).toMatchObject([{ consentPending: [] }]);
    expect(ledger.status('MAR-PAK', '2020-12-31').agreements).toMatchObject([{ consentPending: ['MAR', 'PAK'] }]);
  });

  test.each([true, false, undefined])('the terms ask for it: %s', (requiresRatification) => {
    const ledger = agreed({ SignAgreement: '2020' });
    const asks = requiresRatification === undefined ? {} : { requiresRatification };
    ledger.given('RecordTerms', act({ agreementId: 'agr', renewal: 'none', ...asks }));
    expect(agreement(ledger).consentPending).toEqual(requiresRatification ? ['MAR', 'PAK'] : []);
  });
});

describe('standing', () => {
  test('minimum standing leaves out what stands lower, and nothing else', () => {
    const ledger = agreed();
    ledger.given('SignAgreement', act({ agreementId: 'agr', evidence: evidence('t', 'claimed') }));
    const stages = (['claimed', 'reported', 'announced'] as const).map(
      (s) => ledger.status('MAR-PAK', undefined, s).stage,
    );
    expect(stages).toEqual(['signed', 'negotiating', 'none']);
    expect(ledger.status('MAR-PAK', undefined, 'announced')).toMatchObject({ possible: [], unsupported: [] });
  });

  test('of an agreement is that of the event that gives its status', () => {
    const ledger = agreed({}, { evidence: evidence('t', 'documented') });
    ledger.given('SignAgreement', act({ agreementId: 'agr', occurredOn: '2020', evidence: evidence('t', 'claimed') }));
    expect(ledger.status('MAR-PAK').agreements).toMatchObject([{ status: 'signed', standing: 'claimed' }]);
    const again = act({ agreementId: 'agr', occurredOn: '2021', evidence: evidence('t', 'registered') });
    ledger.given('SignAgreement', again);
    expect(ledger.status('MAR-PAK').agreements).toMatchObject([{ status: 'signed', standing: 'claimed' }]);
  });

  test('a withdrawn source leaves its facts unsupported, those with another source stand', () => {
    const ledger = agreed();
    const both = [...evidence('t', 'registered'), ...evidence('s', 'claimed')];
    ledger.given('SignAgreement', act({ agreementId: 'agr', evidence: both }));
    const visit = ledger.given('HoldVisit', visitData({ occurredOn: '2020', evidence: evidence('t') }));
    ledger.given('WithdrawSource', { sourceId: 't', reason: 'forged' });
    const status = ledger.status('MAR-PAK', '2019-01-01');
    expect(status.unsupported).toEqual([
      { eventId: visit.id, type: 'VisitHeld', stream: 'visit-vis', earliest: '2020-01-01', latest: '2020-12-31' },
    ]);
    expect(ledger.status('MAR-PAK')).toMatchObject({ stage: 'signed', visits: { count: 0, last: [] } });
    expect(agreement(ledger).standing).toBe('claimed');
    expect(ledger.status('MAR-PAK').unsupported).toEqual(status.unsupported);
  });
});

describe('what was known at a position', () => {
  test('is the fold of the log up to it', () => {
    const ledger = agreed();
    const signed = ledger.given('SignAgreement', act({ agreementId: 'agr', occurredOn: '2020' }));
    const withdrawn = ledger.given('WithdrawSource', { sourceId: 's', reason: 'forged' });
    const back = retract(ledger, withdrawn);
    const stage = (position: number) => ledger.status('MAR-PAK', '2020-12-31', 'claimed', position).stage;
    expect(stage(0)).toBe('none');
    expect(stage(signed.position - 1)).toBe('none');
    expect(stage(signed.position)).toBe('signed');
    expect(stage(withdrawn.position)).toBe('none');
    expect(stage(back.position)).toBe('signed');
  });

  test('an event of a type that is not known stops the fold', () => {
    const ledger = agreed();
    ledger.events.push({ ...ledger.events[0]!, type: 'TreatyPainted' });
    expect(() => ledger.history()).toThrow(UnknownEventType);
  });
});

describe('an exercise', () => {
  test('counts for every pair of its participants, and for no one else', () => {
    const ledger = ledgerWithSources(TODAY);
    const place = { name: { en: 'Konya' }, country: 'TUR' };
    const { id } = ledger.given('HoldExercise', exerciseData({ participants: ['PAK', 'MAR', 'AZE'], place }));
    for (const pair of ['MAR-PAK', 'AZE-PAK', 'AZE-MAR']) {
      expect(ledger.status(pair)).toMatchObject({ stage: 'contact', reasons: [id], exercises: { count: 1 } });
    }
    for (const pair of ['MAR-TUR', 'PAK-TUR', 'FRA-MAR']) {
      expect(ledger.status(pair)).toMatchObject({ stage: 'none', reasons: [], exercises: { count: 0 } });
    }
  });

  test('that is only announced is no contact', () => {
    const ledger = ledgerWithSources(TODAY);
    ledger.given('AnnounceExercise', exerciseData());
    expect(ledger.status('MAR-PAK')).toMatchObject({ stage: 'none', exercises: { count: 0 } });
  });
});

describe('the stage of a relationship', () => {
  test('none, of a pair that nothing is known of', () => {
    expect(new PureLedger().status('FRA-MAR')).toMatchObject({
      pair: 'FRA-MAR',
      asOf: '2026-12-31',
      minimumStanding: 'claimed',
      records: 0,
      stage: 'none',
      flags: { severed: false, dormant: false, disputed: false },
      reasons: [],
      agreements: [],
      mechanisms: [],
      visits: { count: 0, byDirection: { 'FRA>MAR': 0, 'MAR>FRA': 0 }, last: [] },
      meetings: { count: 0 },
      exercises: { count: 0 },
      areas: [],
      openDisputes: [],
      possible: [],
      unsupported: [],
      coverageFrom: null,
      representation: {},
    });
  });

  test.each<[string, Data]>([
    ['HoldVisit', visitData()],
    ['HoldMeeting', meetingData()],
    ['HoldExercise', exerciseData()],
    ['CreateMechanism', mechanismData()],
    ['EstablishRelations', act({ pair: 'MAR-PAK' })],
    ['RestoreRelations', act({ pair: 'MAR-PAK' })],
  ])('contact, by %s', (command, data) => {
    const ledger = ledgerWithSources(TODAY);
    const { id } = ledger.given(command, data);
    expect(ledger.status('MAR-PAK')).toMatchObject({ stage: 'contact', reasons: [id] });
  });

  test.each<[string, Data]>([
    ['PlanVisit', visitData()],
    ['ChangeRepresentation', act({ pair: 'MAR-PAK', by: 'MAR', level: 'embassy' })],
    ['DeclareCoverage', act({ pair: 'MAR-PAK', from: '1956' })],
  ])('not contact, by %s', (command, data) => {
    const ledger = ledgerWithSources(TODAY);
    ledger.given(command, data);
    expect(ledger.status('MAR-PAK')).toMatchObject({ stage: 'none', reasons: [] });
  });

  test('each rung with its reasons, as one is reached after the other', () => {
    const ledger = ledgerWithSources(TODAY);
    const at = (stage: string, ...reasons: LedgerEvent[]) =>
      expect(ledger.status('MAR-PAK')).toMatchObject({ stage, reasons: reasons.map((e) => e.id).sort() });
    const agr = (command: string, occurredOn: string) => ledger.given(command, act({ agreementId: 'agr', occurredOn }));
    const visit = ledger.given('HoldVisit', visitData({ occurredOn: '2010' }));
    const created = ledger.given('CreateMechanism', mechanismData({ occurredOn: '2010' }));
    at('contact', visit, created);
    at('negotiating', ledger.given('ProposeAgreement', agreementData({ occurredOn: '2011' })));
    at('negotiating', ledger.given('DraftAgreement', agreementData({ occurredOn: '2012' })));
    at('negotiating', agr('InitialAgreement', '2013'));
    at('signed', agr('SignAgreement', '2014'));
    const inForce = agr('BringIntoForce', '2015');
    at('in_force', inForce);
    const session = ledger.given('ConveneMechanism', act({ mechanismId: 'mec', occurredOn: '2016' }));
    at('institutionalised', inForce, session);
    ledger.given('ConveneMechanism', act({ mechanismId: 'mec', occurredOn: '2017' }));
    at('institutionalised', inForce, session);
    ledger.given('DissolveMechanism', act({ mechanismId: 'mec', occurredOn: '2018' }));
    at('in_force', inForce);
    const stages = ['2009', '2010', '2011', '2012', '2013', '2014', '2015', '2016', '2018'].map(
      (year) => ledger.status('MAR-PAK', `${year}-12-31`).stage,
    );
    expect(stages).toEqual([
      'none',
      'contact',
      'negotiating',
      'negotiating',
      'negotiating',
      'signed',
      'in_force',
      'institutionalised',
      'in_force',
    ]);
  });

  test('a mechanism that met makes nothing institutional without an agreement in force', () => {
    const ledger = agreed({ SignAgreement: '2020' });
    ledger.given('CreateMechanism', mechanismData());
    ledger.given('ConveneMechanism', act({ mechanismId: 'mec' }));
    expect(ledger.status('MAR-PAK').stage).toBe('signed');
  });

  test('the highest rung of several agreements, with all that stand on it as reasons', () => {
    const ledger = agreed({ SignAgreement: '2020' });
    ledger.given('DraftAgreement', agreementData({ agreementId: 'b' }));
    const second = ledger.given('SignAgreement', act({ agreementId: 'b', occurredOn: '2021' }));
    ledger.given('DraftAgreement', agreementData({ agreementId: 'c' }));
    const first = ledger.stream('agreement-agr')[1]!;
    expect(ledger.status('MAR-PAK').reasons).toEqual([first.id, second.id].sort());
  });

  test('severed is a flag beside the stage, with its reason', () => {
    const ledger = agreed({ SignAgreement: '1970' });
    const pair = (occurredOn: string) => act({ pair: 'MAR-PAK', occurredOn });
    ledger.given('EstablishRelations', pair('1958'));
    const severed = ledger.given('SeverRelations', pair('1980'));
    ledger.given('RestoreRelations', pair('1990'));
    const on = (day: string) => ledger.status('MAR-PAK', day);
    const signed = ledger.stream('agreement-agr')[1]!;
    expect(on('1979-12-31')).toMatchObject({ stage: 'signed', flags: { severed: false }, reasons: [signed.id] });
    expect(on('1980-12-31').flags.severed).toBe(true);
    expect(on('1980-12-31').reasons).toEqual([signed.id, severed.id].sort());
    expect(on('1990-12-31').flags.severed).toBe(false);
  });

  test('coverage is what was declared last, by its day', () => {
    const ledger = ledgerWithSources(TODAY);
    const declare = (occurredOn: string, from: string) =>
      ledger.given('DeclareCoverage', act({ pair: 'MAR-PAK', occurredOn, from }));
    declare('2025', '1956');
    declare('2020', '1990');
    expect(ledger.status('MAR-PAK', '2019-12-31').coverageFrom).toBeNull();
    expect(ledger.status('MAR-PAK', '2020-12-31').coverageFrom).toBe('1990');
    expect(ledger.status('MAR-PAK').coverageFrom).toBe('1956');
    expect(ledger.status('FRA-MAR').coverageFrom).toBeNull();
  });

  test('representation is what each party last changed it to, by its day', () => {
    const ledger = ledgerWithSources(TODAY);
    const change = (occurredOn: string, by: string, level: string) =>
      ledger.given('ChangeRepresentation', act({ pair: 'MAR-PAK', occurredOn, by, level }));
    change('2020', 'MAR', 'embassy');
    change('2010', 'MAR', 'legation');
    change('2015', 'PAK', 'embassy');
    expect(ledger.status('MAR-PAK', '2012-01-01').representation).toEqual({ MAR: 'legation' });
    expect(ledger.status('MAR-PAK').representation).toEqual({ MAR: 'embassy', PAK: 'embassy' });
  });

  test.each([
    ['2022-05-31', false],
    ['2022-06-01', true],
  ])('dormant 24 months after the last activity: %s', (asOf, dormant) => {
    const ledger = ledgerWithSources(TODAY);
    ledger.given('HoldVisit', visitData({ occurredOn: '2020-05' }));
    ledger.given('HoldMeeting', meetingData({ occurredOn: '2019' }));
    expect(ledger.status('MAR-PAK', asOf).flags.dormant).toBe(dormant);
  });

  test('what is later, or moves nothing, is no activity', () => {
    const ledger = ledgerWithSources(TODAY);
    ledger.given('HoldVisit', visitData({ occurredOn: '2010' }));
    ledger.given('DeclareCoverage', act({ pair: 'MAR-PAK', from: '1956', occurredOn: '2019' }));
    ledger.given('HoldMeeting', meetingData({ occurredOn: '2025' }));
    expect(ledger.status('MAR-PAK', '2020-01-01').flags.dormant).toBe(true);
    expect(ledger.status('MAR-PAK', '2009-01-01').flags.dormant).toBe(false);
    expect(ledger.status('MAR-PAK', '2025-12-31').flags.dormant).toBe(false);
  });
});

describe('visits', () => {
  const held = (ledger: PureLedger, visitId: string, occurredOn: string | null, visitor = 'PAK') =>
    ledger.given('HoldVisit', visitData({ visitId, occurredOn, visitor, host: visitor === 'PAK' ? 'MAR' : 'PAK' }));

  test('are counted by direction, held ones alone', () => {
    const ledger = ledgerWithSources(TODAY);
    held(ledger, 'a', '2020');
    held(ledger, 'b', '2021');
    held(ledger, 'c', '2021', 'MAR');
    ledger.given('PlanVisit', visitData({ visitId: 'd' }));
    ledger.given('PlanVisit', visitData({ visitId: 'e', visitor: 'MAR', host: 'PAK' }));
    ledger.given('CancelVisit', act({ visitId: 'e' }));
    const { visits } = ledger.status('MAR-PAK');
    expect(visits).toMatchObject({ count: 3, byDirection: { 'MAR>PAK': 1, 'PAK>MAR': 2 } });
  });

  test('the last of a direction are all that are not provably earlier than another', () => {
    const ledger = ledgerWithSources(TODAY);
    held(ledger, 'z-2020', '2020');
    held(ledger, 'y-2021', '2021');
    held(ledger, 'x-summer-2021', '2021-06/2021-08');
    held(ledger, 'w-2019-to-2021', '2019/2021-01');
    held(ledger, 'v-unknown', null);
    held(ledger, 'u-other-way', '2010', 'MAR');
    const last = (asOf?: string) => ledger.status('MAR-PAK', asOf).visits.last.map((v) => v.visitId);
    expect(last()).toEqual(['u-other-way', 'v-unknown', 'x-summer-2021', 'y-2021']);
    expect(last('2020-12-31')).toEqual(['u-other-way', 'z-2020']);
    expect(ledger.status('MAR-PAK').visits.last[0]).toEqual({
      visitId: 'u-other-way',
      visitor: 'MAR',
      host: 'PAK',
      occurredOn: '2010',
    });
  });

  test('of one day, none is provably earlier', () => {
    const ledger = ledgerWithSources(TODAY);
    held(ledger, 'a', '2020-05-01');
    held(ledger, 'b', '2020-05-01');
    held(ledger, 'c', '2020-04-30');
    expect(ledger.status('MAR-PAK').visits.last.map((v) => v.visitId)).toEqual(['a', 'b']);
  });

  test('outcomes add up', () => {
    const ledger = ledgerWithSources(TODAY);
    held(ledger, 'vis', '2020');
    const link = (agreementIds: string[], mechanismIds: string[]) =>
      ledger.given('LinkOutcome', act({ visitId: 'vis', agreementIds, mechanismIds }));
    link(['b', 'a'], []);
    link(['a'], ['m']);
    expect(recordOf(ledger, 'visit-vis').state).toMatchObject({
      outcomes: { agreementIds: ['a', 'b'], mechanismIds: ['m'] },
    });
  });
});

describe('sources and parties', () => {
  test('hold on every day, without a standing', () => {
    const ledger = ledgerWithSources(TODAY);
    ledger.given('RegisterParty', partyData({ aliases: ['ČSSR'] }));
    ledger.given('AddPartyAlias', { code: 'CSK', alias: 'تشيكوسلوفاكيا' });
    expect(recordOf(ledger, 'party-CSK', '1900-01-01', 'registered')).toMatchObject({
      listed: true,
      state: { code: 'CSK', aliases: ['ČSSR', 'تشيكوسلوفاكيا'] },
    });
  });

  test('a built-in party keeps the aliases that it got before it was registered', () => {
    const ledger = ledgerWithSources(TODAY);
    ledger.given('AddPartyAlias', { code: 'CZE', alias: 'Bohemia' });
    expect(recordOf(ledger, 'party-CZE').state).toMatchObject({ names: { en: 'Czechia' }, aliases: ['Bohemia'] });
    ledger.given('RegisterParty', partyData({ code: 'CZE', names: { en: 'Czech lands' }, aliases: ['ČR'] }));
    ledger.given('AddPartyAlias', { code: 'CZE', alias: 'Moravia' });
    expect(recordOf(ledger, 'party-CZE').state).toMatchObject({
      names: { en: 'Czech lands' },
      aliases: ['ČR', 'Bohemia', 'Moravia'],
    });
  });
});

test('areas are listed by code, with the agreements that have them', () => {
  const ledger = agreed({}, { areas: ['procurement', 'logistics'] });
  ledger.given('DraftAgreement', agreementData({ agreementId: 'b', areas: ['logistics'] }));
  ledger.given('DraftAgreement', agreementData({ agreementId: 'c', areas: ['logistics'], occurredOn: '2024' }));
  expect(ledger.status('MAR-PAK').areas).toEqual([
    { code: 'logistics', agreementIds: ['agr', 'b', 'c'] },
    { code: 'procurement', agreementIds: ['agr'] },
  ]);
  expect(ledger.status('MAR-PAK', '2024-12-31').areas).toEqual([{ code: 'logistics', agreementIds: ['c'] }]);
});
