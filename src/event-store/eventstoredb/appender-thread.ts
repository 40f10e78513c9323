import { Worker } from 'node:worker_threads';
import {
  type AppendResult,
  type EventData,
  type ExpectedRevision,
  StoreUnavailable,
  WrongExpectedRevision,
} from '../event-store.js';
import type { AppendAnswer, AppenderData, AppendRequest, FromAppender, ToAppender } from './appender-messages.js';

/** Where the appender runs, unless a test brings one that ends. */
export const APPENDER_WORKER = new URL('./appender.worker.js', import.meta.url);

/** How often an append is given to a thread, where one after the other ends under it. */
const MAX_THREADS = 3;

interface Pending {
  readonly request: AppendRequest;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: Error) => void;
  threads: number;
}

/**
 * The appender as the main thread sees it: the client's work is as much as a command's, and on a thread of its own it
 * keeps no command waiting. When the thread ends by accident, what became of its appends is unknown; those that may be
 * repeated without a look at the stream are, on another thread.
 */
export class AppenderThread {
  readonly #pending = new Map<number, Pending>();
  readonly #data: AppenderData;
  #worker: Worker | undefined;
  #ended: Promise<unknown> = Promise.resolve();
  #batch: AppendRequest[] = [];
  #ids = 0;

  constructor(
    connectionString: string,
    private readonly url: URL = APPENDER_WORKER,
  ) {
    this.#data = { connectionString };
  }

  /** @throws WrongExpectedRevision, StoreUnavailable; RangeError where it is more than the server takes at once */
  append(
    stream: string,
    events: readonly EventData[],
    expected: ExpectedRevision,
    deadline: number,
  ): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      const request = { id: (this.#ids += 1), stream, events, expected, deadline };
      const pending = { request, resolve, reject, threads: 0 };
      this.#pending.set(request.id, pending);
      this.#send(pending);
    });
  }

  /** Waits for what is under way, but not for ever. */
  async close(deadline: number): Promise<void> {
    const worker = this.#worker;
    if (!worker) return;
    const timer = setTimeout(() => void worker.terminate(), deadline + 1000);
    worker.postMessage({ closeWithin: deadline } satisfies ToAppender);
    await this.#ended;
    clearTimeout(timer);
  }

  /** What is appended in one turn of the event loop goes together. */
  #send(pending: Pending): void {
    pending.threads += 1;
    if (this.#batch.push(pending.request) > 1) return;
    setImmediate(() => {
      const batch = this.#batch;
      this.#batch = [];
      (this.#worker ??= this.#start()).postMessage(batch satisfies ToAppender);
    });
  }

  #start(): Worker {
    const worker = new Worker(this.url, { workerData: this.#data });
    let why = 'it ended';
    worker.on('message', (answers: FromAppender) => answers.forEach((answer) => this.#answer(answer)));
    worker.on('error', (error) => (why = String(error)));
    this.#ended = new Promise<void>((resolve) => {
      worker.on('exit', () => {
        if (this.#worker === worker) this.#worker = undefined;
        this.#lost(why);
        resolve();
      });
    });
    return worker;
  }

  #answer(answer: AppendAnswer): void {
    const pending = this.#pending.get(answer.id);
    if (!pending) return;
    this.#pending.delete(answer.id);
    const { stream, expected } = pending.request;
    if ('result' in answer) pending.resolve(answer.result);
    else if ('wrong' in answer) pending.reject(new WrongExpectedRevision(stream, expected, answer.wrong.actual));
    else if (answer.error.kind === 'range') pending.reject(new RangeError(answer.error.message));
    else pending.reject(new StoreUnavailable(answer.error.message));
  }

  /** With an exact revision the server recognises what it has by the ids; with the others it does so for a while only. */
  #lost(why: string): void {
    const waiting = new Set(this.#batch.map(({ id }) => id));
    for (const [id, pending] of [...this.#pending].filter(([id]) => !waiting.has(id))) {
      const { expected, stream } = pending.request;
      const repeatable = expected === 'no_stream' || typeof expected === 'number';
      if (repeatable && pending.threads < MAX_THREADS) this.#send(pending);
      else {
        this.#pending.delete(id);
        pending.reject(new StoreUnavailable(`append to ${stream}: the thread of the client ended: ${why}`));
      }
    }
  }
}
