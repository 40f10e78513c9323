/** The categories of streams that are the ledger; a stream of any other name in the store is not ours. */
export const CATEGORIES = [
  'source',
  'party',
  'agreement',
  'visit',
  'meeting',
  'mechanism',
  'exercise',
  'relationship',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** What the names of the ledger's own streams begin with, in a store that may hold others. */
export const LEDGER_STREAMS: readonly string[] = CATEGORIES.map((category) => `${category}-`);

/** The name of a category's records together: `parties`, `visits`. */
export const plural = (category: Category): string => (category === 'party' ? 'parties' : `${category}s`);

/** `agreement` and `x` → `agreement-x`. */
export const streamName = (category: Category, id: string): string => `${category}-${id}`;

/** `agreement-a-b` → `{category: 'agreement', id: 'a-b'}`; undefined where the stream is none of the ledger's. */
export function parseStream(stream: string): { category: Category; id: string } | undefined {
  const dash = stream.indexOf('-');
  const category = CATEGORIES.find((c) => c === stream.slice(0, dash));
  return category && dash + 1 < stream.length ? { category, id: stream.slice(dash + 1) } : undefined;
}

/**
 * The most bytes of JSON that an event is with its envelope: the longest entry of a transparency log's bundle
 * (https://c2sp.org/tlog-tiles).
 */
export const MAX_EVENT_BYTES = 65_535;

/** Why the ledger believes a fact: a source, the place in it, and how well the fact stands there. */
export interface Citation {
  readonly sourceId: string;
  readonly locator: string;
  readonly standing: string;
  readonly note?: string;
}

/** What an event states. Dates are EDTF (see values/partial-date.ts), null where unknown. */
export interface EventBody<D = object> {
  readonly occurredOn: string | null;
  readonly endedOn: string | null;
  readonly evidence: readonly Citation[];
  readonly data: D;
}

/** Something odd that was recorded all the same. */
export interface Warning {
  /** Stable, kebab-case. */
  readonly code: string;
  readonly message: string;
  /** JSON Pointer into the command's data. */
  readonly pointer?: string;
}

export interface EventMetadata {
  readonly commandId: string;
  /** SHA-256, lower-case hex, of the canonical JSON (RFC 8785) of `[command type, command data as sent]`. */
  readonly commandHash: string;
  readonly $correlationId: string;
  readonly $causationId: string;
  readonly actor: string;
  readonly schemaVersion: number;
  readonly warnings: readonly Warning[];
  /** When the ledger came to know it: RFC 3339, UTC, milliseconds. Set once, by the ledger. */
  readonly recordedAt: string;
  /** The trace in which it was recorded, where there was one: W3C Trace Context. */
  readonly traceparent?: string;
}

/** An event as the ledger records it: the envelope that everything downstream reads. */
export interface LedgerEvent<T extends string = string, D = object> {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  /** Ordinal in the ledger, from 1 without gaps; the same on every store. */
  readonly position: number;
  readonly type: T;
  readonly body: EventBody<D>;
  readonly metadata: EventMetadata;
}
