import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';

/** Gives the path of a ledger in a directory of its own that goes when the test ends. */
export function temporaryLedgers(): () => string {
  const directories: string[] = [];
  afterEach(() => {
    for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
  });
  return () => {
    const directory = realpathSync(mkdtempSync(join(tmpdir(), 'mithaq-ledger-')));
    directories.push(directory);
    return join(directory, 'ledger.db');
  };
}
