import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { openEventFeed } from '../../event-store/open-event-feed.js';
import type { BuilderData, FromBuilder, ToBuilder } from './builder-messages.js';
import { LogBuilder } from './log-builder.js';
import { LogFiles } from './log-files.js';

/*
 * The thread that builds the log's tree: canonical JSON and hashes of every event, which no command should wait for.
 */
const port = parentPort;
if (!port) throw new Error('The log is built in a worker thread');
const say = (message: FromBuilder) => port.postMessage(message);
const { location, directory, sealed } = workerData as BuilderData;

/** To be told of each commit would cost the thread that decides more than it costs to look. In milliseconds. */
const LOOK_MS = 200;

if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

let dealtWith: (() => void) | undefined;
const feed = openEventFeed(location, () => undefined);
const builder = new LogBuilder(feed, new LogFiles(directory), (growth) => {
  const waited = new Promise<void>((resolve) => (dealtWith = resolve));
  say({ kind: 'grown', growth });
  return waited;
});
const looking = feed.wake && setInterval(() => feed.wake?.(), LOOK_MS);
port.on('message', (message: ToBuilder) => {
  if (message === 'dealt-with') dealtWith?.();
  else void builder.close();
});
try {
  await builder.run(sealed);
} catch (error) {
  say({ kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
} finally {
  clearInterval(looking);
  await feed.close();
  port.close();
}
