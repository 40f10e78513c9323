import { EmbeddedEventStore } from '../../src/event-store/embedded/embedded-event-store.js';
import { listenEventStoreDB } from '../../src/event-store/endpoint/listen.js';

// A store that speaks EventStoreDB's protocol in a process of its own, to be killed. Says its port when it listens.
const [path, port] = process.argv.slice(2);
const store = await EmbeddedEventStore.open(path!);
const endpoint = await listenEventStoreDB(store, { host: '127.0.0.1', port: Number(port), writes: true });
process.stdout.write(`${endpoint.port}\n`);
