import type { ExpectedRevision } from '../event-store.js';
import { acceptLedger, SCHEMA_VERSION } from './schema.js';
import { type Database, openDatabase } from './sqlite.js';

/** An event as it goes to the file: data and metadata are JSON already. */
export interface SerializedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

export interface AppendRequest {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly SerializedEvent[];
}

/** What became of one append of a group: where its last event stands, or what its expected revision should have been. */
export type AppendOutcome =
  { readonly revision: number; readonly position: number } | { readonly actual: number | 'no_stream' };

interface Place {
  readonly id: string;
  readonly revision: number;
  readonly position: number;
}

/**
 * The only hand that writes to the ledger's file. If anything but `close` throws, what is in the file is unknown to
 * this writer: throw it away and open another.
 */
export class Writer {
  readonly #db: Database;
  #head: number;

  constructor(path: string) {
    // Nobody else writes while the ledger's lock is held, so there is nobody to wait for long.
    this.#db = openDatabase(path, { busyTimeout: 100, accept: acceptLedger });
    try {
      // A real write, of what stands there already: a writer that opened is a writer that can write.
      this.#db.transaction(() => this.#db.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`));
      this.#head =
        this.#db.prepare('SELECT max(position) AS head FROM event').get<{ head: number | null }>()?.head ?? 0;
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  /**
   * Writes a group of appends in one transaction, so that they share one fsync, and answers each. A refused one leaves
   * no trace and does not touch the others. The answers hold only once this has returned.
   */
  write(group: readonly AppendRequest[]): AppendOutcome[] {
    return this.#db.transaction(() => group.map((request) => this.#append(request)));
  }

  close(): void {
    this.#db.close();
  }

  #append(request: AppendRequest): AppendOutcome {
    const { stream, expected } = request;
    const last = this.#lastRevision(stream);
    const refused: AppendOutcome = { actual: last < 0 ? 'no_stream' : last };

    if (expected === 'any' || expected === 'stream_exists') {
      if (expected === 'stream_exists' && last < 0) return refused;
      const known = request.events.map(({ id }) => this.#find(stream, id));
      if (known.every((place) => place === undefined)) return this.#insert(request, last);
      const lastKnown = known.at(-1);
      return lastKnown && known.every((place) => place !== undefined) ? lastKnown : refused;
    }

    const before = expected === 'no_stream' ? -1 : expected;
    if (before === last) return this.#insert(request, last);
    if (before > last) return refused;
    return this.#repeated(request, before) ?? refused;
  }

  #insert({ stream, events }: AppendRequest, last: number): AppendOutcome {
    const insert = this.#db.prepare(
      `INSERT INTO event (position, stream, revision, id, type, data, metadata, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    const created = new Date().toISOString();
    let revision = last;
    for (const { id, type, data, metadata } of events) {
      insert.run(++this.#head, stream, ++revision, id, type, data, metadata, created);
    }
    return { revision, position: this.#head };
  }

  /** The place of the last event, if the very same ids, in order, already follow revision `before`. */
  #repeated({ stream, events }: AppendRequest, before: number): Place | undefined {
    const following = this.#db
      .prepare('SELECT id, revision, position FROM event WHERE stream = ? AND revision > ? ORDER BY revision LIMIT ?')
      .all<Place>(stream, before, events.length);
    return events.every(({ id }, index) => following[index]?.id === id) ? following.at(-1) : undefined;
  }

  #lastRevision(stream: string): number {
    const row = this.#db
      .prepare('SELECT max(revision) AS last FROM event WHERE stream = ?')
      .get<{ last: number | null }>(stream);
    return row?.last ?? -1;
  }

  #find(stream: string, id: string): Place | undefined {
    // The unary plus keeps SQLite on the index of ids: a stream may be long, an id is nearly unique.
    return this.#db
      .prepare('SELECT id, revision, position FROM event WHERE id = ? AND +stream = ? ORDER BY revision LIMIT 1')
      .get<Place>(id, stream);
  }
}
