import { parentPort, workerData } from 'node:worker_threads';
import type { FromWriter, ToWriter, WriterData } from './writer-messages.js';
import { Writer } from './writer.js';

/*
 * The thread of the writer: an fsync takes its time, and no request should wait for it. Any error ends the thread;
 * whoever started it starts another, with a connection of its own that knows nothing of what went wrong.
 */
const port = parentPort;
if (!port) throw new Error('The writer runs in a worker thread');
const say = (message: FromWriter) => port.postMessage(message);

try {
  const writer = new Writer((workerData as WriterData).path);
  port.on('message', (message: ToWriter) => {
    try {
      if (message.kind === 'write') {
        say({ kind: 'written', outcomes: writer.write(message.group) });
      } else {
        writer.close();
        port.close();
      }
    } catch (error) {
      fail(error);
    }
  });
  say({ kind: 'ready' });
} catch (error) {
  fail(error);
}

function fail(error: unknown): void {
  say({ kind: 'failed', reason: String(error) });
  // The thread ends here, and its connection, with whatever transaction is open, goes with it.
  port?.close();
}
