import { EventStoreDBClient, type Position, START, streamNameFilter } from '@eventstore/db-client';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { type ChildLedger, filesIn, startLedger, stopLedger } from '../support/child-ledger.js';
import { LOADERS, nextCommand, prepare, type Sent } from '../support/load.js';
import { freePort, temporaryDirectory } from '../support/server.js';

/** A consumer that knows EventStoreDB's client and nothing of ours: it keeps a checkpoint, and goes on after it. */
class Consumer {
  readonly seen: string[] = [];
  subscriptions = 0;
  readonly #client: EventStoreDBClient;
  #checkpoint: Position | undefined;
  #stopped = false;
  #running: Promise<void>;
  #wake: (() => void) | undefined;

  constructor(connectionString: string) {
    this.#client = EventStoreDBClient.connectionString(connectionString);
    this.#running = this.#follow();
  }

  async sees(count: number): Promise<void> {
    while (this.seen.length < count) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#client.dispose();
    await this.#running;
  }

  async #follow(): Promise<void> {
    const filter = streamNameFilter({ prefixes: ['agreement-', 'source-'] });
    while (!this.#stopped) {
      this.subscriptions += 1;
      const subscription = this.#client.subscribeToAll({ fromPosition: this.#checkpoint ?? START, filter });
      try {
        for await (const { event } of subscription) {
          if (!event) continue;
          this.seen.push(event.id);
          this.#checkpoint = event.position;
          this.#wake?.();
        }
      } catch {
        // The ledger is away: again, in a moment, from the checkpoint.
        await delay(100);
      }
    }
  }
}

let directory: string;
let env: Record<string, string>;
let ledger: ChildLedger;
let consumer: Consumer;

beforeEach(async () => {
  directory = await temporaryDirectory();
  const port = await freePort();
  env = { ...filesIn(directory), MITHAQ_ESDB_LISTEN: `127.0.0.1:${port}` };
  ledger = await startLedger(env);
  await prepare(ledger.client);
  consumer = new Consumer(`esdb://127.0.0.1:${port}?tls=false`);
});
afterEach(async () => {
  await consumer.stop();
  await stopLedger(ledger, 'SIGKILL');
  await rm(directory, { recursive: true });
});

/** Loads the ledger, and kills it when it has answered so often. Commands without an answer are sent again later. */
async function loadAndKill(round: number, killAt: number): Promise<void> {
  let answered = 0;
  const unknown: Sent[] = [];
  const { client } = ledger;
  const loader = async (name: number) => {
    for (let n = 0; ; n += 1) {
      const { key, command, data } = nextCommand(round, name, n);
      const answer = await client.post(command, data, { 'idempotency-key': key }).catch(() => undefined);
      if (!answer) return void unknown.push({ key, command, data });
      expect({ key, status: answer.status }).toEqual({ key, status: 201 });
      if (++answered === killAt) ledger.process.kill('SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: LOADERS }, (_, name) => loader(name)));
  ledger = await startLedger(env);
  for (const { key, command, data } of unknown) await ledger.client.given(command, data, key);
}

test('a consumer sees history and what happens, and where the ledger is killed and back, none is lost and none is twice', async () => {
  const history = (await ledger.client.events()).length;
  await consumer.sees(history);
  for (const [round, killAt] of [30, 50].entries()) await loadAndKill(round, killAt);
  const { position } = await ledger.client.given('RegisterSource', { ...nextCommand(9, 9, 0).data });
  await ledger.client.read(`/v1/events?limit=1&minPosition=${position}`);
  const recorded = (await ledger.client.events()).map(({ id }) => id);
  await consumer.sees(recorded.length);
  expect(consumer.seen).toEqual(recorded);
  expect(consumer.subscriptions).toBeGreaterThan(2);
}, 300_000);
