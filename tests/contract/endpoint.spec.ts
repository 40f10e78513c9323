import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedEventStore } from '../../src/event-store/embedded/embedded-event-store.js';
import { listenEventStoreDB } from '../../src/event-store/endpoint/listen.js';
import { EventStoreDBEventStore } from '../../src/event-store/eventstoredb/eventstoredb-event-store.js';
import { eventStoreContract } from './event-store.contract.js';

eventStoreContract('EventStoreDBEventStore on the endpoint of an EmbeddedEventStore', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'mithaq-contract-'));
  const open = async (port: number) => {
    const ledger = await EmbeddedEventStore.open(join(directory, 'ledger.db'));
    const endpoint = await listenEventStoreDB(ledger, { host: '127.0.0.1', port, writes: true });
    const store = new EventStoreDBEventStore(`esdb://127.0.0.1:${endpoint.port}?tls=false&defaultDeadline=60000`);
    const close = async () => {
      await store.close();
      await endpoint.close();
      await ledger.close();
    };
    return { store, port: endpoint.port, close };
  };
  let opened = await open(0);
  return {
    store: opened.store,
    reopen: async () => {
      await opened.close();
      opened = await open(opened.port);
      return opened.store;
    },
    close: async () => {
      await opened.close();
      await rm(directory, { recursive: true });
    },
  };
});
