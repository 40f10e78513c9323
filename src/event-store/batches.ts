import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Groups what an iteration gives into lists: all that is there without waiting, at most `max`. So history comes in
 * large batches, and live each item at once.
 */
export async function* batches<T>(source: AsyncIterable<T>, max: number): AsyncGenerator<T[], void, undefined> {
  const items = source[Symbol.asyncIterator]();
  let next = items.next();
  try {
    for (let first = await next; !first.done; first = await next) {
      const batch = [first.value];
      next = items.next();
      // A turn of the event loop costs more than an item, so it is begun anew only when it has passed.
      for (let turn = nextTurn(undefined); batch.length < max;) {
        let ready = await Promise.race([next, turn]);
        ready ??= await Promise.race([next, (turn = nextTurn(undefined))]);
        if (!ready || ready.done) break;
        batch.push(ready.value);
        next = items.next();
      }
      yield batch;
    }
  } finally {
    await items.return?.();
  }
}
