import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LedgerEvent } from '../../src/domain/event.js';
import type { Projection } from '../../src/projections/projection.js';
import { openDatabase } from '../../src/event-store/embedded/sqlite.js';
import type { EventFeed } from '../../src/event-store/event-store.js';
import { type Progress, ProjectionProgress } from '../../src/projections/projection-progress.js';
import { Projector } from '../../src/projections/projector.js';
import { advance, CheckpointConflict, checkpointOf, openReadModel } from '../../src/projections/read-model.js';
import { worklists } from '../../src/projections/worklists.js';
import { agreementData, smallLedger, sourceData } from '../support/facts.js';
import { evidence, type PureLedger } from '../support/ledger.js';
import { ALL, appendAll, Projected, rowsOf } from '../support/projected.js';
import { serveLedger, settingsIn } from '../support/server.js';

let p: Projected;
let ledger: PureLedger;

beforeEach(async () => {
  p = await Projected.open();
  ledger = smallLedger();
  for (let n = 0; n < 8; n += 1) {
    ledger.given('AnnounceSignature', { agreementId: 'agr', occurredOn: `201${n}`, evidence: evidence('s') });
  }
});
afterEach(() => p.close());

/** Of a projection, without the store's token. */
const health = (name: string) => {
  const { token: _, ...told } = p.progress.latest.projections.find((h) => h.name === name)!;
  return told;
};
const rowCount = (table: string) => rowsOf(p.db)[table]?.length;

/** The projections with one that can't take an event that `poison` names, until it is mended. */
function withPoison(name: string, poison: (event: LedgerEvent) => boolean): { all: Projection[]; mend: () => void } {
  let mended = false;
  const all = ALL.map((projection): Projection =>
    projection.name !== name
      ? projection
      : {
          ...projection,
          apply: (db, batch) => {
            projection.apply(db, batch);
            // After its rows are written, so that these must be undone.
            if (!mended && batch.events.some(poison)) throw new Error('poison');
          },
        },
  );
  return { all, mend: () => void (mended = true) };
}

describe('a projection that can’t apply an event', () => {
  const poison = (event: LedgerEvent) => event.position === 10;

  test('stops there, alone, is named with the event, and resumes when it can', async () => {
    const { all, mend } = withPoison('worklists', poison);
    await appendAll(p.store, ledger.events);
    await p.project(all);

    expect(health('worklists')).toEqual({
      name: 'worklists',
      position: 9,
      stopped: { position: 10, eventId: ledger.events[9]?.id, reason: 'poison' },
    });
    for (const { name } of ALL.filter((a) => a.name !== 'worklists')) {
      expect(health(name)).toEqual({ name, position: ledger.events.length, stopped: null });
    }
    const row = p.db
      .prepare(`SELECT position FROM worklist_record WHERE stream = 'agreement-agr'`)
      .get<{ position: number }>();
    expect(row?.position).toBe(9);

    // What comes later does not move it past the event that it could not apply.
    ledger.given('DraftAgreement', agreementData({ agreementId: 'later' }));
    await appendAll(p.store, ledger.events.slice(-1));
    // It is hopeless to wait for all of them, so that is told at once.
    expect(await p.progress.waitFor(String(ledger.events.length), Infinity)).toBe(false);
    await p.reached('relationships', ledger.events.length);
    expect(health('worklists')).toMatchObject({ position: 9 });
    expect(await p.progress.waitFor('9', Infinity)).toBe(true);

    await p.stop();
    mend();
    await p.project(all);
    expect(health('worklists')).toEqual({ name: 'worklists', position: ledger.events.length, stopped: null });
    const mended = rowsOf(p.db);
    await p.stop();
    await p.project(ALL, 'anew.db');
    expect(rowsOf(p.db)['worklist_record']?.length).toBe(mended['worklist_record']?.length);
  });

  test('is tried again by itself, and goes on when it can', async () => {
    const { all, mend } = withPoison('worklists', poison);
    await appendAll(p.store, ledger.events);
    const db = openReadModel(join(p.directory, 'views.db'), all);
    const progress = new ProjectionProgress((a, b) => p.store.comparePositions(a, b));
    const stood: string[] = [];
    const accept = (told: Progress) => {
      progress.accept(told);
      const { stopped } = told.projections.find(({ name }) => name === 'worklists')!;
      // Seen to stand still twice: it was tried again, in vain.
      if (stopped && stood.push(stopped.reason) > 1) mend();
    };
    const projector = new Projector(p.store, db, all, () => new Date(), accept, 0, 1);
    try {
      await projector.start();
      expect(
        await progress.until(
          ({ checkpoint }) => checkpoint.position === ledger.events.length,
          () => false,
          60_000,
        ),
      ).toBe(true);
      expect(stood.length).toBeGreaterThan(1);
      expect(progress.latest.projections.every(({ stopped }) => stopped === null)).toBe(true);
    } finally {
      await projector.close();
    }
    const mended = rowsOf(db);
    db.close();
    await p.project(ALL, 'anew.db');
    expect(rowsOf(p.db)['worklist_record']?.length).toBe(mended['worklist_record']?.length);
  });

  test('all are made from the history: where it stops, none goes ahead of it', async () => {
    const { all } = withPoison('history', (event) => event.position === 4);
    await appendAll(p.store, ledger.events);
    await p.project(all);
    for (const { name } of ALL) expect(health(name)).toMatchObject({ position: 3 });
    expect(ALL.filter(({ name }) => health(name)?.stopped).map((a) => a.name)).toEqual(['history']);
    expect(rowCount('event')).toBe(3);
  });

  test('is told on /health/ready, and what it lags behind is answered from the history', async () => {
    const served = await serveLedger({ settings: { maxWaitMs: 2 ** 31 - 1 } });
    // The table that one view is kept in is taken away under it.
    const [table] = worklists.tables;
    const { client } = served;
    try {
      await client.given('RegisterSource', sourceData({ sourceId: 's' }));
      const opened = await client.given('DraftAgreement', agreementData({ occurredOn: '2020' }));
      await client.read(`/v1/agreements/agr?minPosition=${opened.position}`);
      const db = openDatabase(settingsIn(served.directory).views, { durability: 'normal' });
      db.exec(`CREATE TRIGGER broken BEFORE INSERT ON ${table} BEGIN SELECT RAISE(FAIL, 'broken'); END`);
      db.close();
      const signed = await client.given('SignAgreement', {
        agreementId: 'agr',
        occurredOn: '2021',
        evidence: evidence('s'),
      });
      const behind = await client.refused(`/v1/agreements/agr?minPosition=${signed.position}`);
      expect(behind.headers.get('retry-after')).toBe('1');
      expect(behind.status).toBe(503);
      expect(behind.body.detail).toMatch(/worklists stands still at position 3: .*broken/);
      const ready = await client.get<{ projections: { name: string; stopped: unknown }[] }>('/health/ready');
      expect(ready.status).toBe(503);
      expect(ready.body).toMatchObject({ status: 'unavailable', store: { status: 'ok' }, failure: null });
      expect(ready.body.projections.filter((h) => h.stopped !== null)).toEqual([
        {
          name: 'worklists',
          position: 2,
          lag: { events: 1, seconds: expect.any(Number) as unknown },
          stopped: {
            position: 3,
            eventId: signed.events[0]?.eventId,
            reason: expect.stringContaining('broken') as unknown,
          },
        },
      ]);
      const agreement = await client.get('/v1/agreements/agr');
      expect(agreement.body).toMatchObject({ knownAt: { position: '3' }, status: 'signed' });
      expect((await client.get('/v1/relationships/MAR-PAK')).body).toMatchObject({ stage: 'signed' });
      expect((await client.get('/health/live')).status).toBe(200);
    } finally {
      await served.close();
    }
  });
});

test('closed before it has caught up, it does not say that it has', async () => {
  const db = openReadModel(join(p.directory, 'views.db'), ALL);
  let close: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => (close = resolve));
  const silent: EventFeed = {
    readAll: () => p.store.readAll(),
    comparePositions: (a, b) => p.store.comparePositions(a, b),
    close: () => Promise.resolve(),
    subscribeToAll: () => ({
      close: () => Promise.resolve(close()),
      [Symbol.asyncIterator]: () => ({ next: () => closed.then(() => ({ done: true as const, value: undefined })) }),
    }),
  };
  const projector = new Projector(
    silent,
    db,
    ALL,
    () => new Date(),
    () => undefined,
  );
  const started = projector.start();
  await projector.close();
  expect(await started).toBe(false);
  db.close();
});

test('while more comes than is waited for, batches are gathered; a wait ends that', async () => {
  const told: Progress[] = [];
  const never = 2 ** 31 - 1;
  const db = openReadModel(join(p.directory, 'views.db'), ALL);
  const progress = new ProjectionProgress((a, b) => p.store.comparePositions(a, b));
  const accept = (next: Progress) => {
    told.push(next);
    progress.accept(next);
  };
  const projector = new Projector(p.store, db, ALL, () => new Date(), accept, never);
  try {
    await projector.start();
    await appendAll(p.store, ledger.events.slice(0, 1));
    await progress.waitFor('1', never);
    for (const event of ledger.events.slice(1, 5)) await appendAll(p.store, [event]);
    projector.wants('5');
    await progress.waitFor('5', never);
    const batches = told.filter(({ streams }) => streams.length > 0);
    expect(batches.map(({ checkpoint }) => checkpoint.position)).toEqual([1, 5]);
  } finally {
    await projector.close();
    db.close();
  }
});

describe('the checkpoint', () => {
  test('moves only from where it was thought to be', async () => {
    await appendAll(p.store, ledger.events);
    await p.project();
    const at = checkpointOf(p.db, 'search');
    const to = { position: at.position + 1, token: 'x', eventId: 'y' };
    expect(() => advance(p.db, 'search', { ...at, position: at.position - 1 }, to)).toThrow(CheckpointConflict);
    expect(checkpointOf(p.db, 'search')).toEqual(at);
    advance(p.db, 'search', at, to);
    expect(checkpointOf(p.db, 'search')).toEqual(to);
  });

  test('a conflict keeps nothing of the batch, and is told', async () => {
    const rival: Projection = {
      ...ALL[1]!,
      apply: (db, batch) => {
        ALL[1]!.apply(db, batch);
        if (batch.position < 5) return;
        db.exec(`UPDATE checkpoint SET position = position + 1 WHERE projection = '${ALL[1]!.name}'`);
      },
    };
    const all = [ALL[0]!, rival, ...ALL.slice(2)];
    await p.project(all);
    await appendAll(p.store, ledger.events.slice(0, 2));
    await p.caughtUp();
    const before = rowsOf(p.db);
    await appendAll(p.store, ledger.events.slice(2));
    await p.caughtUp();
    const { failure } = p.progress.latest;
    expect(failure).toMatch(/relationships is no longer at position/);
    const kept = rowCount('event')!;
    expect(kept).toBeLessThan(5);
    expect(kept).toBeGreaterThanOrEqual(before['event']!.length);
    for (const { name } of ALL) expect(health(name)?.position).toBe(kept);
  });
});

describe('a file of views', () => {
  test('of another ledger is forgotten, and built anew', async () => {
    const other = smallLedger();
    for (let n = 0; n < 20; n += 1) other.given('RegisterSource', sourceData({ sourceId: `other-${n}` }));
    const elsewhere = await Projected.open();
    try {
      await appendAll(elsewhere.store, other.events);
      await elsewhere.project();
      await elsewhere.stop();
      await copyFile(join(elsewhere.directory, 'views.db'), join(p.directory, 'views.db'));
    } finally {
      await elsewhere.close();
    }
    // As long as the other, so that the position alone would tell nothing.
    while (ledger.events.length < other.events.length) {
      ledger.given('RegisterSource', sourceData({ sourceId: `own-${ledger.events.length}` }));
    }
    await appendAll(p.store, ledger.events);
    await p.project();
    const found = rowsOf(p.db);
    await p.stop();
    await p.project(ALL, 'anew.db');
    expect(found).toEqual(rowsOf(p.db));
  });

  test('of a ledger that was moved here from another kind of store is built anew', async () => {
    await appendAll(p.store, ledger.events);
    await p.project();
    const before = rowsOf(p.db);
    p.db.exec(`UPDATE checkpoint SET token = '1697883/1697883'`); // as EventStoreDB says it
    await p.stop();
    await p.project();
    expect(rowsOf(p.db)).toEqual(before);
  });

  test('of a later state of this ledger is forgotten, and built anew', async () => {
    const restored = await Projected.open();
    try {
      await appendAll(p.store, ledger.events);
      await p.project();
      await p.stop();
      await copyFile(join(p.directory, 'views.db'), join(restored.directory, 'views.db'));
      await appendAll(restored.store, ledger.events.slice(0, 5)); // as from a backup
      await restored.project();
      expect(restored.progress.latest.checkpoint).toMatchObject({ position: 5, eventId: ledger.events[4]?.id });
      expect(rowsOf(restored.db)['event']).toHaveLength(5);
      expect(rowsOf(restored.db)['worklist_record']).toHaveLength(5);
    } finally {
      await restored.close();
    }
  });

  test('of another version of a projection is built anew, that one alone', async () => {
    await appendAll(p.store, ledger.events);
    await p.project();
    const before = rowsOf(p.db);
    await p.stop();
    let applied = 0;
    const all = ALL.map((a) => ({
      ...a,
      version: a.name === 'worklists' ? 'next' : a.version,
      apply: (...args: Parameters<Projection['apply']>) => {
        applied += a.name === 'worklists' ? 0 : 1;
        a.apply(...args);
      },
    }));
    await p.project(all);
    expect({ ...rowsOf(p.db), checkpoint: [] }).toEqual({ ...before, checkpoint: [] });
    expect(applied).toBe(0);
    expect(health('worklists')).toMatchObject({ position: ledger.events.length });
  });

  test('may be deleted while nobody has it open', async () => {
    await appendAll(p.store, ledger.events);
    await p.project();
    const before = rowsOf(p.db);
    await p.stop();
    for (const suffix of ['', '-wal', '-shm']) await rm(join(p.directory, `views.db${suffix}`), { force: true });
    await p.project();
    expect(rowsOf(p.db)).toEqual(before);
  });
});

describe('streams of others in the store', () => {
  const foreign = async (n: number) =>
    p.store.append(
      ['other-1', '$settings', 'agreements-x', 'xagreement-y'][n % 4]!,
      [{ id: `00000000-0000-5000-8000-${String(n).padStart(12, '0')}`, type: 'Other', data: {}, metadata: {} }],
      'any',
    );

  test('have no position in the ledger, and stop nothing', async () => {
    await foreign(1);
    await appendAll(p.store, ledger.events.slice(0, 3));
    await foreign(2);
    await foreign(3);
    await p.project();
    expect(p.progress.latest.checkpoint.position).toBe(3);
    for (const event of ledger.events.slice(3)) {
      await foreign(event.position + 10);
      await appendAll(p.store, [event]);
    }
    await p.progress.waitFor(String(2 * ledger.events.length), 5000);
    const stored = p.db.prepare('SELECT position, id FROM event ORDER BY position').all();
    expect(stored).toEqual(ledger.events.map(({ position, id }) => ({ position, id })));
    await p.stop();
    await foreign(99);
    await p.project();
    expect(p.progress.latest.checkpoint.position).toBe(ledger.events.length);
  });
});
