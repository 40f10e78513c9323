import type { Day } from '../values/day.js';

/** What the valid order looks at. */
export interface Orderable {
  readonly earliest: Day | null;
  readonly latest: Day;
  /** Lifecycle rank of its type. */
  readonly rank: number;
  readonly position: number;
}

/** An unknown first day sorts before every day. */
const dayKey = (day: Day | null): string => day ?? '';
const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const byTurn = (a: Orderable, b: Orderable) =>
  a.rank - b.rank || compareText(dayKey(a.earliest), dayKey(b.earliest)) || a.position - b.position;

/**
 * The valid order: A precedes B where the last day of A is before the first day of B; among those that nothing unplaced
 * precedes, the lowest by (rank, first day, position) is next. Precedence of intervals has no cycles, and the
 * unplaced fact with the earliest last day is never preceded, so there is always a next one: the order is total.
 * O(n log n) plus the moves within the candidates.
 */
export function validOrder<T extends Orderable>(items: readonly T[]): T[] {
  const byEarliest = [...items].sort((a, b) => compareText(dayKey(a.earliest), dayKey(b.earliest)));
  const byLatest = [...items].sort((a, b) => compareText(a.latest, b.latest));
  const candidates: T[] = [];
  const placed = new Set<T>();
  const ordered: T[] = [];
  let nextEarliest = 0;
  let nextLatest = 0;
  while (ordered.length < items.length) {
    while (placed.has(byLatest[nextLatest]!)) nextLatest += 1;
    const firstEnd = byLatest[nextLatest]!.latest;
    for (
      ;
      nextEarliest < byEarliest.length && dayKey(byEarliest[nextEarliest]!.earliest) <= firstEnd;
      nextEarliest += 1
    ) {
      insertSorted(candidates, byEarliest[nextEarliest]!);
    }
    // Candidates are kept last-first, so that taking the next one is a pop.
    const next = candidates.pop()!;
    placed.add(next);
    ordered.push(next);
  }
  return ordered;
}

function insertSorted<T extends Orderable>(candidates: T[], item: T): void {
  let low = 0;
  for (let high = candidates.length; low < high;) {
    const middle = (low + high) >>> 1;
    if (byTurn(candidates[middle]!, item) > 0) low = middle + 1;
    else high = middle;
  }
  candidates.splice(low, 0, item);
}
