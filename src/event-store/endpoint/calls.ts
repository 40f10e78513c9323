import type { Metadata } from '@grpc/grpc-js';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { StoreUnavailable } from '../event-store.js';
import type { Authorize } from './authorize.js';
import { type CallStatus, toCallStatus } from './errors.js';

interface Call {
  readonly cancelled: boolean;
  readonly metadata: Metadata;
  once(event: 'cancelled', listener: () => void): unknown;
}

/** The calls under way. Whatever goes wrong in one ends that one only. */
export class Calls {
  readonly #stops = new Set<(reason: Error) => void>();
  readonly #running = new Set<Promise<void>>();
  #closed = false;

  constructor(private readonly authorize: Authorize) {}

  /** `signal` tells `work` that the client has cancelled, or that the endpoint closes; `fail` ends the call. */
  run(call: Call, work: (signal: AbortSignal) => Promise<void>, fail: (status: CallStatus) => void): void {
    const stopped = new AbortController();
    const stop = (reason: Error) => stopped.abort(reason);
    this.#stops.add(stop);
    call.once('cancelled', () => stop(new Error('cancelled')));
    if (this.#closed) stop(closing());
    const answer = async () => {
      this.authorize(call.metadata);
      await work(stopped.signal);
    };
    const running = answer()
      .catch((error: unknown) => {
        if (!call.cancelled) fail(toCallStatus(error));
      })
      .finally(() => {
        this.#stops.delete(stop);
        this.#running.delete(running);
      });
    this.#running.add(running);
  }

  /** Resolves when all have ended; appends that were taken are finished. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const stop of this.#stops) stop(closing());
    await Promise.allSettled(this.#running);
  }
}

/** Writes at the pace of the client. */
export async function send<T>(call: Writable, message: T, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (call.write(message)) return;
  await once(call, 'drain', { signal }).catch(() => signal.throwIfAborted());
}

function closing(): Error {
  return new StoreUnavailable('The ledger closes');
}
