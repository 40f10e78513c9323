import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { EmbeddedEventStore } from '../../../src/event-store/embedded/embedded-event-store.js';

/*
 * Appends pairs of events to a ledger, in several streams at once, until it is killed or the store can't write. Says
 * each acknowledged pair in a line: stream, revision of the last, both ids.
 */
const store = await EmbeddedEventStore.open(process.argv[2]!);
const padding = 'x'.repeat(Number(process.argv[3] ?? 100));

const appendForEver = async () => {
  const stream = `load-${randomUUID()}`;
  for (let revision = -1; ; revision += 2) {
    const ids = [randomUUID(), randomUUID()];
    const events = ids.map((id) => ({ id, type: 'Loaded', data: { padding }, metadata: {} }));
    await store.append(stream, events, revision < 0 ? 'no_stream' : revision);
    writeSync(1, `${stream} ${revision + 2} ${ids.join(' ')}\n`);
  }
};

try {
  await Promise.all(Array.from({ length: 8 }, appendForEver));
} catch (error) {
  writeSync(1, `${(error as Error).name}\n`);
}
await store.close();
