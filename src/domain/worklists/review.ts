import type { AgreementState } from '../agreement/state.js';
import type { OpenDispute } from '../curation/curate.js';
import { streamName } from '../event.js';
import type { HistoryFact, RecordHistory } from '../history/history.js';
import type { Day } from '../values/day.js';
import { joined } from '../values/joined.js';
import { type Alike, alikeOf, type Duplicate, duplicatesAmong, keyOf } from './duplicates.js';
import { byKey, factOfRecord, factTold, recordTold, type WorkItem } from './work-item.js';

/** Why a person should look at something, and the commands by which it is settled. */
export const REVIEW_COMMANDS = {
  /** It may have happened by the day, or later: its date is not known well enough. */
  possible: ['CorrectFact'],
  /** Sources contradict each other. */
  disputed: ['ResolveDispute'],
  /** Every source of it was withdrawn. */
  unsupported: ['CorroborateFact', 'RetractFact'],
  /** Nothing better than a claim says so. */
  claimed: ['CorroborateFact', 'RetractFact'],
  /** The record may be another one. */
  duplicate: ['MergeRecord', 'LinkAgreement', 'CorrectFact'],
} as const;
export type ReviewKind = keyof typeof REVIEW_COMMANDS;
export const REVIEW_KINDS = Object.keys(REVIEW_COMMANDS) as ReviewKind[];

/** A record that another may be the same as, and the days on which it may have been; null where that was not compared. */
export interface OtherRecord {
  readonly stream: string;
  readonly earliest: Day | null;
  readonly latest: Day | null;
}

export interface ReviewItem extends WorkItem {
  readonly kind: ReviewKind;
  /** Of a dispute: the event that opened it, and what of the fact it is about, as a JSON Pointer. */
  readonly disputeEventId: string | null;
  readonly path: string | null;
  /** What the record may be the same as; empty but for duplicates. */
  readonly others: readonly OtherRecord[];
  /** There are more of them. */
  readonly more: boolean;
}

const NOTHING = { disputeEventId: null, path: null, others: [], more: false } as const;

/** What there is to look at in one record; what it may be the same as by its dates is told among all of them. */
export function reviewOf(record: RecordHistory): ReviewItem[] {
  const told = recordTold(record);
  const of = (kind: ReviewKind, facts: readonly HistoryFact[]): ReviewItem[] =>
    facts.map((f) => joined(joined({ key: `${keyOf(f.position)}.${kind}`, kind }, told), factTold(f), NOTHING));
  const { facts, unsupported, disputes } = record;
  return [
    ...of(
      'possible',
      facts.filter((f) => f.when === 'possible'),
    ),
    ...of(
      'claimed',
      facts.filter((f) => f.standing === 'claimed' && f.when !== 'later' && !saysSame(f)),
    ),
    ...of('unsupported', unsupported),
    ...disputes.map((dispute) => disputed(record, dispute)),
    ...linkedAsSame(record),
  ];
}

function disputed(record: RecordHistory, { event, target }: OpenDispute): ReviewItem {
  const { path, alternatives } = event.body.data;
  const fact = factOfRecord(record, target.id);
  return {
    key: `${keyOf(event.position)}.disputed`,
    kind: 'disputed',
    ...recordTold(record),
    ...(fact ? factTold(fact) : UNDATED),
    eventId: target.id,
    type: target.type,
    evidence: alternatives.flatMap(({ evidence }) => evidence),
    position: event.position,
    recordedAt: event.metadata.recordedAt,
    ...NOTHING,
    disputeEventId: event.id,
    path,
  };
}

/** It is a question already, whoever asks it. */
const saysSame = ({ type, data }: HistoryFact) =>
  type === 'AgreementLinked' && (data as { relation?: string }).relation === 'possibly_same_as';

/** Sources and parties have no valid axis. */
const UNDATED = { occurredOn: null, endedOn: null, earliest: null, latest: null, standing: null } as const;

function linkedAsSame(record: RecordHistory): ReviewItem[] {
  const links = record.category === 'agreement' ? (record.state as AgreementState).links : [];
  return links.flatMap(({ relation, toAgreementId, eventId }) => {
    const other = streamName('agreement', toAgreementId);
    const fact = factOfRecord(record, eventId);
    const merged = other === record.stream || record.mergedFrom.includes(other);
    if (relation !== 'possibly_same_as' || merged || !fact) return [];
    const others = [{ stream: other, earliest: null, latest: null }];
    const key = `${keyOf(fact.position)}.duplicate`;
    return [{ key, kind: 'duplicate', ...recordTold(record), ...factTold(fact), ...NOTHING, others }];
  });
}

export const duplicateItem = ({ of, others, more }: Duplicate): ReviewItem => ({
  ...of.item,
  key: `${of.item.key}.duplicate`,
  kind: 'duplicate',
  ...NOTHING,
  others: others.map(({ item, from, to }) => ({ stream: item.stream, earliest: from, latest: to })),
  more,
});

/** By bucket. */
export function buckets(alikes: Iterable<Alike>): Map<string, Alike[]> {
  const all = new Map<string, Alike[]>();
  for (const each of alikes) all.set(each.bucket, [...(all.get(each.bucket) ?? []), each]);
  return all;
}

/** The whole list, the newest first. */
export function review(records: Iterable<RecordHistory>): ReviewItem[] {
  const all = [...records];
  const alikes = buckets(all.flatMap((record) => alikeOf(record) ?? []));
  return [...all.flatMap(reviewOf), ...[...alikes.values()].flatMap(duplicatesAmong).map(duplicateItem)].sort(byKey);
}
