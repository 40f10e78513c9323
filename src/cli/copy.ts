import { existsSync, statSync } from 'node:fs';
import { copyLedger, CopyRefused, type CopyProgress, LedgersDiffer } from '../event-store/copy-ledger.js';
import { type EventStore, StoreLocked, StoreUnavailable } from '../event-store/event-store.js';
import { openEventStore } from '../event-store/event-store.module.js';
import { NoCanonicalForm } from '../event-store/fingerprint.js';
import { LEDGER_STREAMS } from '../domain/event.js';
import { CliError, EXIT } from './exit-codes.js';
import { progressOn } from './progress.js';
import { print } from './terminal.js';

const DOING = { check: 'compared with what is there', copy: 'copied', verify: 'verified' } as const;

/**
 * Copies a ledger from one place to another, files or connection strings, and says what there is then.
 * @throws CliError
 */
export async function copy(from: string, to: string, { json = false }: { readonly json?: boolean }): Promise<void> {
  if (isFile(from) && !existsSync(from)) throw new CliError(`There is no ledger at ${from}`, EXIT.refused);
  if (isSame(from, to)) throw new CliError('Both are the same ledger: there is nothing to copy', EXIT.usage);
  const progress = progressOn(process.stderr);
  const show = ({ phase, events }: CopyProgress) => progress.show(() => `${events} events ${DOING[phase]}`);
  const copying = withStore(from, (source) =>
    withStore(to, (target) => copyLedger(source, target, { streamPrefixes: LEDGER_STREAMS, onProgress: show })),
  );
  const { events, copied, sha256 } = await copying.finally(progress.end);
  if (json) return print(JSON.stringify({ from: shown(from), to: shown(to), events, copied, sha256 }, null, 2));
  print(`${copied} events copied from ${shown(from)} to ${shown(to)}, ${events - copied} were there before`);
  print(`${events} events verified, the same in both: SHA-256 ${sha256}`);
}

const isFile = (location: string) => !location.includes('://');

function isSame(from: string, to: string): boolean {
  if (!isFile(from) || !isFile(to)) return from.trim() === to.trim();
  if (!existsSync(to)) return false;
  // By whatever path, or link, it is reached.
  const [a, b] = [statSync(from), statSync(to)];
  return a.dev === b.dev && a.ino === b.ino;
}

/** A connection string without its password, which is not for the screen or a log. */
const shown = (location: string) => (isFile(location) ? location : location.replace(/\/\/.*@/, '//'));

async function open(location: string): Promise<EventStore> {
  try {
    return await openEventStore(location);
  } catch (error) {
    if (error instanceof RangeError) throw new CliError(error.message, EXIT.usage); // no connection string
    throw error;
  }
}

/** Opens the store, and closes it whatever happens. @throws CliError */
async function withStore<A>(location: string, use: (store: EventStore) => Promise<A>): Promise<A> {
  let store: EventStore | undefined;
  try {
    store = await open(location);
    return await use(store);
  } catch (error) {
    throw inCommandLineWords(error);
  } finally {
    await store?.close();
  }
}

function inCommandLineWords(error: unknown): unknown {
  if (error instanceof CopyRefused || error instanceof NoCanonicalForm) {
    return new CliError(error.message, EXIT.refused);
  }
  if (error instanceof LedgersDiffer) return new CliError(error.message, EXIT.failed);
  if (error instanceof StoreLocked) {
    return new CliError(`${error.message}.\nStop what has it open, then copy.`, EXIT.unavailable);
  }
  if (error instanceof StoreUnavailable) {
    const hint = 'What is copied stands. The same command again goes on from there.';
    return new CliError(`${error.message}.\n${hint}`, EXIT.unavailable);
  }
  return error;
}
