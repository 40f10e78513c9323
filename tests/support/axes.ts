import { type Blame, blame } from '../../src/domain/history/blame.js';
import { type AxesPoint, type Change, diff, type PairLookUp, pairView } from '../../src/domain/history/diff.js';
import type { LedgerEvent } from '../../src/domain/event.js';
import { history } from '../../src/domain/history/history.js';
import { recordView } from '../../src/domain/history/record-view.js';
import { knownSteps } from '../../src/domain/history/walk.js';
import type { Standing } from '../../src/domain/values/standing.js';
import { pointerTokens } from '../../src/domain/values/json-pointer.js';
import { sliceOf } from './slice.js';

const DORMANT_AFTER = 24;

/** What work that is done in pieces comes to. */
export function finished<A>(work: Generator<undefined, A>): A {
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
  }
}

const cut = (events: readonly LedgerEvent[], knownAt: number) => events.filter((e) => e.position <= knownAt);

/** A pair in a log, looked up slowly and plainly. */
export function lookUpOf(events: readonly LedgerEvent[], pair: string, minimumStanding: Standing): PairLookUp {
  const slices = new Map<number, LedgerEvent[]>();
  const sliceAt = (knownAt: number) => {
    if (!slices.has(knownAt)) slices.set(knownAt, sliceOf(cut(events, knownAt), pair));
    return slices.get(knownAt)!;
  };
  const historyAt: PairLookUp['historyAt'] = (query, knownAt) => history(sliceAt(knownAt), query);
  return { pair, minimumStanding, dormantAfterMonths: DORMANT_AFTER, sliceAt, historyAt };
}

export const viewAt = ({ asOf, knownAt }: AxesPoint, { historyAt, pair, minimumStanding }: PairLookUp) =>
  pairView(historyAt({ asOf, minimumStanding }, knownAt), pair, DORMANT_AFTER);

export const diffOf = (from: AxesPoint, to: AxesPoint, lookUp: PairLookUp): Change[] =>
  finished(diff(from, to, lookUp));

/** The blame of a record's view, and the view. */
export function blameOf(
  events: readonly LedgerEvent[],
  stream: string,
  asOf = '2026-12-31',
  minimumStanding: Standing = 'claimed',
): { view: unknown; fields: Blame[] } {
  const viewAtPosition = (knownAt: number) => {
    const { records, curated } = history(cut(events, knownAt), { asOf, minimumStanding });
    const record = records.get(curated.merges.has(stream) ? '' : stream);
    return record && recordView(record);
  };
  const last = events.at(-1)?.position ?? 0;
  const steps = knownSteps(events, [0, last], viewAtPosition);
  return { view: viewAtPosition(last), fields: finished(blame(undefined, steps, events)) };
}

type Tree = { [name: string]: unknown };

/** A view whose lists of what has ids are objects by id: where changes lead, by their paths. */
export function byIds(view: unknown): unknown {
  if (typeof view !== 'object' || view === null) return view;
  if (!Array.isArray(view)) {
    const members = Object.entries(view as Tree).filter(([, member]) => member !== undefined);
    return Object.fromEntries(members.map(([name, member]) => [name, byIds(member)]));
  }
  if (view.length === 0 || view.some((item) => typeof item !== 'object' || item === null)) return view as unknown[];
  const items = view as Tree[];
  const ids = ['eventId', ...Object.keys(items[0]!).filter((name) => name === 'code' || name.endsWith('Id'))];
  const id = ids.find(
    (name) =>
      items.every((i) => typeof i[name] === 'string') && new Set(items.map((i) => i[name])).size === items.length,
  );
  return Object.fromEntries(items.map((item, i) => [id === undefined ? String(i) : String(item[id]), byIds(item)]));
}

/** An empty list is as an object without members: what was in it may have been taken out one by one. */
export const emptied = (view: unknown): unknown =>
  JSON.parse(JSON.stringify(byIds(view)).replaceAll('[]', '{}')) as unknown;

/** The view with the changes made in it, one after another. @param view as {@link byIds} gives it */
export function applied(view: unknown, changes: readonly Pick<Change, 'path' | 'after'>[]): unknown {
  return changes.reduce((document: unknown, { path, after }) => set(document, pointerTokens(path)!, after), view);
}

function set(document: unknown, [name, ...rest]: readonly string[], after: unknown): unknown {
  if (name === undefined) return byIds(after);
  const { [name]: member, ...others } = document as Tree;
  const next = set(member, rest, after);
  return next === undefined ? others : { ...others, [name]: next };
}
