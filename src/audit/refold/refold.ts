import type { LedgerEvent } from '../../domain/event.js';
import { history } from '../../domain/history/history.js';
import { upcast } from '../../domain/registry.js';
import { type RelationshipStatus, relationshipStatus } from '../../domain/relationship/status.js';
import { Unsound } from '../verify/verify-log.js';
import { PairSlices } from './pair-slices.js';
import type { LedgerViews, ViewsQuestion } from './views.js';

/** What the events say of each relationship that has a record: folded anew by the one fold, with no index and no view. */
export function* refold(
  events: Iterable<LedgerEvent>,
  { asOf, dormantAfterMonths }: ViewsQuestion,
): Generator<RelationshipStatus, void, undefined> {
  const slices = new PairSlices(events);
  for (const pair of slices.pairs) {
    const status = relationshipStatus(
      history(slices.of(pair), { asOf, minimumStanding: 'claimed' }),
      pair,
      dormantAfterMonths,
    );
    if (status.records > 0) yield status;
  }
}

/**
 * That the ledger's answers are what its events make.
 * @param events all that is sealed, in their order
 * @returns how many relationships were compared
 * @throws Unsound at the first that differs, with the field that does
 */
export async function expectViews(events: AsyncIterable<LedgerEvent>, views: LedgerViews): Promise<number> {
  const { question } = views;
  const all: LedgerEvent[] = [];
  for await (const event of events) all.push(upcast(event));
  if (all.length !== question.knownAt) {
    throw new Unsound(`The views are of ${question.knownAt} events, and ${all.length} are sealed`);
  }
  const folded = new Map([...refold(all, question)].map((status) => [status.pair, status]));
  const count = folded.size;
  for await (const told of views.statuses) {
    const status = folded.get(told.pair);
    if (!status) throw new Unsound(`There is a view of ${told.pair}, and no event makes a record of it`);
    folded.delete(told.pair);
    // As JSON has it: a field that is undefined is not there.
    const difference = differenceOf(told, JSON.parse(JSON.stringify(status)), '');
    if (difference) throw new Unsound(`The view of ${told.pair} is not what the events make: ${difference}`);
  }
  const [missing] = folded.keys();
  if (missing !== undefined) throw new Unsound(`There is no view of ${missing}, and the events make records of it`);
  return count;
}

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value)).slice(0, 200);

/** The first place where two values differ; undefined where none does. */
function differenceOf(told: unknown, made: unknown, pointer: string): string | undefined {
  if (!isTree(told) || !isTree(made) || Array.isArray(told) !== Array.isArray(made)) {
    return Object.is(told, made) ? undefined : `${pointer} is ${shown(told)}, and should be ${shown(made)}`;
  }
  for (const key of new Set([...Object.keys(made), ...Object.keys(told)])) {
    const difference = differenceOf(told[key], made[key], `${pointer}/${key}`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
