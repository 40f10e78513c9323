import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { EmbeddedEventStore } from '../../../src/event-store/embedded/embedded-event-store.js';

/* Appends three events, one after the other, and says so after each. */
const store = await EmbeddedEventStore.open(process.argv[2]!);
for (let i = 0; i < 3; i++) {
  await store.append('a-1', [{ id: randomUUID(), type: 'A', data: {}, metadata: {} }], 'any');
  writeSync(1, `acknowledged ${i}\n`);
}
await store.close();
