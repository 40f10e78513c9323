import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Database, lockExclusively, openDatabase, sqliteCode } from '../event-store/embedded/sqlite.js';

/** Another process, or another ledger in this one, has the read models open. */
export class ViewsLocked extends Error {
  override readonly name = 'ViewsLocked';
}

/** SQLite leaves a number to whoever uses a file; a new one has 0. */
const COMPLETE = 1;

/** What SQLite says of a file that a power cut left half written. */
const UNSOUND: readonly unknown[] = ['SQLITE_NOTADB', 'SQLITE_CORRUPT'];

/** For a file of read models that is made from nothing: no commit waits for the disk, and whoever finds it so begins anew. */
export function beginMaking(db: Database): void {
  if (isMarked(db)) {
    db.pragma('user_version = 0');
    // That it is not to be trusted must be on the disk before anything is that is not.
    if (!db.tighten()) return;
  }
  db.loosen();
}

/** Marks a file of read models that has caught up with the ledger: it can take the place of another, and is kept. */
export function markComplete(db: Database): void {
  if (!isMarked(db) && db.tighten()) db.pragma(`user_version = ${COMPLETE}`);
}

export const isMarked = (db: Database): boolean => db.pragma('user_version') === COMPLETE;

function isComplete(path: string): boolean {
  if (!existsSync(path)) return false;
  let db: Database | undefined;
  try {
    db = openDatabase(path, { readonly: true });
    return isMarked(db);
  } catch (error) {
    if (!UNSOUND.includes(sqliteCode(error))) throw error;
    return false;
  } finally {
    db?.close();
  }
}

/** Removes a file that nobody writes to any more; who has it open goes on reading it. */
function remove(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}

/**
 * Where the read models are: in the one file, and while they are made anew in another beside it. When that is complete it
 * takes the place of the first, which is removed; after the next start it has its name too.
 */
export class ReadModelFiles {
  #live: string;

  private constructor(
    private readonly path: string,
    private readonly release: () => void,
  ) {
    this.#live = path;
  }

  /**
   * Takes the files for this ledger alone, and tidies up: what was complete is kept, what was not is begun anew.
   * @throws ViewsLocked
   */
  static open(path: string): ReadModelFiles {
    mkdirSync(dirname(path), { recursive: true });
    const release = lockExclusively(`${path}.lock`);
    if (!release) throw new ViewsLocked(`The read models in ${path} are open elsewhere: each ledger needs its own`);
    try {
      const files = new ReadModelFiles(path, release);
      files.#tidy();
      return files;
    } catch (error) {
      release();
      throw error;
    }
  }

  /** The file that answers. */
  get live(): string {
    return this.#live;
  }

  /** A place beside it, empty. */
  beside(): string {
    const beside = this.#beside;
    remove(beside);
    return beside;
  }

  /** What was made beside is what answers from now on. To be called when nobody writes to the old file any more. */
  swap(): void {
    const old = this.#live;
    this.#live = this.#beside;
    remove(old);
  }

  close(): void {
    this.release();
  }

  get #beside(): string {
    return this.#live === this.path ? `${this.path}.beside` : this.path;
  }

  #tidy(): void {
    const beside = this.#beside;
    if (isComplete(beside)) {
      // Opened to write and closed: all of it is in the file, and its WAL is empty.
      openDatabase(beside).close();
      remove(this.path);
      renameSync(beside, this.path);
    } else if (!isComplete(this.path)) {
      remove(this.path);
    }
    remove(beside);
  }
}
