import type { AppendResult, EventData, ExpectedRevision } from '../event-store.js';

/** An append as it goes to the appender's thread. */
export interface AppendRequest {
  readonly id: number;
  readonly stream: string;
  readonly events: readonly EventData[];
  readonly expected: ExpectedRevision;
  /** How long it may take, in milliseconds. */
  readonly deadline: number;
}

/** Where the client connects to, for the thread. */
export interface AppenderData {
  readonly connectionString: string;
}

export type ToAppender = readonly AppendRequest[] | { readonly closeWithin: number };

/** What became of an append: an error keeps what the port's own errors say. */
export type AppendAnswer = { readonly id: number } & (
  | { readonly result: AppendResult }
  | { readonly wrong: { readonly actual: number | 'no_stream' } }
  | { readonly error: { readonly kind: 'range' | 'unavailable'; readonly message: string } }
);

export type FromAppender = readonly AppendAnswer[];
