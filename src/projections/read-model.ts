import { type Database, openDatabase } from '../event-store/embedded/sqlite.js';
import { forgetStreams } from './history-index.js';
import type { Checkpoint, Projection } from './projection.js';

const START: Checkpoint = { position: 0, token: null, eventId: null };

/** Keys come in no order, so the pages that a batch writes to are all over the file. */
const CACHE_BYTES = 32 * 2 ** 20;

/** Another writer has moved the checkpoint: nothing of the batch is kept. */
export class CheckpointConflict extends Error {
  override readonly name = 'CheckpointConflict';
  constructor(projection: string, expected: number) {
    super(`Projection ${projection} is no longer at position ${expected}: do two processes write the same views?`);
  }
}

/**
 * Opens the file of the read models and makes it ready for these projections: one whose version changed begins anew.
 * It holds nothing that the ledger can't give again, so it may be deleted at any time while nobody has it open.
 */
export function openReadModel(path: string, projections: readonly Projection[]): Database {
  const db = openDatabase(path, { durability: 'normal', cacheBytes: CACHE_BYTES });
  db.transaction(() => {
    db.exec(`CREATE TABLE IF NOT EXISTS checkpoint (
      projection TEXT PRIMARY KEY, version TEXT NOT NULL, position INTEGER NOT NULL, token TEXT, event_id TEXT) STRICT`);
    let all = false;
    for (const projection of projections) {
      const found = db
        .prepare('SELECT version FROM checkpoint WHERE projection = ?')
        .get<{ version: string }>(projection.name);
      if (all || found?.version !== projection.version) reset(db, projection);
      // The others are made from the first, the history: where that begins anew, so do they.
      all ||= projection === projections[0] && found?.version !== projection.version;
      db.exec(projection.schema);
    }
  });
  return db;
}

/** Forgets what a projection knows, so that it is built anew. */
export function reset(db: Database, projection: Projection): void {
  forgetStreams(db);
  for (const table of projection.tables) db.exec(`DROP TABLE IF EXISTS ${table}`);
  db.exec(projection.schema);
  projection.seed?.(db);
  db.prepare('INSERT OR REPLACE INTO checkpoint (projection, version, position) VALUES (?, ?, 0)').run(
    projection.name,
    projection.version,
  );
}

export function checkpointOf(db: Database, projection: string): Checkpoint {
  return (
    db
      .prepare('SELECT position, token, event_id AS eventId FROM checkpoint WHERE projection = ?')
      .get<Checkpoint>(projection) ?? START
  );
}

/** Moves a checkpoint, compare-and-set on the old one. @throws CheckpointConflict */
export function advance(db: Database, projection: string, from: Checkpoint, to: Checkpoint): void {
  const { changes } = db
    .prepare('UPDATE checkpoint SET position = ?, token = ?, event_id = ? WHERE projection = ? AND position = ?')
    .run(to.position, to.token, to.eventId, projection, from.position);
  if (changes !== 1) throw new CheckpointConflict(projection, from.position);
}
