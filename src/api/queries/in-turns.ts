import { setImmediate as nextTurn } from 'node:timers/promises';

/** Work done in one turn, in milliseconds: others are waiting. */
export const TURN_MS = 10;

/** Does work that yields between its pieces, in turns. */
export async function inTurns<A>(work: Iterator<unknown, A>): Promise<A> {
  for (let began = performance.now(); ;) {
    const { done, value } = work.next();
    if (done === true) return value;
    if (performance.now() - began < TURN_MS) continue;
    await nextTurn();
    began = performance.now();
  }
}
