import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { openEventFeed } from '../event-store/open-event-feed.js';
import { startTracing } from '../telemetry/start-tracing.js';
import { allProjections } from './all-projections.js';
import type { Progress } from './projection-progress.js';
import type { FromProjector, ProjectorData, ToProjector } from './projector-messages.js';
import { Projector } from './projector.js';
import { openBeside, openReadModel, outdated } from './read-model.js';
import { markComplete } from './read-model-files.js';

/*
 * The thread of the projector: a batch takes its time, and neither a command nor a question should wait for it. It has
 * the read models' only writing connection, and a feed of its own.
 */
const port = parentPort;
if (!port) throw new Error('The projector runs in a worker thread');
const say = (message: FromProjector) => port.postMessage(message);
const { location, path, beside, dormantAfterMonths, clockOffset } = workerData as ProjectorData;

/** What is recorded is seen so much later, in milliseconds, while nobody waits and more comes. */
const PAUSE_MS = 50;

// Commands come first: where threads are more than processors, the views lag. Elsewhere it would hold for all threads.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const endTracing = await startTracing();
const projections = allProjections(dormantAfterMonths);
const feed = openEventFeed(location, (error) => say({ kind: 'dropped', reason: String(error) }));
let projector: Projector | undefined;
let close = () => feed.close();
const end = () =>
  close()
    .finally(endTracing)
    .finally(() => port.close());
port.on('message', (message: ToProjector) => {
  if (message === 'wake') feed.wake?.();
  else if (message === 'close') void end();
  else projector?.wants(message.wanted);
});
try {
  const db = beside ? openBeside(path, beside.live, projections, beside.anew) : openReadModel(path, projections);
  const now = () => new Date(Date.now() + clockOffset);
  const tell = (progress: Progress) => say({ kind: 'progress', progress });
  projector = new Projector(feed, db, projections, now, tell, PAUSE_MS);
  close = async () => {
    await projector?.close();
    await feed.close();
    // Where it had not caught up, it goes on from here; what is made beside begins anew.
    if (!beside) markComplete(db);
    db.close();
  };
  if (await projector.start()) {
    // What answers meanwhile has done it: questions would be slower for a while.
    if (beside) await projector.settle();
    markComplete(db);
    say({ kind: 'ready', outdated: outdated(db, projections) });
  }
} catch (error) {
  say({ kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
  await end();
}
