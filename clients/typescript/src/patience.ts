import { MithaqProblem } from './problem.js';

/** How long to wait for what does not answer, and before trying again. */
export interface Patience {
  /** How often a request is sent again. */
  readonly retries: number;
  /** Longest that the first wait is, in milliseconds; it doubles with each failure in a row. */
  readonly firstWaitMs: number;
  readonly maxWaitMs: number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Told of each failure that is waited out, and of how long. */
  readonly onRetry: (error: unknown, waitMs: number) => void;
}

/** Rejects with the signal's reason where that comes first. */
export const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const done = (finish: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      finish();
    };
    // The reason is whatever the caller gave.
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    const abort = () => done(() => reject(signal?.reason));
    const timer = setTimeout(() => done(resolve), ms);
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort);
  });

export const PATIENCE: Patience = {
  retries: 8,
  firstWaitMs: 250,
  maxWaitMs: 10_000,
  sleep,
  random: () => Math.random(),
  onRetry: () => undefined,
};

/** A request timeout, too many of them, or somebody is away. */
const MAY_PASS = [408, 429, 502, 503, 504];

/** Whether the same may be answered at another time: there was no answer, or one that says so. */
export const mayPass = (error: unknown): boolean =>
  !(error instanceof MithaqProblem) || MAY_PASS.includes(error.status);

/**
 * Waits at random up to a limit that doubles, so that those who lost the same server do not come back together; and at
 * least as long as the server asked for.
 * @param failures in a row
 */
export async function waitOut(
  error: unknown,
  failures: number,
  patience: Patience,
  signal?: AbortSignal,
): Promise<void> {
  const limit = Math.min(patience.maxWaitMs, patience.firstWaitMs * 2 ** (failures - 1));
  const asked = error instanceof MithaqProblem ? error.retryAfterMs : 0;
  const waitMs = asked + patience.random() * limit;
  patience.onRetry(error, waitMs);
  await patience.sleep(waitMs, signal);
}

/** What an attempt gives that did not fail; or the error of the last, or of one that will not pass. */
export async function persist<T>(attempt: () => Promise<T>, patience: Patience, signal?: AbortSignal): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      signal?.throwIfAborted();
      if (failures > patience.retries || !mayPass(error)) throw error;
      await waitOut(error, failures, patience, signal);
    }
  }
}

/** A signal that is aborted with the caller's, or when something that is waited for takes too long. */
export class Watch {
  readonly #controller = new AbortController();
  readonly #abort = () => this.#controller.abort(this.caller?.reason);

  constructor(
    private readonly ms: number,
    private readonly caller?: AbortSignal,
  ) {
    if (caller?.aborted) this.#abort();
    else caller?.addEventListener('abort', this.#abort);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  async over<T>(work: Promise<T>): Promise<T> {
    const late = () => this.#controller.abort(new Error(`Nothing came within ${this.ms} ms`));
    const timer = setTimeout(late, this.ms);
    try {
      return await work;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends what still goes on under the signal. */
  end(): void {
    this.caller?.removeEventListener('abort', this.#abort);
    this.#controller.abort();
  }
}
