import { createHash } from 'node:crypto';
import { type EventData, type EventStore, type StoredEvent, WrongExpectedRevision } from './event-store.js';
import { fingerprint } from './fingerprint.js';
import { streamRuns } from './stream-runs.js';

export interface CopyProgress {
  /** `check`: what the target held before; `verify`: all of it, after the copy. */
  readonly phase: 'check' | 'copy' | 'verify';
  /** Events of the ledger, from its first, that this is done with. */
  readonly events: number;
}

export interface CopyOptions {
  /** The ledger's streams; others in the source are not copied, others in the target not looked at. */
  readonly streamPrefixes: readonly string[];
  readonly onProgress?: (progress: CopyProgress) => void;
}

export interface CopyReport {
  /** How many events both ledgers hold. */
  readonly events: number;
  /** How many of them this copy appended; the target held the others before. */
  readonly copied: number;
  /** SHA-256, lower-case hex, of the fingerprints of all events in order, each followed by a line feed. */
  readonly sha256: string;
}

/** The target holds something other than a beginning of the source's ledger, or can't hold what comes next. */
export class CopyRefused extends Error {
  override readonly name = 'CopyRefused';
}

/** The two ledgers do not say the same, at this position. */
export class LedgersDiffer extends Error {
  override readonly name = 'LedgersDiffer';
  constructor(
    readonly position: number,
    how: string,
  ) {
    super(`The ledgers differ at position ${position}: ${how}`);
  }
}

/**
 * Copies a ledger from one store to another, in its order, so that every event keeps its position, its id and what it
 * says. The target may hold a beginning of it, as an interrupted copy leaves it; then the rest is appended.
 *
 * It goes over both ledgers from their first event: what the target holds must be the same, event by event, and what it
 * lacks is appended. It is done when a pass finds nothing to append, and that pass is the verification: what was
 * appended in the one before, and what the source was given meanwhile, is read back from the target.
 * @throws CopyRefused, where the target is of another history: nothing is appended then; LedgersDiffer, where what was
 *   appended does not come back the same; NoCanonicalForm; StoreUnavailable: then copy again, it goes on where it stands
 */
export async function copyLedger(from: EventStore, to: EventStore, options: CopyOptions): Promise<CopyReport> {
  const { streamPrefixes, onProgress } = options;
  const report = (phase: CopyProgress['phase']) => (events: number) => onProgress?.({ phase, events });
  let copied = 0;
  for (let before = -1; ;) {
    const source = from.readAll({ streamPrefixes })[Symbol.asyncIterator]();
    const target = to.readAll({ streamPrefixes });
    const { events, sha256 } = await matchBeginning(source, target, report(copied === 0 ? 'check' : 'verify')).catch(
      (error: unknown) => {
        if (copied > 0 || !(error instanceof LedgersDiffer)) throw error;
        throw new CopyRefused(`Nothing was copied, for the target is not a copy of the source. ${error.message}`);
      },
    );
    // Else it would be appended for ever.
    if (events <= before) throw new LedgersDiffer(events + 1, 'what was appended is not in the target');
    before = events;
    const appended = await appendRest(source, to, events, report('copy'));
    if (appended === 0) return { events, copied, sha256 };
    copied += appended;
  }
}

/** Takes as many events from `source` as `target` holds, and compares each. @throws LedgersDiffer */
async function matchBeginning(
  source: AsyncIterator<StoredEvent>,
  target: AsyncIterable<StoredEvent>,
  done: (events: number) => void,
): Promise<{ readonly events: number; readonly sha256: string }> {
  const all = createHash('sha256');
  let events = 0;
  for await (const held of target) {
    const next = await source.next();
    const position = events + 1;
    if (next.done) throw new LedgersDiffer(position, `the source ends before it, the target holds ${nameOf(held)}`);
    const print = fingerprint(next.value);
    if (next.value.id !== held.id) {
      throw new LedgersDiffer(position, `${nameOf(next.value)} in the source, ${nameOf(held)} in the target`);
    }
    if (print !== fingerprint(held)) {
      throw new LedgersDiffer(position, `${nameOf(held)} says something else in the target than in the source`);
    }
    all.update(`${print}\n`);
    events = position;
    done(events);
  }
  return { events, sha256: all.digest('hex') };
}

/**
 * Appends what is left of `source`. One append after the other: only so the order of streams among each other is that
 * of the source, and what an interruption leaves is a beginning of it.
 */
async function appendRest(
  source: AsyncIterator<StoredEvent>,
  to: EventStore,
  before: number,
  done: (events: number) => void,
): Promise<number> {
  let appended = 0;
  for await (const run of streamRuns(source)) {
    const [first] = run;
    try {
      await to.append(first.stream, run.map(eventData), first.revision === 0 ? 'no_stream' : first.revision - 1);
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision) && !(error instanceof RangeError)) throw error;
      throw new CopyRefused(`Position ${before + appended + 1}, ${nameOf(first)}, can't be copied: ${error.message}`, {
        cause: error,
      });
    }
    appended += run.length;
    done(before + appended);
  }
  return appended;
}

const eventData = ({ id, type, data, metadata }: StoredEvent): EventData => ({ id, type, data, metadata });

const nameOf = ({ id, type, stream, revision }: StoredEvent) => `${type} ${id} (${stream}, revision ${revision})`;
