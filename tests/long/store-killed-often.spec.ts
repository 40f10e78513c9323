import { test } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { temporaryDirectory } from '../support/server.js';
import { killableStandIn, storeKillRounds } from '../support/store-kills.js';

test('EventStoreDB is killed a hundred times in a load: nothing is lost, nothing is twice', async () => {
  const directory = await temporaryDirectory();
  try {
    await storeKillRounds(await killableStandIn(directory), 100, Math.random);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
