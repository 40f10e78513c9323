import { type AgreementState, rungOf } from '../agreement/state.js';
import type { ExerciseState } from '../exercise/exercise.js';
import type { HistoryFact, RecordHistory } from '../history/history.js';
import type { MechanismState } from '../mechanism/mechanism.js';
import type { MeetingState } from '../meeting/meeting.js';
import { streamName } from '../event.js';
import { addDays, type Day, FIRST_DAY } from '../values/day.js';
import type { PartialDateBounds } from '../values/partial-date.js';
import { joined } from '../values/joined.js';
import { foldText } from '../values/text-folding.js';
import type { VisitState } from '../visit/visit.js';
import { factOfRecord, factTold, recordTold, type WorkItem } from './work-item.js';

/*
 * Records that may tell of one and the same thing. What they are compared by is taken from each record alone, so that a
 * list of them can be kept; which of them are alike is then told within each bucket.
 */

/** What a record is compared by. It is written and read as JSON. */
export interface Alike {
  /** Only records of one bucket are compared: same category, pair or direction, and kind. */
  readonly bucket: string;
  /** The days on which it may have been. */
  readonly from: Day;
  readonly to: Day;
  /** No source says when: then more must agree. */
  readonly undated: boolean;
  readonly level: string | null;
  readonly sources: readonly string[];
  /** Streams that it is linked to, whether as another one or as possibly the same: that was looked at. */
  readonly linked: readonly string[];
  readonly item: WorkItem;
}

/** The news tells of what is recent: so long before the last possible day an undated event is looked for. */
const RECENT_DAYS = 31;
/** Others that are named with a record; the rest are not told one by one. */
export const MAX_OTHERS = 10;

/** Undefined where it is not compared: nothing has happened that has a day, or none of its kind is told apart by days. */
export function alikeOf(record: RecordHistory): Alike | undefined {
  const compared = record.listed ? comparedBy(record) : undefined;
  const days = compared?.fact && daysOf(compared.fact, compared.plan);
  if (!compared?.fact || !days) return undefined;
  const { bucket, fact, level = null, linked = [] } = compared;
  const item = joined({ key: keyOf(fact.position) }, recordTold(record), factTold(fact));
  const sources = [...new Set(item.evidence.map(({ sourceId }) => sourceId))].sort();
  return joined({ bucket }, days, { level, sources, linked: [...new Set(linked)].sort(), item });
}

/** The newest first. */
export const keyOf = (position: number): string => String(10 ** 15 - position).padStart(16, '0');

interface Compared {
  readonly bucket: string;
  readonly fact: HistoryFact | undefined;
  /** Its day is the one that it was planned for. */
  readonly plan?: boolean;
  readonly level?: string | undefined;
  readonly linked?: readonly string[];
}

function daysOf(fact: HistoryFact, plan = false): Pick<Alike, 'from' | 'to' | 'undated'> | undefined {
  if (plan) {
    const { earliest, latest } = (fact.daysOf as (field: string) => PartialDateBounds)('plannedFor');
    return earliest === null || latest === null ? undefined : { from: earliest, to: latest, undated: false };
  }
  const undated = fact.occurredOn === null;
  const from = fact.earliest ?? (undated ? addDays(fact.latest, -RECENT_DAYS) : FIRST_DAY);
  return { from, to: fact.latest, undated };
}

function comparedBy(record: RecordHistory): Compared | undefined {
  const { category, pairs, state } = record;
  switch (category) {
    case 'visit': {
      const { visitor, host, level, status, statusEventId } = state as VisitState;
      if (status === null || status === 'cancelled') return undefined;
      const plan = status !== 'held';
      return { bucket: `visit ${visitor}>${host}`, fact: factOfRecord(record, statusEventId), plan, level };
    }
    case 'meeting': {
      const { level, statusEventId } = state as MeetingState;
      return { bucket: `meeting ${pairs[0]}`, fact: factOfRecord(record, statusEventId), level };
    }
    case 'exercise': {
      const { name, status, statusEventId } = state as ExerciseState;
      if (!name || status === null || status === 'cancelled') return undefined;
      // Two exercises at one time are nothing odd: those of one name are.
      const called = name['en'] ?? name['ar'] ?? Object.values(name)[0] ?? '';
      const plan = status !== 'held';
      return { bucket: `exercise ${foldText(called)}`, fact: factOfRecord(record, statusEventId), plan };
    }
    case 'mechanism': {
      const { kind } = state as MechanismState;
      return {
        bucket: `mechanism ${pairs[0]} ${kind}`,
        fact: record.facts.find((f) => f.type === 'MechanismCreated' && f.when === 'happened'),
      };
    }
    case 'agreement':
      return agreementCompared(record, state as AgreementState);
    default:
      return undefined;
  }
}

/** By its signature, or by what came after one that is not known: drafts have no day that tells them apart. */
function agreementCompared(record: RecordHistory, state: AgreementState): Compared {
  const { signatures, status, statusEventId, instrumentType, links, parentAgreementId } = state;
  const eventId = signatures[0]?.eventId ?? (rungOf(status) >= rungOf('in_force') ? statusEventId : null);
  const linked = [...links.map((l) => l.toAgreementId), ...(parentAgreementId === null ? [] : [parentAgreementId])];
  return {
    bucket: `agreement ${record.pairs[0]} ${instrumentType}`,
    fact: factOfRecord(record, eventId),
    linked: linked.map((id) => streamName('agreement', id)),
  };
}

/** Whether two records of one bucket may be the same. */
function alike(a: Alike, b: Alike): boolean {
  if (a.from > b.to || b.from > a.to) return false;
  if (a.linked.includes(b.item.stream) || b.linked.includes(a.item.stream)) return false;
  if (!shareAPair(a, b)) return false;
  if (!a.undated && !b.undated) return true;
  const sameLevel = a.level === null || b.level === null || a.level === b.level;
  // A source that tells of two knows them apart.
  return sameLevel && !a.sources.some((source) => b.sources.includes(source));
}

/** All but exercises do, being in one bucket. */
const shareAPair = ({ item: a }: Alike, { item: b }: Alike) =>
  a.category !== 'exercise' || a.pairs.some((pair) => b.pairs.includes(pair));

/** A record that may be another one, recorded before it. */
export interface Duplicate {
  readonly of: Alike;
  /** The last recorded first, {@link MAX_OTHERS} at most. */
  readonly others: readonly Alike[];
  readonly more: boolean;
}

/** @param bucket all records of one bucket */
export function duplicatesAmong(bucket: readonly Alike[]): Duplicate[] {
  const newestFirst = [...bucket].sort((a, b) => b.item.position - a.item.position);
  return newestFirst.flatMap((of, i) => {
    const found: Alike[] = [];
    for (let j = i + 1; j < newestFirst.length && found.length <= MAX_OTHERS; j += 1) {
      if (alike(of, newestFirst[j]!)) found.push(newestFirst[j]!);
    }
    if (found.length === 0) return [];
    return [{ of, others: found.slice(0, MAX_OTHERS), more: found.length > MAX_OTHERS }];
  });
}
