import type { AppendOutcome, AppendRequest } from './writer.js';

/** What the writer's thread is started with. */
export interface WriterData {
  readonly path: string;
}

/** What is said to the writer's thread. One group is under way at a time. */
export type ToWriter =
  { readonly kind: 'write'; readonly group: readonly AppendRequest[] } | { readonly kind: 'close' };

/** What it says. `failed` is its last word. */
export type FromWriter =
  | { readonly kind: 'ready' }
  | { readonly kind: 'written'; readonly outcomes: readonly AppendOutcome[] }
  | { readonly kind: 'failed'; readonly reason: string };
