import { expect } from '@jest/globals';
import type { CommandResult } from '../../src/commands/command-recorder.js';
import { agreementData, sourceData } from './facts.js';
import { type Data, evidence } from './ledger.js';
import type { Client } from './server.js';

/** A command of a load. */
export interface Sent {
  readonly key: string;
  readonly command: string;
  readonly data: Data;
  /** The first answer; undefined where none came. */
  answer?: CommandResult;
}

/** How many send at a time. */
export const LOADERS = 8;

const STREAMS = 5;

/** Records what the commands of a load are about. */
export async function prepare(client: Client): Promise<void> {
  await client.given('RegisterSource', sourceData({ sourceId: 's' }), 'first-source');
  for (let n = 0; n < STREAMS; n += 1) {
    await client.given('DraftAgreement', agreementData({ agreementId: `agr-${n}` }), `first-${n}`);
  }
}

/** Each is another act: now on a stream of its own, now on one that all loaders write to. */
export function nextCommand(round: number, loader: number, n: number): Sent {
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

/** That what was acknowledged is there, once, and that the ledger's positions have no gap. */
export async function check(client: Client, sent: readonly Sent[]): Promise<void> {
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
export async function repeat(client: Client, sent: readonly Sent[]): Promise<void> {
  await Promise.all(
    sent.map(async (command) => {
      const { status, body } = await client.post(command.command, command.data, { 'idempotency-key': command.key });
      if (command.answer) expect(body).toEqual({ ...command.answer, repeated: true });
      expect({ key: command.key, status }).toEqual({ key: command.key, status: 201 });
      command.answer = { ...body, repeated: false };
    }),
  );
}
