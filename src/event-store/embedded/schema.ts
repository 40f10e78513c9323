import { type Database, sqliteCode } from './sqlite.js';

/** "MTHQ": says in the file's header whose file it is. */
const APPLICATION_ID = 0x4d544851;

/** The schema's version, in the file's header too. */
export const SCHEMA_VERSION = 1;

/** The file is not a ledger, or a ledger of another version. */
export class UnsupportedLedgerFile extends Error {
  override readonly name = 'UnsupportedLedgerFile';
}

/** Throws unless the file is a ledger of this version. */
export function acceptLedger(db: Database): void {
  const { applicationId, version } = header(db);
  if (applicationId !== APPLICATION_ID) throw new UnsupportedLedgerFile(`${db.path} is not a Mithaq ledger`);
  if (version !== SCHEMA_VERSION) {
    throw new UnsupportedLedgerFile(
      `${db.path} is a ledger of schema version ${version}; this Mithaq reads version ${SCHEMA_VERSION}`,
    );
  }
}

/** Like `acceptLedger`, but takes an empty file as well. */
export function acceptLedgerOrEmpty(db: Database): void {
  if (!isEmpty(db)) acceptLedger(db);
}

/** Makes an empty file a ledger. All in one transaction: a crash leaves it empty or whole. */
export function createSchemaIfEmpty(db: Database): void {
  if (!isEmpty(db)) return;
  db.transaction(() => {
    db.exec(`
      PRAGMA application_id = ${APPLICATION_ID};
      PRAGMA user_version = ${SCHEMA_VERSION};
      CREATE TABLE event (
        position INTEGER PRIMARY KEY,
        stream   TEXT NOT NULL,
        revision INTEGER NOT NULL,
        id       TEXT NOT NULL,
        type     TEXT NOT NULL,
        data     TEXT NOT NULL,
        metadata TEXT NOT NULL,
        created  TEXT NOT NULL,
        UNIQUE (stream, revision)
      ) STRICT;
      CREATE INDEX event_id ON event (id);
    `);
  });
}

function isEmpty(db: Database): boolean {
  const { applicationId, version, objects } = header(db);
  return applicationId === 0 && version === 0 && objects === 0;
}

function header(db: Database) {
  try {
    return {
      applicationId: db.pragma('application_id'),
      version: Number(db.pragma('user_version')),
      objects: db.prepare('SELECT count(*) AS n FROM sqlite_schema').get<{ n: number }>()?.n,
    };
  } catch (cause) {
    if (sqliteCode(cause) !== 'SQLITE_NOTADB') throw cause;
    throw new UnsupportedLedgerFile(`${db.path} is not a SQLite file`, { cause });
  }
}
