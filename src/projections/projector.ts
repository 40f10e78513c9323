import { setImmediate as nextTurn } from 'node:timers/promises';
import { LEDGER_STREAMS, type LedgerEvent } from '../domain/event.js';
import type { Day } from '../domain/values/day.js';
import type { Database } from '../event-store/embedded/sqlite.js';
import {
  type EventFeed,
  InvalidPosition,
  type Position,
  type StoredEvent,
  type Subscription,
} from '../event-store/event-store.js';
import { ledgerEvent } from '../event-store/ledger-event.js';
import { tracedSince } from '../telemetry/tracing.js';
import { batches } from '../event-store/batches.js';
import { forgetFolds } from './folds.js';
import { forgetStreams, historyIndex, touchedStreams } from './history-index.js';
import type { Batch, Checkpoint, Projection } from './projection.js';
import type { Progress, ProjectionHealth } from './projection-progress.js';
import { advance, CheckpointConflict, checkpointOf, reset } from './read-model.js';

/** Events applied in one transaction at most. */
const MAX_BATCH = 1000;

/** How long no batch has come when there is time for what was put off, in milliseconds. Longer than the pause. */
const IDLE_MS = 100;

const RETRY_MS = 15_000;

/** So many events in a batch, and the next may wait for more of them, so many times as long: each then costs less. */
const BUSY_BATCH = 40;
const BUSY_PAUSES = 4;

/** How long what was put off keeps a batch waiting, in milliseconds, unless a single piece takes longer. */
const SETTLE_MS = 10;

/**
 * Applies the ledger to the read models, from one catch-up subscription: each batch and the checkpoints in one
 * transaction. It counts the ledger's positions, for the store can't. A projection that can't apply an event stops
 * there, alone, and says so; nothing is skipped.
 */
export class Projector {
  readonly #stopped = new Map<string, NonNullable<ProjectionHealth['stopped']>>();
  #subscription: Subscription | undefined;
  #idle: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;
  /** Counts the batches, so that what is done between them sees that one came. */
  #batch = 0;
  /** As read or written last; whether they are still so is found out when one is moved. */
  readonly #checkpoints = new Map<string, Checkpoint>();
  #wanted: Position | undefined;
  #endPause: (() => void) | undefined;
  #running: Promise<void> = Promise.resolve();
  #failure: Error | undefined;

  constructor(
    private readonly feed: EventFeed,
    private readonly db: Database,
    private readonly projections: readonly Projection[],
    private readonly now: () => Date,
    private readonly onProgress: (progress: Progress) => void,
    /**
     * How long to wait for more after a batch, in milliseconds, unless someone {@link wants} it: a batch of many costs
     * little more than a batch of one.
     */
    private readonly pauseMs = 0,
    /** How long a projection stands still before it is tried again, in milliseconds. */
    private readonly retryMs = RETRY_MS,
  ) {}

  /** Begins, and resolves to true when the views have caught up with the ledger; to false when it was closed before. */
  async start(): Promise<boolean> {
    await this.#forgetAnotherLedger();
    return new Promise((resolve, reject) => {
      this.#running = this.#follow(() => resolve(true)).catch((error: unknown) => {
        this.#failure = error instanceof Error ? error : new Error(String(error));
        this.#tell([]);
        reject(this.#failure);
      });
      void this.#running.then(() => resolve(false));
    });
  }

  /** Someone waits for the event at a token. */
  wants(token: Position): void {
    if (this.#wanted === undefined || this.feed.comparePositions(token, this.#wanted) > 0) this.#wanted = token;
    this.#endPause?.();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#endSubscription();
    await this.#running;
    this.#batch += 1;
    clearTimeout(this.#idle);
    clearTimeout(this.#retry);
  }

  async #endSubscription(): Promise<void> {
    await this.#subscription?.close();
    this.#endPause?.();
  }

  /** Does what the projections put off, in pieces, until nothing is left or a batch comes. */
  async settle(): Promise<void> {
    const batch = this.#batch;
    for (const projection of this.projections) {
      while (batch === this.#batch && this.#settleSome(projection)) await nextTurn();
    }
  }

  #settleWhenIdle(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.settle(), IDLE_MS);
  }

  #settleSome(projection: Projection): boolean {
    const { position, eventId } = this.#checkpoint(projection.name);
    if (!projection.settle || eventId === null || this.#stopped.has(projection.name)) return false;
    try {
      return this.db.transaction(() => {
        for (const until = performance.now() + SETTLE_MS; performance.now() < until;) {
          if (!projection.settle!(this.db, { position, today: this.#today() })) return false;
        }
        return true;
      });
    } catch (error) {
      this.#forget();
      this.#stop(projection, { position, eventId }, error);
      this.#tell([]);
      return false;
    }
  }

  #today = (): Day => this.now().toISOString().slice(0, 10);

  #tell(events: readonly StoredEvent[]): void {
    const projections = this.projections.map(({ name }) => {
      const { position, token } = this.#checkpoint(name);
      return { name, position, token, stopped: this.#stopped.get(name) ?? null };
    });
    this.onProgress({
      checkpoint: this.#slowest(),
      known: this.#checkpoint(historyIndex.name).position,
      projections,
      failure: this.#failure?.message ?? null,
      streams: [...new Map(events.map(({ stream, revision }) => [stream, revision]))],
      merged: events.some(({ type }) => type === 'RecordMerged'),
    });
  }

  #slowest(): Checkpoint {
    const all = this.projections.map(({ name }) => this.#checkpoint(name));
    return all.reduce((least, c) => (c.position < least.position ? c : least));
  }

  /** Views of another ledger, or of a later state of one that was restored from a backup, are built anew. */
  async #forgetAnotherLedger(): Promise<void> {
    for (const projection of this.projections) {
      const { token, eventId } = this.#checkpoint(projection.name);
      if (token === null) continue;
      if ((await this.#idAt(token)) === eventId) continue;
      this.db.transaction(() => reset(this.db, projection));
      this.#forget();
    }
  }

  /** The id of the event at a token; undefined where there is none, as with the token of a store that was moved from. */
  async #idAt(token: Position): Promise<string | undefined> {
    try {
      for await (const { id } of this.feed.readAll({ fromPosition: token, maxCount: 1 })) return id;
    } catch (error) {
      if (!(error instanceof InvalidPosition)) throw error;
    }
    return undefined;
  }

  /** From where the slowest projection is; begun anew when those that stand still are tried again. */
  async #follow(onCaughtUp: () => void): Promise<void> {
    while (!this.#closed) {
      this.#stopped.clear();
      const { token, position } = this.#slowest();
      this.#subscription = this.feed.subscribeToAll({
        streamPrefixes: LEDGER_STREAMS,
        ...(token !== null && { after: token }),
      });
      this.#tell([]);
      await this.#run(this.#subscription, position, onCaughtUp);
    }
  }

  async #run(subscription: Subscription, from: number, onCaughtUp: () => void): Promise<void> {
    let position = from;
    let caughtUp = false;
    for await (const messages of batches(subscription, MAX_BATCH)) {
      this.#batch += 1;
      const stored = messages.flatMap((m) => (m.kind === 'event' ? [m.event] : []));
      const begun = Date.now();
      try {
        if (stored.length > 0) this.#apply(stored, position);
      } catch (error) {
        // Else leaving the loop would wait for an event that may never come, and nobody would be told.
        await subscription.close();
        throw error;
      }
      position += stored.length;
      tellTraces(stored, begun);
      this.#tell(stored);
      const reached = messages.some((m) => m.kind === 'caught-up');
      caughtUp ||= reached;
      // Before, what it would do would have to be done again, wherever a store is slow to give the next events.
      if (caughtUp) this.#settleWhenIdle();
      if (reached) onCaughtUp();
      else if (messages.length < MAX_BATCH) await this.#pause(stored.length);
    }
  }

  /** @param events of the last batch */
  async #pause(events: number): Promise<void> {
    const { token } = this.#slowest();
    const wanted =
      this.#wanted !== undefined && (token === null || this.feed.comparePositions(this.#wanted, token) > 0);
    if (wanted || this.pauseMs === 0) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, events < BUSY_BATCH ? this.pauseMs : BUSY_PAUSES * this.pauseMs);
      this.#endPause = resolve;
    });
    clearTimeout(timer);
    this.#endPause = undefined;
  }

  #apply(stored: readonly StoredEvent[], before: number): void {
    const steps = stored.map((event, i): Step => {
      const position = before + 1 + i;
      return { event: ledgerEvent(event, position), to: { position, token: event.position, eventId: event.id } };
    });
    const today = this.#today();
    try {
      this.db.transaction(() => this.#projectAll(steps, today));
    } catch (error) {
      this.#forget();
      if (error instanceof CheckpointConflict) throw error;
      // Once more, carefully: what can be applied is, and what can't is named.
      for (const step of steps) this.#applyCarefully(step, today);
    }
  }

  /** All projections at once, as long as nothing fails. */
  #projectAll(steps: readonly Step[], today: string): void {
    // Found once for all that are at the same place, after the history has the batch.
    let touched: ReadonlySet<string> | undefined;
    const touchedByAll = () => (touched ??= this.#touchedBy(steps));
    for (const projection of this.projections) {
      if (!this.#stopped.has(projection.name)) this.#project(projection, steps, today, touchedByAll);
    }
  }

  #touchedBy = (steps: readonly Step[]) =>
    touchedStreams(
      this.db,
      steps.map(({ event }) => event),
    );

  /** One event, each projection in a savepoint of its own, so that one that fails leaves the others to go on. */
  #applyCarefully(step: Step, today: string): void {
    this.db.transaction(() => {
      for (const projection of this.projections) {
        if (this.#stopped.has(projection.name)) continue;
        this.db.exec('SAVEPOINT projection');
        try {
          this.#project(projection, [step], today, () => this.#touchedBy([step]));
        } catch (error) {
          this.db.exec('ROLLBACK TO projection');
          this.#forget();
          if (error instanceof CheckpointConflict) throw error;
          this.#stop(projection, { position: step.to.position, eventId: step.event.id }, error);
        }
        this.db.exec('RELEASE projection');
      }
    });
  }

  /** @param touchedByAll what all of the steps touch */
  #project(
    projection: Projection,
    steps: readonly Step[],
    today: string,
    touchedByAll: () => ReadonlySet<string>,
  ): void {
    const from = this.#checkpoint(projection.name);
    // All are made from the history, the first of them: none can be ahead of it.
    const known = projection.name === historyIndex.name ? Infinity : this.#checkpoint(historyIndex.name).position;
    const pending = steps.filter(({ event }) => event.position > from.position && event.position <= known);
    const last = pending.at(-1);
    if (!last) return;
    const batch: Batch = {
      events: pending.map(({ event }) => event),
      position: last.to.position,
      touched: pending.length === steps.length ? touchedByAll : () => this.#touchedBy(pending),
      today,
    };
    projection.apply(this.db, batch);
    advance(this.db, projection.name, from, last.to);
    this.#checkpoints.set(projection.name, last.to);
  }

  /** What was rolled back may not be remembered. */
  #forget(): void {
    forgetStreams(this.db);
    forgetFolds(this.db);
    this.#checkpoints.clear();
  }

  #checkpoint(name: string): Checkpoint {
    const known = this.#checkpoints.get(name) ?? checkpointOf(this.db, name);
    this.#checkpoints.set(name, known);
    return known;
  }

  /** It stands still, and is tried again in a while: what it met may be mended by then. */
  #stop({ name }: Projection, at: { position: number; eventId: string }, error: unknown): void {
    this.#stopped.set(name, { ...at, reason: error instanceof Error ? error.message : String(error) });
    this.#retry ??= setTimeout(() => {
      this.#retry = undefined;
      void this.#endSubscription();
    }, this.retryMs).unref();
  }
}

/** That what was recorded in a trace is in the views. */
function tellTraces(stored: readonly StoredEvent[], begun: number): void {
  for (const { type, stream, metadata } of stored) {
    const { traceparent } = metadata;
    if (typeof traceparent !== 'string') continue;
    tracedSince(begun, `project ${type}`, traceparent, { 'mithaq.stream': stream, 'mithaq.batch': stored.length });
  }
}

/** An event, and where a projection is when it has been applied. */
interface Step {
  readonly event: LedgerEvent;
  readonly to: Checkpoint;
}
