import { writeSync } from 'node:fs';
import { EmbeddedEventStore } from '../../../src/event-store/embedded/embedded-event-store.js';

/* Opens a ledger, leaves a subscription waiting, closes the ledger, and then has nothing left that keeps it alive. */
try {
  const store = await EmbeddedEventStore.open(process.argv[2]!);
  const messages = store.subscribeToAll()[Symbol.asyncIterator]();
  for (let next = await messages.next(); !next.done && next.value.kind !== 'caught-up'; next = await messages.next());
  const waiting = messages.next();
  await store.close();
  writeSync(1, `closed, and the subscription ${(await waiting).done ? 'ended' : 'went on'}\n`);
} catch (error) {
  writeSync(1, `${String(error)}\n`);
}
