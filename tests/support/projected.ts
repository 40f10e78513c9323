import { expect } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LedgerEvent } from '../../src/domain/event.js';
import { EmbeddedEventStore } from '../../src/event-store/embedded/embedded-event-store.js';
import type { Database } from '../../src/event-store/embedded/sqlite.js';
import type { EventData, EventStore, JsonObject } from '../../src/event-store/event-store.js';
import type { Projection } from '../../src/projections/projection.js';
import { allProjections } from '../../src/projections/all-projections.js';
import { type Progress, ProjectionProgress } from '../../src/projections/projection-progress.js';
import { Projector } from '../../src/projections/projector.js';
import { openReadModel } from '../../src/projections/read-model.js';
import { temporaryDirectory } from './server.js';

export const DORMANT_AFTER = 24;
export const ALL = allProjections(DORMANT_AFTER);
export const TODAY = '2026-02-01';
const NOW = () => new Date(`${TODAY}T12:00:00.000Z`);

const toData = ({ id, type, body, metadata }: LedgerEvent): EventData => ({
  id,
  type,
  data: body as unknown as JsonObject,
  metadata: metadata as unknown as JsonObject,
});

export const appendAll = async (store: EventStore, events: readonly LedgerEvent[]): Promise<void> => {
  await Promise.all(
    events.map((e) => store.append(e.stream, [toData(e)], e.revision === 0 ? 'no_stream' : e.revision - 1)),
  );
};

/** A store and its views, without commands or HTTP. */
export class Projected {
  #db: Database | undefined;
  #projector: Projector | undefined;
  #progress: ProjectionProgress | undefined;

  private constructor(
    readonly directory: string,
    readonly store: EmbeddedEventStore,
    private readonly now: () => Date,
  ) {}

  static async open(directory?: string, now = NOW): Promise<Projected> {
    const at = directory ?? (await temporaryDirectory());
    return new Projected(at, await EmbeddedEventStore.open(join(at, 'ledger.db')), now);
  }

  get db(): Database {
    return this.#db!;
  }

  get progress(): ProjectionProgress {
    return this.#progress!;
  }

  /** Opens the views and lets them catch up; what was put off is done too. */
  async project(all: readonly Projection[] = ALL, views = 'views.db'): Promise<void> {
    this.#db = openReadModel(join(this.directory, views), all);
    const progress = (this.#progress = new ProjectionProgress((a, b) => this.store.comparePositions(a, b)));
    this.#projector = new Projector(this.store, this.#db, all, this.now, (told) => progress.accept(told));
    await this.#projector.start();
    await this.#projector.settle();
  }

  async stop(): Promise<void> {
    await this.#projector?.close();
    this.#db?.close();
    this.#projector = this.#db = undefined;
  }

  /** Waits for what was appended last. */
  async caughtUp(): Promise<void> {
    let last: string | undefined;
    for await (const event of this.store.readAll({ direction: 'backwards', maxCount: 1 })) last = event.position;
    if (last !== undefined) await this.progress.waitFor(last, 5000);
    await this.#projector!.settle();
  }

  /** Waits for one projection, whatever the others do. */
  async reached(name: string, position: number): Promise<void> {
    const at = ({ projections }: Progress) => projections.find((p) => p.name === name)!.position;
    await this.progress.until(
      (progress) => at(progress) >= position,
      () => false,
      5000,
    );
    expect(at(this.progress.latest)).toBe(position);
  }

  async close(): Promise<void> {
    await this.stop();
    await this.store.close();
    await rm(this.directory, { recursive: true });
  }
}

/** That the views of a ledger that nobody has open are, row for row, what they are when they are made anew. */
export async function expectViewsAsMadeAnew(directory: string, now = NOW): Promise<void> {
  const projected = await Projected.open(directory, now);
  try {
    const rows: unknown[] = [];
    for (const views of ['views.db', 'anew.db']) {
      await projected.project(ALL, views);
      rows.push(rowsOf(projected.db));
      await projected.stop();
    }
    expect(rows[0]).toEqual(rows[1]);
  } finally {
    await projected.store.close();
  }
}

/** All rows of all tables, the checkpoints too, in order of their keys. */
export function rowsOf(db: Database, all: readonly Projection[] = ALL): Record<string, unknown[]> {
  const tables = ['checkpoint', ...all.flatMap((p) => p.tables)];
  return Object.fromEntries(
    tables.map((table) => [
      table,
      db
        .prepare(`SELECT * FROM ${table}`)
        .all<object>()
        .map((row) => JSON.stringify(row))
        .sort(),
    ]),
  );
}
