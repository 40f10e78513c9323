import { setTimeout as delay } from 'node:timers/promises';
import { isUnknown } from '../commands/bulk/execute-lines.js';
import { UnknownEventType } from '../domain/registry.js';
import { StoreUnavailable } from '../event-store/event-store.js';

/** Between two tries of a command, in milliseconds: twice as long each time. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5_000;

/** What a newer version has written this one will not understand later either. */
const mayPass = (error: unknown) => isUnknown(error) && !(error instanceof UnknownEventType);

export interface PatienceOptions {
  /** Aborted: waits no more. */
  readonly signal?: AbortSignal | undefined;
  readonly tell: (text: string) => void;
  /** In milliseconds. */
  readonly firstPause?: number;
}

/**
 * Tries again what nobody answered, with growing pauses, until it is known what became of it: with the same command id
 * that can't record it twice. One tries for all; the others wait until it is answered.
 * @throws what the last try threw
 */
export function patiently<Request, Result>(
  execute: (request: Request) => Promise<Result>,
  { signal, tell, firstPause = FIRST_PAUSE }: PatienceOptions,
): (request: Request) => Promise<Result> {
  /** While nobody answers: resolves when somebody does, or when the wait is over. */
  let away: Promise<unknown> | undefined;

  /** The second time and on. */
  const insist = async (request: Request, first: unknown): Promise<Result> => {
    let [error, told] = [first, false];
    for (let pause = firstPause; ; pause = Math.min(LONGEST_PAUSE, 2 * pause)) {
      await delay(pause, undefined, { ...(signal && { signal }) }).catch(() => undefined);
      if (signal?.aborted) throw error;
      const [outcome] = await Promise.allSettled([execute(request)]);
      if (outcome.status === 'fulfilled' || !mayPass(outcome.reason)) {
        if (told) tell('The ledger answers again');
        if (outcome.status === 'fulfilled') return outcome.value;
        throw outcome.reason;
      }
      error = outcome.reason;
      if (!told) tell(`${(error as Error).message}. Waiting for the ledger; nothing is lost, Ctrl-C ends the import`);
      told = true;
    }
  };

  return async (request) => {
    for (;;) {
      if (away) {
        await away;
        if (signal?.aborted) throw new StoreUnavailable('Not tried: the import was stopped');
      }
      try {
        return await execute(request);
      } catch (error) {
        if (!mayPass(error) || signal?.aborted) throw error;
        if (away) continue;
        const insisting = insist(request, error);
        away = insisting.catch(() => undefined).then(() => (away = undefined));
        return insisting;
      }
    }
  };
}
