import type { Position } from '../event-store/event-store.js';
import type { Checkpoint } from './projection.js';

export interface ProjectionHealth {
  readonly name: string;
  readonly position: number;
  /** The store's token of the event there; null before the first. */
  readonly token: Position | null;
  /** Why it stands still, and at which event; null while it goes on. */
  readonly stopped: { readonly position: number; readonly eventId: string; readonly reason: string } | null;
}

/** How far the views have got, and what was written to since they last said so. */
export interface Progress {
  /** How far every view has got. */
  readonly checkpoint: Checkpoint;
  /** The ledger's position up to which the history holds it: from there any question can be answered. */
  readonly known: number;
  readonly projections: readonly ProjectionHealth[];
  /** Why none of them goes on; null while they do. */
  readonly failure: string | null;
  /** Each stream that was written to, with its last revision. */
  readonly streams: readonly (readonly [stream: string, revision: number])[];
  /** Whether a record was merged. */
  readonly merged: boolean;
}

/** Before anything was told. */
export const NO_PROGRESS: Progress = {
  checkpoint: { position: 0, token: null, eventId: null },
  known: 0,
  projections: [],
  failure: null,
  streams: [],
  merged: false,
};

/** How far the views are known to have got, and those who wait for them. */
export class ProjectionProgress {
  readonly #looks = new Set<() => void>();
  #latest = NO_PROGRESS;

  constructor(private readonly compare: (a: Position, b: Position) => number) {}

  get latest(): Progress {
    return this.#latest;
  }

  accept(progress: Progress): void {
    this.#latest = progress;
    for (const look of [...this.#looks]) look();
  }

  /**
   * Resolves to true when all views, or the one that is named, hold the event at `token`; to false when `timeoutMs` have
   * passed before, and at once where a view that is behind it stands still. @throws InvalidPosition
   */
  waitFor(token: Position, timeoutMs: number, view?: string): Promise<boolean> {
    this.compare(token, token); // what is no token is an error, not a wait
    const waits = ({ name, token: at }: ProjectionHealth) =>
      (view === undefined || name === view) && !this.#reaches(at, token);
    return this.until(
      () => this.holds(token, view),
      ({ failure, projections }) => failure !== null || projections.some((p) => p.stopped !== null && waits(p)),
      timeoutMs,
    );
  }

  /** Whether they hold the event at a token. @throws InvalidPosition */
  holds(token: Position, view?: string): boolean {
    const { checkpoint, projections } = this.#latest;
    const at = view === undefined ? checkpoint : projections.find(({ name }) => name === view);
    return this.#reaches(at?.token ?? null, token);
  }

  #reaches(at: Position | null, token: Position): boolean {
    return at !== null && this.compare(at, token) >= 0;
  }

  /** The same for any state that they may reach. */
  until(
    reached: (progress: Progress) => boolean,
    hopeless: (progress: Progress) => boolean,
    timeoutMs: number,
  ): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = Number.isFinite(timeoutMs) ? setTimeout(() => done(false), timeoutMs) : undefined;
      const look = () => {
        if (reached(this.#latest)) done(true);
        else if (hopeless(this.#latest)) done(false);
      };
      const done = (result: boolean) => {
        clearTimeout(timer);
        this.#looks.delete(look);
        resolve(result);
      };
      this.#looks.add(look);
      look();
    });
  }
}
