import type { Database } from '../event-store/embedded/sqlite.js';
import { openDatabase } from '../event-store/embedded/sqlite.js';
import type { CommandContext } from './command-recorder.js';
import { refusalOf, type Refusal } from './errors.js';
import type { CommandRequest } from './parse-command.js';

/** A command that the ledger refused: who sent what, and why it is not recorded. It is no fact, and nothing is made of it. */
export interface RefusedCommand extends Refusal {
  /** Of this refusal; later ones have greater numbers. */
  readonly number: number;
  /** RFC 3339, UTC. */
  readonly refusedAt: string;
  readonly actor: string;
  readonly correlationId: string | null;
  readonly commandId: string | null;
  readonly type: string;
  /** As it was sent. */
  readonly data: unknown;
}

interface Row extends Omit<RefusedCommand, 'data' | 'problems'> {
  readonly data: string;
  readonly problems: string;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS refused_command (
    number INTEGER PRIMARY KEY AUTOINCREMENT, refusedAt TEXT NOT NULL, actor TEXT NOT NULL, correlationId TEXT,
    commandId TEXT, type TEXT NOT NULL, data TEXT NOT NULL, kind TEXT NOT NULL, reason TEXT NOT NULL,
    problems TEXT NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS refused_command_at ON refused_command (refusedAt);`;

const COLUMNS = 'refusedAt, actor, correlationId, commandId, type, data, kind, reason, problems';
/** However short the time, a flood of them is not kept whole. */
const MAX_KEPT = 100_000;
const DAY_MS = 86_400_000;
/** The old ones go with every so many new ones. */
const TIDY_EVERY = 1000;

/** The commands that were refused lately, in a file of their own, apart from the facts. */
export class RefusedCommands {
  #opened: Database | undefined;
  #waiting: (readonly (string | null)[])[] = [];
  #sinceTidied = 0;
  #closed = false;

  /** @param days how long they are kept. @param onFault told why some could not be kept */
  constructor(
    private readonly path: string,
    private readonly days: number,
    private readonly now: () => Date,
    private readonly onFault: (error: unknown) => void = () => undefined,
  ) {}

  /** Most who open a ledger neither refuse anything nor ask what was refused. */
  get #db(): Database {
    if (this.#opened) return this.#opened;
    this.#opened = openDatabase(this.path, { durability: 'normal' });
    this.#opened.exec(SCHEMA);
    this.#tidy();
    return this.#opened;
  }

  /** Keeps it, where the error refuses the command; what becomes of the others is not known. Written with the next ones. */
  add({ type, commandId, data }: CommandRequest, { actor, correlationId }: CommandContext, error: unknown): void {
    const refusal = refusalOf(error);
    if (!refusal) return;
    const { kind, reason, problems } = refusal;
    const sent = [actor, correlationId ?? null, typeof commandId === 'string' ? commandId : null, type, inJson(data)];
    if (this.#waiting.length === 0) setImmediate(() => this.#writeIfPossible());
    this.#waiting.push([this.now().toISOString(), ...sent, kind, reason, JSON.stringify(problems)]);
  }

  /** The latest first. @param before only those before this number */
  list(limit: number, before = Number.MAX_SAFE_INTEGER): RefusedCommand[] {
    this.#write();
    return this.#db
      .prepare(`SELECT number, ${COLUMNS} FROM refused_command WHERE number < ? ORDER BY number DESC LIMIT ?`)
      .all<Row>(before, limit)
      .map(({ data, problems, ...row }) => ({
        ...row,
        data: JSON.parse(data) as unknown,
        problems: JSON.parse(problems) as Refusal['problems'],
      }));
  }

  close(): void {
    this.#writeIfPossible();
    this.#closed = true;
    this.#opened?.close();
  }

  /** Nobody waits for it, and the ledger goes on without. */
  #writeIfPossible(): void {
    try {
      if (!this.#closed) this.#write();
    } catch (error) {
      this.onFault(error);
    }
  }

  #write(): void {
    const rows = this.#waiting;
    if (rows.length === 0) return;
    this.#waiting = [];
    const insert = this.#db.prepare(
      `INSERT INTO refused_command (${COLUMNS}) VALUES (${rows[0]!.map(() => '?').join(', ')})`,
    );
    this.#db.transaction(() => {
      for (const row of rows) insert.run(...row);
    });
    this.#sinceTidied += rows.length;
    if (this.#sinceTidied >= TIDY_EVERY) this.#tidy();
  }

  #tidy(): void {
    this.#sinceTidied = 0;
    const oldest = new Date(this.now().getTime() - this.days * DAY_MS).toISOString();
    this.#db.prepare('DELETE FROM refused_command WHERE refusedAt < ?').run(oldest);
    this.#db
      .prepare('DELETE FROM refused_command WHERE number <= (SELECT max(number) FROM refused_command) - ?')
      .run(MAX_KEPT);
  }
}

/** What was sent is JSON, if it was anything; where it is nested deeper than can be written, only why it was refused is kept. */
function inJson(data: unknown): string {
  try {
    return JSON.stringify(data) ?? 'null';
  } catch {
    return 'null';
  }
}
