#!/usr/bin/env node
import { UnsupportedLedgerFile } from '../event-store/embedded/schema.js';
import { InvalidConnectionString } from '../event-store/eventstoredb/connection.js';
import { AddressUnavailable } from '../event-store/endpoint/listen.js';
import { LogLocked } from '../audit/sealing/transparency-log.js';
import { StoreLocked, StoreUnavailable } from '../event-store/event-store.js';
import { ViewsLocked } from '../projections/read-model-files.js';
import { InvalidSettings } from '../settings.js';
import { CliError, EXIT } from './exit-codes.js';
import { program } from './program.js';

const WRONG_USE = [InvalidSettings, InvalidConnectionString, UnsupportedLedgerFile];
const IN_USE = [ViewsLocked, LogLocked, StoreUnavailable];

/** What an error is to people, and to scripts. */
function tell(error: unknown): { readonly message: string; readonly code: number } {
  if (!(error instanceof Error)) return { message: String(error), code: EXIT.failed };
  const { message } = error;
  if (error instanceof CliError) return { message, code: error.code };
  if (WRONG_USE.some((kind) => error instanceof kind)) return { message, code: EXIT.usage };
  if (error instanceof StoreLocked) {
    const hint = 'If a server has it open, ask that: --url http://127.0.0.1:3000';
    return { message: `${message}.\n${hint}`, code: EXIT.unavailable };
  }
  if (IN_USE.some((kind) => error instanceof kind)) return { message: `${message}.`, code: EXIT.unavailable };
  if (error instanceof AddressUnavailable) {
    return { message: `${message}.\nTake another address: MITHAQ_ESDB_LISTEN=127.0.0.1:2114`, code: EXIT.unavailable };
  }
  if ('code' in error && error.code === 'EADDRINUSE') {
    return { message: `${message}.\nTake another port: MITHAQ_PORT=3001`, code: EXIT.unavailable };
  }
  return { message: error.stack ?? message, code: EXIT.failed };
}

try {
  await program().parseAsync();
} catch (error) {
  const { message, code } = tell(error);
  if (message !== '') process.stderr.write(`${message}\n`);
  // All is closed, but a connection to a server that never said a word can't be, and would keep the process.
  process.exit(code);
}
