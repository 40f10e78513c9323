import { expect } from '@jest/globals';
import type { MithaqClient } from '@mithaq/client';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ChildLedger, filesIn, startLedger, stopLedger } from './child-ledger.js';
import { sourceData } from './facts.js';
import { PatientClient } from './patient.js';
import { freePort, temporaryDirectory } from './server.js';
import { SignatureLoad } from './signature-load.js';

/** How often in so many rounds the ledger is killed too. */
const LEDGER_KILLED_EVERY = 4;

type Signatures = Record<string, { stream: string; eventId: string; occurredOn: string | null } | null>;

/** The example's file, and how often something changes in its directory. */
class Table {
  readonly file: string;
  readonly #watcher;
  #changed: (() => void) | undefined;

  constructor(directory: string) {
    this.file = join(directory, 'signatures.json');
    this.#watcher = watch(directory, () => this.#changed?.());
  }

  async changes(count: number): Promise<void> {
    for (let n = 0; n < count; n += 1) await new Promise<void>((resolve) => (this.#changed = resolve));
  }

  /** What is in it, once that is as far as a position. */
  async at(position: string): Promise<Signatures> {
    for (;;) {
      const changed = this.changes(1);
      const text = await readFile(this.file, 'utf8').catch(() => undefined);
      const kept = text === undefined ? undefined : (JSON.parse(text) as { position: string; signatures: Signatures });
      if (kept && Number(kept.position) >= Number(position)) return kept.signatures;
      await changed;
    }
  }

  close(): void {
    this.#watcher.close();
  }
}

const startConsumer = (url: string, file: string): ChildProcess =>
  spawn(process.execPath, ['dist/examples/consumer/main.js', url, file], { stdio: ['ignore', 'ignore', 'inherit'] });

/** What the views say, of all pairs. */
async function signaturesAsked(client: MithaqClient): Promise<Signatures> {
  const signatures: Signatures = {};
  for await (const { items } of client.pages('/v1/relationships')) {
    for (const { pair } of items) {
      const { entries } = await client.get('/v1/relationships/{pair}/history', { pair, limit: 500 });
      for (const { type, stream, eventId, occurredOn } of entries) {
        if (type === 'Signed') signatures[pair] = { stream, eventId, occurredOn };
      }
    }
  }
  return signatures;
}

/**
 * Records without a pause while the example follows, kills it at some moment in each round, and its ledger in some; and
 * expects that at the end its table is what the views say.
 */
export async function consumerKillRounds(rounds: number, random: () => number): Promise<void> {
  const directory = await temporaryDirectory();
  const port = await freePort();
  const env = { ...filesIn(directory), MITHAQ_PORT: String(port) };
  await mkdir(join(directory, 'consumer'));
  const table = new Table(join(directory, 'consumer'));
  const client = new PatientClient(`http://127.0.0.1:${port}`);
  const load = new SignatureLoad(client, random);
  let ledger: ChildLedger = await startLedger(env);
  let consumer: ChildProcess | undefined;
  try {
    for (let round = 0; round < rounds; round += 1) {
      const victim = (consumer = startConsumer(client.url, table.file));
      const exited = once(victim, 'exit');
      const changes = Math.floor(random() * 8);
      let struck = false;
      const strike = table.changes(changes).then(() => {
        struck = true;
        victim.kill('SIGKILL');
      });
      if (round % LEDGER_KILLED_EVERY === 1) {
        await stopLedger(ledger, 'SIGKILL');
        const restarted = startLedger(env);
        await load.next();
        ledger = await restarted;
      }
      while (!struck) await load.next();
      await strike;
      expect(await exited).toEqual([null, 'SIGKILL']);
    }
    consumer = startConsumer(client.url, table.file);
    await table.at(client.position!);
    await load.withdrawEveryOtherSource();
    const { position } = await client.send('RegisterSource', sourceData({ sourceId: 'last' }));
    const kept = Object.entries(await table.at(position!)).filter(([, row]) => row !== null);
    const asked = await signaturesAsked(client);
    expect(Object.keys(asked).length).toBeGreaterThan(0);
    expect(Object.fromEntries(kept)).toEqual(asked);
  } finally {
    table.close();
    consumer?.kill('SIGKILL');
    ledger.process.kill('SIGKILL');
    await rm(directory, { recursive: true, force: true });
  }
}
