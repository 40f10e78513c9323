import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyCheckpoint } from '../../src/audit/log/checkpoint.js';
import {
  consistencyProof,
  EMPTY_ROOT,
  leafHash,
  verifyConsistency,
  verifyInclusion,
} from '../../src/audit/log/merkle.js';
import { parseVkey } from '../../src/audit/log/signed-note.js';
import { nodesOf } from '../../src/audit/log/tile.js';
import { CheckpointHistory } from '../../src/audit/sealing/checkpoint-history.js';
import { LogBuilder } from '../../src/audit/sealing/log-builder.js';
import { LogFiles } from '../../src/audit/sealing/log-files.js';
import { LogLocked, NotSealed } from '../../src/audit/sealing/transparency-log.js';
import { LEDGER_STREAMS } from '../../src/domain/event.js';
import { temporaryDirectory } from '../support/server.js';
import { appendSome, filesUnder, openSealed, readPublished, type Sealed, signedIn } from '../support/transparency.js';

const PATIENCE = 20_000;

let directory: string;
let open: Sealed[];
const start = async (options: Parameters<typeof openSealed>[1] = {}) => {
  const sealed = await openSealed(directory, options);
  open.push(sealed);
  return sealed;
};
const stop = (sealed: Sealed) => {
  open = open.filter((other) => other !== sealed);
  return sealed.close();
};
/** A ledger of so many events, sealed and closed. */
async function sealSome(count: number): Promise<void> {
  const sealed = await start();
  await appendSome(sealed.store, count);
  expect(await sealed.log.sealedUpTo(count, PATIENCE)).toBe(true);
  await stop(sealed);
}
beforeEach(async () => {
  directory = await temporaryDirectory();
  open = [];
});
afterEach(async () => {
  for (const sealed of open) await sealed.close();
  await rm(directory, { recursive: true });
});

const fileNamed = (name: string) => join(directory, name);
const newKey = (): KeyObject => generateKeyPairSync('ed25519').privateKey;

describe('a ledger’s log', () => {
  test('seals what is recorded: entries, tiles and a signed checkpoint, as plain files', async () => {
    const { store, log } = await start();
    await appendSome(store, 300);
    expect(await log.sealedUpTo(300, PATIENCE)).toBe(true);
    const { checkpoint, entries, sound } = await readPublished(directory);
    expect(checkpoint).toMatchObject({ origin: 'example.com/ledger', size: 300 });
    expect(sound).toBe(true);
    expect(log.status).toMatchObject({ state: 'sealing', sealed: 300, root: checkpoint.root.toString('base64') });
    const policy = { log: log.status.keys.map(parseVkey), witnesses: [], quorum: 0 };
    expect(verifyCheckpoint(log.checkpoint!.text, policy).root).toEqual(checkpoint.root);
    let position = 0;
    for await (const event of store.readAll({ streamPrefixes: LEDGER_STREAMS })) {
      const { id, stream, revision, type, data: body, metadata } = event;
      const entry = JSON.parse(entries[position]!.toString()) as object;
      position += 1;
      expect(entry).toEqual({ body, id, metadata, position, revision, stream, type });
      expect(Object.keys(entry)).toEqual(['body', 'id', 'metadata', 'position', 'revision', 'stream', 'type']);
    }
    expect(position).toBe(300);
  });

  test('proves each event, and each earlier checkpoint', async () => {
    const { store, log } = await start();
    await appendSome(store, 10);
    await log.sealedUpTo(10, PATIENCE);
    const before = log.checkpoint!;
    await appendSome(store, 290);
    await log.sealedUpTo(300, PATIENCE);
    for (const index of [0, 9, 255, 256, 299]) {
      const { hashes, checkpoint } = await log.inclusion(index);
      expect(verifyInclusion(leafHash(log.entry(index)), index, checkpoint.size, hashes, checkpoint.root)).toBe(true);
    }
    const proof = await log.consistency(before.size, 300);
    expect(verifyConsistency(before, log.checkpoint!, proof)).toBe(true);
    expect(() => log.entry(300)).toThrow(NotSealed);
    expect(() => log.inclusion(300)).toThrow(NotSealed);
    expect(() => log.consistency(1, 301)).toThrow(NotSealed);
  });

  test('goes on after a restart, and seals at its end what is left', async () => {
    await sealSome(255);
    const sealed = await start();
    await appendSome(sealed.store, 2);
    await stop(sealed);
    expect(await readPublished(directory)).toMatchObject({ checkpoint: { size: 257 }, sound: true });
  });

  test('makes tiles that were lost or spoilt anew, and they are what they were', async () => {
    await sealSome(260);
    const before = await filesUnder(fileNamed('tlog'));
    await rm(fileNamed('tlog/tile'), { recursive: true });
    const sealed = await start();
    await appendSome(sealed.store, 1);
    expect(await sealed.log.sealedUpTo(261, PATIENCE)).toBe(true);
    expect(await readPublished(directory)).toMatchObject({ checkpoint: { size: 261 }, sound: true });
    expect((await filesUnder(fileNamed('tlog'))).get('tile/0/000')).toEqual(before.get('tile/0/000'));
  });

  test('made anew of the ledger alone is the same', async () => {
    await sealSome(300);
    const before = await filesUnder(fileNamed('tlog'));
    await rm(fileNamed('tlog'), { recursive: true });
    await rm(fileNamed('tlog.state.json'));
    const sealed = await start();
    expect(await sealed.log.sealedUpTo(300, PATIENCE)).toBe(true);
    expect(await filesUnder(fileNamed('tlog'))).toEqual(before);
    expect(await signedIn(sealed.store)).toHaveLength(new Set((await signedIn(sealed.store)).map((c) => c.size)).size);
  });

  test('ends where it is told to before it has begun', async () => {
    await sealSome(3);
    const sealed = await start();
    await appendSome(sealed.store, 2);
    const grown: number[] = [];
    const builder = new LogBuilder(sealed.store, new LogFiles(fileNamed('other')), ({ size }) => {
      grown.push(size);
      return Promise.resolve();
    });
    await builder.close();
    await builder.run({ size: 0, root: EMPTY_ROOT.toString('hex'), token: null, eventId: null, caughtUp: true });
    expect(grown).toEqual([5]);
  });

  test('is for one ledger at a time', async () => {
    await start();
    await expect(start({ ledger: 'another.db' })).rejects.toThrow(LogLocked);
  });
});

describe('its key', () => {
  test('is made at first, and only its owner can read it', async () => {
    await sealSome(1);
    expect(await readFile(fileNamed('tlog.key.pem'), 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    const { mode } = await import('node:fs').then(({ statSync }) => statSync(fileNamed('tlog.key.pem')));
    expect(mode & 0o077).toBe(0);
  });

  test('changes while both sign, and not otherwise', async () => {
    const [old, young] = [newKey(), newKey()];
    const seal = async (keys: KeyObject[], size: number) => {
      const sealed = await start({ keys });
      await appendSome(sealed.store, 1);
      const done = await sealed.log.sealedUpTo(size, PATIENCE);
      const { status } = sealed.log;
      await stop(sealed);
      return { done, status };
    };
    expect((await seal([old], 1)).done).toBe(true);
    const alone = await seal([young], 2);
    expect(alone).toMatchObject({ done: false, status: { state: 'standing', sealed: 1 } });
    expect(alone.status.reason).toMatch(/let both sign/);
    expect(await seal([old, young], 3)).toMatchObject({ done: true, status: { keys: [{}, {}] } });
    expect((await seal([young], 4)).done).toBe(true);
  });

  test('that is gone is not made anew: nothing is sealed until it is back', async () => {
    await sealSome(1);
    await rm(fileNamed('tlog.key.pem'));
    const { log, store } = await start();
    await appendSome(store, 1);
    expect(await log.sealedUpTo(2, PATIENCE)).toBe(false);
    expect(log.status).toMatchObject({ state: 'standing', sealed: 1 });
    expect(log.status.reason).toMatch(/key that signs the log is not there/);
  });

  test('of another origin does not go on', async () => {
    await sealSome(1);
    const { log, store } = await start({ origin: 'example.com/other' });
    await appendSome(store, 1);
    expect(await log.sealedUpTo(2, PATIENCE)).toBe(false);
    expect(log.status.reason).toMatch(/signed as example.com\/ledger/);
  });
});

describe('no second history is signed', () => {
  const expectUntouched = async (before: Map<string, Buffer>) =>
    expect(await filesUnder(fileNamed('tlog'))).toEqual(before);

  test('of an older copy of the ledger, which is shorter', async () => {
    await sealSome(5);
    await copyFile(fileNamed('ledger.db'), fileNamed('backup.db'));
    await sealSome(5);
    const before = await filesUnder(fileNamed('tlog'));
    const { log } = await start({ ledger: 'backup.db' });
    expect(await log.sealedUpTo(11, PATIENCE)).toBe(false);
    expect(log.status.reason).toMatch(/holds 5 events, but 10 were sealed: was an older copy of it restored\?/);
    await expectUntouched(before);
  });

  test('of an older copy that has grown otherwise since', async () => {
    await sealSome(5);
    await copyFile(fileNamed('ledger.db'), fileNamed('backup.db'));
    await sealSome(5);
    const before = await filesUnder(fileNamed('tlog'));
    const { log, store, warnings } = await start({ ledger: 'backup.db' });
    await appendSome(store, 300);
    expect(await log.sealedUpTo(11, PATIENCE)).toBe(false);
    expect(log.status.reason).toMatch(/5 events, but 10|first 10 events are not those that were sealed/);
    await stop(open[0]!);
    const again = await start({ ledger: 'backup.db' });
    expect(await again.log.sealedUpTo(11, PATIENCE)).toBe(false);
    expect(again.log.status.reason).toMatch(/first 10 events are not those that were sealed/);
    expect(warnings).toHaveLength(1);
    await expectUntouched(before);
    expect((await signedIn(again.store)).at(-1)).toMatchObject({ size: 5 });
  });

  test('of an older copy, where all that the log remembered is lost but what it published', async () => {
    await sealSome(5);
    await copyFile(fileNamed('ledger.db'), fileNamed('backup.db'));
    await sealSome(5);
    await rm(fileNamed('tlog.state.json'));
    const before = await filesUnder(fileNamed('tlog'));
    const { log, store } = await start({ ledger: 'backup.db' });
    await appendSome(store, 10);
    expect(await log.sealedUpTo(11, PATIENCE)).toBe(false);
    await expectUntouched(before);
  });

  test('where what the store holds was altered, though its end is as it was', async () => {
    await sealSome(5);
    // A state that remembers another tree of the same ledger is what an altered ledger looks like from the log.
    const state = JSON.parse(await readFile(fileNamed('tlog.state.json'), 'utf8')) as { growth: { root: string } };
    state.growth.root = 'ab'.repeat(32);
    await writeFile(fileNamed('tlog.state.json'), JSON.stringify(state));
    const { log, store } = await start();
    await appendSome(store, 1);
    expect(await log.sealedUpTo(6, PATIENCE)).toBe(false);
    expect(log.status.reason).toMatch(/not those that were sealed/);
  });

  test('after an end between signing and publishing: what was signed is published', async () => {
    await sealSome(3);
    const files = await filesUnder(directory);
    await sealSome(3);
    const last = await readFile(fileNamed('tlog/checkpoint'));
    // As if the process had ended before it wrote what it remembers and the checkpoint.
    for (const path of ['tlog.state.json', 'tlog/checkpoint']) await writeFile(fileNamed(path), files.get(path)!);
    const { log, store } = await start();
    expect(await log.sealedUpTo(6, PATIENCE)).toBe(true);
    expect(await readFile(fileNamed('tlog/checkpoint'))).toEqual(last);
    expect((await signedIn(store)).filter(({ size }) => size === 6)).toHaveLength(1);
    // And as if it had ended between the two.
    await stop(open[0]!);
    await writeFile(fileNamed('tlog/checkpoint'), files.get('tlog/checkpoint')!);
    const again = await start();
    expect(await again.log.sealedUpTo(6, PATIENCE)).toBe(true);
    await appendSome(again.store, 1);
    expect(await again.log.sealedUpTo(7, PATIENCE)).toBe(true);
  });

  test('where two sign at once from one store: each signs what continues the other', async () => {
    const keys = [newKey()];
    const one = await start({ keys });
    await appendSome(one.store, 3);
    await one.log.sealedUpTo(3, PATIENCE);
    const history = new CheckpointHistory(one.store);
    const last = (await history.last())!;
    await appendSome(one.store, 1);
    await one.log.sealedUpTo(4, PATIENCE);
    await expect(history.append(last.text, [], last)).rejects.toThrow(/expected revision/);
    const signed = await signedIn(one.store);
    const read = nodesOf(4, (tile) => new LogFiles(fileNamed('tlog')).read(tile));
    for (const earlier of signed) {
      expect(verifyConsistency(earlier, one.log.checkpoint!, await consistencyProof(read, earlier.size, 4))).toBe(true);
    }
  });
});
