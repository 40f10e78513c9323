import { type Database, openDatabase } from '../event-store/embedded/sqlite.js';
import type { EventStore, Position } from '../event-store/event-store.js';
import { tellWritten } from './history-index.js';
import { type Lag, lagBehind } from './lag.js';
import { type Progress, ProjectionProgress } from './projection-progress.js';
import type { ProjectorData } from './projector-messages.js';
import { ProjectorThread } from './projector-thread.js';
import { ReadModelFiles } from './read-model-files.js';
import { Rebuild, type RebuildStatus } from './rebuild.js';

export interface ReadModelsOptions extends Omit<ProjectorData, 'clockOffset' | 'beside'> {
  readonly now: () => Date;
  readonly log: { warn(message: string): void; log(message: string): void };
}

/** No projection has the name. */
export class UnknownProjection extends Error {
  override readonly name = 'UnknownProjection';
}

/** Only one rebuild goes on at a time. */
export class RebuildGoesOn extends Error {
  override readonly name = 'RebuildGoesOn';
}

/**
 * The read models as the main thread sees them: a file to be read, a projector in a thread of its own that writes it, and,
 * while some are made anew, another of each beside them. What the projector has told of is what is asked about: the file
 * may be further on, but what is remembered of it then isn't.
 */
export class ReadModels {
  readonly #progress: ProjectionProgress;
  readonly #listeners = new Set<(progress: Progress) => void>();
  #live: ProjectorThread;
  #db: Database | undefined;
  #rebuild: Rebuild | undefined;
  #lag: Promise<ReadonlyMap<string, Lag>> | undefined;
  /** Ends when the files that were answered from before the last rebuild are gone. */
  #tidied: Promise<void> = Promise.resolve();

  private constructor(
    private readonly files: ReadModelFiles,
    private readonly store: EventStore,
    private readonly options: ReadModelsOptions,
  ) {
    this.#progress = new ProjectionProgress((a, b) => store.comparePositions(a, b));
    this.#live = this.#project(this.#data(files.live));
    store.onCommit?.(() => {
      this.#live.say('wake');
      if (this.#rebuild?.running) this.#rebuild.thread.say('wake');
    });
  }

  /**
   * Opens the read models, and resolves when they have caught up with the ledger. Those whose rows this code would write
   * otherwise are made anew from then on.
   * @throws ViewsLocked
   */
  static async start(store: EventStore, options: ReadModelsOptions): Promise<ReadModels> {
    const models = new ReadModels(ReadModelFiles.open(options.path), store, options);
    try {
      const outdated = await models.#live.ready;
      models.#open();
      if (outdated.length > 0) models.#begin(outdated);
      return models;
    } catch (error) {
      await models.close();
      throw error;
    }
  }

  /** To be read. Another after a rebuild: what was begun on the last one may be finished there. */
  get db(): Database {
    return this.#db!;
  }

  get progress(): Progress {
    return this.#progress.latest;
  }

  /** The rebuild that goes on, or the last one; null before the first. */
  get rebuild(): RebuildStatus | null {
    return this.#rebuild?.status ?? null;
  }

  /** How far each projection is behind the store; who asks at the same time gets the same answer. @throws StoreUnavailable */
  lag(): Promise<ReadonlyMap<string, Lag>> {
    return (this.#lag ??= this.#readLag().finally(() => (this.#lag = undefined)));
  }

  async #readLag(): Promise<ReadonlyMap<string, Lag>> {
    const behind = new Map<Position | null, Promise<Lag>>();
    const lags = this.progress.projections.map(async ({ name, token }) => {
      const lag = behind.get(token) ?? lagBehind(this.store, token, this.options.now());
      behind.set(token, lag);
      return [name, await lag] as const;
    });
    return new Map(await Promise.all(lags));
  }

  /** Calls the listener each time that the views have got further. */
  onProgress(listener: (progress: Progress) => void): void {
    this.#listeners.add(listener);
  }

  /** See {@link ProjectionProgress.waitFor}. */
  waitFor(token: Position, timeoutMs: number, view?: string): Promise<boolean> {
    const reached = this.#progress.waitFor(token, timeoutMs, view);
    // To say it wakes the thread, for each question.
    if (!this.#progress.holds(token, view)) this.#live.say({ wanted: token });
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

  /**
   * Makes a projection anew, beside what answers meanwhile, and what is made from it: all of them, where it is the history.
   * @throws UnknownProjection, RebuildGoesOn
   */
  startRebuild(projection: string): RebuildStatus {
    if (!this.progress.projections.some(({ name }) => name === projection)) {
      throw new UnknownProjection(`There is no projection ${projection}`);
    }
    if (this.#rebuild?.running) {
      throw new RebuildGoesOn(`A rebuild of ${this.#rebuild.projections.join(', ')} goes on: wait for its end`);
    }
    return this.#begin([projection]).status;
  }

  async close(): Promise<void> {
    const rebuild = this.#rebuild;
    this.#rebuild = undefined;
    if (rebuild?.running) await rebuild.thread.close();
    await this.#live.close();
    await this.#tidied;
    this.#db?.close();
    this.files.close();
  }

  #begin(anew: readonly string[]): Rebuild {
    const data = { ...this.#data(this.files.beside()), beside: { live: this.files.live, anew } };
    const rebuild = new Rebuild(anew, this.#project(data));
    this.#rebuild = rebuild;
    const { log } = this.options;
    log.log(`Making ${anew.join(', ')} anew`);
    rebuild.thread.ready.then(
      () => {
        rebuild.caughtUp();
        this.#swapWhenReached();
      },
      (error: unknown) => {
        if (this.#rebuild !== rebuild) return;
        rebuild.failed(String(error));
        log.warn(`${anew.join(', ')} could not be made anew: ${String(error)}`);
      },
    );
    return rebuild;
  }

  /** A projector's thread; what it tells is heard while it is the live one or one that is to be. */
  #project(data: ProjectorData): ProjectorThread {
    const thread: ProjectorThread = new ProjectorThread(data, {
      onProgress: (progress) => {
        if (thread === this.#live) this.#accept(progress);
        else if (thread === this.#rebuild?.thread) this.#rebuild.told(progress, this.progress);
        this.#swapWhenReached();
      },
      onDrop: (reason) => this.options.log.warn(`The subscription was dropped and goes on: ${reason}`),
    });
    return thread;
  }

  /** In one turn: a question is answered by the old file or by the new one. */
  #swapWhenReached(): void {
    const rebuild = this.#rebuild;
    if (!rebuild || rebuild.thread === this.#live || !rebuild.reaches(this.progress)) return;
    const old = this.#live;
    this.#live = rebuild.thread;
    // The last one is not closed: who reads it page by page goes on. It is gone with its last reader.
    this.#open();
    this.#accept(rebuild.handedOver);
    const { log } = this.options;
    this.#tidied = old
      .close()
      .then(() => this.files.swap())
      .catch((error: unknown) => log.warn(`The last read models could not be removed: ${String(error)}`))
      .then(() => {
        rebuild.done();
        log.log(`Made ${rebuild.projections.join(', ')} anew`);
      });
  }

  #open(): void {
    this.#db = openDatabase(this.#live.path, { readonly: true });
    tellWritten(this.#db, this.#live.progress);
  }

  #accept(progress: Progress): void {
    if (this.#db) tellWritten(this.#db, progress);
    for (const listener of this.#listeners) listener(progress);
    this.#progress.accept(progress);
  }

  #data(path: string): ProjectorData {
    const { location, dormantAfterMonths, now } = this.options;
    return { location, path, dormantAfterMonths, clockOffset: now().getTime() - Date.now() };
  }
}
