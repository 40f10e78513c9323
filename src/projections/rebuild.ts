import type { Progress } from './projection-progress.js';
import type { ProjectorThread } from './projector-thread.js';

export interface RebuildStatus {
  /** Those that were asked for; all are made from the history, so with that all begin anew. */
  readonly projections: readonly string[];
  readonly state: 'running' | 'done' | 'failed';
  /** The ledger's position that it has got to. */
  readonly position: number;
  /** Why it failed, or an event that it stands still at; null while it goes on. */
  readonly reason: string | null;
}

/** Read models that are made beside those that answer, until they know as much. */
export class Rebuild {
  #state: RebuildStatus['state'] = 'running';
  #caughtUp = false;
  #failure: string | null = null;
  /** Streams that were written to after what the live ones have told of. */
  readonly #ahead = new Map<string, number>();

  constructor(
    readonly projections: readonly string[],
    readonly thread: ProjectorThread,
  ) {}

  get running(): boolean {
    return this.#state === 'running';
  }

  get status(): RebuildStatus {
    const { checkpoint, projections } = this.thread.progress;
    const standing = projections.flatMap(({ name, stopped }) => (stopped ? [`${name}: ${stopped.reason}`] : []));
    return {
      projections: this.projections,
      state: this.#state,
      position: checkpoint.position,
      reason: this.#failure ?? standing[0] ?? null,
    };
  }

  /** It has done what it had put off as well, and follows the ledger. */
  caughtUp(): void {
    this.#caughtUp = true;
  }

  /** To be called for all that its projector tells. */
  told({ known, streams }: Progress, live: Progress): void {
    if (known > live.known) for (const [stream, revision] of streams) this.#ahead.set(stream, revision);
  }

  /** Whether it knows, of every projection, what the live ones do. */
  reaches(live: Progress): boolean {
    const { projections, failure } = this.thread.progress;
    const reached = (name: string) => projections.find((p) => p.name === name)?.position ?? 0;
    return (
      this.#caughtUp && failure === null && live.projections.every(({ name, position }) => reached(name) >= position)
    );
  }

  /** What those who listened to the live ones have to be told now. */
  get handedOver(): Progress {
    return { ...this.thread.progress, streams: [...this.#ahead], merged: true };
  }

  done(): void {
    this.#state = 'done';
  }

  failed(reason: string): void {
    this.#state = 'failed';
    this.#failure = reason;
  }
}
