import { hash, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leafHash } from '../src/audit/log/merkle.js';
import { parseVkey } from '../src/audit/log/signed-note.js';
import { entriesIn } from '../src/audit/log/entry-bundle.js';
import { entryTiles, tilePath } from '../src/audit/log/tile.js';
import { TransparencyLog } from '../src/audit/sealing/transparency-log.js';
import { DirectorySource } from '../src/audit/verify/log-source.js';
import { verifyLog } from '../src/audit/verify/verify-log.js';
import { EmbeddedEventStore } from '../src/event-store/embedded/embedded-event-store.js';
import type { EventData } from '../src/event-store/event-store.js';
import { against, type Figure, perSecond } from './measure.js';

const CALLERS = 64;
const APPENDS = 20_000;
const ROUNDS = 3;
const PROOFS = 500;

/** What the transparency log costs those who append, and those who prove and verify. @param events in the log at the end */
export async function measureTransparency(events: number): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'mithaq-bench-'));
  const location = join(folder, 'ledger.db');
  const store = await EmbeddedEventStore.open(location);
  let log: TransparencyLog | undefined;
  let count = 0;
  const open = async () => {
    log = await TransparencyLog.start(store, {
      location,
      directory: join(folder, 'tlog'),
      origin: 'bench.example/ledger',
      keys: null,
      witnesses: [],
      log: { warn: (text) => process.stderr.write(`${text}\n`), log: () => undefined },
    });
  };
  const caughtUp = async () => {
    if (!(await log!.sealedUpTo(count, 3_600_000))) throw new Error(`Nothing is sealed: ${log!.status.reason}`);
  };
  const append = (many: number) =>
    perSecond(CALLERS, many, async () => {
      await store.append(`visit-${randomUUID()}`, [{ ...EVENT, id: randomUUID() }], 'no_stream');
      count += 1;
    });
  try {
    await append(APPENDS);
    const closed = async () => {
      await log?.close();
      return append(APPENDS);
    };
    const sealed = async () => {
      await open();
      await caughtUp();
      return append(APPENDS);
    };
    const what = { unit: '/s', floorIs: 'the same append, with no log', target: 0.9 };
    const appends = await against({ work: 'append that is sealed, 64 callers', ...what }, ROUNDS, closed, sealed);
    while (count < events) await append(Math.min(APPENDS, events - count));
    await caughtUp();
    return [appends, await proofs(log!, count), await verification(log!, join(folder, 'tlog'), count)];
  } finally {
    await log?.close();
    await store.close();
    await rm(folder, { recursive: true });
  }
}

const EVENT: Omit<EventData, 'id'> = {
  type: 'VisitHeld',
  data: {
    occurredOn: '2025-06-04',
    endedOn: null,
    evidence: [{ sourceId: 'bench', locator: 'lines 3, 7-8', standing: 'reported' }],
    data: {
      visitor: 'PAK',
      host: 'MAR',
      level: 'minister',
      kind: 'official',
      occasion: { en: 'A visit of some days' },
    },
  },
  metadata: {
    commandId: '3b0cbb2e-4f3f-4f0e-9c60-1e52dc2d1f5e',
    commandHash: 'a'.repeat(64),
    $correlationId: '3b0cbb2e-4f3f-4f0e-9c60-1e52dc2d1f5e',
    $causationId: '3b0cbb2e-4f3f-4f0e-9c60-1e52dc2d1f5e',
    actor: 'bench',
    schemaVersion: 1,
    warnings: [],
    recordedAt: '2026-11-25T12:00:00.000Z',
  },
};

/** In proofs a second: 100 are one in ten milliseconds. */
function proofs(log: TransparencyLog, size: number): Promise<Figure> {
  const prove = () => perSecond(1, PROOFS, () => log.inclusion(Math.floor(Math.random() * size)));
  const hashed = () => perSecond(1, PROOFS, () => Promise.resolve(leafHash(Buffer.alloc(700))));
  return against(
    { work: `proof of one of ${size} events`, unit: '/s', floorIs: 'hashing its entry', target: null },
    ROUNDS,
    hashed,
    prove,
  );
}

/** Hashes, tree and signature, and that positions and revisions have no gap; no schemas. */
function verification(log: TransparencyLog, directory: string, size: number): Promise<Figure> {
  const source = new DirectorySource(directory);
  const verified = async () => {
    const start = performance.now();
    await verifyLog(source, { policy: { log: log.status.keys.map(parseVkey), witnesses: [], quorum: 0 } });
    return size / seconds(start);
  };
  const hashed = async () => {
    const start = performance.now();
    for (const tile of entryTiles(size)) {
      for (const entry of entriesIn(await readFile(join(directory, tilePath(tile))))) hash('sha256', entry, 'buffer');
    }
    return size / seconds(start);
  };
  const what = { work: `verification of ${size} events`, unit: ' events/s', target: null };
  return against({ ...what, floorIs: 'reading and hashing the entries' }, ROUNDS, hashed, verified);
}

const seconds = (start: number) => (performance.now() - start) / 1000;
