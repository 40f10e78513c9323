import { type JsonObject, type StoredEvent, StoreUnavailable } from '../event-store.js';
import { toToken } from './position.js';
import { acceptLedger } from './schema.js';
import { type Database, openDatabase, type SqlValue } from './sqlite.js';

/**
 * How many events, or positions, one step of a read covers: a read holds no more than this in memory, and the thread
 * for no longer than this takes.
 */
export const PAGE = 256;

interface Row {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
  readonly created: string;
}

/** The reading side of the ledger's file, on a connection that can't write. Each call sees all that is committed. */
export class EventReader {
  #db: Database | undefined;
  #closed = false;

  constructor(private readonly path: string) {
    this.#db = this.#open();
  }

  /** The position of the newest event, 0 if there is none. */
  head(): number {
    const row = this.#read((db) =>
      db.prepare('SELECT max(position) AS head FROM event').get<{ head: number | null }>(),
    );
    return row?.head ?? 0;
  }

  hasStream(stream: string): boolean {
    return this.#read((db) => db.prepare('SELECT 1 FROM event WHERE stream = ? LIMIT 1').get(stream)) !== undefined;
  }

  streamForwards(stream: string, from: number, count: number): StoredEvent[] {
    return this.#events('stream = ? AND revision >= ? ORDER BY revision LIMIT ?', [stream, from, count]);
  }

  streamBackwards(stream: string, from: number, count: number): StoredEvent[] {
    return this.#events('stream = ? AND revision <= ? ORDER BY revision DESC LIMIT ?', [stream, from, count]);
  }

  /**
   * The events at positions `first` to `last`, both inclusive, of the streams whose name begins with one of
   * `prefixes`. Positions have no gaps, so the range bounds the work, however few events the filter lets through.
   */
  range(first: number, last: number, prefixes?: readonly string[]): StoredEvent[] {
    const { sql, values } = prefixFilter(prefixes);
    return this.#events(`position BETWEEN ? AND ? AND (${sql}) ORDER BY position`, [first, last, ...values]);
  }

  /** The same, and no more of them than where they are. */
  places(first: number, last: number, prefixes?: readonly string[]): Pick<Row, 'position' | 'stream'>[] {
    const { sql, values } = prefixFilter(prefixes);
    const select = `SELECT position, stream FROM event WHERE position BETWEEN ? AND ? AND (${sql}) ORDER BY position`;
    return this.#read((db) => db.prepare(select).all<Row>(first, last, ...values));
  }

  close(): void {
    this.#closed = true;
    this.#db?.close();
  }

  #events(where: string, values: readonly SqlValue[]): StoredEvent[] {
    const sql = `SELECT position, stream, revision, id, type, data, metadata, created FROM event WHERE ${where}`;
    return this.#read((db) => db.prepare(sql).all<Row>(...values)).map(toStoredEvent);
  }

  #read<T>(query: (db: Database) => T): T {
    if (this.#closed) throw new StoreUnavailable(`${this.path} is closed`);
    try {
      this.#db ??= this.#open();
      return query(this.#db);
    } catch (cause) {
      // A connection that failed once is not trusted again.
      this.#db?.close();
      this.#db = undefined;
      throw new StoreUnavailable(`${this.path} can't be read: ${String(cause)}`, { cause });
    }
  }

  #open(): Database {
    return openDatabase(this.path, { readonly: true, accept: acceptLedger });
  }
}

function toStoredEvent(row: Row): StoredEvent {
  return {
    ...row,
    position: toToken(row.position),
    data: JSON.parse(row.data) as JsonObject,
    metadata: JSON.parse(row.metadata) as JsonObject,
  };
}

function prefixFilter(prefixes: readonly string[] | undefined): { sql: string; values: SqlValue[] } {
  if (!prefixes) return { sql: 'TRUE', values: [] };
  const sql = prefixes.map(() => 'substr(stream, 1, length(?)) = ?').join(' OR ') || 'FALSE';
  return { sql, values: prefixes.flatMap((prefix) => [prefix, prefix]) };
}
