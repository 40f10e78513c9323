import type { AgreementState } from '../agreement/state.js';
import type { ExerciseState } from '../exercise/exercise.js';
import type { HistoryFact, RecordHistory } from '../history/history.js';
import type { Day } from '../values/day.js';
import type { PartialDateBounds } from '../values/partial-date.js';
import { joined } from '../values/joined.js';
import type { VisitState } from '../visit/visit.js';
import { byKey, factOfRecord, factTold, recordTold, type WorkItem } from './work-item.js';

/** What can be due, and the commands by which its outcome is recorded. */
export const DUE_COMMANDS = {
  expiry: ['RenewAgreement', 'ExpireAgreement'],
  tacit_renewal: ['RenewAgreement', 'NotifyDenunciation'],
  denunciation_deadline: ['NotifyDenunciation'],
  termination: ['WithdrawDenunciation', 'TerminateAgreement'],
  signature: ['SignAgreement', 'AnnounceSignature', 'AbandonAgreement'],
  consent: ['ExpressConsent', 'AbandonAgreement'],
  visit: ['HoldVisit', 'PostponeVisit', 'CancelVisit'],
  exercise: ['HoldExercise', 'CancelExercise'],
} as const;
export type DueKind = keyof typeof DUE_COMMANDS;
export const DUE_KINDS = Object.keys(DUE_COMMANDS) as DueKind[];

/**
 * Something that is to happen, or should have. It is due on one day from `from` to `by`; null is open on that side. Its
 * event is the one that tells of it.
 */
export interface DueItem extends WorkItem {
  readonly kind: DueKind;
  readonly from: Day | null;
  readonly by: Day | null;
  /** The date as the plan states it, EDTF. */
  readonly plannedFor: string | null;
  /** Since when it has been awaited, where that is known instead of a day by which it is due. */
  readonly since: Day | null;
  /** The parties that it waits for; empty for all of them. */
  readonly awaited: readonly string[];
}

/** Where it stands to a day: past its last day without an outcome; due by a day to come; or without a last day. */
export const DUE_WHENS = ['overdue', 'upcoming', 'open'] as const;
export type DueWhen = (typeof DUE_WHENS)[number];

/** Keys of what has no last day come after all that have one. */
export const OPEN = 'open';

export const dueWhen = ({ by }: Pick<DueItem, 'by'>, asOf: Day): DueWhen =>
  by === null ? 'open' : by < asOf ? 'overdue' : 'upcoming';

/** Whether it may be due on a day up to `until`, or was due before. */
export const isDueBy = ({ from }: Pick<DueItem, 'from'>, until: Day): boolean => from === null || from <= until;

interface Due {
  readonly kind: DueKind;
  readonly fact: HistoryFact | undefined;
  readonly days?: PartialDateBounds;
  readonly plannedFor?: string | null;
  readonly since?: Day | null;
  readonly awaited?: readonly string[];
}

const on = (day: Day): PartialDateBounds => ({ earliest: day, latest: day });

/** What a record that was folded as of a day has ahead of it, or behind it without an outcome. */
export function dueOf(record: RecordHistory, asOf: Day): DueItem[] {
  if (!record.listed) return [];
  return duesOf(record, asOf).flatMap(({ kind, fact, days, plannedFor = null, since = null, awaited = [] }) => {
    if (!fact) return [];
    const { earliest: from, latest: by } = days ?? { earliest: null, latest: null };
    const key = [by ?? OPEN, since ?? '', fact.position, kind].join('.');
    const told = joined({ key, kind }, recordTold(record), factTold(fact));
    return [joined(told, { from, by, plannedFor, since, awaited })];
  });
}

function duesOf(record: RecordHistory, asOf: Day): Due[] {
  switch (record.category) {
    case 'agreement':
      return agreementDues(record, record.state as AgreementState, asOf);
    case 'visit':
      return planned('visit', record, record.state as VisitState, ['planned', 'postponed']);
    case 'exercise':
      return planned('exercise', record, record.state as ExerciseState, ['announced']);
    default:
      return [];
  }
}

/** The event that gave the status states the plan; while its date is disputed, all that it may mean. */
function planned(
  kind: DueKind,
  record: RecordHistory,
  { status, statusEventId, plannedFor }: VisitState | ExerciseState,
  pending: readonly string[],
): Due[] {
  if (status === null || !pending.includes(status)) return [];
  const fact = factOfRecord(record, statusEventId);
  return [{ kind, fact, ...plannedDays(fact), plannedFor }];
}

const plannedDays = (fact: HistoryFact | undefined) =>
  fact && { days: (fact.daysOf as (field: string) => PartialDateBounds)('plannedFor') };

function agreementDues(record: RecordHistory, state: AgreementState, asOf: Day): Due[] {
  const { signatureExpected, signatures, consents, consentPending, consentPendingSince } = state;
  const dues: Due[] = [];
  if (signatureExpected) {
    const fact = factOfRecord(record, signatureExpected.eventId);
    dues.push({ kind: 'signature', fact, ...plannedDays(fact), plannedFor: signatureExpected.plannedFor });
  }
  if (consentPending.length > 0) {
    const awaitedFor = [...signatures, ...consents].find(({ latest }) => latest === consentPendingSince);
    const fact = factOfRecord(record, awaitedFor?.eventId);
    dues.push({ kind: 'consent', fact, since: consentPendingSince, awaited: consentPending });
  }
  return [...dues, ...termDues(record, state, asOf)];
}

function termDues(record: RecordHistory, state: AgreementState, asOf: Day): Due[] {
  const { lastDay, denunciationDeadline, denunciations, denunciationPending } = state;
  const told = record.facts
    .filter((f) => f.when === 'happened' && ['TermsRecorded', 'Renewed'].includes(f.type))
    .at(-1);
  const dues: Due[] = denunciations.flatMap(({ effectiveFrom, effectiveOn, eventId }) =>
    !denunciationPending || effectiveFrom === null || effectiveFrom <= asOf
      ? []
      : [
          {
            kind: 'termination',
            fact: factOfRecord(record, eventId),
            days: on(effectiveFrom),
            plannedFor: effectiveOn ?? null,
          },
        ],
  );
  if (lastDay !== null && lastDay >= asOf) {
    // A denunciation would keep it from being renewed: so it will be, unless one comes.
    dues.push({ kind: denunciationDeadline === null ? 'expiry' : 'tacit_renewal', fact: told, days: on(lastDay) });
  }
  if (denunciationDeadline !== null && denunciationDeadline >= asOf) {
    dues.push({ kind: 'denunciation_deadline', fact: told, days: on(denunciationDeadline) });
  }
  return dues;
}

/** The whole list, by the last day of each, what has none at the end: those that may be due up to `until`, or were. */
export const upcoming = (records: Iterable<RecordHistory>, asOf: Day, until: Day): DueItem[] =>
  [...records]
    .flatMap((record) => dueOf(record, asOf))
    .filter((item) => isDueBy(item, until))
    .sort(byKey);
