import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT } from '../../src/cli/exit-codes.js';
import type { CloudEvent } from '../../src/subscriptions/cloud-event.js';
import type { ConsumerGroup, ParkedLedgerEvent } from '../../src/subscriptions/consumer-groups.js';
import { sourceData } from '../support/facts.js';
import { serveLedger, type ServedLedger, temporaryDirectory } from '../support/server.js';
import { mithaq } from './mithaq.js';

const MAIN = new URL('../../src/cli/main.js', import.meta.url).pathname;
const GROUP = '/v1/consumer-groups/archive';

let directory: string;
let ledger: ServedLedger;
const children: ChildProcess[] = [];
beforeEach(async () => {
  directory = await temporaryDirectory();
  ledger = await serveLedger();
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await ledger.close();
  await rm(directory, { recursive: true });
});

const consume = (command: string, ...more: string[]) => {
  const args = [MAIN, 'consume', 'archive', '--url', ledger.client.url, '--exec', command, ...more];
  const child = spawn(process.execPath, args, { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  return child;
};
const until = async (holds: (group: ConsumerGroup) => boolean) => {
  for (;;) {
    const { status, body } = await ledger.client.get<ConsumerGroup>(GROUP);
    if (status === 200 && holds(body)) return body;
  }
};
const register = (sourceId: string) => ledger.client.given('RegisterSource', sourceData({ sourceId }));

test('runs the command for each event, and has what fails tried again until it is parked', async () => {
  await ledger.client.send('PUT', GROUP, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ maxRetries: 1 }),
  });
  for (const id of ['one', 'broken', 'two']) await register(id);
  consume('event=$(cat); echo "$event" >> handled; case "$event" in *source-broken*) echo torn >&2; exit 3;; esac');
  const group = await until(({ lag, inFlight }) => lag?.events === 0 && inFlight === 0);
  expect(group.parked).toBe(1);
  const handled = (await readFile(join(directory, 'handled'), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as CloudEvent);
  expect(handled.map(({ subject, deliveryattempt }) => [subject, deliveryattempt])).toEqual([
    ['source-one', 1],
    ['source-broken', 1],
    ['source-broken', 2],
    ['source-two', 1],
  ]);
  const { body } = await ledger.client.get<{ parked: ParkedLedgerEvent[] }>(`${GROUP}/parked`);
  expect(body.parked[0]!.reason).toContain('exit 3: torn');
});

test('ends in good order: the command that runs is let end, and what it handled is acknowledged', async () => {
  await register('one');
  const fifos = ['begun', 'go'].map((name) => join(directory, name));
  execFileSync('mkfifo', fifos);
  const child = consume('cat > /dev/null; echo > begun; read x < go; echo done > done', '--create');
  await readFile(fifos[0]!);
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await writeFile(fifos[1]!, 'go\n');
  expect(await ended).toEqual([EXIT.interrupted, null]);
  expect(await readFile(join(directory, 'done'), 'utf8')).toBe('done\n');
  expect(await until(({ workers }) => workers === 0)).toMatchObject({ lag: { events: 0 }, inFlight: 0 });
});

test('ends where it waits for an event', async () => {
  const child = consume('false', '--create');
  await until(({ workers }) => workers === 1);
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  expect(await ended).toEqual([EXIT.interrupted, null]);
});

test('says so where there is no such group', async () => {
  expect(await mithaq('consume', 'nobody', '--exec', 'true', '--url', ledger.client.url)).toMatchObject({
    code: EXIT.refused,
    said: 'There is no consumer group nobody',
  });
});
