import { test } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { temporaryDirectory } from '../support/server.js';
import { killableStandIn, storeKillRounds } from '../support/store-kills.js';

test('EventStoreDB is killed in a load and comes back: clients that come again lose nothing, and nothing is twice', async () => {
  const directory = await temporaryDirectory();
  try {
    await storeKillRounds(await killableStandIn(directory), 2, Math.random);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}, 300_000);
