import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from './server.js';

/** A ledger that serves in a process of its own, which may be killed. */
export interface ChildLedger {
  readonly process: ChildProcess;
  readonly client: Client;
}

/** Settings of a ledger whose files are in a directory. */
export const filesIn = (directory: string): Record<string, string> => ({
  MITHAQ_STORE: join(directory, 'ledger.db'),
  MITHAQ_VIEWS: join(directory, 'views.db'),
  MITHAQ_TLOG: 'off',
});

/** `mithaq serve`, with these settings and no others, on a free port. Resolves when it listens. */
export async function startLedger(env: Record<string, string>): Promise<ChildLedger> {
  const child = spawn(process.execPath, ['dist/src/cli/main.js', 'serve'], {
    env: { PATH: process.env['PATH'], MITHAQ_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const url = once(lines, 'line').then(([line]) => /http:\S+(?=,)/.exec(String(line))![0]);
  const died = once(child, 'exit').then(([code]) => Promise.reject(new Error(`The server ended with ${String(code)}`)));
  // Once it listens, its end is what the test is about.
  died.catch(() => undefined);
  return { process: child, client: new Client(await Promise.race([url, died])) };
}

/** Ends it as it is meant to end, or as a power cut would. */
export async function stopLedger({ process: child }: ChildLedger, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}
