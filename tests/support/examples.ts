import {
  act,
  agreementData,
  exerciseData,
  meetingData,
  mechanismData,
  partyData,
  sourceData,
  visitData,
} from './facts.js';
import { type Data, evidence, type PureLedger } from './ledger.js';

const person = { name: { en: 'A' }, office: { en: 'Minister' }, party: 'MAR', rank: { en: 'General' }, personId: 'a' };
const place = { name: { ar: 'الرباط', en: 'Rabat' }, country: 'MAR' };
const agr = (more: Data = {}) => act({ agreementId: 'agr', ...more });
const vis = (more: Data = {}) => act({ visitId: 'vis', ...more });
const mec = (more: Data = {}) => act({ mechanismId: 'mec', ...more });
const pair = (more: Data = {}) => act({ pair: 'MAR-PAK', ...more });

/** Every command, on a {@link smallLedger}: what it records, and its data, with all optional fields. */
export const EXAMPLES: Readonly<Record<string, readonly [event: string, data: (ledger: PureLedger) => Data]>> = {
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
