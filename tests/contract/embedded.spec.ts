import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedEventStore } from '../../src/event-store/embedded/embedded-event-store.js';
import { eventStoreContract } from './event-store.contract.js';
import { persistentSubscriptionsContract } from './persistent-subscriptions.contract.js';

const openEmbedded = async () => {
  const directory = await mkdtemp(join(tmpdir(), 'mithaq-contract-'));
  const open = () => EmbeddedEventStore.open(join(directory, 'ledger.db'));
  let store = await open();
  return {
    store,
    reopen: async () => {
      await store.close();
      return (store = await open());
    },
    close: async () => {
      await store.close();
      await rm(directory, { recursive: true });
    },
  };
};

eventStoreContract('EmbeddedEventStore', openEmbedded);
persistentSubscriptionsContract('EmbeddedEventStore', openEmbedded);
