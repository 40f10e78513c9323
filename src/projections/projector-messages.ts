import type { Position } from '../event-store/event-store.js';
import type { Progress } from './projection-progress.js';

/** What the projector's thread is given. */
export interface ProjectorData {
  /** Of the event store. */
  readonly location: string;
  /** Of the read models' file. */
  readonly path: string;
  /** Another file of read models that this one is made from, and the projections that begin anew in it. */
  readonly beside?: { readonly live: string; readonly anew: readonly string[] };
  readonly dormantAfterMonths: number;
  /** What to add to the machine's clock, in milliseconds. */
  readonly clockOffset: number;
}

/** `wake`: something was committed; `wanted`: someone waits for the event at the token. */
export type ToProjector = 'wake' | 'close' | { readonly wanted: Position };

export type FromProjector =
  | { readonly kind: 'progress'; readonly progress: Progress }
  /** It has caught up with the ledger. `outdated`: projections whose rows are to be made anew. */
  | { readonly kind: 'ready'; readonly outdated: readonly string[] }
  | { readonly kind: 'dropped'; readonly reason: string }
  | { readonly kind: 'failed'; readonly error: Error };
