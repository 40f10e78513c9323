import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT } from '../../src/cli/exit-codes.js';
import { mithaq } from '../cli/mithaq.js';
import { temporaryDirectory } from '../support/server.js';

let directory: string;
const bundle = () => join(directory, 'bundle');
beforeAll(async () => {
  directory = await temporaryDirectory();
  const store = ['--store', join(directory, 'ledger.db'), '--views', join(directory, 'views.db')];
  expect(await mithaq('import', 'examples/morocco/commands.ndjson', ...store)).toMatchObject({ code: EXIT.ok });
  expect(await mithaq('export', '--to', bundle(), ...store)).toMatchObject({ code: EXIT.ok, said: '' });
});
afterAll(() => rm(directory, { recursive: true }));

/** What the page tells to type, all of it. */
const script = () => {
  const page = readFileSync('docs/verify-it-yourself.md', 'utf8');
  const blocks = [...page.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, commands]) => commands!);
  return `set -euo pipefail\n${blocks.join('')}`;
};
const run = () => spawnSync('bash', ['-c', script()], { cwd: bundle(), encoding: 'utf8', timeout: 60_000 });
const tools = ['sha256sum', 'openssl', 'xxd'].every((tool) => spawnSync('which', [tool]).status === 0);

// In this order: the second changes the bundle.
(tools ? test : test.skip)('the page’s commands find a bundle sound', () => {
  expect(run()).toMatchObject({
    status: 0,
    stderr: '',
    stdout: expect.stringContaining('Signature Verified Successfully'),
  });
});

(tools ? test : test.skip)('and one that was changed, with its sum, not', () => {
  const folder = join(bundle(), 'tile/entries/000.p');
  const file = join(folder, readdirSync(folder)[0]!);
  const bytes = readFileSync(file);
  bytes.write('"position":9,', bytes.indexOf('"position":7,'));
  writeFileSync(file, bytes);
  expect(run().status).not.toBe(0);
  const sums = spawnSync('bash', ['-c', 'sha256sum $(cut -c 67- SHA256SUMS)'], {
    cwd: bundle(),
    encoding: 'utf8',
  }).stdout;
  writeFileSync(join(bundle(), 'SHA256SUMS'), sums);
  expect(spawnSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: bundle() }).status).toBe(0);
  expect(run().status).not.toBe(0);
});
