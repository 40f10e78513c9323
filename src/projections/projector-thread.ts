import { Worker } from 'node:worker_threads';
import { type Database, openDatabase } from '../event-store/embedded/sqlite.js';
import type { EventStore, Position } from '../event-store/event-store.js';
import { tellWritten } from './history-index.js';
import { type Progress, ProjectionProgress } from './projection-progress.js';
import type { FromProjector, ProjectorData, ToProjector } from './projector-messages.js';

/**
 * A batch makes much that is soon garbage. Where the young generation is small, much of it is still in use when it is
 * collected, and copied, by threads that have the priority of the process and not of this one.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 96 };

export interface ProjectorThreadOptions extends Omit<ProjectorData, 'clockOffset'> {
  readonly now: () => Date;
  /** Told why the subscription was dropped, each time before it goes on. */
  readonly onDrop: (reason: string) => void;
}

/**
 * The projector as the main thread sees it, and the read models that it writes, to be read. What the thread has told of
 * is what is asked about: the file may be further on, but what is remembered of it then isn't.
 */
export class ProjectorThread {
  readonly #progress: ProjectionProgress;
  readonly #listeners = new Set<(progress: Progress) => void>();
  readonly #ended: Promise<unknown>;
  #db: Database | undefined;

  private constructor(
    private readonly worker: Worker,
    store: EventStore,
  ) {
    this.#progress = new ProjectionProgress((a, b) => store.comparePositions(a, b));
    this.#ended = new Promise((resolve) => worker.once('exit', resolve));
    store.onCommit?.(() => this.#say('wake'));
  }

  /** Starts the thread, and resolves when the views have caught up with the ledger. */
  static async start(store: EventStore, { now, onDrop, ...data }: ProjectorThreadOptions): Promise<ProjectorThread> {
    const clockOffset = now().getTime() - Date.now();
    const workerData: ProjectorData = { ...data, clockOffset };
    const worker = new Worker(new URL('./projector.worker.js', import.meta.url), { workerData, resourceLimits });
    const thread = new ProjectorThread(worker, store);
    try {
      await thread.#ready(onDrop);
      thread.#db = openDatabase(data.path, { readonly: true });
      tellWritten(thread.#db, thread.#progress.latest);
      return thread;
    } catch (error) {
      await thread.close();
      throw error;
    }
  }

  /** The read models. */
  get db(): Database {
    return this.#db!;
  }

  get progress(): Progress {
    return this.#progress.latest;
  }

  /** Calls the listener each time that the views have got further. */
  onProgress(listener: (progress: Progress) => void): void {
    this.#listeners.add(listener);
  }

  /** See {@link ProjectionProgress.waitFor}. */
  waitFor(token: Position, timeoutMs: number): Promise<boolean> {
    const reached = this.#progress.waitFor(token, timeoutMs);
    // To say it wakes the thread, for each question.
    if (!this.#progress.holds(token)) this.#say({ wanted: token });
    return reached;
  }

  /** Resolves to whether the history holds the ledger up to a position, once it does or `timeoutMs` have passed. */
  knows(position: number, timeoutMs: number): Promise<boolean> {
    return this.#progress.until(
      ({ known }) => known >= position,
      ({ failure }) => failure !== null,
      timeoutMs,
    );
  }

  /** Ends after the batch at hand. */
  async close(): Promise<void> {
    this.#say('close');
    await this.#ended;
    this.#db?.close();
  }

  #ready(onDrop: (reason: string) => void): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const fail = (error: Error) => {
        this.#accept({ ...this.#progress.latest, failure: error.message, streams: [] });
        reject(error);
      };
      this.worker.on('message', (message: FromProjector) => {
        switch (message.kind) {
          case 'progress':
            return this.#accept(message.progress);
          case 'ready':
            return resolve();
          case 'dropped':
            return onDrop(message.reason);
          case 'failed':
            return fail(message.error);
        }
      });
      this.worker.on('error', fail);
      this.worker.on('exit', () => fail(new Error('The thread of the projector ended')));
    });
  }

  #accept(progress: Progress): void {
    if (this.#db) tellWritten(this.#db, progress);
    for (const listener of this.#listeners) listener(progress);
    this.#progress.accept(progress);
  }

  #say(message: ToProjector): void {
    this.worker.postMessage(message);
  }
}
