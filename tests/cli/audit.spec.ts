import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../../src/audit/verify/bundle.js';
import { EXIT } from '../../src/cli/exit-codes.js';
import { mithaq } from './mithaq.js';
import { serveLedger, type ServedLedger, temporaryDirectory } from '../support/server.js';

let directory: string;
let ledger: ServedLedger;
let key: string;
const at = (name: string) => join(directory, name);

beforeAll(async () => {
  directory = await temporaryDirectory();
  const where = ['--store', at('ledger.db'), '--views', at('views.db')];
  const imported = await mithaq('import', 'examples/morocco/commands.ndjson', ...where);
  expect(imported.code).toBe(EXIT.ok);
  const exported = await mithaq('export', '--to', at('bundle'), '--as-of', '2026-01-01', ...where);
  expect(exported).toMatchObject({ code: EXIT.ok, printed: expect.stringMatching(/^\d+ events exported to/) });
  key = readFileSync(at('bundle/keys.txt'), 'utf8').trim();
  ledger = await serveLedger({ directory, settings: { tlog: at('ledger.tlog') } });
});
afterAll(async () => {
  await ledger.close();
  await rm(directory, { recursive: true });
});

describe('what was imported', () => {
  test('was sealed, is exported, and verified with the key alone', async () => {
    const { code, printed, said } = await mithaq('verify', at('bundle'), '--key', key);
    expect([code, said]).toEqual([EXIT.ok, '']);
    expect(printed).toMatch(/^Sound: \d+ events of \S+\.mithaq\.invalid, with the root \S+, signed by /);
    const index = readFileSync(at('bundle/index.md'), 'utf8');
    expect(index).toContain('| agreement-mar-pak-defence-mou |');
  });

  test('verified with its own key says so', async () => {
    const { code, said } = await mithaq('verify', at('bundle'));
    expect([code, said]).toEqual([
      EXIT.ok,
      expect.stringContaining('compare it with one that you have from elsewhere'),
    ]);
  });

  test('and then changed is not sound, and the event is named', async () => {
    await cp(at('bundle'), at('changed'), { recursive: true });
    const file = at('changed/tile/entries/000.p');
    const width = readFileSync(at('bundle/checkpoint'), 'utf8').split('\n')[1]!;
    const bytes = readFileSync(join(file, width));
    bytes.write('"position":9,', bytes.indexOf('"position":7,'));
    writeFileSync(join(file, width), bytes);
    const { code, said } = await mithaq('verify', at('changed'), '--key', key);
    expect([code, said]).toEqual([EXIT.unsound, expect.stringMatching(/Not sound\. Position 7: /)]);
  });

  test('has the views that its events make, and no others', async () => {
    const { code, printed } = await mithaq('verify', at('bundle'), '--key', key, '--refold');
    expect([code, printed]).toEqual([
      EXIT.ok,
      expect.stringContaining('they make the 3 relationships that it tells of'),
    ]);
    await cp(at('bundle'), at('told-otherwise'), { recursive: true });
    const [view, sums] = ['views/relationships/MAR-PAK.json', 'SHA256SUMS'].map((name) => at(`told-otherwise/${name}`));
    const told = readFileSync(view!, 'utf8');
    const other = told.replace('"stage": "signed"', '"stage": "in_force"');
    const [sum, otherSum] = [told, other].map((text) => sha256(text));
    writeFileSync(view!, other);
    writeFileSync(sums!, readFileSync(sums!, 'utf8').replace(sum!, otherSum!));
    expect((await mithaq('verify', at('told-otherwise'), '--key', key)).code).toBe(EXIT.ok);
    const refolded = await mithaq('verify', at('told-otherwise'), '--key', key, '--refold');
    expect([refolded.code, refolded.said]).toEqual([
      EXIT.unsound,
      expect.stringContaining(
        'The view of MAR-PAK is not what the events make: /stage is "in_force", and should be "signed"',
      ),
    ]);
  });

  test('is exported to an empty directory only', async () => {
    const { code, said } = await mithaq('export', '--to', at('bundle'), '--url', ledger.client.url);
    expect([code, said]).toEqual([EXIT.usage, expect.stringContaining('is not empty')]);
  });
});

test('who asks for a log that is not there makes none', async () => {
  const { code } = await mithaq('export', '--to', at('x'), '--store', at('none/ledger.db'));
  expect([code, existsSync(at('none'))]).toEqual([EXIT.refused, false]);
});

describe('a server', () => {
  test('is verified as a bundle is, and begins with what was kept', async () => {
    const { url } = ledger.client;
    const { code, printed } = await mithaq('verify', url, '--key', key, '--since', at('bundle/checkpoint'));
    expect([code, printed]).toEqual([EXIT.ok, expect.stringMatching(/^Sound: [^]*They begin with those of/)]);
    const other = await mithaq('verify', url, '--key', key.replace('mithaq.invalid', 'mithaq.example'));
    expect(other.code).toBe(EXIT.usage);
  });

  test('gives a bundle, which is the same', async () => {
    await mithaq('export', '--to', at('served'), '--as-of', '2026-01-01', '--url', ledger.client.url);
    const sums = (name: string) => readFileSync(at(`${name}/SHA256SUMS`), 'utf8');
    expect(sums('served')).toBe(sums('bundle'));
  });

  test('tells of its relationships what its events make', async () => {
    const { code, printed } = await mithaq('verify', ledger.client.url, '--key', key, '--refold');
    expect([code, printed]).toEqual([EXIT.ok, expect.stringContaining('the 3 relationships')]);
  });

  test('proves an event', async () => {
    const { code, printed } = await mithaq('prove', '3', '--url', ledger.client.url);
    expect([code, printed]).toEqual([EXIT.ok, expect.stringMatching(/^c2sp\.org\/tlog-proof@v1\nindex 2\n/)]);
    expect((await mithaq('prove', '0', '--url', ledger.client.url)).code).toBe(EXIT.refused);
  });
});

test.each([
  [['verify', '/nowhere'], EXIT.usage],
  [['verify', 'docs', '--key', 'no key'], EXIT.usage],
  [['verify', 'docs', '--key', 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'], EXIT.unsound],
  [['verify', 'http://127.0.0.1:9', '--key', 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'], EXIT.unavailable], // prettier-ignore
  [['export', '--to', 'x', '--store', '/nowhere/ledger.db'], EXIT.refused],
])('mithaq %j ends with %i', async (args, code) => {
  expect((await mithaq(...args)).code).toBe(code);
});
