import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { TreeEdge } from '../../src/audit/log/tree-edge.js';
import { CheckpointHistory, CHECKPOINTS_STREAM } from '../../src/audit/sealing/checkpoint-history.js';
import { AnotherHistory, type Growth } from '../../src/audit/sealing/log-builder.js';
import { LogFiles } from '../../src/audit/sealing/log-files.js';
import { publishedIn, Publisher } from '../../src/audit/sealing/publisher.js';
import { Signer } from '../../src/audit/sealing/signing-keys.js';
import { Witnesses } from '../../src/audit/sealing/witnesses.js';
import { EmbeddedEventStore } from '../../src/event-store/embedded/embedded-event-store.js';
import { all } from '../contract/event-store.contract.js';
import { temporaryDirectory } from '../support/server.js';

/* What the publisher itself sees to, whoever grows the tree. */

let directory: string;
let store: EmbeddedEventStore;
let signer: Signer;
beforeEach(async () => {
  directory = await temporaryDirectory();
  store = await EmbeddedEventStore.open(join(directory, 'ledger.db'));
  signer = new Signer('example.com/ledger', [generateKeyPairSync('ed25519').privateKey]);
});
afterEach(async () => {
  await store.close();
  await rm(directory, { recursive: true });
});

/** A log of its own in a folder, on the one store. */
function publishing(name: string) {
  const files = new LogFiles(join(directory, name));
  const options = { signer, told: true, shared: false, witnesses: new Witnesses([]) };
  const publisher = new Publisher(files, new CheckpointHistory(store), options, publishedIn(files));
  /** Tells it of a tree of these entries. */
  const grow = async (...entries: string[]) => {
    const edge = new TreeEdge();
    const tiles = entries.flatMap((entry) => edge.append(Buffer.from(entry)));
    for (const tile of [...tiles, ...edge.partial()]) files.write(tile);
    const root = (await edge.root()).toString('hex');
    const growth: Growth = { size: edge.size, root, token: String(edge.size), eventId: 'x', caughtUp: true };
    await publisher.grown(growth);
  };
  return { publisher, grow };
}

const signed = async () => (await all(store.readStream(CHECKPOINTS_STREAM))).length;

test('signs a tree that continues the last one', async () => {
  const { publisher, grow } = publishing('one');
  await grow('a');
  await grow('a', 'b', 'c');
  expect(publisher.checkpoint).toMatchObject({ size: 3 });
  expect(await signed()).toBe(2);
});

test.each([
  ['another of the same size', ['a', 'x']],
  ['another that is larger', ['a', 'x', 'c']],
  ['a smaller one', ['a']],
])('signs none over what it published: %s', async (_, entries) => {
  const { publisher, grow } = publishing('one');
  await grow('a', 'b');
  await expect(grow(...entries)).rejects.toThrow(AnotherHistory);
  expect(publisher.checkpoint).toMatchObject({ size: 2 });
  expect(await signed()).toBe(1);
});

test.each([
  ['another of the same size', ['a', 'x']],
  ['another that is larger', ['a', 'x', 'c']],
  ['a smaller one', ['a']],
])('signs none over what the store says was signed, though it published nothing itself: %s', async (_, entries) => {
  await publishing('one').grow('a', 'b');
  await expect(publishing('two').grow(...entries)).rejects.toThrow(AnotherHistory);
  expect(await signed()).toBe(1);
});

test('publishes what the store says was signed', async () => {
  await publishing('one').grow('a', 'b');
  const { publisher, grow } = publishing('two');
  await grow('a', 'b');
  expect(publisher.published?.checkpoint).toBe(publishing('one').publisher.published?.checkpoint);
  expect(await signed()).toBe(1);
});
