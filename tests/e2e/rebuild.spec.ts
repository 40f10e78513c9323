import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readdir, rm } from 'node:fs/promises';
import type { RelationshipAnswer } from '../../src/api/queries/answers.js';
import type { RebuildStatus } from '../../src/projections/rebuild.js';
import { mithaq } from '../cli/mithaq.js';
import { sourceData, visitData } from '../support/facts.js';
import { EXIT } from '../../src/cli/exit-codes.js';
import { LOADERS, nextCommand, prepare } from '../support/load.js';
import { DORMANT_AFTER, expectViewsAsMadeAnew, TODAY } from '../support/projected.js';
import { type Client, serveLedger, temporaryDirectory } from '../support/server.js';

/** Of each loader. */
const COMMANDS = 40;

let directory: string;

beforeEach(async () => {
  directory = await temporaryDirectory();
});
afterEach(() => rm(directory, { recursive: true }));

const rebuildOf = async (client: Client): Promise<RebuildStatus | null> =>
  (await client.get<{ rebuild: RebuildStatus | null }>('/health/ready')).body.rebuild;

const rebuild = (client: Client, name: string) => client.send<RebuildStatus>('POST', `/v1/projections/${name}/rebuild`);

/** Asks, and looks at each answer, until no rebuild goes on. */
async function untilDone(client: Client, meanwhile: () => Promise<unknown> = () => Promise.resolve()) {
  for (;;) {
    await meanwhile();
    const status = await rebuildOf(client);
    if (status?.state !== 'running') return status;
  }
}

test('during a load questions are answered all the time, first from the old views and then from the new', async () => {
  const settings = { dormantAfterMonths: DORMANT_AFTER };
  const now = () => new Date(`${TODAY}T00:00:00.000Z`);
  const ledger = await serveLedger({ directory, settings, now });
  const answers: RelationshipAnswer[] = [];
  try {
    const { client } = ledger;
    await prepare(client);
    const loaders = Array.from({ length: LOADERS }, async (_, loader) => {
      for (let n = 0; n < COMMANDS; n += 1) {
        const { command, data, key } = nextCommand(0, loader, n);
        await client.given(command, data, key);
      }
    });
    const ask = async () => {
      const { status, body } = await client.get<RelationshipAnswer>('/v1/relationships/MAR-PAK');
      expect(status).toBe(200);
      answers.push(body);
    };
    for (const name of ['history', 'search', 'history']) {
      expect(await rebuild(client, name)).toMatchObject({
        status: 202,
        body: { state: 'running', projections: [name] },
      });
      expect(await rebuild(client, 'search')).toMatchObject({ status: 503, body: { type: '/problems/unavailable' } });
      expect(await untilDone(client, ask)).toMatchObject({ state: 'done', projections: [name], reason: null });
    }
    await Promise.all(loaders);
    // One that was ahead of the other would have said something else.
    const positions = answers.map((answer) => Number(answer.knownAt.position));
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    for (const answer of new Map(answers.map((a) => [a.knownAt.position, a])).values()) {
      expect(await client.read(`/v1/relationships/MAR-PAK?knownAt=${answer.knownAt.position}`)).toEqual(answer);
    }
  } finally {
    await ledger.close();
  }

  // Moves what answered last to its name.
  await (await serveLedger({ directory, settings, now })).close();
  expect(
    (await readdir(directory)).filter((name) => name.startsWith('views.db') && !/-(wal|shm|journal)$/.test(name)),
  ).toEqual(['views.db', 'views.db.lock']);
  await expectViewsAsMadeAnew(directory, now);
}, 60_000);

describe('a revision of a projection', () => {
  test('is made by itself at the next start, while the old one answers', async () => {
    const dormant = async (client: Client) =>
      (await client.read<RelationshipAnswer>('/v1/relationships/MAR-PAK')).flags.dormant;
    const first = await serveLedger({ directory, settings: { dormantAfterMonths: 1200 } });
    await first.client.given('RegisterSource', sourceData({ sourceId: 's' }));
    await first.client.given('HoldVisit', visitData({ occurredOn: '2010' }));
    expect(await dormant(first.client)).toBe(false);
    await first.close();

    const second = await serveLedger({ directory, settings: { dormantAfterMonths: 1 } });
    try {
      expect(await rebuildOf(second.client)).toMatchObject({ projections: ['relationships'] });
      expect(await untilDone(second.client)).toMatchObject({ state: 'done' });
      expect(await dormant(second.client)).toBe(true);
    } finally {
      await second.close();
    }

    const third = await serveLedger({ directory, settings: { dormantAfterMonths: 1 } });
    expect(await rebuildOf(third.client)).toBeNull();
    await third.close();
  });
});

describe('mithaq rebuild', () => {
  test('makes a projection of a running server anew, and waits for it', async () => {
    const { client, close } = await serveLedger({ directory });
    try {
      await prepare(client);
      const { knownAt } = await client.read<RelationshipAnswer>('/v1/relationships/MAR-PAK');
      expect(await mithaq('rebuild', 'worklists', '--url', client.url)).toMatchObject({
        code: 0,
        printed: `worklists is made anew, up to position ${knownAt.position}\n`,
      });
      expect(await mithaq('rebuild', 'nothing', '--url', client.url)).toMatchObject({
        code: EXIT.refused,
        said: 'There is no projection nothing',
      });
    } finally {
      await close();
    }
  });
});
