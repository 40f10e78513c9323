import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { CommandBus } from '@nestjs/cqrs';
import { ledgerCommand } from '../src/commands/ledger-commands.js';
import { ReadModels } from '../src/projections/read-models.js';
import { createServer, listen } from '../src/server.js';
import { loadSettings } from '../src/settings.js';

const EVENTS = 200;
const EVERY_MS = 50;
const FOLLOWERS = [1, 1000] as const;

/** How long after it was recorded an event came to those who follow, in milliseconds. */
export interface FeedLag {
  readonly store: string;
  readonly followers: number;
  readonly messages: number;
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
}

/** Twenty events a second, followed by one and by a thousand in a process of their own. @param location of the store */
export async function measureFeed(name: string, location: string | undefined): Promise<FeedLag[]> {
  const folder = await mkdtemp(join(tmpdir(), 'mithaq-bench-'));
  const settings = loadSettings({
    MITHAQ_STORE: location ?? join(folder, 'ledger.db'),
    MITHAQ_VIEWS: join(folder, 'views.db'),
    MITHAQ_PORT: '0',
  });
  const app = await createServer(settings, { log: false });
  try {
    const url = await listen(app, settings);
    const bus = app.get(CommandBus, { strict: false });
    const record = () => {
      const data = { sourceId: randomUUID(), title: { en: 'Bench' }, kind: 'dataset', language: 'en' };
      return bus.execute(ledgerCommand({ type: 'RegisterSource', data }, { actor: 'bench' }));
    };
    const all: FeedLag[] = [];
    for (const followers of FOLLOWERS) {
      // A store may hold what was measured before: its history is no part of it.
      const after = app.get(ReadModels, { strict: false }).progress.known;
      all.push({ store: name, followers, ...(await lagOf(url, followers, after, record)) });
    }
    return all;
  } finally {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function lagOf(url: string, followers: number, after: number, record: () => Promise<unknown>) {
  const script = new URL('./followers.js', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, url, String(followers), String(after)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  const begun = performance.now();
  for (let n = 1; n <= EVENTS; n += 1) {
    await record();
    await pause(Math.max(0, begun + n * EVERY_MS - performance.now()));
  }
  await pause(1000);
  child.stdin.end();
  const lags = (JSON.parse((await lines.next()).value as string) as number[]).sort((a, b) => a - b);
  if (lags.length !== followers * EVENTS) throw new Error(`${lags.length} messages came of ${followers * EVENTS}`);
  const at = (share: number) => lags[Math.floor((lags.length - 1) * share)]!;
  return { messages: lags.length, p50: at(0.5), p99: at(0.99), most: at(1) };
}
