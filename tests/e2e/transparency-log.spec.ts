import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { parseSignedCheckpoint, verifyCheckpoint } from '../../src/audit/log/checkpoint.js';
import { leafHash, verifyConsistency, verifyInclusion } from '../../src/audit/log/merkle.js';
import { formatVkey, parseVkey } from '../../src/audit/log/signed-note.js';
import { tilePath, tilesBetween } from '../../src/audit/log/tile.js';
import { verifyProof } from '../../src/audit/log/tlog-proof.js';
import { parseWitnesses } from '../../src/audit/sealing/witnesses.js';
import type { ConsistencyAnswer, InclusionAnswer, LogAnswer } from '../../src/api/log.controller.js';
import { agreementData, sourceData } from '../support/facts.js';
import { serveLedger, type ServedLedger, temporaryDirectory } from '../support/server.js';
import { TestWitness } from '../support/witness.js';

let ledger: ServedLedger;
let witness: TestWitness;
beforeAll(async () => {
  const directory = await temporaryDirectory();
  witness = await TestWitness.start();
  ledger = await serveLedger({
    settings: {
      tlog: join(directory, 'tlog'),
      tlogOrigin: 'example.com/ledger',
      tlogWitnesses: parseWitnesses(witness.setting),
    },
  });
});
afterAll(async () => {
  await ledger.close();
  await witness.close();
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(new URL(path, ledger.client.url), { headers });
const bytesAt = async (path: string) => Buffer.from(await (await get(path)).arrayBuffer());
const hashes = (texts: readonly string[]) => texts.map((text) => Buffer.from(text, 'base64'));

async function register(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1)
    await ledger.client.given('RegisterSource', sourceData({ sourceId: randomUUID() }));
}

describe('the transparency log', () => {
  test('proves an event that was recorded just now, as JSON and as a file', async () => {
    await register(3);
    const proof = await ledger.client.read<InclusionAnswer>('/v1/log/entries/3/proof');
    const { keys } = await ledger.client.read<LogAnswer>('/v1/log');
    const policy = { log: keys.map(parseVkey), witnesses: [witness.key], quorum: 1 };
    const checkpoint = verifyCheckpoint(proof.checkpoint, policy);
    const entry = await bytesAt('/v1/log/entries/3');
    expect(proof).toMatchObject({ position: '3', index: 2, leafHash: leafHash(entry).toString('base64') });
    expect(verifyInclusion(leafHash(entry), 2, checkpoint.size, hashes(proof.hashes), checkpoint.root)).toBe(true);
    const file = await (await get('/v1/log/entries/3/proof', { accept: 'text/plain' })).text();
    expect(verifyProof(file, entry, policy).origin).toBe('example.com/ledger');
    expect(JSON.parse(entry.toString())).toMatchObject({ position: 3, type: 'SourceRegistered', revision: 0 });
  });

  test('tells how far the ledger is sealed', async () => {
    const log = await ledger.client.read<LogAnswer>('/v1/log');
    expect(log).toMatchObject({ state: 'sealing', reason: null, origin: 'example.com/ledger', sealed: '3' });
    expect(log.witnesses).toEqual([{ key: formatVkey(witness.key), signed: '3', reason: null }]);
    expect(await ledger.client.read('/health/ready')).toMatchObject({ log: { sealed: 3 } });
  });

  test('shows what was sealed to be the beginning of what is', async () => {
    const before = parseSignedCheckpoint(await (await get('/tlog/checkpoint')).text());
    await register(2);
    await get('/v1/log/entries/5');
    const after = parseSignedCheckpoint(await (await get('/tlog/checkpoint')).text());
    const answer = (await (await get(`/v1/log/consistency?first=${before.size}`)).json()) as ConsistencyAnswer;
    expect(answer).toMatchObject({ first: before.size, second: after.size });
    expect(verifyConsistency(before, after, hashes(answer.hashes))).toBe(true);
  });

  test('can seal whatever is recorded: what would be larger than an entry may be is refused', async () => {
    const areas = (count: number) => Array.from({ length: count }, (_, i) => `${'x'.repeat(50)}_${i}`);
    await ledger.client.given('RegisterSource', sourceData({ sourceId: 's' }));
    const draft = (agreementId: string, count: number) =>
      ledger.client.post<{ detail?: string }>('DraftAgreement', agreementData({ agreementId, areas: areas(count) }));
    expect((await draft('smaller', 200)).status).toBe(201);
    const { status, body } = await draft('larger', 500);
    expect([status, body]).toMatchObject([
      413,
      { type: '/problems/too-large', detail: expect.stringContaining('at most 65535 bytes') },
    ]);
    const stored = await ledger.client.get('/v1/streams/agreement-larger');
    expect(stored.status).toBe(404);
  });

  test('is served at the paths of the specification', async () => {
    const response = await get('/tlog/checkpoint');
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    const { size } = parseSignedCheckpoint(await response.text());
    for (const tile of tilesBetween(0, size)) {
      const served = await get(`/tlog/${tilePath(tile)}`);
      expect(served.status).toBe(200);
      expect(served.headers.get('content-type')).toBe('application/octet-stream');
    }
  });

  test.each([
    ['/tlog/tile/0/000', 404],
    ['/tlog/tile/0/000.p/200', 404],
    ['/tlog/tile/entries/../0/000', 404],
    ['/tlog/tile/0/..%2f..%2ftlog.key.pem', 404],
    ['/tlog/tile/1/000.p/1', 404],
    ['/v1/log/entries/0', 404],
    ['/v1/log/entries/first/proof', 404],
    ['/v1/log/consistency?first=x', 400],
    ['/v1/log/consistency', 400],
    ['/v1/log/consistency?first=3&second=2', 400],
    ['/v1/log/consistency?first=4000', 400],
    ['/v1/log/consistency?first=3&second=4000', 503],
  ])('%s: %i', async (path, status) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });
});

test('a ledger that keeps no log says so', async () => {
  const other = await serveLedger();
  try {
    const { status, body } = await other.client.get('/v1/log');
    expect([status, (body as { detail: string }).detail]).toEqual([404, expect.stringContaining('MITHAQ_TLOG')]);
    expect((await other.client.get('/health/ready')).body).toMatchObject({ log: null });
  } finally {
    await other.close();
  }
});
