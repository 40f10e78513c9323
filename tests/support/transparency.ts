import { expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { leafHash, rootHash } from '../../src/audit/log/merkle.js';
import { parseSignedCheckpoint, type SignedCheckpoint } from '../../src/audit/log/checkpoint.js';
import { entriesIn } from '../../src/audit/log/entry-bundle.js';
import { parseVkey } from '../../src/audit/log/signed-note.js';
import { TreeEdge } from '../../src/audit/log/tree-edge.js';
import { nodesOf, tilePath, tilesBetween } from '../../src/audit/log/tile.js';
import { CHECKPOINTS_STREAM } from '../../src/audit/sealing/checkpoint-history.js';
import { LogFiles } from '../../src/audit/sealing/log-files.js';
import { publishedIn } from '../../src/audit/sealing/publisher.js';
import { TransparencyLog, type TransparencyLogOptions } from '../../src/audit/sealing/transparency-log.js';
import { DirectorySource } from '../../src/audit/verify/log-source.js';
import { verifyLog } from '../../src/audit/verify/verify-log.js';
import { EmbeddedEventStore } from '../../src/event-store/embedded/embedded-event-store.js';
import type { EventStore } from '../../src/event-store/event-store.js';

/** A store and the log of it, in a directory. */
export interface Sealed {
  readonly store: EventStore;
  readonly log: TransparencyLog;
  /** What the log warned of. */
  readonly warnings: string[];
  close(): Promise<void>;
}

export async function openSealed(
  directory: string,
  options: Partial<TransparencyLogOptions> & { readonly ledger?: string } = {},
): Promise<Sealed> {
  const location = join(directory, options.ledger ?? 'ledger.db');
  const store = await EmbeddedEventStore.open(location);
  const warnings: string[] = [];
  try {
    const log = await TransparencyLog.start(store, {
      location,
      directory: join(directory, 'tlog'),
      origin: 'example.com/ledger',
      keys: null,
      witnesses: [],
      log: { warn: (text) => void warnings.push(text), log: () => undefined },
      ...options,
    });
    const close = () => log.close().then(() => store.close());
    return { store, log, warnings, close };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Appends so many events, each to a stream of its own. */
export async function appendSome(store: EventStore, count: number): Promise<void> {
  const one = () => ({ id: randomUUID(), type: 'VisitHeld', data: { note: 'été', n: 1.5 }, metadata: { actor: 'a' } });
  await Promise.all(Array.from({ length: count }, () => store.append(`visit-${randomUUID()}`, [one()], 'no_stream')));
}

/** What is published in a directory, its tree made anew of the entries and compared with the tiles. */
export async function readPublished(directory: string): Promise<{
  readonly checkpoint: SignedCheckpoint;
  readonly entries: readonly Buffer[];
  /** Whether the tiles and the checkpoint are those of the entries. */
  readonly sound: boolean;
}> {
  const file = (path: string) => readFile(join(directory, 'tlog', path));
  const checkpoint = parseSignedCheckpoint((await file('checkpoint')).toString());
  const tiles = tilesBetween(0, checkpoint.size);
  const bundles = await Promise.all(tiles.filter((t) => t.level === 'entries').map((t) => file(tilePath(t))));
  const entries = bundles.flatMap(entriesIn);
  const leaves = entries.map(leafHash);
  const nodes = nodesOf(checkpoint.size, (tile) => file(tilePath(tile)));
  const level0 = tiles.filter((t) => t.level === 0).map((t) => file(tilePath(t)));
  const sound =
    Buffer.concat(await Promise.all(level0)).equals(Buffer.concat(leaves)) &&
    (await rootHash(nodes, checkpoint.size)).equals(checkpoint.root);
  return { checkpoint, entries, sound };
}

/** Every checkpoint that was ever signed, as the store has them. */
export async function signedIn(store: EventStore): Promise<SignedCheckpoint[]> {
  const signed: SignedCheckpoint[] = [];
  for await (const { data } of store.readStream(CHECKPOINTS_STREAM)) {
    signed.push(parseSignedCheckpoint((data as { checkpoint: string }).checkpoint));
  }
  return signed;
}

/** That every checkpoint that was ever signed is of the one history that is published. */
export async function expectOneHistory(store: EventStore, directory: string): Promise<void> {
  const { entries, sound } = await readPublished(directory);
  expect(sound).toBe(true);
  const signed = await signedIn(store);
  const edge = new TreeEdge();
  const roots = [await edge.root()];
  for (const entry of entries) {
    edge.append(entry);
    roots.push(await edge.root());
  }
  expect(signed.length).toBeGreaterThan(0);
  for (const { size, root } of signed) expect([size, root]).toEqual([size, roots[size]]);
}

/**
 * What an auditor finds who looks at the log's files at some moment: they are sound, and begin with what was there before.
 * @param before the checkpoint that was kept; undefined at first
 * @returns the checkpoint to keep
 */
export async function auditedLog(directory: string, before: string | undefined): Promise<string | undefined> {
  const source = new DirectorySource(join(directory, 'tlog'));
  const published = publishedIn(new LogFiles(join(directory, 'tlog')));
  if (!(await source.read('checkpoint'))) {
    expect(before).toBeUndefined();
    return undefined;
  }
  const policy = { log: published!.keys.map(parseVkey), witnesses: [], quorum: 0 };
  return (await verifyLog(source, { policy, since: before, events: { faults: () => [] } })).text;
}

/** All files below a directory, by path. */
export async function filesUnder(directory: string): Promise<Map<string, Buffer>> {
  const all = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = all.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(files.map(async (path) => [path.slice(directory.length + 1), await readFile(path)] as const)),
  );
}
