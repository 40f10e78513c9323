import fc from 'fast-check';
import { CommandMalformed, UnknownCommand } from '../../src/commands/errors.js';
import type { LedgerEvent } from '../../src/domain/event.js';
import { isCuration } from '../../src/domain/curation/events.js';
import { getAtPointer } from '../../src/domain/values/json-pointer.js';
import { CONSENT_MEANS, SIGNATURE_MODES } from '../../src/domain/agreement/events.js';
import { STANDINGS } from '../../src/domain/values/standing.js';
import {
  agreementData,
  exerciseData,
  ledgerWithSources,
  mechanismData,
  meetingData,
  sourceData,
  visitData,
} from './facts.js';
import type { Data, PureLedger } from './ledger.js';

/**
 * Sequences of commands over a small world: few records, sources and days, so that they meet. A step is made of plain
 * numbers and becomes a command only when it is played: what it says of others, it says of what is there by then.
 */
export interface Step {
  readonly kind: number;
  readonly record: number;
  readonly event: number;
  readonly choice: number;
  readonly date: string | null;
  readonly source: number;
  readonly standing: (typeof STANDINGS)[number];
}

const DATES = [
  null,
  '2019',
  '2020-05',
  '2020-05-10',
  '2020-05-10~',
  '../2021',
  '2021/..',
  '2020-02/2020-08',
  '2023-02-01',
];
const SOURCES = ['s', 't', 'u', 'v'];
const PARTIES = ['MAR', 'PAK', 'TUR'];
export const DAYS = ['1999-12-31', '2020-05-09', '2020-05-10', '2020-08-31', '2021-12-31', '2023-01-31', '2026-12-31'];

export const anyDay = fc.constantFrom(...DAYS);
export const anyStanding = fc.constantFrom(...STANDINGS);

const anyStep: fc.Arbitrary<Step> = fc.record({
  kind: fc.nat(999),
  record: fc.nat(2),
  event: fc.nat(99),
  choice: fc.nat(99),
  date: fc.constantFrom(...DATES),
  source: fc.nat(SOURCES.length - 1),
  standing: anyStanding,
});

export const anySteps = (maxLength = 30) => fc.array(anyStep, { minLength: 5, maxLength, size: 'max' });

const pick = <T>(of: readonly T[], n: number): T => of[n % of.length]!;
const evidenceOf = ({ source, standing }: Step): Data[] => [{ sourceId: SOURCES[source], locator: '1', standing }];
const act = (step: Step, more: Data): Data => ({ occurredOn: step.date, evidence: evidenceOf(step), ...more });
const recordId = (step: Step) => pick(['a', 'b', 'c'], step.record);
/** Two parties, more often MAR and PAK than not. */
const twoOf = (step: Step) =>
  pick(
    [
      ['MAR', 'PAK'],
      ['PAK', 'MAR'],
      ['MAR', 'PAK'],
      ['MAR', 'TUR'],
    ],
    step.choice,
  );

type Made = readonly [type: string, data: Data] | undefined;
type Maker = (step: Step, ledger: PureLedger) => Made;

const opener =
  (type: string, idField: string, dataOf: (more: Data) => Data, who: (step: Step) => Data): Maker =>
  (step) => [type, dataOf({ ...act(step, who(step)), [idField]: recordId(step) })];
const onRecord =
  (type: string, idField: string, more: (step: Step) => Data = () => ({})): Maker =>
  (step) => [type, act(step, { [idField]: recordId(step), ...more(step) })];
const onPair =
  (type: string, more: (step: Step) => Data = () => ({})): Maker =>
  (step) => [type, act(step, { pair: pick(['MAR-PAK', 'MAR-TUR'], step.choice), ...more(step) })];

const parties = (step: Step) => ({ parties: twoOf(step) });
const direction = (step: Step) => ({ visitor: twoOf(step)[0], host: twoOf(step)[1] });
const areas = (step: Step) => ({ areas: pick([[], ['logistics'], ['procurement', 'logistics']], step.choice) });

const OPENERS: readonly Maker[] = [
  opener('ProposeAgreement', 'agreementId', agreementData, parties),
  opener('DraftAgreement', 'agreementId', agreementData, (s) => ({ ...parties(s), ...areas(s) })),
  opener('PlanVisit', 'visitId', visitData, direction),
  opener('HoldVisit', 'visitId', visitData, direction),
  opener('HoldMeeting', 'meetingId', meetingData, parties),
  opener('CreateMechanism', 'mechanismId', mechanismData, parties),
  opener('AnnounceExercise', 'exerciseId', exerciseData, () => ({ participants: PARTIES })),
  opener('HoldExercise', 'exerciseId', exerciseData, (s) => ({ participants: twoOf(s) })),
  (s) => [
    'RegisterSource',
    sourceData({ sourceId: SOURCES[s.source], ...(s.date !== null && { publishedOn: s.date }) }),
  ],
];

const ACTS: readonly Maker[] = [
  onRecord('ClassifyAreas', 'agreementId', areas),
  onRecord('RecordNegotiation', 'agreementId'),
  onRecord('AnnounceSignature', 'agreementId'),
  onRecord('InitialAgreement', 'agreementId'),
  onRecord('SignAgreement', 'agreementId'),
  onRecord('SignAgreement', 'agreementId', (s) => ({
    signatories: [{ party: pick(PARTIES, s.choice), mode: pick(SIGNATURE_MODES, s.event) }],
  })),
  onRecord('ConfirmSignature', 'agreementId', (s) => ({ party: pick(PARTIES, s.choice) })),
  onRecord('ApproveDomestically', 'agreementId', () => ({ party: 'MAR', organ: { en: 'Parliament' } })),
  onRecord('ExpressConsent', 'agreementId', (s) => ({
    party: pick(PARTIES, s.choice),
    means: pick(CONSENT_MEANS, s.event),
  })),
  onRecord('ApplyProvisionally', 'agreementId'),
  onRecord('EndProvisionalApplication', 'agreementId'),
  onRecord('BringIntoForce', 'agreementId'),
  onRecord('RecordTerms', 'agreementId', (s) => ({
    renewal: pick(['none', 'tacit', 'express'], s.choice),
    ...(s.event % 2 === 0 && { durationYears: 1 + (s.event % 3) }),
    ...(s.event % 3 === 0 && { expiresOn: '2022' }),
    ...(s.event % 5 === 0 && { noticeMonths: s.choice }),
    ...(s.event % 7 === 0 && { requiresRatification: s.choice % 2 === 0 }),
  })),
  onRecord('AmendAgreement', 'agreementId', () => ({ summary: 'Article 3' })),
  onRecord('RenewAgreement', 'agreementId', (s) => (s.event % 2 === 0 ? {} : { until: '2023' })),
  onRecord('SuspendAgreement', 'agreementId'),
  onRecord('ResumeAgreement', 'agreementId'),
  onRecord('NotifyDenunciation', 'agreementId', (s) => ({
    by: 'MAR',
    ...(s.event % 2 === 0 && { effectiveOn: pick(['2021', '2023-06-30'], s.choice) }),
  })),
  onRecord('WithdrawDenunciation', 'agreementId'),
  onRecord('TerminateAgreement', 'agreementId'),
  onRecord('ExpireAgreement', 'agreementId'),
  onRecord('SupersedeAgreement', 'agreementId', () => ({ byAgreementId: 'b' })),
  onRecord('AbandonAgreement', 'agreementId'),
  onRecord('PublishText', 'agreementId', () => ({ language: 'ar' })),
  onRecord('RegisterAgreement', 'agreementId', (s) => ({ registry: 'UNTS', number: `${s.choice}` })),
  onRecord('AssertBindingness', 'agreementId', (s) => ({ party: 'MAR', binding: s.choice % 2 === 0 })),
  onRecord('LinkAgreement', 'agreementId', () => ({ toAgreementId: 'b', relation: 'possibly_same_as' })),
  onRecord('PostponeVisit', 'visitId'),
  onRecord('CancelVisit', 'visitId'),
  onRecord('LinkOutcome', 'visitId', () => ({ agreementIds: ['a'], mechanismIds: ['gone'] })),
  onRecord('ConveneMechanism', 'mechanismId'),
  onRecord('AdoptWorkPlan', 'mechanismId'),
  onRecord('RecordProgramme', 'mechanismId', () => ({ title: { en: 'p' }, status: 'proposed' })),
  onRecord('ChangeMandate', 'mechanismId', (s) => ({ mandate: { en: `m${s.choice}` } })),
  onRecord('DissolveMechanism', 'mechanismId'),
  onRecord('CancelExercise', 'exerciseId'),
  onPair('EstablishRelations'),
  onPair('SeverRelations'),
  onPair('RestoreRelations'),
  onPair('ChangeRepresentation', () => ({ by: 'MAR', level: 'embassy' })),
  onPair('DeclareCoverage', () => ({ from: '1956' })),
  (s) => ['WithdrawSource', { sourceId: SOURCES[s.source], reason: 'forged' }],
];

const targetOf = (ledger: PureLedger, n: number, wanted: (e: LedgerEvent) => boolean = () => true) => {
  const targets = ledger.events.filter(wanted);
  return targets.length === 0 ? undefined : pick(targets, n);
};
const isFact = (e: LedgerEvent) => !isCuration(e.type);

/** A path of the fact, what the log's event has there, and what else it might be. */
function changeOf({ body, type }: LedgerEvent, step: Step): { path: string; from: unknown; to: unknown } {
  const { data } = body as { data: Data };
  const choices = [
    { path: '/occurredOn', to: step.date },
    { path: '/endedOn', to: pick([null, '2024'], step.choice) },
    ...(data.parties
      ? [
          {
            path: '/data/parties',
            to: pick(
              [
                ['MAR', 'TUR'],
                ['MAR', 'PAK'],
              ],
              step.choice,
            ),
          },
        ]
      : []),
    ...(data.visitor ? [{ path: '/data/visitor', to: pick(PARTIES, step.choice) }] : []),
    ...(data.participants ? [{ path: '/data/participants', to: [...PARTIES].slice(step.choice % 2) }] : []),
    ...(data.areas ? [{ path: '/data/areas', to: ['investment'] }] : []),
    ...(type === 'SourceRegistered' ? [{ path: '/data/publishedOn', to: step.date ?? '2020-06' }] : []),
  ];
  const change = pick(type === 'SourceRegistered' ? choices.slice(-1) : choices, step.record + step.source);
  return { ...change, from: getAtPointer(body, change.path) ?? null };
}

const about = ({ stream, id }: LedgerEvent): Data => ({ stream, targetEventId: id });

const CURATION: readonly Maker[] = [
  (s, ledger) => {
    const target = targetOf(ledger, s.event, isFact);
    return target && ['CorroborateFact', { ...about(target), evidence: evidenceOf(s) }];
  },
  (s, ledger) => {
    const target = targetOf(ledger, s.event, isFact);
    return (
      target && [
        'CorrectFact',
        { ...about(target), changes: [changeOf(target, s)], reason: 'r', evidence: evidenceOf(s) },
      ]
    );
  },
  (s, ledger) => {
    const target = targetOf(ledger, s.event, isFact);
    if (!target) return undefined;
    const { path, from, to } = changeOf(target, s);
    const alternatives = [from, to].map((value) => ({ value, evidence: evidenceOf(s) }));
    return ['DisputeFact', { ...about(target), path, alternatives }];
  },
  (s, ledger) => {
    const dispute = targetOf(ledger, s.event, (e) => e.type === 'FactDisputed');
    if (!dispute) return undefined;
    const { alternatives } = dispute.body.data as { alternatives: { value: unknown }[] };
    const { value } = pick(alternatives, s.choice);
    return [
      'ResolveDispute',
      { stream: dispute.stream, disputeEventId: dispute.id, value, reason: 'r', evidence: evidenceOf(s) },
    ];
  },
  (s, ledger) => {
    const target = targetOf(ledger, s.event);
    return target && ['RetractFact', { ...about(target), reason: 'r' }];
  },
  (s, ledger) => {
    const target = targetOf(ledger, s.event, (e) => e.stream.endsWith('-a') || e.stream.endsWith('-b'));
    return target && ['MergeRecord', { stream: target.stream, intoId: pick(['a', 'b', 'c'], s.choice), reason: 'r' }];
  },
];

/** Openers, acts and curation in turns. */
const makerOf = ({ kind }: Step): Maker => {
  const of = pick([OPENERS, ACTS, ACTS, ACTS, CURATION, CURATION], kind);
  return pick(of, Math.floor(kind / 6));
};

const JUNK: readonly unknown[] = [
  null,
  '',
  'x',
  0,
  -1,
  [],
  [null],
  [[]],
  {},
  { constructor: 'x' },
  { constructor: null, prototype: {} },
  { toString: 1, valueOf: {}, then: 1, toJSON: 'x' },
  JSON.parse('{"__proto__":{"a":1}}'),
  '\ud800',
  'a\u0000',
  '2024-02-30',
  '../..',
  { en: { constructor: 1 } },
  ['MAR', 'MAR'],
  'relationship-PAK-MAR',
  'party-MAR',
];

/** A command with one field taken away, replaced by junk, or added: most often refused, and never an exception. */
function spoil([type, data]: NonNullable<Made>, { event, choice, record }: Step): NonNullable<Made> {
  const field = pick(Object.keys(data), event);
  switch ((choice + record) % 5) {
    case 0:
      return [type, Object.fromEntries(Object.entries(data).filter(([name]) => name !== field))];
    case 1:
      return [
        type,
        { ...data, [pick(['constructor', 'toString', 'id', 'hasOwnProperty'], event)]: pick(JUNK, choice) },
      ];
    case 2:
      return [pick(['CorrectFact', 'HoldVisit', 'MergeRecord', 'Nonsense', 'constructor'], event), data];
    case 3: {
      const to = pick(JUNK, choice);
      const path = pick(['/data/parties', '/data/parties/0', '/data/title', '/data/areas', '/data/visitor/x'], event);
      return type === 'CorrectFact'
        ? [type, { ...data, changes: [{ path, from: null, to }] }]
        : [type, { ...data, [field]: to }];
    }
    default:
      return [type, { ...data, [field]: pick(JUNK, choice) }];
  }
}

export interface Played {
  readonly ledger: PureLedger;
  readonly accepted: number;
  readonly tried: number;
}

/**
 * Plays the steps. An exception but the two that tell a client of its own mistakes is the ledger's fault, and goes through.
 * @param nonsense whether every other command is spoilt
 */
export function play(steps: readonly Step[], nonsense = false, after: (ledger: PureLedger) => void = () => {}): Played {
  const ledger = ledgerWithSources('2024-01-01');
  ledger.source('u', '2020-06');
  for (const id of ['a', 'b']) {
    ledger.given('DraftAgreement', agreementData({ agreementId: id }));
    ledger.given('PlanVisit', visitData({ visitId: id }));
    ledger.given('CreateMechanism', mechanismData({ mechanismId: id }));
    ledger.given('HoldExercise', exerciseData({ exerciseId: id, participants: PARTIES }));
  }
  let [accepted, tried] = [0, 0];
  for (const [i, step] of steps.entries()) {
    ledger.today = pick(['2024-01-01', '2024-06-30', '2025-03-15'], Math.floor((i * 3) / steps.length));
    const made = makerOf(step)(step, ledger);
    if (!made) continue;
    tried += 1;
    try {
      const [type, data] = nonsense && i % 2 === 1 ? spoil(made, step) : made;
      if (!ledger.record(type, data).rejection) accepted += 1;
    } catch (error) {
      if (!(error instanceof CommandMalformed || error instanceof UnknownCommand)) throw error;
    }
    after(ledger);
  }
  return { ledger, accepted, tried };
}

/** A part of a whole, from none to all in hundredths: most doubles between 0 and 1 are next to 0. */
export const share: fc.Arbitrary<number> = fc.integer({ min: 0, max: 100 }).map((n) => n / 100);
