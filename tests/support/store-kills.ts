import { expect } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EventStoreDBEventStore } from '../../src/event-store/eventstoredb/eventstoredb-event-store.js';
import { LEDGER_STREAMS } from '../../src/domain/event.js';
import { type ChildLedger, filesIn, startLedger, stopLedger } from './child-ledger.js';
import { sourceData } from './facts.js';
import { check, LOADERS, nextCommand, prepare, type Sent } from './load.js';
import { PatientClient } from './patient.js';
import { freePort, temporaryDirectory } from './server.js';

/** An EventStoreDB that may be killed, and started again on what it has written. */
export interface KillableStore {
  readonly connectionString: string;
  kill(): Promise<void>;
  start(): Promise<void>;
}

/** A ledger in a process of its own that stands in for an EventStoreDB, by its protocol. */
export async function killableStandIn(directory: string): Promise<KillableStore> {
  const port = await freePort();
  const env = { ...filesIn(directory), MITHAQ_ESDB_LISTEN: `127.0.0.1:${port}`, MITHAQ_ESDB_WRITES: 'on' };
  let ledger: ChildLedger | undefined;
  return {
    connectionString: `esdb://127.0.0.1:${port}?tls=false`,
    kill: async () => {
      if (ledger) await stopLedger(ledger, 'SIGKILL');
    },
    start: async () => {
      ledger = await startLedger(env);
    },
  };
}

/** Loads a ledger without a pause, kills its store at some moment in each round, and starts it again. */
export async function storeKillRounds(store: KillableStore, rounds: number, random: () => number): Promise<void> {
  const directory = await temporaryDirectory();
  await store.start();
  const ledger = await startLedger({
    MITHAQ_STORE: store.connectionString,
    MITHAQ_VIEWS: join(directory, 'views.db'),
  });
  const client = new PatientClient(ledger.client.url);
  try {
    await prepare(ledger.client);
    const sent: Sent[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const [killAt, stopAt] = [1 + Math.floor(random() * 40), 80];
      let answered = 0;
      let down: Promise<void> | undefined;
      const killAndStart = async () => {
        await store.kill();
        await store.start();
      };
      const loader = async (name: number) => {
        for (let n = 0; answered < stopAt; n += 1) {
          const next = nextCommand(round, name, n);
          sent.push(next);
          next.answer = await client.send(next.command, next.data, next.key);
          answered += 1;
          if (answered === killAt) down = killAndStart();
        }
      };
      await Promise.all(Array.from({ length: LOADERS }, (_, name) => loader(name)));
      await down;
    }
    await client.send('RegisterSource', sourceData({ sourceId: 'last' }), 'last');
    await client.get('/v1/events', { limit: 1 });
    await check(ledger.client, sent);
    const stored = await idsIn(store.connectionString);
    expect((await ledger.client.events()).map((e) => e.id)).toEqual(stored);
  } finally {
    await stopLedger(ledger, 'SIGKILL');
    await store.kill();
    await rm(directory, { recursive: true, force: true });
  }
}

/** The ids of the ledger's events, as the store itself has them. */
async function idsIn(connectionString: string): Promise<string[]> {
  const store = new EventStoreDBEventStore(connectionString);
  try {
    const ids: string[] = [];
    for await (const { id } of store.readAll({ streamPrefixes: LEDGER_STREAMS })) ids.push(id);
    return ids;
  } finally {
    await store.close();
  }
}
