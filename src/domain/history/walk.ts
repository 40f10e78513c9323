import { type LedgerEvent, streamName } from '../event.js';
import type { Day } from '../values/day.js';
import { type FieldChange, changesBetween } from './fields.js';
import { history, type History, type HistoryFact, type HistoryQuery, type PairHistory, rootOf } from './history.js';
import { validOrder } from './order.js';

/** What one event does to a view, as it comes to be known or happens; null: what time does alone. */
export interface Step {
  readonly event: LedgerEvent | null;
  readonly view: unknown;
}

/** An event as it is named beside what it did. */
export interface EventRef {
  readonly eventId: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly recordedAt: string;
  readonly actor: string;
}

export const eventRef = ({ id, type, stream, revision, position, metadata }: LedgerEvent): EventRef => ({
  eventId: id,
  type,
  stream,
  revision,
  position,
  recordedAt: metadata.recordedAt,
  actor: metadata.actor,
});

/**
 * Along the known axis, forth or back, an event of the slice at a time.
 * @param slice up to the later of both positions
 */
export function* knownSteps(
  slice: readonly LedgerEvent[],
  [from, to]: readonly [number, number],
  viewAt: (knownAt: number) => unknown,
): Generator<Step> {
  const between = (a: number, b: number) => slice.filter(({ position }) => position > a && position <= b);
  for (const event of between(from, to)) yield { event, view: viewAt(event.position) };
  for (const event of between(to, from).reverse()) yield { event, view: viewAt(event.position - 1) };
}

/**
 * Along the valid axis, forth or back: first the day moves, then each fact that it passes happens, in valid order.
 * So what time does alone, an expiry, is told apart from what happened.
 */
export function* validSteps(
  slice: readonly LedgerEvent[],
  [from, to]: readonly [Day, Day],
  minimumStanding: HistoryQuery['minimumStanding'],
  viewOf: (history: PairHistory) => unknown,
): Generator<Step> {
  const factsOn = (asOf: Day) => factsOf(history(slice, { asOf, minimumStanding }));
  const before = new Map(factsOn(from).map((f) => [f.event.id, f.when]));
  const passed = validOrder(factsOn(to).filter((f) => before.get(f.event.id) !== f.when));
  if (to < from) passed.reverse();
  const waiting = new Set(passed.map((f) => f.event.id));
  const fold = (events: readonly LedgerEvent[]) =>
    history(events, { asOf: to, minimumStanding }, (eventId) => (waiting.has(eventId) ? from : to));
  const moved = fold(slice);
  yield { event: null, view: viewOf(moved) };
  const records = new Map(moved.records);
  const sliceOf = recordSlices(slice, moved.curated.merges);
  for (const { event, record } of passed) {
    waiting.delete(event.id);
    // Whether a fact has happened is of no matter to other records.
    records.set(record, fold(sliceOf(record)).records.get(record)!);
    yield { event, view: viewOf({ ...moved, records }) };
  }
}

/** Of a slice, what the fold of each of its records needs. */
function recordSlices(slice: readonly LedgerEvent[], merges: ReadonlyMap<string, string>) {
  const byRoot = new Map<string, LedgerEvent[]>();
  for (const event of slice) {
    const root = rootOf(event.stream, merges);
    const events = byRoot.get(root);
    if (events) events.push(event);
    else byRoot.set(root, [event]);
  }
  return (record: string): LedgerEvent[] => {
    const own = byRoot.get(record) ?? [];
    const sources = new Set(own.flatMap((e) => e.body.evidence.map((c) => streamName('source', c.sourceId))));
    return [...own, ...[...sources].flatMap((s) => byRoot.get(s) ?? [])].sort((a, b) => a.position - b.position);
  };
}

const factsOf = ({ records }: History): HistoryFact[] => [...records.values()].flatMap((r) => r.facts);

/** What each step changed in the view before it. */
export function* changesOfSteps(start: unknown, steps: Iterable<Step>): Generator<Step & { changes: FieldChange[] }> {
  let before = start;
  for (const step of steps) {
    yield { ...step, changes: changesBetween(before, step.view) };
    before = step.view;
  }
}
