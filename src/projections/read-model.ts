import { copyDatabase, type Database, openDatabase } from '../event-store/embedded/sqlite.js';
import { forgetStreams } from './history-index.js';
import { beginMaking, isMarked } from './read-model-files.js';
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

/** As it is kept beside a checkpoint. */
const SEPARATOR = ' / ';
const madeBy = ({ version, revision }: Projection): string =>
  revision === undefined ? version : version + SEPARATOR + revision;

const storedVersion = (db: Database, { name }: Projection): string | undefined =>
  db.prepare('SELECT version FROM checkpoint WHERE projection = ?').get<{ version: string }>(name)?.version;

/** Whether a projection's tables can be read by the code that there is now. */
const isReadable = (db: Database, projection: Projection): boolean =>
  storedVersion(db, projection)?.split(SEPARATOR)[0] === projection.version;

/** The projections whose rows this code would write otherwise. */
export const outdated = (db: Database, projections: readonly Projection[]): string[] =>
  projections.filter((p) => storedVersion(db, p) !== madeBy(p)).map(({ name }) => name);

/**
 * Opens the file of the read models and makes it ready for these projections: one whose version changed begins anew.
 * It holds nothing that the ledger can't give again, so it may be deleted at any time while nobody has it open.
 */
export function openReadModel(path: string, projections: readonly Projection[]): Database {
  const db = openDatabase(path, { durability: 'normal', cacheBytes: CACHE_BYTES });
  db.exec(`CREATE TABLE IF NOT EXISTS checkpoint (
    projection TEXT PRIMARY KEY, version TEXT NOT NULL, position INTEGER NOT NULL, token TEXT, event_id TEXT) STRICT`);
  if (!isMarked(db) || !isReadable(db, projections[0]!)) beginMaking(db);
  db.transaction(() => {
    resetSome(db, projections, (projection) => !isReadable(db, projection));
    for (const { schema } of projections) db.exec(schema);
  });
  return db;
}

/** Lets those begin anew that are to; where the first does, the history that the others are made from, all do. */
function resetSome(db: Database, projections: readonly Projection[], which: (projection: Projection) => boolean): void {
  const all = which(projections[0]!);
  for (const projection of projections) if (all || which(projection)) reset(db, projection);
}

/**
 * Makes a file in which some projections begin anew and the others are as they are in another, which may be in use.
 * @param path a place where there is nothing
 */
export function openBeside(
  path: string,
  live: string,
  projections: readonly Projection[],
  anew: readonly string[],
): Database {
  const begins = ({ name }: Projection) => anew.includes(name);
  if (!begins(projections[0]!)) copyDatabase(live, path);
  const db = openReadModel(path, projections);
  beginMaking(db);
  db.transaction(() => resetSome(db, projections, begins));
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
    madeBy(projection),
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
