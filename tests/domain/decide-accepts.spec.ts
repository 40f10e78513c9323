import { describe, expect, test } from '@jest/globals';
import { COMMAND_TYPES } from '../../src/domain/registry.js';
import { uuidV5 } from '../../src/domain/values/uuid.js';
import {
  act,
  agreementData,
  exerciseData,
  meetingData,
  mechanismData,
  partyData,
  smallLedger,
  sourceData,
  visitData,
  without,
} from '../support/facts.js';
import { type Data, evidence, type PureLedger } from '../support/ledger.js';

const person = { name: { en: 'A' }, office: { en: 'Minister' }, party: 'MAR', rank: { en: 'General' }, personId: 'a' };
const place = { name: { ar: 'الرباط', en: 'Rabat' }, country: 'MAR' };
const agr = (more: Data = {}) => act({ agreementId: 'agr', ...more });
const vis = (more: Data = {}) => act({ visitId: 'vis', ...more });
const mec = (more: Data = {}) => act({ mechanismId: 'mec', ...more });
const pair = (more: Data = {}) => act({ pair: 'MAR-PAK', ...more });

/** On a ledger with one record of each category: its data, and what it records. Each gives all its optional fields. */
const EXAMPLES: Record<string, readonly [event: string, data: (ledger: PureLedger) => Data]> = {
  RegisterSource: [
    'SourceRegistered',
    () =>
      sourceData({
        publisher: 'P',
        author: 'A',
        publishedOn: '2024-10',
        url: 'https://example.org/a',
        contentSha256: 'a'.repeat(64),
        reliability: 'B',
      }),
  ],
  WithdrawSource: ['SourceWithdrawn', () => ({ sourceId: 't', reason: 'forged' })],
  RegisterParty: ['PartyRegistered', () => partyData({ existedFrom: '1918', existedUntil: '1992-12-31' })],
  AddPartyAlias: ['PartyAliasAdded', () => ({ code: 'MAR', alias: 'المملكة الشريفة' })],
  ProposeAgreement: ['AgreementProposed', () => agreementData({ agreementId: 'new' })],
  DraftAgreement: [
    'AgreementDrafted',
    () => agreementData({ agreementId: 'new', titleIsDescriptive: true, parentAgreementId: 'agr' }),
  ],
  ClassifyAreas: ['AreasClassified', () => agr({ areas: ['cybersecurity'] })],
  RecordNegotiation: ['NegotiationHeld', () => agr()],
  AnnounceSignature: ['SignatureAnnounced', () => agr({ plannedFor: '2027' })],
  InitialAgreement: ['Initialled', () => agr()],
  SignAgreement: [
    'Signed',
    () =>
      agr({
        place,
        signatories: [{ party: 'MAR', person, capacity: { en: 'Minister' }, mode: 'definitive' }],
        witnesses: [person, { office: { en: 'Ambassador' } }],
        occasion: { en: 'A visit' },
        visitId: 'vis',
      }),
  ],
  ConfirmSignature: ['SignatureConfirmed', () => agr({ party: 'MAR' })],
  ApproveDomestically: ['DomesticApprovalGiven', () => agr({ party: 'MAR', organ: { en: 'Council of Ministers' } })],
  ExpressConsent: ['ConsentExpressed', () => agr({ party: 'PAK', means: 'ratification' })],
  ApplyProvisionally: ['ProvisionalApplicationStarted', () => agr()],
  EndProvisionalApplication: ['ProvisionalApplicationEnded', () => agr()],
  BringIntoForce: ['EnteredIntoForce', () => agr({ basis: { en: 'Article 9' } })],
  RecordTerms: [
    'TermsRecorded',
    () => agr({ expiresOn: '2030', durationYears: 5, renewal: 'tacit', noticeMonths: 6, requiresRatification: false }),
  ],
  AmendAgreement: ['Amended', () => agr({ summary: 'Article 3 is replaced', amendingAgreementId: 'agr' })],
  RenewAgreement: ['Renewed', () => agr({ until: '2030-12-31' })],
  SuspendAgreement: ['Suspended', () => agr()],
  ResumeAgreement: ['Resumed', () => agr()],
  NotifyDenunciation: ['DenunciationNotified', () => agr({ by: 'PAK', effectiveOn: '2027-06-30' })],
  WithdrawDenunciation: ['DenunciationWithdrawn', () => agr()],
  TerminateAgreement: ['Terminated', () => agr({ ground: { en: 'By consent', fr: 'Par consentement' } })],
  ExpireAgreement: ['Expired', () => agr()],
  SupersedeAgreement: ['Superseded', () => agr({ byAgreementId: 'agr' })],
  AbandonAgreement: ['Abandoned', () => agr()],
  PublishText: [
    'TextPublished',
    () => agr({ language: 'ar', contentSha256: 'a'.repeat(64), url: 'https://example.org/t', authentic: true }),
  ],
  RegisterAgreement: ['Registered', () => agr({ registry: 'UNTS', number: 'I-4815' })],
  AssertBindingness: ['BindingnessAsserted', () => agr({ party: 'MAR', binding: false })],
  LinkAgreement: ['AgreementLinked', () => agr({ toAgreementId: 'agr', relation: 'follows' })],
  PlanVisit: ['VisitPlanned', () => visitData({ visitId: 'new', plannedFor: '2027-03' })],
  PostponeVisit: ['VisitPostponed', () => vis({ plannedFor: '2027', reason: 'weather' })],
  CancelVisit: ['VisitCancelled', () => vis({ reason: 'weather' })],
  HoldVisit: [
    'VisitHeld',
    () =>
      visitData({
        visitId: 'new',
        durationDays: 3,
        places: [place],
        delegation: [person],
        hosts: [person],
        areas: ['logistics'],
        occasion: { en: 'A fair' },
        occurredOn: '2025-05-01',
        endedOn: '2025-05-03',
      }),
  ],
  LinkOutcome: ['VisitOutcomeLinked', () => vis({ agreementIds: ['agr'], mechanismIds: ['mec'] })],
  HoldMeeting: [
    'MeetingHeld',
    () =>
      meetingData({
        meetingId: 'new',
        level: 'minister',
        place,
        areas: ['logistics'],
        outcome: { en: 'Agreed to meet' },
        visitId: 'vis',
      }),
  ],
  CreateMechanism: [
    'MechanismCreated',
    () => mechanismData({ mechanismId: 'new', mandate: { en: 'To follow up' }, agreementId: 'agr' }),
  ],
  ConveneMechanism: ['MechanismSessionHeld', () => mec({ ordinal: 1, place, outcome: { en: 'A plan' } })],
  AdoptWorkPlan: ['WorkPlanAdopted', () => mec()],
  RecordProgramme: ['ProgrammeRecorded', () => mec({ title: { en: 'Training' }, status: 'under_way' })],
  ChangeMandate: ['MandateChanged', () => mec({ mandate: { en: 'Wider' } })],
  DissolveMechanism: ['MechanismDissolved', () => mec()],
  AnnounceExercise: ['ExerciseAnnounced', () => exerciseData({ exerciseId: 'new', plannedFor: '2027-09' })],
  CancelExercise: ['ExerciseCancelled', () => act({ exerciseId: 'exe', reason: 'cost' })],
  HoldExercise: [
    'ExerciseHeld',
    () => exerciseData({ exerciseId: 'new', edition: '24', participants: ['MAR', 'PAK', 'TUR'], place }),
  ],
  EstablishRelations: ['RelationsEstablished', () => pair({ occurredOn: '1958' })],
  SeverRelations: ['RelationsSevered', () => pair()],
  RestoreRelations: ['RelationsRestored', () => pair()],
  ChangeRepresentation: ['RepresentationChanged', () => pair({ by: 'MAR', level: 'embassy' })],
  DeclareCoverage: ['CoverageDeclared', () => pair({ from: '1956' })],
  CorroborateFact: ['FactCorroborated', (ledger) => ({ ...aboutDraft(ledger), evidence: evidence('t') })],
  CorrectFact: [
    'FactCorrected',
    (ledger) => ({
      ...aboutDraft(ledger),
      changes: [{ path: '/data/instrumentType', from: 'agreement', to: 'treaty' }],
      reason: 'misread',
      evidence: evidence('t'),
    }),
  ],
  DisputeFact: ['FactDisputed', (ledger) => ({ ...aboutDraft(ledger), path: '/occurredOn', alternatives: DATES })],
  ResolveDispute: [
    'DisputeResolved',
    (ledger) => {
      const dispute = ledger.given('DisputeFact', {
        ...aboutDraft(ledger),
        path: '/occurredOn',
        alternatives: DATES,
      });
      return {
        stream: dispute.stream,
        disputeEventId: dispute.id,
        value: '2024',
        reason: 'the text was seen',
        evidence: evidence('t'),
      };
    },
  ],
  RetractFact: ['FactRetracted', (ledger) => ({ ...aboutDraft(ledger), reason: 'read into the text' })],
  MergeRecord: [
    'RecordMerged',
    (ledger) => {
      ledger.given('DraftAgreement', agreementData({ agreementId: 'other' }));
      return { stream: 'agreement-other', intoId: 'agr', reason: 'one and the same' };
    },
  ],
};
const DATES = [
  { value: null, evidence: evidence('s') },
  { value: '2024', evidence: evidence('t') },
];
const aboutDraft = (ledger: PureLedger) => ledger.about('agreement-agr');

describe('a command is accepted', () => {
  test('there is an example of every command', () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual([...COMMAND_TYPES.keys()].sort());
  });

  test.each(Object.entries(EXAMPLES))('%s', (command, [type, dataFor]) => {
    const ledger = smallLedger();
    const data = dataFor(ledger);
    const before = ledger.events.length;
    const event = ledger.given(command, data);
    expect(ledger.events).toHaveLength(before + 1);
    expect(event.type).toBe(type);

    // What it records is what was sent: dates and evidence beside the data, the record's id in the stream's name alone.
    const { occurredOn = null, endedOn = null, evidence: cited = [], ...rest } = data;
    const entry = COMMAND_TYPES.get(command);
    const stated = without(rest, entry?.kind === 'fact' ? entry.fact.aggregate.idField : 'stream');
    expect(event.body).toEqual({ occurredOn, endedOn, evidence: cited, data: stated });
    expect(JSON.parse(JSON.stringify(event.body))).toEqual(event.body);
  });

  test('an opener without an id is recorded under UUIDv5 of the command id', () => {
    const ledger = smallLedger();
    expect(ledger.given('RegisterSource', without(sourceData(), 'sourceId'), 'cmd-1').stream).toBe(
      `source-${uuidV5('cmd-1')}`,
    );
    expect(ledger.given('ProposeAgreement', without(agreementData(), 'agreementId'), 'cmd-2').stream).toBe(
      `agreement-${uuidV5('cmd-2')}`,
    );
    expect(ledger.given('HoldExercise', without(exerciseData(), 'exerciseId'), 'cmd-3').stream).toBe(
      `exercise-${uuidV5('cmd-3')}`,
    );
  });

  test('null for an optional field is taken as left out, at any depth', () => {
    const ledger = smallLedger();
    const event = ledger.given(
      'SignAgreement',
      agr({
        endedOn: null,
        place: { name: { en: 'Rabat' }, country: null },
        witnesses: null,
        signatories: [{ party: 'MAR', mode: 'definitive', person: { name: null, office: { en: 'Minister' } } }],
        evidence: [{ ...evidence('s')[0], note: null }],
      }),
    );
    expect(event.body).toEqual({
      occurredOn: null,
      endedOn: null,
      evidence: evidence('s'),
      data: {
        place: { name: { en: 'Rabat' } },
        signatories: [{ party: 'MAR', mode: 'definitive', person: { office: { en: 'Minister' } } }],
      },
    });
  });

  test.each(['2026-01-15', '2026-01-16', '2026-01', '2026~', '2025/..', '../2026-01-16', '../2030', '2026/2030', null])(
    'a date that is not certain to lie after tomorrow: %s',
    (occurredOn) => {
      const ledger = smallLedger('2026-01-15');
      expect(ledger.record('HoldVisit', visitData({ visitId: 'new', occurredOn })).rejection).toBeUndefined();
    },
  );

  test('what lasts may end on the day it began, or on a day that may be it', () => {
    const ledger = smallLedger();
    const held = (visitId: string, occurredOn: string, endedOn: string) =>
      ledger.record('HoldVisit', visitData({ visitId, occurredOn, endedOn })).rejection;
    expect(held('v1', '2025-05-01', '2025-05-01')).toBeUndefined();
    expect(held('v2', '2025-05', '2025-05-01')).toBeUndefined();
    expect(held('v3', '2025-05-30', '2025-05')).toBeUndefined();
    expect(held('v4', '../2025-05-30', '2025-05-01')).toBeUndefined();
  });

  test('a record may have one opener of each type, in either order', () => {
    const ledger = smallLedger();
    ledger.given('ProposeAgreement', agreementData());
    ledger.given('PlanVisit', visitData());
    ledger.given('AnnounceExercise', exerciseData());
    expect(ledger.stream('visit-vis').map((e) => e.type)).toEqual(['VisitHeld', 'VisitPlanned']);
  });

  test('an opener may be recorded again once the first is retracted', () => {
    const ledger = smallLedger();
    ledger.given('RetractFact', { ...aboutDraft(ledger), reason: 'misread' });
    expect(ledger.given('DraftAgreement', agreementData()).revision).toBe(2);
    expect(ledger.history().records.get('agreement-agr')).toBeDefined();
  });

  test('the same act again, once the first is retracted', () => {
    const ledger = smallLedger();
    const signed = ledger.given('SignAgreement', agr());
    ledger.given('RetractFact', { stream: signed.stream, targetEventId: signed.id, reason: 'misread' });
    expect(ledger.record('SignAgreement', agr()).rejection).toBeUndefined();
  });
});
