import { closeSync, existsSync, fsyncSync, openSync } from 'node:fs';
import { types } from 'node:util';
import Libsql from 'libsql';

/*
 * The one file that knows which SQLite library is used, and keeps its rough edges from everyone else. node:sqlite can
 * take its place behind the same interface. It knows nothing of ledgers: the read models use it for their own file.
 */

/** SQLite's own default. */
const PAGE_BYTES = 4096;

/** What SQLite stores. */
export type SqlValue = null | number | bigint | string | Uint8Array;

/** A prepared statement. Values bind to `?` in order. */
export interface Statement {
  run(...values: SqlValue[]): { readonly changes: number };
  get<Row>(...values: SqlValue[]): Row | undefined;
  all<Row>(...values: SqlValue[]): Row[];
  /** Holds a read transaction open until it ends; left early, the remaining rows are still stepped over. */
  iterate<Row>(...values: SqlValue[]): IterableIterator<Row>;
}

/** A connection. */
export interface Database {
  readonly path: string;
  /** Runs one or more statements that take no values. */
  exec(sql: string): void;
  /** Prepares a statement once: asked again for the same SQL, it gives the same statement. */
  prepare(sql: string): Statement;
  /** Runs a pragma and gives the first value it answers. */
  pragma(source: string): SqlValue | undefined;
  /** Runs `work`, which must be synchronous, in a transaction that has the write lock from its first moment. */
  transaction<T>(work: () => T): T;
  /** Runs `work`, which must be synchronous and only read, so that all of it sees one state of the file. */
  snapshot<T>(work: () => T): T;
  /** From now on no commit waits for the disk: a power cut may leave the file unsound. For one that is nothing until made. */
  loosen(): void;
  /** Makes all that was committed since durable, and commits again as with `normal`. False where a reader stood in the way. */
  tighten(): boolean;
  /** Rolls back what is open. Safe to call again. */
  close(): void;
}

export interface OpenOptions {
  /** The connection can't write and never checkpoints. The file must exist. */
  readonly readonly?: boolean;
  /**
   * `full` (the default): a transaction is durable when its COMMIT returns. `normal`: the file stays sound whatever
   * happens, but a power cut may take the last transactions; for what can be derived again.
   */
  readonly durability?: 'full' | 'normal';
  /** How much of the file is kept in memory at most, and written to its WAL before it is copied to the file. */
  readonly cacheBytes?: number;
  /** How long to wait for a lock that another connection holds, in milliseconds. */
  readonly busyTimeout?: number;
  /** Looks at the file before anything in it is touched, and throws if it is not what the caller takes it for. */
  readonly accept?: (db: Database) => void;
}

/**
 * Opens a SQLite file, in WAL mode, so that a transaction is durable when its COMMIT returns. What that needs is set
 * and read again at every open, for these settings belong to the connection and a library may come with its own.
 * A file must have one writing connection at a time: it is the only one that checkpoints.
 */
export function openDatabase(path: string, options: OpenOptions = {}): Database {
  const readonly = options.readonly ?? false;
  if (readonly && !existsSync(path)) throw new Error(`${path} does not exist`);
  // A process that was killed between writing to the WAL and syncing it left transactions that the next one will see
  // as committed. They must be on the disk before anyone builds on them.
  if (!readonly && existsSync(`${path}-wal`)) syncFile(`${path}-wal`);

  const db = new Connection(path, readonly, options.busyTimeout ?? 1000);
  try {
    options.accept?.(db);
    if (readonly) {
      db.set('query_only', 1);
      db.set('wal_autocheckpoint', 0);
    } else {
      db.set('journal_mode', 'wal');
      db.set('synchronous', options.durability === 'normal' ? 1 : 2);
      if (options.cacheBytes !== undefined) {
        db.set('cache_size', -Math.round(options.cacheBytes / 1024));
        db.set('wal_autocheckpoint', Math.round(options.cacheBytes / PAGE_BYTES));
      }
      db.set('fullfsync', 1); // On macOS a plain fsync leaves the data in the drive's cache; elsewhere it is the same.
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Copies a file as it is at one moment, also while others read and write it. @param to a place where there is nothing */
export function copyDatabase(from: string, to: string): void {
  const db = connect(from, 1000);
  try {
    db.prepare('VACUUM INTO ?').run([to]);
  } finally {
    db.close();
  }
}

/**
 * Takes an exclusive lock on `path`, a file that serves no other end, and gives the function that releases it;
 * `undefined` if another process, or this one, holds it. The operating system releases it when the process dies.
 */
export function lockExclusively(path: string): (() => void) | undefined {
  const db = connect(path, 0);
  try {
    db.exec('BEGIN EXCLUSIVE');
    return () => db.close();
  } catch (error) {
    db.close();
    if (sqliteCode(error) === 'SQLITE_BUSY') return undefined;
    throw error;
  }
}

/** SQLite's name of an error (`SQLITE_BUSY`, `SQLITE_FULL`…), if it is one of SQLite's. */
export function sqliteCode(error: unknown): string | undefined {
  return error instanceof Libsql.SqliteError ? error.code : undefined;
}

class Connection implements Database {
  readonly #db: Libsql.Database;
  readonly #statements = new Map<string, Statement>();
  #open = true;

  constructor(
    readonly path: string,
    readonly readonly: boolean,
    busyTimeout: number,
  ) {
    this.#db = connect(path, busyTimeout);
  }

  exec(sql: string): void {
    this.#db.exec(sql);
  }

  prepare(sql: string): Statement {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = new PreparedStatement(this.#db.prepare(sql))));
    return statement;
  }

  pragma(source: string): SqlValue | undefined {
    const row = new PreparedStatement(this.#db.prepare(`PRAGMA ${source}`)).get<Record<string, SqlValue>>();
    return row && Object.values(row)[0];
  }

  /** Sets a pragma and throws unless it reads back as set: SQLite ignores in silence what it can't do. */
  set(pragma: string, value: string | number): void {
    this.pragma(`${pragma} = ${value}`);
    const actual = this.pragma(pragma);
    if (actual !== value) throw new Error(`${this.path}: ${pragma} is ${String(actual)}, not ${value} as it must be`);
  }

  transaction<T>(work: () => T): T {
    return this.#within('BEGIN IMMEDIATE', work);
  }

  snapshot<T>(work: () => T): T {
    return this.#within('BEGIN', work);
  }

  loosen(): void {
    this.set('synchronous', 0);
  }

  tighten(): boolean {
    this.set('synchronous', 1);
    // A checkpoint that has nothing to copy would not sync the file, so a page is written.
    this.pragma(`user_version = ${Number(this.pragma('user_version'))}`);
    return this.pragma('wal_checkpoint(TRUNCATE)') === 0;
  }

  #within<T>(begin: string, work: () => T): T {
    this.exec(begin);
    try {
      const result = work();
      this.exec('COMMIT');
      return result;
    } catch (error) {
      this.#rollback();
      throw error;
    }
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#rollback();
    this.#statements.clear();
    try {
      // The library closes the file only when its statements have been collected, so SQLite's own checkpoint at the
      // last close may never come.
      if (!this.readonly && this.pragma('journal_mode') === 'wal') this.pragma('wal_checkpoint(TRUNCATE)');
    } catch {
      // Everything committed is in the WAL; the next one to open it finds it there.
    }
    this.#db.close();
  }

  #rollback(): void {
    try {
      if (this.#db.inTransaction) this.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself; the first error is the one that tells.
    }
  }
}

class PreparedStatement implements Statement {
  readonly #statement: Libsql.Statement<[SqlValue[]]>;

  constructor(statement: Libsql.Statement<unknown[]>) {
    this.#statement = statement;
  }

  run(...values: SqlValue[]): { readonly changes: number } {
    return { changes: this.#statement.run(bindable(values)).changes };
  }

  get<Row>(...values: SqlValue[]): Row | undefined {
    const row = this.#statement.get(bindable(values)) as Record<string, unknown> | undefined;
    if (row) delete row['_metadata']; // The library's own, not a column.
    return row && (plain(row) as Row);
  }

  all<Row>(...values: SqlValue[]): Row[] {
    return this.#statement.all(bindable(values)).map((row) => plain(row as Record<string, unknown>) as Row);
  }

  *iterate<Row>(...values: SqlValue[]): IterableIterator<Row> {
    const rows = this.#statement.iterate(bindable(values));
    try {
      for (let next = rows.next(); !next.done; next = rows.next()) {
        yield plain(next.value as Record<string, unknown>) as Row;
      }
    } finally {
      // The library resets a statement only at its last row; left before, it would hold its snapshot for ever, and no
      // checkpoint could pass it.
      while (!rows.next().done);
    }
  }
}

function connect(path: string, busyTimeout: number): Libsql.Database {
  try {
    return new Libsql(path, { timeout: busyTimeout });
  } catch (cause) {
    throw new Error(`${path} can't be opened`, { cause });
  }
}

/**
 * Values as the library can take them: it aborts the whole process on a boolean, binds undefined as NULL and every
 * number as REAL, and SQLite's functions end a text at U+0000.
 */
function bindable(values: SqlValue[]): SqlValue[] {
  return values.map((value) => {
    if (value === null) return value;
    if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
    if (typeof value === 'bigint') {
      if (BigInt.asIntN(64, value) !== value) throw new RangeError(`${value} does not fit in 64 bits`);
      return value;
    }
    if (typeof value === 'string') {
      if (value.includes('\0')) throw new TypeError('A text with U+0000 in it can not be stored');
      return value;
    }
    if (types.isUint8Array(value)) return value;
    throw new TypeError(`SQLite can't store a value of type ${typeof value}`);
  });
}

/** The library gives blobs now as a Buffer, now as an ArrayBuffer. */
function plain(row: Record<string, unknown>): Record<string, unknown> {
  for (const column in row) {
    const value = row[column];
    if (types.isArrayBuffer(value)) row[column] = new Uint8Array(value);
  }
  return row;
}

/** Waits until what was written to a file survives a power cut. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
