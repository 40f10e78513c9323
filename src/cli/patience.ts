import { setTimeout as delay } from 'node:timers/promises';
import { isUnknown } from '../commands/bulk/execute-lines.js';

/** Between two tries of a command, in milliseconds: twice as long each time. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5_000;

export interface PatienceOptions {
  /** Aborted: waits no more. */
  readonly signal?: AbortSignal | undefined;
  readonly tell: (text: string) => void;
}

/**
 * Tries again what nobody answered, with growing pauses, until it is known what became of it: with the same command id
 * that can't record it twice.
 * @throws what the last try threw
 */
export function patiently<Request, Result>(
  execute: (request: Request) => Promise<Result>,
  { signal, tell }: PatienceOptions,
): (request: Request) => Promise<Result> {
  let away = false;
  const answered = () => {
    if (away) tell('The ledger answers again');
    away = false;
  };
  return async (request) => {
    for (let pause = FIRST_PAUSE; ; pause = Math.min(LONGEST_PAUSE, 2 * pause)) {
      try {
        const result = await execute(request);
        answered();
        return result;
      } catch (error) {
        if (!isUnknown(error)) answered();
        if (!isUnknown(error) || signal?.aborted) throw error;
        if (!away) tell(`${(error as Error).message}. Waiting for the ledger; nothing is lost, Ctrl-C ends the import`);
        away = true;
        await delay(pause, undefined, { ...(signal && { signal }) }).catch(() => undefined);
        if (signal?.aborted) throw error;
      }
    }
  };
}
