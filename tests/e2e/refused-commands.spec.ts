import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RefusedAnswer } from '../../src/api/refused-commands.controller.js';
import { RefusedCommands } from '../../src/commands/refused-commands.js';
import { CommandTooLarge, CommandMalformed } from '../../src/commands/errors.js';
import { StoreUnavailable } from '../../src/event-store/event-store.js';
import { agreementData, sourceData } from '../support/facts.js';
import { type Client, serveLedger, type ServedLedger, temporaryDirectory } from '../support/server.js';

let directory: string;
let ledger: ServedLedger | undefined;
beforeEach(async () => {
  directory = await temporaryDirectory();
});
afterEach(async () => {
  await ledger?.close();
  ledger = undefined;
  await rm(directory, { recursive: true });
});
async function serve(refusedDays = 90): Promise<Client> {
  ledger = await serveLedger({ directory, settings: { refusedDays } });
  return ledger.client;
}
const kept = async (client: Client, query = '') =>
  ((await client.get(`/v1/refused-commands${query}`)).body as unknown as RefusedAnswer) ?? undefined;

describe('a command that is refused', () => {
  test('is kept: who sent what, and why; and is no fact', async () => {
    const client = await serve();
    await client.given('RegisterSource', sourceData({ sourceId: 's' }));
    const sent = agreementData({ parties: ['MAR'] });
    const answer = await client.post('DraftAgreement', sent, { 'idempotency-key': 'k1', 'x-correlation-id': 'desk-7' });
    expect(answer.status).toBe(400);
    const { items, next } = await kept(client);
    expect(next).toBeNull();
    expect(items).toMatchObject([
      {
        number: 1,
        actor: 'anonymous',
        correlationId: 'desk-7',
        commandId: 'k1',
        type: 'DraftAgreement',
        data: sent,
        kind: 'malformed',
        problems: [{ pointer: '/parties' }],
      },
    ]);
    expect(await client.events()).toHaveLength(1);
  });

  test('is kept whatever refused it, the latest first; what was recorded and a dry run are not', async () => {
    const client = await serve();
    await client.given('RegisterSource', sourceData({ sourceId: 's' }), 'k1');
    await client.post('RegisterSource', sourceData({ sourceId: 's' }), { 'idempotency-key': 'k2' });
    await client.post('RegisterSource', sourceData({ sourceId: 't' }), { 'idempotency-key': 'k1' });
    await client.post('WithdrawSource', { sourceId: 'none', reason: 'x' });
    await client.post('NoSuchCommand', {});
    await client.post('RegisterSource', sourceData({ sourceId: 'x', title: { en: 'x'.repeat(50_000) } }));
    await client.post('WithdrawSource', { sourceId: 's', reason: 'x' }, { 'if-match': '"7"' });
    await client.post('RegisterSource?dryRun=true', {});
    const kinds = (await kept(client)).items.map(({ kind }) => kind);
    expect(kinds).toEqual(['stale-revision', 'too-large', 'not-found', 'id-reused', 'conflict']);
  });

  test('is there after a restart, and paged', async () => {
    const client = await serve();
    for (let i = 0; i < 5; i += 1) await client.post('WithdrawSource', {}, { 'idempotency-key': `no-${i}` });
    await ledger!.close();
    const again = await serve();
    const first = await kept(again, '?limit=3');
    expect([first.items.map(({ commandId }) => commandId), first.next]).toEqual([['no-4', 'no-3', 'no-2'], '3']);
    const second = await kept(again, `?limit=3&before=${first.next}`);
    expect([second.items.map(({ commandId }) => commandId), second.next]).toEqual([['no-1', 'no-0'], null]);
    expect((await again.get('/v1/refused-commands?before=x')).status).toBe(400);
  });

  test('is not kept where that is not wanted', async () => {
    const client = await serve(0);
    await client.post('NoSuchCommand', {});
    const { status, body } = await client.get('/v1/refused-commands');
    expect([status, JSON.stringify(body)]).toEqual([404, expect.stringContaining('MITHAQ_REFUSED_DAYS')]);
  });
});

describe('refused commands', () => {
  const open = (now: string, days = 30) =>
    new RefusedCommands(join(directory, 'refused.db'), days, () => new Date(now));
  const request = { type: 'RegisterSource', data: { a: 1 }, commandId: 'k' };
  const add = (refused: RefusedCommands, error: Error) => refused.add(request, { actor: 'desk' }, error);

  test('go when their time is over', () => {
    const first = open('2026-01-01T00:00:00Z');
    add(first, new CommandTooLarge(1));
    first.close();
    const second = open('2026-01-20T00:00:00Z');
    add(second, new CommandMalformed([]));
    expect(second.list(9)).toHaveLength(2);
    second.close();
    const third = open('2026-02-05T00:00:00Z');
    expect(third.list(9)).toMatchObject([{ number: 2, kind: 'malformed', correlationId: null }]);
    third.close();
    const last = open('2027-01-01T00:00:00Z');
    add(last, new CommandMalformed([]));
    // A number is not given again.
    expect(last.list(9)).toMatchObject([{ number: 3 }]);
    last.close();
  });

  test('are not those of which nobody knows what became', () => {
    const refused = open('2026-01-01T00:00:00Z');
    add(refused, new StoreUnavailable('away'));
    expect(refused.list(9)).toEqual([]);
    refused.close();
  });
});
