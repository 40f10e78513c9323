import type { LedgerEvent } from '../domain/event.js';
import type { Day } from '../domain/values/day.js';
import type { Database } from '../event-store/embedded/sqlite.js';
import type { Position } from '../event-store/event-store.js';

/** How far a projection has got. */
export interface Checkpoint {
  /** The ledger's position of the last event applied, 0 before the first. */
  readonly position: number;
  /** The store's token of that event, and its id; null before the first. */
  readonly token: Position | null;
  readonly eventId: string | null;
}

/** A stretch of the ledger: consecutive positions, in order. */
export interface Batch {
  readonly events: readonly LedgerEvent[];
  /** Position of the last event: the views state what was known there. */
  readonly position: number;
  /** The streams of records whose fold it may have changed. Looked up once the history holds the batch. */
  readonly touched: () => ReadonlySet<string>;
  /** The day, UTC, for which a view that depends on one is computed. */
  readonly today: Day;
}

/**
 * A read model: tables of its own, and what a batch does to them. It reads nothing but the batch, its tables and those
 * of the {@link HistoryIndex}; the runner commits it together with its checkpoint.
 */
export interface Projection {
  readonly name: string;
  /** Another where this code can't read the tables that were made before: nothing is answered until they are made anew. */
  readonly version: string;
  /**
   * Another where this code would only write other rows: what was made before answers until all is made anew beside it.
   * Absent: there was only one so far.
   */
  readonly revision?: string;
  /** Idempotent DDL. */
  readonly schema: string;
  /** Its tables, to be dropped when it is built anew. */
  readonly tables: readonly string[];
  /** Fills new tables with what is there before the first event. */
  seed?(db: Database): void;
  apply(db: Database, batch: Batch): void;
  /**
   * Does a piece of what `apply` put off to a time when nothing else is to do, and says whether more is left. What is
   * put off is no answer that is wrong, only one that is not ready.
   */
  settle?(db: Database, at: Pick<Batch, 'position' | 'today'>): boolean;
}
