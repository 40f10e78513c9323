import { CATEGORIES, type LedgerEvent } from '../domain/event.js';
import type { Database } from '../event-store/embedded/sqlite.js';
import {
  type EventStore,
  InvalidPosition,
  type Position,
  type StoredEvent,
  type Subscription,
} from '../event-store/event-store.js';
import { ledgerEvent } from '../event-store/ledger-event.js';
import { batches } from './batches.js';
import { forgetFolds } from './folds.js';
import { forgetStreams, historyIndex, touchedStreams } from './history-index.js';
import type { Batch, Projection } from './projection.js';
import { advance, type Checkpoint, CheckpointConflict, checkpointOf, reset } from './read-model.js';

/** Events applied in one transaction at most. */
const MAX_BATCH = 500;

/** The ledger's own streams in a store that may hold others. */
export const LEDGER_STREAMS = CATEGORIES.map((category) => `${category}-`);

export interface ProjectionHealth {
  readonly name: string;
  readonly position: number;
  /** Why it stands still, and at which event; null while it goes on. */
  readonly stopped: { readonly position: number; readonly eventId: string; readonly reason: string } | null;
}

/**
 * Applies the ledger to the read models, from one catch-up subscription: each batch and the checkpoints in one
 * transaction. It counts the ledger's positions, for the store can't. A projection that can't apply an event stops
 * there, alone, and says so; nothing is skipped.
 */
export class Projector {
  readonly #stopped = new Map<string, NonNullable<ProjectionHealth['stopped']>>();
  readonly #waiting = new Set<() => void>();
  #subscription: Subscription | undefined;
  #running: Promise<void> = Promise.resolve();
  #caughtUp = false;
  #failure: Error | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly db: Database,
    private readonly projections: readonly Projection[],
    private readonly now: () => Date,
  ) {}

  /** Begins, and resolves when the views have caught up with the ledger. */
  async start(): Promise<void> {
    await this.#forgetAnotherLedger();
    const from = this.#slowest();
    this.#subscription = this.store.subscribeToAll({
      streamPrefixes: LEDGER_STREAMS,
      ...(from.token !== null && { after: from.token }),
    });
    this.#running = this.#run(this.#subscription, from.position).catch((error: unknown) => {
      this.#failure = error instanceof Error ? error : new Error(String(error));
      this.#wake();
    });
    await this.#until(() => this.#caughtUp, Infinity);
    if (this.#failure) throw this.#failure;
  }

  async close(): Promise<void> {
    await this.#subscription?.close();
    await this.#running;
    this.#wake();
  }

  /** How far every view has got. */
  get checkpoint(): Checkpoint {
    return this.#slowest();
  }

  health(): { readonly projections: readonly ProjectionHealth[]; readonly failure: string | null } {
    const projections = this.projections.map(({ name }) => ({
      name,
      position: checkpointOf(this.db, name).position,
      stopped: this.#stopped.get(name) ?? null,
    }));
    return { projections, failure: this.#failure?.message ?? null };
  }

  /**
   * Resolves to true when all views hold the event at `token`, to false when `timeoutMs` have passed before, and at once
   * where one that has not got there stands still.
   */
  waitFor(token: Position, timeoutMs: number): Promise<boolean> {
    const holds = ({ token: at }: Checkpoint) => at !== null && this.store.comparePositions(at, token) >= 0;
    const hopeless = () => [...this.#stopped.keys()].some((name) => !holds(checkpointOf(this.db, name)));
    this.store.comparePositions(token, token); // a token that is none is an error, not a wait
    return this.#until(() => holds(this.#slowest()), timeoutMs, hopeless);
  }

  async #until(reached: () => boolean, timeoutMs: number, hopeless = () => false): Promise<boolean> {
    if (reached()) return true;
    return new Promise((resolve) => {
      const timer = Number.isFinite(timeoutMs) ? setTimeout(() => done(false), timeoutMs) : undefined;
      const look = () => {
        if (this.#failure) done(false);
        else if (reached()) done(true);
        else if (hopeless()) done(false);
      };
      const done = (result: boolean) => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(result);
      };
      this.#waiting.add(look);
      look();
    });
  }

  #wake(): void {
    for (const look of [...this.#waiting]) look();
  }

  #slowest(): Checkpoint {
    const all = this.projections.map(({ name }) => checkpointOf(this.db, name));
    return all.reduce((least, c) => (c.position < least.position ? c : least));
  }

  /** Views of another ledger, or of a later state of one that was restored from a backup, are built anew. */
  async #forgetAnotherLedger(): Promise<void> {
    for (const projection of this.projections) {
      const { token, eventId } = checkpointOf(this.db, projection.name);
      if (token === null) continue;
      if ((await this.#idAt(token)) !== eventId) this.db.transaction(() => reset(this.db, projection));
    }
  }

  /** The id of the event at a token; undefined where there is none, as with the token of a store that was moved from. */
  async #idAt(token: Position): Promise<string | undefined> {
    try {
      for await (const { id } of this.store.readAll({ fromPosition: token, maxCount: 1 })) return id;
    } catch (error) {
      if (!(error instanceof InvalidPosition)) throw error;
    }
    return undefined;
  }

  async #run(subscription: Subscription, from: number): Promise<void> {
    let position = from;
    for await (const messages of batches(subscription, MAX_BATCH)) {
      const stored = messages.flatMap((m) => (m.kind === 'event' ? [m.event] : []));
      try {
        if (stored.length > 0) this.#apply(stored, position);
      } catch (error) {
        // Else leaving the loop would wait for an event that may never come, and nobody would be told.
        await subscription.close();
        throw error;
      }
      position += stored.length;
      if (messages.some((m) => m.kind === 'caught-up')) this.#caughtUp = true;
      this.#wake();
    }
  }

  #apply(stored: readonly StoredEvent[], before: number): void {
    const steps = stored.map((event, i): Step => {
      const position = before + 1 + i;
      return { event: ledgerEvent(event, position), to: { position, token: event.position, eventId: event.id } };
    });
    const today = this.now().toISOString().slice(0, 10);
    try {
      this.db.transaction(() => this.#projectAll(steps, today));
    } catch (error) {
      forgetAll(this.db);
      if (error instanceof CheckpointConflict) throw error;
      // Once more, carefully: what can be applied is, and what can't is named.
      for (const step of steps) this.#applyCarefully(step, today);
    }
  }

  /** All projections at once, as long as nothing fails. */
  #projectAll(steps: readonly Step[], today: string): void {
    for (const projection of this.projections) {
      if (!this.#stopped.has(projection.name)) this.#project(projection, steps, today);
    }
  }

  /** One event, each projection in a savepoint of its own, so that one that fails leaves the others to go on. */
  #applyCarefully(step: Step, today: string): void {
    this.db.transaction(() => {
      for (const projection of this.projections) {
        if (this.#stopped.has(projection.name)) continue;
        this.db.exec('SAVEPOINT projection');
        try {
          this.#project(projection, [step], today);
        } catch (error) {
          this.db.exec('ROLLBACK TO projection');
          forgetAll(this.db);
          if (error instanceof CheckpointConflict) throw error;
          this.#stop(projection, step, error);
        }
        this.db.exec('RELEASE projection');
      }
    });
  }

  #project(projection: Projection, steps: readonly Step[], today: string): void {
    const from = checkpointOf(this.db, projection.name);
    // All are made from the history, the first of them: none can be ahead of it.
    const known = projection.name === historyIndex.name ? Infinity : checkpointOf(this.db, historyIndex.name).position;
    const pending = steps.filter(({ event }) => event.position > from.position && event.position <= known);
    const last = pending.at(-1);
    if (!last) return;
    const events = pending.map((s) => s.event);
    let touched: ReadonlySet<string> | undefined;
    const batch: Batch = {
      events,
      position: last.to.position,
      touched: () => (touched ??= touchedStreams(this.db, events)),
      today,
    };
    projection.apply(this.db, batch);
    advance(this.db, projection.name, from, last.to);
  }

  #stop({ name }: Projection, { event }: Step, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#stopped.set(name, { position: event.position, eventId: event.id, reason });
  }
}

/** What was rolled back may not be remembered. */
function forgetAll(db: Database): void {
  forgetStreams(db);
  forgetFolds(db);
}

/** An event, and where a projection is when it has been applied. */
interface Step {
  readonly event: LedgerEvent;
  readonly to: Checkpoint;
}
