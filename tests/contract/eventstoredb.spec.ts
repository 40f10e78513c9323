import { describe, test } from '@jest/globals';
import { EventStoreDBEventStore } from '../../src/event-store/eventstoredb/eventstoredb-event-store.js';
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
}
