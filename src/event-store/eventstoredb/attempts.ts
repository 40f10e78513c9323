import { setTimeout as delay } from 'node:timers/promises';
import { StoreUnavailable } from '../event-store.js';
import { isRefusal, reason } from './errors.js';

/** Pauses before the second attempt and those after it. Short: a caller that can wait longer repeats by itself. */
const PAUSES = [50, 250];

type Attempt<T> = (left: number, givenUp: AbortSignal) => Promise<T>;

/**
 * Attempts a call until the server has answered it, a few times, within `milliseconds` in all. A refusal is an answer.
 * An attempt is told how long it may still take, and when nobody waits for it any more.
 * @throws StoreUnavailable, with the cause
 */
export async function attempts<T>(
  what: string,
  milliseconds: number,
  attempt: Attempt<T>,
  pauses: readonly number[] = PAUSES,
): Promise<T> {
  const end = Date.now() + milliseconds;
  for (let i = 0; ; i++) {
    try {
      return await within(end - Date.now(), what, attempt);
    } catch (error) {
      if (isRefusal(error)) throw error;
      const pause = pauses[i];
      if (pause === undefined || Date.now() + pause >= end) {
        throw new StoreUnavailable(`${what}: ${reason(error)}`, { cause: error });
      }
      await delay(pause);
    }
  }
}

/** Gives up waiting after so long, whatever becomes of the call. */
async function within<T>(left: number, what: string, attempt: Attempt<T>): Promise<T> {
  const givenUp = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('no answer in time'));
      givenUp.abort();
    }, left);
  });
  try {
    return await Promise.race([attempt(left, givenUp.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
