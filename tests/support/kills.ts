import { expect } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { CommandResult } from '../../src/commands/command-recorder.js';
import { agreementData, sourceData } from './facts.js';
import { type Data, evidence } from './ledger.js';
import { Client, temporaryDirectory } from './server.js';

interface Sent {
  readonly key: string;
  readonly command: string;
  readonly data: Data;
  /** The first answer; undefined where the process was killed before it came. */
  answer?: CommandResult;
}

async function start(directory: string): Promise<{ process: ChildProcess; client: Client }> {
  const child = spawn(process.execPath, ['dist/tests/support/serve.js'], {
    env: {
      PATH: process.env['PATH'],
      MITHAQ_PORT: '0',
      MITHAQ_STORE: join(directory, 'ledger.db'),
      MITHAQ_VIEWS: join(directory, 'views.db'),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const url = once(lines, 'line').then(([line]) => String(line));
  const died = once(child, 'exit').then(([code]) => Promise.reject(new Error(`The server ended with ${String(code)}`)));
  // Once it listens, its end is what the test is about.
  died.catch(() => undefined);
  return { process: child, client: new Client(await Promise.race([url, died])) };
}

const STREAMS = 5;
const LOADERS = 8;

/** Each is another act: now on a stream of its own, now on one that all loaders write to. */
function nextCommand(round: number, loader: number, n: number): Sent {
  const key = `round-${round}-${loader}-${n}`;
  if (n % 3 === 0) return { key, command: 'RegisterSource', data: sourceData({ sourceId: key }) };
  const day = new Date(Date.UTC(2030, 0, 1 + round * 5000 + loader * 500 + n));
  const plannedFor = day.toISOString().slice(0, 10);
  const agreementId = `agr-${n % STREAMS}`;
  return {
    key,
    command: 'AnnounceSignature',
    data: { agreementId, occurredOn: null, plannedFor, evidence: evidence('s') },
  };
}

/** Sends commands, each loader one after the other, until there is no answer. */
async function load(client: Client, round: number, sent: Sent[], onAnswer: (count: number) => void): Promise<void> {
  let answered = 0;
  const loader = async (name: number) => {
    for (let n = 0; ; n += 1) {
      const next = nextCommand(round, name, n);
      sent.push(next);
      const answer = await client.post(next.command, next.data, { 'idempotency-key': next.key }).catch(() => undefined); // killed
      if (!answer) return;
      expect({ key: next.key, status: answer.status }).toEqual({ key: next.key, status: 201 });
      next.answer = answer.body;
      onAnswer((answered += 1));
    }
  };
  await Promise.all(Array.from({ length: LOADERS }, (_, name) => loader(name)));
}

/** That what was acknowledged is there, once, and that the ledger's positions have no gap. */
async function check(client: Client, sent: readonly Sent[]): Promise<void> {
  const events = await client.events();
  expect(events.map((e) => e.position)).toEqual(events.map((_, i) => i + 1));
  expect(new Set(events.map((e) => e.id)).size).toBe(events.length);
  const revisions = new Map<string, number>();
  for (const { stream, revision } of events) {
    expect({ stream, revision }).toEqual({ stream, revision: (revisions.get(stream) ?? -1) + 1 });
    revisions.set(stream, revision);
  }
  const byCommand = new Map(events.map((e) => [e.metadata.commandId, e]));
  for (const { key, answer } of sent) {
    if (!answer) continue;
    const event = byCommand.get(key);
    expect({ key, id: event?.id, stream: event?.stream, revision: event?.revision }).toEqual({
      key,
      id: answer.events[0]?.eventId,
      stream: answer.stream,
      revision: answer.revision,
    });
  }
}

/** Sends all once more: what was acknowledged gets its first answer, what was not is recorded now, or was. */
async function repeat(client: Client, sent: readonly Sent[]): Promise<void> {
  await Promise.all(
    sent.map(async (command) => {
      const { status, body } = await client.post(command.command, command.data, { 'idempotency-key': command.key });
      if (command.answer) expect(body).toEqual({ ...command.answer, repeated: true });
      expect({ key: command.key, status }).toEqual({ key: command.key, status: 201 });
      command.answer = { ...body, repeated: false };
    }),
  );
}

/** Loads one ledger, kills its process at some moment in each round, and looks what is there when it is back. */
export async function killRounds(rounds: number, random: () => number): Promise<void> {
  const directory = await temporaryDirectory();
  const all: Sent[] = [];
  let server = await start(directory);
  try {
    await server.client.given('RegisterSource', sourceData({ sourceId: 's' }), 'first-source');
    for (let n = 0; n < STREAMS; n += 1) {
      await server.client.given('DraftAgreement', agreementData({ agreementId: `agr-${n}` }), `first-${n}`);
    }
    for (let round = 0; round < rounds; round += 1) {
      const sent: Sent[] = [];
      const victim = server.process;
      const after = 1 + Math.floor(random() * 60);
      const turns = Math.floor(random() * 20);
      const exited = once(victim, 'exit');
      await load(server.client, round, sent, (answered) => {
        if (answered === after) killAfter(victim, turns);
      });
      expect((await exited)[1]).toBe('SIGKILL');
      expect(sent.some((s) => s.answer)).toBe(true);

      server = await start(directory);
      all.push(...sent);
      await check(server.client, all);
      await repeat(server.client, sent);
    }
    const { position } = await server.client.given('RegisterSource', sourceData({ sourceId: 'last' }), 'last');
    await server.client.read(`/v1/events?minPosition=${position}`);
    await check(server.client, all);
  } finally {
    server.process.kill('SIGKILL');
    await rm(directory, { recursive: true, force: true });
  }
}

/** At some turn of the event loop, so that requests are caught wherever they are. */
function killAfter(victim: ChildProcess, turns: number): void {
  if (turns === 0) victim.kill('SIGKILL');
  else setImmediate(() => killAfter(victim, turns - 1));
}
