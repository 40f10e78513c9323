import { canonicalJson, NotIJsonError, sha256Hex } from '../domain/values/canonical-json.js';
import type { StoredEvent } from './event-store.js';

/** An event of a ledger that has no canonical form, so that no two stores need agree on what it says. */
export class NoCanonicalForm extends Error {
  override readonly name = 'NoCanonicalForm';
}

/**
 * What an event says, whichever store holds it: the canonical JSON (RFC 8785) of
 * `[stream, revision, id, type, data, metadata]`. The store's own position and time are left out.
 * @throws NoCanonicalForm
 */
export function canonicalEvent({ stream, revision, id, type, data, metadata }: StoredEvent): string {
  try {
    // Each by itself, as an array is written in canonical form: what may be recorded may be nested as deep as it is.
    return `[${[stream, revision, id, type, data, metadata].map(canonicalJson).join(',')}]`;
  } catch (cause) {
    if (!(cause instanceof NotIJsonError)) throw cause;
    throw new NoCanonicalForm(`Event ${id} (${stream}, revision ${revision}): ${cause.message}`, { cause });
  }
}

/** SHA-256, lower-case hex, of the event's canonical form. @throws NoCanonicalForm */
export const fingerprint = (event: StoredEvent): string => sha256Hex(canonicalEvent(event));
