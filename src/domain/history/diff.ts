import type { LedgerEvent } from '../event.js';
import { relationshipStatus } from '../relationship/status.js';
import type { Day } from '../values/day.js';
import type { Pair } from '../values/pair.js';
import { changesBetween, type FieldChange, isWithin } from './fields.js';
import type { HistoryQuery, PairHistory, RecordHistory } from './history.js';
import { recordView, type RecordView } from './record-view.js';
import { changesOfSteps, type EventRef, eventRef, knownSteps, type Step, validSteps } from './walk.js';

/** A point on both axes. */
export interface AxesPoint {
  readonly asOf: Day;
  readonly knownAt: number;
}

/** Why something differs: it would with what was known kept, or it does because that moved. */
export const CAUSES = ['world', 'knowledge'] as const;
export type Cause = (typeof CAUSES)[number];

export interface Change extends FieldChange {
  readonly cause: Cause;
  /** No event did it: the day moved, past a last day for instance. The events are those that it follows from. */
  readonly byTime: boolean;
  /** Which did it, in the order of the walk; there may be several, each with a part in it. */
  readonly events: readonly EventRef[];
}

/** How the ledger is looked up about a pair. */
export interface PairLookUp {
  readonly pair: Pair;
  readonly minimumStanding: HistoryQuery['minimumStanding'];
  readonly dormantAfterMonths: number;
  readonly sliceAt: (knownAt: number) => readonly LedgerEvent[];
  readonly historyAt: (query: HistoryQuery, knownAt: number) => PairHistory;
}

/** Made once for a fold, for most records are the same after a step: so nothing of them is compared. */
const recordViews = new WeakMap<RecordHistory, RecordView>();

function recordViewOf(record: RecordHistory): RecordView {
  const view = recordViews.get(record) ?? recordView(record);
  recordViews.set(record, view);
  return view;
}

/** The status of a pair without the point that it is of. */
export function statusView(history: PairHistory, pair: Pair, dormantAfterMonths: number) {
  const { asOf: _, minimumStanding: __, ...status } = relationshipStatus(history, pair, dormantAfterMonths);
  return status;
}

/** What is compared: a pair's status and the views of its records, without the point that they are of. */
export function pairView(history: PairHistory, pair: Pair, dormantAfterMonths: number) {
  const relationship = statusView(history, pair, dormantAfterMonths);
  const records = [...history.records.values()].filter((r) => r.pairs.includes(pair));
  return { relationship, records: Object.fromEntries(records.map((r) => [r.stream, recordViewOf(r)])) };
}

/**
 * What differs between two points. The way goes over the corner of the second day and the first position: what changes on
 * the first leg, the world changed; on the second, our knowledge. Applied one after another the changes lead from the
 * first view to the second, over what was between them too.
 * It yields between steps, for whoever has others waiting.
 */
export function* diff(from: AxesPoint, to: AxesPoint, lookUp: PairLookUp): Generator<undefined, Change[]> {
  const { pair, minimumStanding, dormantAfterMonths, sliceAt, historyAt } = lookUp;
  const viewOf = (history: PairHistory) => pairView(history, pair, dormantAfterMonths);
  const viewAt = (asOf: Day, knownAt: number) => viewOf(historyAt({ asOf, minimumStanding }, knownAt));
  const start = viewAt(from.asOf, from.knownAt);
  const corner = viewAt(to.asOf, from.knownAt);
  const end = viewAt(to.asOf, to.knownAt);
  const known = (position: number) => viewAt(to.asOf, position);
  const slice = sliceAt(from.knownAt);

  const days = [from.asOf, to.asOf] as const;
  const world = yield* leg('world', [start, corner], validSteps(slice, days, minimumStanding, viewOf));
  const grounds = world.some((c) => c.byTime)
    ? yield* stepsTaken(known(0), knownSteps(slice, [0, from.knownAt], known))
    : [];
  const positions = [from.knownAt, to.knownAt] as const;
  const all = sliceAt(Math.max(...positions));
  const knowledge = yield* leg('knowledge', [corner, end], knownSteps(all, positions, known));
  return [...world.map((c) => (c.byTime ? { ...c, events: lastOf(c, grounds) } : c)), ...knowledge];
}

type Taken = Pick<Step, 'event'> & { readonly changes: readonly FieldChange[] };

/** What steps did, without the views that they led to. */
function* stepsTaken(start: unknown, steps: Iterable<Step>): Generator<undefined, Taken[]> {
  const taken: Taken[] = [];
  for (const { event, changes } of changesOfSteps(start, steps)) {
    if (changes.length > 0) taken.push({ event, changes });
    yield;
  }
  return taken;
}

const touches = ({ changes }: Taken, { path }: FieldChange) => changes.some((c) => isWithin(c.path, path));

function* leg(
  cause: Cause,
  [start, end]: readonly [unknown, unknown],
  steps: Iterable<Step>,
): Generator<undefined, Change[]> {
  const changes = changesBetween(start, end);
  if (changes.length === 0) return [];
  const taken = yield* stepsTaken(start, steps);
  return changes.map((change) => {
    const events = taken.flatMap((step) => (step.event && touches(step, change) ? [eventRef(step.event)] : []));
    return { ...change, cause, byTime: events.length === 0, events };
  });
}

function lastOf(change: FieldChange, taken: readonly Taken[]): EventRef[] {
  const last = taken.findLast((step) => touches(step, change));
  return last?.event ? [eventRef(last.event)] : [];
}
