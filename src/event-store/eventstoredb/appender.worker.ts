import { parentPort, workerData } from 'node:worker_threads';
import { WrongExpectedRevision } from '../event-store.js';
import type { AppendAnswer, AppenderData, AppendRequest, FromAppender, ToAppender } from './appender-messages.js';
import { Appender } from './appender.js';
import { connectTo } from './connection.js';
import { reason } from './errors.js';

/*
 * The thread of the appender. It has the client's module to itself, and takes what the client does to a process that
 * uses it: that of an append which waits for room in a broken stream is rejected where nobody listens, which ends the
 * thread. Whoever started it starts another and repeats what it had not answered.
 */
const port = parentPort;
if (!port) throw new Error('The appender runs in a worker thread');
const appender = new Appender(connectTo((workerData as AppenderData).connectionString));

let answers: AppendAnswer[] = [];
/** What is answered in one turn of the event loop goes together. */
function answer(told: AppendAnswer): void {
  if (answers.push(told) > 1) return;
  setImmediate(() => {
    port!.postMessage(answers satisfies FromAppender);
    answers = [];
  });
}

async function append({ id, stream, events, expected, deadline }: AppendRequest): Promise<AppendAnswer> {
  try {
    return { id, result: await appender.append(stream, events, expected, deadline) };
  } catch (error) {
    if (error instanceof WrongExpectedRevision) return { id, wrong: { actual: error.actual } };
    return { id, error: { kind: error instanceof RangeError ? 'range' : 'unavailable', message: reason(error) } };
  }
}

port.on('message', (message: ToAppender) => {
  if ('closeWithin' in message) void appender.close(message.closeWithin).finally(() => port.close());
  else for (const request of message) void append(request).then(answer);
});
