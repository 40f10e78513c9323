import { EventStoreDBClient, persistentSubscriptionToAllSettingsFromDefaults } from '@eventstore/db-client';
import { describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { EventStoreDBEventStore } from '../../src/event-store/eventstoredb/eventstoredb-event-store.js';
import { GroupExists, GroupNotFound } from '../../src/event-store/persistent-subscriptions.js';
import { eventStoreContract } from './event-store.contract.js';
import { persistentSubscriptionsContract } from './persistent-subscriptions.contract.js';

const connectionString = process.env['MITHAQ_TEST_ESDB'];

if (connectionString === undefined) {
  describe.skip('EventStoreDBEventStore as an event store', () => {
    test('needs a node: set MITHAQ_TEST_ESDB to its connection string', () => undefined);
  });
} else {
  const openNode = () => {
    const open = () => new EventStoreDBEventStore(connectionString);
    let store = open();
    return Promise.resolve({
      store,
      reopen: async () => {
        await store.close();
        return (store = open());
      },
      close: () => store.close(),
    });
  };
  eventStoreContract('EventStoreDBEventStore', openNode);
  persistentSubscriptionsContract('EventStoreDBEventStore', openNode);

  test('a persistent subscription that the ledger has not made is left alone', async () => {
    const group = `foreign-${randomUUID()}`;
    const client = EventStoreDBClient.connectionString(connectionString);
    const store = new EventStoreDBEventStore(connectionString);
    const groups = store.persistentSubscriptions;
    const settings = { streamPrefixes: ['x-'], maxRetryCount: 1, messageTimeout: 1000, definition: {} };
    try {
      await client.createPersistentSubscriptionToAll(group, persistentSubscriptionToAllSettingsFromDefaults());
      await expect(groups.info(group)).rejects.toBeInstanceOf(GroupNotFound);
      await expect(groups.delete(group)).rejects.toBeInstanceOf(GroupNotFound);
      await expect(groups.replayParked(group)).rejects.toBeInstanceOf(GroupNotFound);
      await expect(groups.connect(group, 1)).rejects.toBeInstanceOf(GroupNotFound);
      await expect(groups.create(group, settings)).rejects.toBeInstanceOf(GroupExists);
      expect((await groups.list()).map((info) => info.group)).not.toContain(group);
      await client.deletePersistentSubscriptionToAll(group);
    } finally {
      await store.close();
      await client.dispose();
    }
  });
}
