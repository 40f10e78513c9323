import { Worker } from 'node:worker_threads';
import { NO_PROGRESS, type Progress } from './projection-progress.js';
import type { FromProjector, ProjectorData, ToProjector } from './projector-messages.js';

/**
 * A batch makes much that is soon garbage. Where the young generation is small, much of it is still in use when it is
 * collected, and copied, by threads that have the priority of the process and not of this one.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 96 };

export interface ProjectorListener {
  /** Told each time that the views have got further, or stopped. */
  readonly onProgress: (progress: Progress) => void;
  /** Told why the subscription was dropped, each time before it goes on. */
  readonly onDrop: (reason: string) => void;
}

/** The projector of one file of read models, as the main thread sees it. */
export class ProjectorThread {
  /** Resolves when the views have caught up with the ledger, to the projections whose rows are to be made anew. */
  readonly ready: Promise<readonly string[]>;
  readonly path: string;
  readonly #worker: Worker;
  readonly #ended: Promise<unknown>;
  #progress = NO_PROGRESS;

  constructor(
    data: ProjectorData,
    private readonly listener: ProjectorListener,
  ) {
    this.path = data.path;
    const worker = new Worker(new URL('./projector.worker.js', import.meta.url), { workerData: data, resourceLimits });
    this.#worker = worker;
    this.#ended = new Promise((resolve) => worker.once('exit', resolve));
    this.ready = this.#listen();
    // Whoever closes it before need not wait for it.
    this.ready.catch(() => undefined);
  }

  get progress(): Progress {
    return this.#progress;
  }

  say(message: ToProjector): void {
    this.#worker.postMessage(message);
  }

  /** Ends after the batch at hand. */
  async close(): Promise<void> {
    this.say('close');
    await this.#ended;
  }

  #listen(): Promise<readonly string[]> {
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => {
        this.#accept({ ...this.#progress, failure: error.message, streams: [] });
        reject(error);
      };
      this.#worker.on('message', (message: FromProjector) => {
        switch (message.kind) {
          case 'progress':
            return this.#accept(message.progress);
          case 'ready':
            return resolve(message.outdated);
          case 'dropped':
            return this.listener.onDrop(message.reason);
          case 'failed':
            return fail(message.error);
        }
      });
      this.#worker.on('error', fail);
      this.#worker.on('exit', () => fail(new Error('The thread of the projector ended')));
    });
  }

  #accept(progress: Progress): void {
    this.#progress = progress;
    this.listener.onProgress(progress);
  }
}
