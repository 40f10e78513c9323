import { Worker } from 'node:worker_threads';
import { StoreUnavailable } from '../event-store.js';
import type { FromWriter, ToWriter, WriterData } from './writer-messages.js';
import type { AppendOutcome, AppendRequest } from './writer.js';

/** Where the writer runs, unless a test brings one that fails. */
export const WRITER_WORKER = new URL('./writer.worker.js', import.meta.url);

/** A group is bounded so that its first append does not wait for an endless crowd behind it. */
const MAX_GROUP = 1000;
/**
 * Ten groups: who would wait behind more is better told to come again, and what waits is in memory, each append as large
 * as a command may be.
 */
export const MAX_WAITING = 10 * MAX_GROUP;
const MAX_REOPEN_DELAY_MS = 5000;

interface Pending {
  readonly request: AppendRequest;
  readonly resolve: (outcome: AppendOutcome) => void;
  readonly reject: (error: StoreUnavailable) => void;
}

/**
 * The writer as the main thread sees it. Appends gather while a group is being written and go together as the next
 * group: the busier the ledger, the more of them share an fsync.
 *
 * When the thread ends, by an error of its own or by accident, what became of its group is unknown. Then everything
 * asked for is rejected, nothing more is accepted, and a new thread is started, again and again until one can write.
 */
export class WriterThread {
  #worker: Worker | undefined;
  #waiting: Pending[] = [];
  #writing: readonly Pending[] = [];
  #flushing = false;
  #failure: StoreUnavailable | undefined;
  #started = false;
  #reopenDelay = 0;
  #reopenTimer: NodeJS.Timeout | undefined;
  #closed = false;
  #onIdle: (() => void) | undefined;

  private constructor(
    private readonly path: string,
    private readonly url: URL,
    private readonly onCommit: () => void,
  ) {}

  /** Starts the thread; `onCommit` is called after each commit, before the appends of its group are answered. */
  static async start(path: string, url: URL, onCommit: () => void): Promise<WriterThread> {
    const thread = new WriterThread(path, url, onCommit);
    await thread.#start();
    thread.#started = true;
    return thread;
  }

  /** Why nothing can be written at present, if so. */
  get failure(): StoreUnavailable | undefined {
    return this.#failure;
  }

  append(request: AppendRequest): Promise<AppendOutcome> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new StoreUnavailable(`${this.path} is closed`));
      if (this.#failure) return reject(this.#failure);
      if (this.#waiting.length >= MAX_WAITING) {
        return reject(new StoreUnavailable(`${this.path} has ${MAX_WAITING} appends waiting, and takes no more yet`));
      }
      this.#waiting.push({ request, resolve, reject });
      this.#flushSoon();
    });
  }

  /** Writes what was accepted, then ends the thread. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#reopenTimer);
    if (this.#waiting.length + this.#writing.length > 0) {
      await new Promise<void>((resolve) => (this.#onIdle = resolve));
    }
    const worker = this.#worker;
    if (!worker) return;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    this.#say(worker, { kind: 'close' });
    await ended;
  }

  #start(): Promise<void> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(this.url, { workerData: { path: this.path } satisfies WriterData });
      this.#worker = worker;
      let reason = 'the writer ended';
      worker.on('message', (message: FromWriter) => {
        switch (message.kind) {
          case 'ready':
            this.#failure = undefined;
            return resolve();
          case 'written':
            return this.#answer(message.outcomes);
          case 'failed':
            reason = message.reason;
        }
      });
      worker.on('error', (error) => (reason = String(error)));
      worker.on('exit', () => {
        this.#worker = undefined;
        const failure = new StoreUnavailable(`${this.path} can't be written: ${reason}`);
        this.#fail(failure);
        reject(failure);
      });
    });
  }

  #fail(failure: StoreUnavailable): void {
    const unknown = [...this.#writing, ...this.#waiting];
    this.#writing = [];
    this.#waiting = [];
    this.#failure = failure;
    for (const { reject } of unknown) reject(failure);
    this.#onIdle?.();
    if (this.#started && !this.#closed) this.#reopenLater();
  }

  #reopenLater(): void {
    this.#reopenTimer = setTimeout(() => {
      this.#start().catch(() => undefined);
    }, this.#reopenDelay);
    this.#reopenDelay = Math.min(MAX_REOPEN_DELAY_MS, this.#reopenDelay * 2 + 50);
  }

  #flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    // Not at once: what else is appended in this turn of the event loop goes with it.
    setImmediate(() => {
      this.#flushing = false;
      this.#flush();
    });
  }

  #flush(): void {
    if (!this.#worker || this.#writing.length > 0 || this.#waiting.length === 0) return;
    this.#writing = this.#waiting.splice(0, MAX_GROUP);
    this.#say(this.#worker, { kind: 'write', group: this.#writing.map(({ request }) => request) });
  }

  #answer(outcomes: readonly AppendOutcome[]): void {
    const written = this.#writing;
    this.#writing = [];
    this.#reopenDelay = 0;
    this.onCommit();
    written.forEach(({ resolve }, index) => resolve(outcomes[index]!));
    if (this.#waiting.length > 0) this.#flush();
    else this.#onIdle?.();
  }

  #say(worker: Worker, message: ToWriter): void {
    worker.postMessage(message);
  }
}
