import type { Citation, LedgerEvent } from '../event.js';
import { curate } from '../curation/curate.js';
import { changesBetween, type FieldChange, leavesOf, valueAt } from './fields.js';
import { changesOfSteps, type EventRef, eventRef, type Step } from './walk.js';

/** How a field of a view came to be what it is. */
export interface Blame {
  /** JSON Pointer into the view. */
  readonly path: string;
  readonly value: unknown;
  /** The last event that made it so; null where no event did: it is so where nothing is recorded. */
  readonly event: EventRef | null;
  /** Why, in the words of who recorded it. */
  readonly reason: string | null;
  /** An event that had said the same before, and stands again by this one. */
  readonly restores: EventRef | null;
  /** What tells of it: what the event cites, and those who corroborate it; where it cites nothing, what it restores. */
  readonly evidence: readonly Citation[];
  /** What stood before; left out where there was no such field. */
  readonly before?: unknown;
}

interface Said {
  readonly event: LedgerEvent;
  readonly value: unknown;
  readonly before: unknown;
}

/**
 * Blames each field of the view that the steps lead to, from a walk along the known axis: who last made it what it is.
 * It follows the fold through whatever was recorded, corrections, resolutions, retractions and merges among it.
 * It yields between steps, for whoever has others waiting.
 * @param start the view before the first step; undefined where there was none
 */
export function* blame(
  start: unknown,
  steps: Iterable<Step>,
  slice: readonly LedgerEvent[],
): Generator<undefined, Blame[]> {
  const said = new Map<string, Said[]>();
  let view = start;
  for (const { event, view: after, changes } of changesOfSteps(start, steps)) {
    for (const name of event ? changes.flatMap((change) => fieldsOf(change, after)) : []) {
      const step = { event: event!, value: valueAt(after, name), before: valueAt(view, name) };
      said.set(name, [...(said.get(name) ?? []), step]);
    }
    view = after;
    yield;
  }
  const cited = evidenceIn(slice);
  return [...leavesOf(view)].map(([name, { path, value }]) => ({
    path,
    value,
    ...blamed(said.get(name) ?? [], cited),
  }));
}

/** The fields that a change gave; a list or an object is one when its last member is taken out. */
function fieldsOf({ path, after }: FieldChange, view: unknown): string[] {
  if (after !== undefined) return [...leavesOf(after).keys()].map((name) => path + name);
  const container = path.slice(0, path.lastIndexOf('/'));
  return leavesOf(valueAt(view, container)).has('') ? [container] : [];
}

function blamed(
  said: readonly Said[],
  cited: (event: LedgerEvent) => readonly Citation[],
): Omit<Blame, 'path' | 'value'> {
  const last = said.at(-1);
  if (!last) return { event: null, reason: null, restores: null, evidence: [] };
  const { event, value, before } = last;
  const earlier = said.slice(0, -1).findLast((s) => changesBetween(s.value, value).length === 0)?.event;
  const { reason } = event.body.data as { reason?: unknown };
  const evidence = cited(event);
  return {
    event: eventRef(event),
    reason: typeof reason === 'string' ? reason : null,
    restores: earlier ? eventRef(earlier) : null,
    evidence: evidence.length > 0 || !earlier ? evidence : cited(earlier),
    ...(before !== undefined && { before }),
  };
}

/** What an event cites, for the alternatives of a dispute too, with what corroborates it and stands. */
function evidenceIn(slice: readonly LedgerEvent[]) {
  const corroborations = new Map(curate(slice).facts.map((f) => [f.event.id, f.corroborations]));
  return ({ id, body }: LedgerEvent): Citation[] => {
    const { alternatives = [] } = body.data as { alternatives?: readonly { evidence: readonly Citation[] }[] };
    const others = corroborations.get(id) ?? [];
    return [...body.evidence, ...alternatives.flatMap((a) => a.evidence), ...others.flatMap((c) => c.body.evidence)];
  };
}
