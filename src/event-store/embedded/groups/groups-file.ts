import { existsSync } from 'node:fs';
import type { JsonObject } from '../../event-store.js';
import { GroupExists } from '../../persistent-subscriptions.js';
import { type Database, openDatabase } from '../sqlite.js';
import type { GroupChanges, GroupRules } from './group-state.js';

/** A group as it is kept. */
export interface KeptGroup extends GroupRules {
  readonly name: string;
  readonly streamPrefixes: readonly string[];
  readonly definition: JsonObject;
  readonly checkpoint: number;
}

export interface KeptParked {
  readonly position: number;
  readonly parkedAt: string;
  readonly reason: string;
}

interface Row {
  readonly name: string;
  readonly settings: string;
  readonly checkpoint: number;
}

/** "MTHG": says in the file's header whose file it is. */
const APPLICATION_ID = 0x4d544847;
const VERSION = 1;

/**
 * How far groups are and what they have parked: a file beside the ledger's, for it changes with those who read the ledger
 * and the ledger's file only with what is recorded. It is there from the first group on. A power cut may take the last
 * answers of consumers; what they answered then comes again.
 */
export class GroupsFile {
  #db: Database | undefined;

  constructor(private readonly path: string) {}

  add({ name, checkpoint, ...settings }: KeptGroup): void {
    const added = this.#open(true)!
      .prepare('INSERT OR IGNORE INTO consumer_group (name, settings, checkpoint) VALUES (?, ?, ?)')
      .run(name, JSON.stringify(settings), checkpoint);
    if (added.changes === 0) throw new GroupExists(name);
  }

  remove(name: string): boolean {
    const db = this.#open();
    return (
      db?.transaction(() => {
        db.prepare('DELETE FROM parked WHERE consumer_group = ?').run(name);
        return db.prepare('DELETE FROM consumer_group WHERE name = ?').run(name).changes > 0;
      }) ?? false
    );
  }

  group(name: string): KeptGroup | undefined {
    return this.#groups('WHERE name = ?', name)[0];
  }

  groups(): KeptGroup[] {
    return this.#groups('ORDER BY name');
  }

  parked(name: string, after: number, maxCount: number): KeptParked[] {
    return (
      this.#open()
        ?.prepare(
          `SELECT position, parked_at AS parkedAt, reason FROM parked WHERE consumer_group = ? AND position > ?
           ORDER BY position LIMIT ?`,
        )
        .all<KeptParked>(name, after, maxCount) ?? []
    );
  }

  countParked(name: string): number {
    const row = this.#open()
      ?.prepare('SELECT count(*) AS n FROM parked WHERE consumer_group = ?')
      .get<{ n: number }>(name);
    return row?.n ?? 0;
  }

  /** An event is either yet to come, or parked, or done: also where the process ends in the midst of it. */
  keep(name: string, { checkpoint, parked, unparked }: GroupChanges, parkedAt: string): void {
    const db = this.#open()!;
    db.transaction(() => {
      db.prepare('UPDATE consumer_group SET checkpoint = ? WHERE name = ?').run(checkpoint, name);
      for (const { position, reason } of parked) {
        db.prepare(
          'INSERT OR REPLACE INTO parked (consumer_group, position, parked_at, reason) VALUES (?, ?, ?, ?)',
        ).run(name, position, parkedAt, reason);
      }
      for (const position of unparked) {
        db.prepare('DELETE FROM parked WHERE consumer_group = ? AND position = ?').run(name, position);
      }
    });
  }

  close(): void {
    this.#db?.close();
  }

  #groups(where: string, ...values: string[]): KeptGroup[] {
    const rows = this.#open()?.prepare(`SELECT name, settings, checkpoint FROM consumer_group ${where}`);
    return (rows?.all<Row>(...values) ?? []).map(({ settings, ...row }) => ({
      ...row,
      ...(JSON.parse(settings) as Omit<KeptGroup, 'name' | 'checkpoint'>),
    }));
  }

  #open(create = false): Database | undefined {
    if (!this.#db && (create || existsSync(this.path))) {
      this.#db = openDatabase(this.path, { durability: 'normal', accept });
      this.#db.exec(`
        PRAGMA application_id = ${APPLICATION_ID};
        PRAGMA user_version = ${VERSION};
        CREATE TABLE IF NOT EXISTS consumer_group (
          name TEXT PRIMARY KEY, settings TEXT NOT NULL, checkpoint INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS parked (
          consumer_group TEXT NOT NULL, position INTEGER NOT NULL, parked_at TEXT NOT NULL, reason TEXT NOT NULL,
          PRIMARY KEY (consumer_group, position)) STRICT, WITHOUT ROWID;`);
    }
    return this.#db;
  }
}

function accept(db: Database): void {
  const header = [db.pragma('application_id'), Number(db.pragma('user_version'))];
  const ours = header[0] === APPLICATION_ID && header[1] === VERSION;
  if (!ours && !header.every((value) => value === 0)) {
    throw new Error(`${db.path} does not hold the consumer groups of a ledger of this version`);
  }
}
