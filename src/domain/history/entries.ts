import type { CuratedFact } from '../curation/curate.js';
import type { Citation, LedgerEvent, Warning } from '../event.js';
import { disputeSummary, type DisputeSummary } from '../relationship/status.js';
import type { Day } from '../values/day.js';
import type { Standing } from '../values/standing.js';
import { type History, type HistoryFact, type RecordHistory, rootOf, type When } from './history.js';
import { validOrder } from './order.js';

/** In which order a history is told: as things happened, or as the ledger came to know them. */
export const HISTORY_ORDERS = ['valid', 'recorded'] as const;
export type HistoryOrder = (typeof HISTORY_ORDERS)[number];

/** An event in a history, with what is known of it. Data is as it stands; the event as recorded is in its stream. */
export interface HistoryEntry {
  readonly eventId: string;
  readonly type: string;
  readonly stream: string;
  /** The stream of the record that it counts for, where merges led. */
  readonly record: string;
  readonly position: number;
  readonly revision: number;
  readonly recordedAt: string;
  readonly occurredOn: string | null;
  readonly endedOn: string | null;
  readonly earliest: Day | null;
  readonly latest: Day | null;
  /** Null for what has no place on the valid axis: curation, sources, what is retracted, unsupported or left out. */
  readonly when: When | null;
  readonly standing: Standing | null;
  readonly evidence: readonly Citation[];
  readonly data: Readonly<Record<string, unknown>>;
  readonly corroborations: readonly string[];
  readonly corrections: readonly string[];
  readonly disputes: readonly DisputeSummary[];
  readonly retractedBy: string | null;
  readonly warnings: readonly Warning[];
}

/**
 * A history as a list: in valid order the facts that stand, of the records chosen; in recorded order every event of the
 * slice, with its curation and its sources.
 * @param slice the events that `history` was folded from
 */
export function historyEntries(
  history: History,
  slice: readonly LedgerEvent[],
  order: HistoryOrder,
  chosen: (record: RecordHistory) => boolean,
): HistoryEntry[] {
  const facts = [...history.records.values()].filter(chosen).flatMap((r) => [...r.facts, ...r.unsupported]);
  const placed = new Map(facts.map((f) => [f.event.id, f]));
  const curated = new Map(history.curated.facts.map((f) => [f.event.id, f]));
  const entry = (event: LedgerEvent) => entryOf(event, placed.get(event.id), curated.get(event.id), history);
  return order === 'valid'
    ? validOrder(facts.filter((f) => f.standing !== null)).map((f) => entry(f.event))
    : slice.map(entry);
}

function entryOf(
  event: LedgerEvent,
  placed: HistoryFact | undefined,
  curated: CuratedFact | undefined,
  { curated: { merges, retractions } }: History,
): HistoryEntry {
  const { occurredOn, endedOn, data } = curated?.statement ?? event.body;
  return {
    eventId: event.id,
    type: event.type,
    stream: event.stream,
    record: rootOf(event.stream, merges),
    position: event.position,
    revision: event.revision,
    recordedAt: event.metadata.recordedAt,
    occurredOn,
    endedOn,
    earliest: placed?.earliest ?? null,
    latest: placed?.latest ?? null,
    when: placed?.standing ? placed.when : null,
    standing: placed?.standing ?? null,
    evidence: [...event.body.evidence, ...(curated?.corroborations ?? []).flatMap((c) => c.body.evidence)],
    data: data as Record<string, unknown>,
    corroborations: (curated?.corroborations ?? []).map((c) => c.id),
    corrections: (curated?.corrections ?? []).map((c) => c.id),
    disputes: (curated?.disputes ?? []).map(disputeSummary),
    retractedBy: retractions.get(event.id)?.id ?? null,
    warnings: event.metadata.warnings,
  };
}
