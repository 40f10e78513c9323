import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { linesOf } from '../commands/bulk/lines.js';
import type { CloudEvent } from '../subscriptions/cloud-event.js';
import { CliError, EXIT } from './exit-codes.js';
import { SIGNALS } from './import.js';
import { askServer, problemIn } from './ledger.js';
import { tell } from './terminal.js';

export interface ConsumeOptions {
  readonly url: string;
  readonly exec: string;
  readonly create?: boolean;
}

/** Between two tries to reach the server, in milliseconds. */
const RECONNECT_PAUSE = 1000;
/** The most before an event is given back that failed again and again: well under a group's least patience. */
const LONGEST_PAUSE = 10_000;
const MAX_REASON = 1000;

/** A line of the feed of a group: an event, or what it says of itself. */
type GroupMessage = Partial<CloudEvent> & {
  readonly feed?: string;
  readonly worker?: string;
  readonly reason?: string;
};

/**
 * Works for a group: runs a command for each event that it is dealt, one after the other, with the CloudEvent as its
 * standard input. Where it ends with 0 the event was handled; else it is tried again, later each time, until the group
 * parks it. Goes on after a server was away. A first signal ends it when the command that runs has, a second at once.
 * @throws CliError
 */
export async function consume(group: string, options: ConsumeOptions): Promise<void> {
  const stopped = new AbortController();
  const stop = () => {
    for (const signal of SIGNALS) process.off(signal, stop);
    stopped.abort();
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  if (options.create) await create(group, options.url);
  while (!stopped.signal.aborted) {
    try {
      await new Worker(group, options, stopped.signal).work();
    } catch (error) {
      if (error instanceof CliError && error.code !== EXIT.unavailable) throw error;
      if (!stopped.signal.aborted) tell(`${(error as Error).message}: trying again`);
    }
    await pause(RECONNECT_PAUSE, stopped.signal);
  }
  process.exitCode = EXIT.interrupted;
}

/** A group of all events from the first one on, unless there is one of the name. */
async function create(group: string, url: string): Promise<void> {
  const made = await askServer(url, path(group), { method: 'PUT' });
  if (!made.ok && made.status !== 409) await refuse(made);
}

async function refuse(response: Response): Promise<never> {
  const { detail } = await problemIn(response);
  throw new CliError(detail, response.status >= 500 ? EXIT.unavailable : EXIT.refused);
}

const path = (group: string, rest = '') => `/v1/consumer-groups/${encodeURIComponent(group)}${rest}`;

const pause = (milliseconds: number, signal: AbortSignal) =>
  delay(milliseconds, undefined, { signal }).catch(() => undefined);

/** One connection, from its beginning to its end. */
class Worker {
  readonly #left = new AbortController();
  #id = '';
  #busy = false;

  constructor(
    private readonly group: string,
    private readonly options: ConsumeOptions,
    private readonly stopped: AbortSignal,
  ) {}

  async work(): Promise<void> {
    const leave = () => {
      if (!this.#busy) this.#left.abort();
    };
    this.stopped.addEventListener('abort', leave);
    try {
      for await (const message of this.#messages()) {
        if (message.worker !== undefined) this.#id = message.worker;
        if (message.feed === 'dropped') throw new CliError(message.reason ?? 'Dropped', EXIT.unavailable);
        if (message.specversion !== undefined) await this.#handle(message as CloudEvent);
        if (this.stopped.aborted) return;
      }
      throw new CliError('The server has ended the feed', EXIT.unavailable);
    } finally {
      this.stopped.removeEventListener('abort', leave);
      this.#left.abort();
    }
  }

  async *#messages(): AsyncGenerator<GroupMessage> {
    // One event at a time: so each stream stays in order even where one is tried again.
    const response = await askServer(this.options.url, path(this.group, '/events?buffer=1'), {
      headers: { Accept: 'application/x-ndjson' },
      signal: this.#left.signal,
    });
    if (!response.ok) await refuse(response);
    for await (const { bytes } of linesOf(response.body!, Infinity)) {
      yield JSON.parse(String(bytes)) as GroupMessage;
    }
  }

  async #handle(event: CloudEvent): Promise<void> {
    this.#busy = true;
    const failure = await run(this.options.exec, event);
    if (failure === undefined) {
      await this.#answer('acks', { ids: [event.id] });
    } else {
      const times = event.deliveryattempt ?? 1;
      tell(`${event.id} at position ${event.position}, attempt ${times}: ${failure}`);
      if (times > 1) await pause(Math.min(LONGEST_PAUSE, 500 * 2 ** (times - 2)), this.stopped);
      await this.#answer('nacks', { ids: [event.id], action: 'retry', reason: failure });
    }
    this.#busy = false;
  }

  async #answer(kind: 'acks' | 'nacks', body: object): Promise<void> {
    const response = await askServer(this.options.url, path(this.group, `/workers/${this.#id}/${kind}`), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    // The worker is not known any more: the event comes again, to whoever works then.
    if (!response.ok) throw new CliError((await problemIn(response)).detail, EXIT.unavailable);
  }
}

/** Runs the command. @returns why it failed; undefined where it has not */
function run(command: string, event: CloudEvent): Promise<string | undefined> {
  return new Promise((resolve) => {
    // In a group of its own: a Ctrl-C is ours to hear, and lets it end.
    const child = spawn(command, { shell: true, detached: true, stdio: ['pipe', 'inherit', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      process.stderr.write(text);
      said = (said + text).slice(-MAX_REASON);
    });
    child.on('error', ({ message }) => resolve(message));
    child.on('close', (code, signal) => {
      const last = said.trimEnd().split('\n').at(-1) ?? '';
      const how = signal === null ? `exit ${code}` : `ended by ${signal}`;
      resolve(code === 0 ? undefined : `${how}${last === '' ? '' : `: ${last}`}`.slice(0, MAX_REASON));
    });
    // It need not read it.
    child.stdin.on('error', () => undefined).end(`${JSON.stringify(event)}\n`);
  });
}
