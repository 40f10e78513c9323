import {
  type AppendResult as ClientResult,
  jsonEvent,
  MaxAppendSizeExceededError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { type AppendResult, type EventData, type ExpectedRevision, WrongExpectedRevision } from '../event-store.js';
import { attempts } from './attempts.js';
import { type Connect, Connection } from './connection.js';
import { toToken } from './position.js';
import { Slots } from './slots.js';

/**
 * How many appends are under way at a time: enough to keep a server busy. The client writes them all to one gRPC stream,
 * whose buffer holds 16 messages; those that wait for room in it when the stream breaks reject a promise that nobody
 * listens to, and such a rejection ends the thread (see `appender.worker.ts`).
 */
export const UNDER_WAY = 64;

/**
 * Appends events, each as often as it takes to know what became of it: with an exact expected revision the server
 * recognises by their ids events that it has, so what was written when an answer was lost is written once.
 */
export class Appender {
  readonly #connection: Connection;
  readonly #slots = new Slots(UNDER_WAY);
  readonly #pending = new Set<Promise<unknown>>();

  constructor(connect: Connect) {
    this.#connection = new Connection(connect);
  }

  /** @throws WrongExpectedRevision, StoreUnavailable; RangeError where it is more than the server takes at once */
  async append(
    stream: string,
    events: readonly EventData[],
    expected: ExpectedRevision,
    deadline: number,
  ): Promise<AppendResult> {
    // Of these the server keeps the ids only for a while, in memory: to repeat them is the caller's decision.
    const pauses = expected === 'any' || expected === 'stream_exists' ? [] : undefined;
    try {
      const result = await attempts(
        `append to ${stream}`,
        deadline,
        (left, givenUp) => this.#attempt(stream, events, expected, left, givenUp),
        pauses,
      );
      return toAppendResult(result);
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) {
        const actual = error.actualVersion;
        throw new WrongExpectedRevision(stream, expected, typeof actual === 'bigint' ? Number(actual) : 'no_stream');
      }
      if (error instanceof MaxAppendSizeExceededError) {
        throw new RangeError(`More than the ${error.maxAppendSize} bytes that the server takes at once`, {
          cause: error,
        });
      }
      throw error;
    }
  }

  /** Waits for what is under way, but not for ever, then lets the process go. */
  async close(deadline: number): Promise<void> {
    await attempts('the last appends', deadline, () => Promise.allSettled(this.#pending), []).catch(() => undefined);
    await this.#connection.dispose();
  }

  async #attempt(
    stream: string,
    events: readonly EventData[],
    expected: ExpectedRevision,
    left: number,
    givenUp: AbortSignal,
  ): Promise<ClientResult> {
    await this.#slots.take();
    try {
      givenUp.throwIfAborted();
      const client = this.#connection.client;
      const appending = client.appendToStream(
        stream,
        events.map((event) => jsonEvent({ ...event })),
        { expectedRevision: typeof expected === 'number' ? BigInt(expected) : expected, deadline: left },
      );
      this.#pending.add(appending);
      try {
        // The slot is kept until the client has done with it, even if the caller has long given up.
        return await appending;
      } catch (error) {
        this.#connection.failed(client, error);
        throw error;
      } finally {
        this.#pending.delete(appending);
      }
    } finally {
      this.#slots.release();
    }
  }
}

function toAppendResult({ success, nextExpectedRevision, position }: ClientResult): AppendResult {
  // Both are against what the client promises with its defaults: to throw, and to say where it wrote.
  if (!success) throw new RangeError('throwOnAppendFailure=false in the connection string is not supported');
  if (!position) throw new Error('The server did not say at which position it wrote');
  return { nextExpectedRevision: Number(nextExpectedRevision), position: toToken(position) };
}
