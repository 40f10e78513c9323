import type { Growth } from './log-builder.js';

/** What the builder's thread is given. */
export interface BuilderData {
  /** Of the event store. */
  readonly location: string;
  /** Of the log's files. */
  readonly directory: string;
  /** What was published last; undefined at first. */
  readonly sealed: Growth | undefined;
}

/** `dealt-with`: the last growth is. */
export type ToBuilder = 'dealt-with' | 'close';

export type FromBuilder =
  { readonly kind: 'grown'; readonly growth: Growth } | { readonly kind: 'failed'; readonly error: Error };
