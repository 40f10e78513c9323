import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogAnswer } from '../../src/api/log.controller.js';
import { parseSignedCheckpoint } from '../../src/audit/log/checkpoint.js';
import { CheckpointHistory } from '../../src/audit/sealing/checkpoint-history.js';
import { type ChildLedger, startLedger, stopLedger } from '../support/child-ledger.js';
import { sourceData } from '../support/facts.js';
import { temporaryDirectory } from '../support/server.js';
import { StandIn } from '../support/stand-in.js';
import { signedIn } from '../support/transparency.js';

/* Two ledgers, each a process, on one store that speaks EventStoreDB's protocol: there is one log of it. */

const DEADLINE = 20_000;

let standIn: StandIn;
let directory: string;
let instances: ChildLedger[];
const start = (name: string, env: Record<string, string> = {}) =>
  startLedger({
    MITHAQ_STORE: standIn.connectionString(DEADLINE),
    MITHAQ_VIEWS: join(directory, `${name}.db`),
    MITHAQ_MAX_WAIT_MS: String(DEADLINE),
    ...env,
  });
beforeEach(async () => {
  directory = await temporaryDirectory();
  standIn = await StandIn.start();
  instances = [];
});
afterEach(async () => {
  await Promise.all(instances.map((instance) => stopLedger(instance, 'SIGTERM')));
  await standIn.close();
  await rm(directory, { recursive: true });
});

const textAt = async ({ client }: ChildLedger, path: string) => (await fetch(new URL(path, client.url))).text();
const checkpointOf = async (ledger: ChildLedger) => parseSignedCheckpoint(await textAt(ledger, '/tlog/checkpoint'));
const logOf = async (ledger: ChildLedger) => JSON.parse(await textAt(ledger, '/v1/log')) as LogAnswer;

async function register(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    await instances[n % instances.length]!.client.given(
      'RegisterSource',
      sourceData({ sourceId: `x-${randomUUID()}` }),
    );
  }
}

/** That both have sealed the ledger up to there, and that all that was ever signed are beginnings of one tree. */
async function expectOneLog(size: number): Promise<void> {
  for (const instance of instances) await textAt(instance, `/v1/log/entries/${size}/proof`);
  const [one, two] = await Promise.all(instances.map(checkpointOf));
  expect([one, two]).toMatchObject([{ size }, { size, root: one!.root, origin: one!.origin }]);
  const signed = await signedIn(standIn.store);
  expect(new Set(signed.map(({ origin }) => origin)).size).toBe(1);
  expect(new Set(signed.map((c) => c.size)).size).toBe(signed.length);
  expect(signed.at(-1)!.root).toEqual(one!.root);
}

// Four processes are started and ended in each.
jest.setTimeout(120_000);

describe('two instances', () => {
  test('that have one key both sign, one after the other', async () => {
    const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const env = { MITHAQ_TLOG_KEY: key, MITHAQ_TLOG_ORIGIN: 'example.com/ledger' };
    instances = await Promise.all([start('a', env), start('b', env)]);
    await register(40);
    await expectOneLog(40);
    for (const instance of instances) expect(await logOf(instance)).toMatchObject({ state: 'sealing' });
  });

  test('that are told of no key: the first makes one and signs, the other publishes what it signs', async () => {
    instances = await Promise.all([start('a'), start('b')]);
    await register(10);
    await expectOneLog(10);
    const states = (await Promise.all(instances.map(logOf))).map(({ state }) => state);
    expect(states.sort()).toEqual(['following', 'sealing']);
  });

  test('of which one is told of another key: it signs nothing, and says why', async () => {
    instances = [await start('a')];
    await register(1);
    await textAt(instances[0]!, '/v1/log/entries/1');
    const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    instances.push(await start('b', { MITHAQ_TLOG_KEY: key }));
    await textAt(instances[1]!, '/v1/log/entries/1');
    const before = (await new CheckpointHistory(standIn.store).last())!;
    await register(3);
    await textAt(instances[0]!, '/v1/log/entries/4');
    await textAt(instances[1]!, '/v1/log/entries/4');
    expect(await logOf(instances[1]!)).toMatchObject({
      state: 'standing',
      reason: expect.stringContaining('let both sign'),
    });
    expect((await new CheckpointHistory(standIn.store).last())!.keys).toEqual(before.keys);
  });
});
