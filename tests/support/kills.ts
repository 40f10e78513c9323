import { expect } from '@jest/globals';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedEventStore } from '../../src/event-store/embedded/embedded-event-store.js';
import { filesIn, startLedger, stopLedger } from './child-ledger.js';
import { sourceData } from './facts.js';
import { check, LOADERS, nextCommand, prepare, repeat, type Sent } from './load.js';
import { DORMANT_AFTER, expectViewsAsMadeAnew } from './projected.js';
import { type Client, temporaryDirectory } from './server.js';
import { auditedLog, expectOneHistory } from './transparency.js';

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

/**
 * Loads one ledger, kills its process at some moment in each round, while the views follow and are made anew, and looks
 * what is there when it is back; and at the end, whether the views are as if nothing had happened. What the log has published
 * is sound at any moment, and one history.
 */
export async function killRounds(rounds: number, random: () => number): Promise<void> {
  const directory = await temporaryDirectory();
  const all: Sent[] = [];
  const env = {
    ...filesIn(directory),
    MITHAQ_TLOG: join(directory, 'tlog'),
    MITHAQ_DORMANT_MONTHS: String(DORMANT_AFTER),
  };
  let kept: string | undefined;
  let server = await startLedger(env);
  try {
    await prepare(server.client);
    for (let round = 0; round < rounds; round += 1) {
      const sent: Sent[] = [];
      const victim = server.process;
      const after = 1 + Math.floor(random() * 60);
      const turns = Math.floor(random() * 20);
      const exited = once(victim, 'exit');
      await server.client.send('POST', '/v1/projections/history/rebuild');
      await load(server.client, round, sent, (answered) => {
        if (answered === after) killAfter(victim, turns);
      });
      expect((await exited)[1]).toBe('SIGKILL');
      expect(sent.some((s) => s.answer)).toBe(true);
      kept = await auditedLog(directory, kept);

      server = await startLedger(env);
      all.push(...sent);
      await check(server.client, all);
      await repeat(server.client, sent);
    }
    const { position } = await server.client.given('RegisterSource', sourceData({ sourceId: 'last' }), 'last');
    await server.client.read(`/v1/events?minPosition=${position}`);
    await check(server.client, all);
    await stopLedger(server, 'SIGTERM');
    await auditedLog(directory, kept);
    await expectViewsAsMadeAnew(directory, () => new Date());
    const store = await EmbeddedEventStore.open(join(directory, 'ledger.db'));
    await expectOneHistory(store, directory).finally(() => store.close());
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
