import { appendFileSync, readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type {
  AppenderData,
  FromAppender,
  ToAppender,
} from '../../../src/event-store/eventstoredb/appender-messages.js';

/*
 * An appender's thread that dies with what it was given: as often as the file that stands for the server has an `x`.
 * It notes there, a line each, what it was given.
 */
const file = (workerData as AppenderData).connectionString;
parentPort!.on('message', (message: ToAppender) => {
  if ('closeWithin' in message) return parentPort!.close();
  const lives = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('given')).length;
  const deaths = readFileSync(file, 'utf8').split('x').length - 1;
  appendFileSync(file, `given ${message.map(({ stream, events }) => `${stream}:${events[0]!.id}`).join(' ')}\n`);
  if (lives < deaths) throw new Error('rejected where nobody listens');
  parentPort!.postMessage(
    message.map(({ id }) => ({
      id,
      result: { nextExpectedRevision: id, position: String(id) },
    })) satisfies FromAppender,
  );
});
