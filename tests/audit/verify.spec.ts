import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SCHEMAS } from '../../src/api/schemas.js';
import { checkpointText } from '../../src/audit/log/checkpoint.js';
import { formatNote, signText, type VerifierKey, verifierKey } from '../../src/audit/log/signed-note.js';
import { tilePath } from '../../src/audit/log/tile.js';
import { TreeEdge } from '../../src/audit/log/tree-edge.js';
import { entryOf } from '../../src/audit/sealing/entry.js';
import { exportBundle } from '../../src/audit/verify/export-bundle.js';
import { DirectorySource, type LogSource } from '../../src/audit/verify/log-source.js';
import { verifyBundle } from '../../src/audit/verify/verify-bundle.js';
import { Unsound, verifyLog } from '../../src/audit/verify/verify-log.js';
import type { LedgerEvent } from '../../src/domain/event.js';
import { temporaryDirectory } from '../support/server.js';
import { filesUnder } from '../support/transparency.js';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const key: VerifierKey = verifierKey('example.com/ledger', publicKey);
const policy = { log: [key], witnesses: [], quorum: 0 };
const COUNT = 260;

/** Sources are registered, and the first of them again and again by a revision more. */
function eventAt(position: number): LedgerEvent {
  const first = position % 3 !== 0;
  const hash = createHash('sha256').update(String(position)).digest('hex');
  return {
    id: `${hash.slice(0, 8)}-0000-5000-8000-000000000000`,
    stream: first ? `source-s${position}` : 'source-s1',
    revision: first ? 0 : position / 3,
    position,
    type: 'SourceRegistered',
    body: {
      occurredOn: null,
      endedOn: null,
      evidence: [],
      data: {
        title: { en: 'A source' },
        kind: 'news_article',
        language: 'en',
        ...(position % 5 === 0 && { url: 'https://example.com/', contentSha256: hash }),
      },
    },
    metadata: {
      commandId: `c${position}`,
      commandHash: hash,
      $correlationId: `c${position}`,
      $causationId: `c${position}`,
      actor: 'desk',
      schemaVersion: 1,
      warnings: [],
      recordedAt: '2026-11-25T12:00:00.000Z',
    },
  };
}

type Files = ReadonlyMap<string, Buffer>;
const inMemory = (files: Files): LogSource & { paths(): Promise<string[]> } => ({
  read: (path) => Promise.resolve(files.get(path)),
  paths: () => Promise.resolve([...files.keys()]),
});

/** A log of these entries, signed. */
async function logOf(entries: readonly Buffer[]): Promise<Map<string, Buffer>> {
  const edge = new TreeEdge();
  const tiles = [...entries.flatMap((entry) => edge.append(entry)), ...edge.partial()];
  const files = new Map(tiles.map(({ tile, bytes }) => [tilePath(tile), bytes]));
  const text = checkpointText({ origin: key.name, size: entries.length, root: await edge.root() });
  const note = formatNote({ text, signatures: [signText(text, key, privateKey)] });
  return files.set('checkpoint', Buffer.from(note));
}

let directory: string;
async function bundleOf(name: string, entries: readonly Buffer[]): Promise<Map<string, Buffer>> {
  const to = join(directory, name);
  const schemas = new Map([['SourceRegistered', SCHEMAS.events.get('SourceRegistered')!]]);
  await exportBundle(inMemory(await logOf(entries)), { keys: ['a key'], schemas }, to);
  return filesUnder(to);
}

const verified = (files: Files, since?: string) => verifyBundle(inMemory(files), { policy, since });
async function fault(files: Files, since?: string): Promise<Unsound> {
  const error: unknown = await verified(files, since).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Unsound)) throw new Error(`It was taken to be sound: ${String(error)}`);
  return error;
}

const entries = Array.from({ length: COUNT }, (_, i) => entryOf(eventAt(i + 1)));
const changed = (position: number, how: (event: LedgerEvent) => object) =>
  entries.map((entry, i) =>
    i + 1 === position ? entryOf({ ...eventAt(position), ...how(eventAt(position)) }) : entry,
  );
let bundle: Map<string, Buffer>;
beforeAll(async () => {
  directory = await temporaryDirectory();
  bundle = await bundleOf('whole', entries);
});
afterAll(() => rm(directory, { recursive: true }));

describe('a bundle', () => {
  test('is sound as it was exported, read from its directory too', async () => {
    expect(await verified(bundle)).toMatchObject({ origin: 'example.com/ledger', size: COUNT });
    const source = new DirectorySource(join(directory, 'whole'));
    expect(await verifyBundle(source, { policy })).toMatchObject({ size: COUNT });
    expect([...bundle.keys()].sort()).toEqual([
      'SHA256SUMS',
      'checkpoint',
      'index.md',
      'keys.txt',
      'schemas/SourceRegistered.json',
      'sources.json',
      'tile/0/000',
      'tile/0/001.p/4',
      'tile/1/000.p/1',
      'tile/entries/000',
      'tile/entries/001.p/4',
    ]);
  });

  test('begins with every checkpoint that an auditor kept, and with no other', async () => {
    for (const size of [0, 1, 256, COUNT]) {
      const since = (await logOf(entries.slice(0, size))).get('checkpoint')!.toString();
      expect(await verified(bundle, since)).toMatchObject({ size: COUNT });
    }
    const other = changed(3, () => ({ id: 'ffffffff-0000-5000-8000-000000000000' }));
    const forked = (await logOf(other.slice(0, 10))).get('checkpoint')!.toString();
    expect((await fault(bundle, forked)).message).toMatch(
      /first 10 entries are not those of the checkpoint that was kept/,
    );
    const longer = (await logOf([...entries, Buffer.from('{}')])).get('checkpoint')!.toString();
    expect((await fault(bundle, longer)).message).toMatch(/what was sealed is gone/);
  });

  test('of which a file is missing, or to which one was added, is not sound', async () => {
    for (const path of bundle.keys()) {
      const without = new Map(bundle);
      without.delete(path);
      await fault(without);
    }
    expect((await fault(new Map([...bundle, ['another', Buffer.from('')]]))).message).toMatch(/^SHA256SUMS, line/);
  });

  test('in which a bit was changed, or of which a file was cut, is not sound', async () => {
    const paths = [...bundle.keys()];
    const spoil = (n: number, at: number, cut: boolean): Files => {
      const path = paths[n % paths.length]!;
      const bytes = Buffer.from(bundle.get(path)!);
      const byte = at % bytes.length;
      if (!cut) bytes[byte]! ^= 1 << (at % 8);
      return new Map([...bundle, [path, cut ? bytes.subarray(0, byte) : bytes]]);
    };
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), fc.boolean(), async (n, at, cut) => {
        await fault(spoil(n, at, cut));
      }),
      // As many as the ledger promises, where there is time.
      { numRuns: process.env['MITHAQ_TEST_LONG'] ? 10_000 : 100 },
    );
  });

  test('is not sound where its root or a tile is not what the entries make, whatever its sums say', async () => {
    const log = await logOf(entries);
    const found = (files: Files) => verifyLog(inMemory(files), { policy }).catch((error: Error) => error.message);
    expect(await found(log)).toMatchObject({ size: COUNT });
    for (const path of log.keys()) {
      const bytes = Buffer.from(log.get(path)!);
      bytes[bytes.length - 2]! ^= 1;
      expect(await found(new Map([...log, [path, bytes]]))).toEqual(expect.any(String));
    }
    const forged = (await logOf(changed(3, () => ({ type: 'Forged' })))).get('checkpoint')!;
    expect(await found(new Map([...log, ['checkpoint', forged]]))).toMatch(
      /make another root than the one that is signed/,
    );
  });

  test('that another key signed is not sound', async () => {
    const other = verifierKey('example.com/ledger', generateKeyPairSync('ed25519').publicKey);
    await expect(verifyBundle(inMemory(bundle), { policy: { ...policy, log: [other] } })).rejects.toThrow(
      /not signed by the log’s key/,
    );
  });
});

describe('the first event that is wrong is named', () => {
  test('where an entry was changed', async () => {
    const bytes = Buffer.from(bundle.get('tile/entries/000')!);
    const at = bytes.indexOf('"position":200,');
    bytes.write('"position":201,', at);
    const error = await fault(new Map([...bundle, ['tile/entries/000', bytes]]));
    expect(error.position).toBe(200);
    expect(error.message).toMatch(/does not make the leaf/);
  });

  // Signed as it is: whoever has the key sealed what is no ledger.
  test.each([
    ['whose position is another', 7, () => ({ position: 8 }), /says that its position is 8/],
    ['that leaves a gap in its stream', 6, () => ({ revision: 3 }), /is revision 3 of source-s1, where 2 comes next/],
    ['that is in its stream already', 9, () => ({ revision: 2 }), /is revision 2 of source-s1, where 3 comes next/],
    ['that is not as its schema says', 258, () => ({ metadata: { actor: 1 } }), /not as its schema says/],
    ['of a type without a schema', 4, () => ({ type: 'Unheard' }), /no schema of Unheard/],
    ['that is no event', 5, () => ({ type: 4 }), /is not an event/],
  ])('one %s', async (_, position, how, reason) => {
    const files = await bundleOf(`wrong-${position}-${reason.source.length}`, changed(position, how));
    const error = await fault(files);
    expect(error.position).toBe(position);
    expect(error.message).toMatch(reason);
  });
});
