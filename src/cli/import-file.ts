import { createReadStream, existsSync, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { PROBLEM_TYPES, problemOf, type ProblemDetails } from '../api/problems.js';
import { executeLines, isUnknown, type Outcome } from '../commands/bulk/execute-lines.js';
import { CliError, EXIT } from './exit-codes.js';
import { CommandRefused, type Ledger } from './ledger.js';
import { patiently } from './patience.js';
import type { Progress } from './progress.js';
import { RefusedLines } from './refused-lines.js';

/** What became of a file of commands. */
export interface ImportReport {
  readonly recorded: number;
  /** Lines whose command was recorded before: the same file again appends nothing. */
  readonly repeated: number;
  /** The store's position of the last line that was recorded; null where none was. */
  readonly position: string | null;
  /** By their code: how often. */
  readonly warnings: Readonly<Record<string, number>>;
  readonly refused: number;
  /** By the rule that was broken, or the type of the problem: how often. */
  readonly reasons: Readonly<Record<string, number>>;
  /** The first that were refused. */
  readonly examples: readonly { readonly line: number; readonly reason: string }[];
  /** Where all of them are, and why, line by line; null where there are none. */
  readonly refusedLines: string | null;
  readonly refusedReasons: string | null;
  /** Lines that may be recorded or not, because nobody answered: import the file again. */
  readonly unknown: number;
  readonly interrupted: boolean;
  readonly seconds: number;
}

export interface ImportOptions {
  /** Where refused lines go; beside the file unless given. */
  readonly refused?: string | undefined;
  /** One line after the other, so that the ledger's positions follow the file's order throughout. */
  readonly inOrder?: boolean | undefined;
  readonly progress?: Progress | undefined;
  /** Aborted: what was read is finished, then it ends. */
  readonly signal?: AbortSignal | undefined;
}

export const STDIN = '-';
const EXAMPLES = 20;

/**
 * Records a file of commands, one JSON object a line (see {@link executeLines}). A line that is refused is kept aside,
 * and the rest go on. While the ledger does not answer it waits, and then goes on by itself.
 * @param path {@link STDIN} for the standard input
 * @throws CliError, where a file can't be read or written
 */
export async function importFile(ledger: Ledger, path: string, options: ImportOptions = {}): Promise<ImportReport> {
  const { signal, inOrder, progress } = options;
  const refusedPath = options.refused ?? `${path === STDIN ? 'stdin' : path.replace(/\.ndjson$/, '')}.refused.ndjson`;
  if (isSameFile(path, refusedPath)) throw new CliError(`${path} can't take its own refused lines`, EXIT.usage);
  const input = await open(path);
  const refused = new RefusedLines(refusedPath);
  const tally = new Tally(refused);
  const outcomes = executeLines(reading(input, path), {
    execute: patiently((request) => ledger.record(request), { signal, tell: (text) => progress?.note(text) }),
    isRecorded: (request) => ledger.isRecorded(request),
    concurrency: inOrder ? 1 : undefined,
    signal,
  });
  let interrupted = false;
  try {
    for await (const outcome of outcomes) {
      await tally.add(outcome);
      progress?.show(() => tally.told());
    }
  } catch (error) {
    if (!signal?.aborted || error !== signal.reason) throw error;
    interrupted = true;
  } finally {
    input.destroy();
    await refused.close();
  }
  return tally.report(interrupted);
}

class Tally {
  readonly #started = Date.now();
  #recorded = 0;
  #repeated = 0;
  #refused = 0;
  #unknown = 0;
  #position: string | null = null;
  readonly #warnings: Record<string, number> = {};
  readonly #reasons: Record<string, number> = {};
  readonly #examples: { line: number; reason: string }[] = [];

  constructor(private readonly refused: RefusedLines) {}

  async add({ line, result, recorded, error }: Outcome): Promise<void> {
    if (result && !result.repeated) {
      this.#recorded += 1;
      this.#position = result.position;
    } else if (result ?? recorded) {
      this.#repeated += 1;
    } else if (isUnknown(error)) {
      this.#unknown += 1;
    } else {
      const problem = problemFor(error, line.number);
      this.#refused += 1;
      count(this.#reasons, reasonOf(problem));
      if (this.#examples.length < EXAMPLES) this.#examples.push({ line: line.number, reason: problem.detail });
      await this.refused.add(line, problem);
    }
    for (const { code } of result?.warnings ?? []) count(this.#warnings, code);
  }

  told(): string {
    const lines = this.#recorded + this.#repeated + this.#refused + this.#unknown;
    const seconds = this.#seconds();
    const rate = Math.round(lines / Math.max(seconds, 0.001));
    const outcome = `${this.#recorded} recorded, ${this.#repeated} recorded before, ${this.#refused} refused`;
    return `${lines} lines in ${Math.round(seconds)} s (${rate}/s): ${outcome}`;
  }

  report(interrupted: boolean): ImportReport {
    const any = this.#refused > 0;
    return {
      recorded: this.#recorded,
      repeated: this.#repeated,
      position: this.#position,
      warnings: this.#warnings,
      refused: this.#refused,
      reasons: this.#reasons,
      examples: this.#examples,
      refusedLines: any ? this.refused.path : null,
      refusedReasons: any ? this.refused.reasonsPath : null,
      unknown: this.#unknown,
      interrupted,
      seconds: this.#seconds(),
    };
  }

  #seconds(): number {
    return (Date.now() - this.#started) / 1000;
  }
}

function count(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

/** A fault of ours is told with all that is known of it: nobody else sees this log. */
function problemFor(error: unknown, line: number): ProblemDetails {
  if (error instanceof CommandRefused) return error.problem;
  const problem = problemOf(error, `urn:line:${line}`);
  const ours = problem.status === PROBLEM_TYPES.internal.status && error instanceof Error;
  return ours ? { ...problem, detail: error.stack ?? error.message } : problem;
}

/** The rule, or where none is named the type of the problem. */
const reasonOf = ({ errors, type }: ProblemDetails): string => errors?.[0]?.rule ?? type.replace(/^\/problems\//, '');

function isSameFile(a: string, b: string): boolean {
  if (!existsSync(a) || !existsSync(b)) return false;
  const [one, other] = [statSync(a), statSync(b)];
  return one.dev === other.dev && one.ino === other.ino;
}

async function open(path: string): Promise<Readable> {
  if (path === STDIN) return process.stdin;
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  const opened = new Promise<void>((resolve, reject) => file.once('open', () => resolve()).once('error', reject));
  await opened.catch((error: Error) => {
    throw notReadable(path, error);
  });
  return file;
}

async function* reading(input: Readable, path: string): AsyncGenerator<Buffer, void, undefined> {
  try {
    for await (const chunk of input) yield chunk as Buffer;
  } catch (error) {
    throw notReadable(path, error as Error);
  }
}

const notReadable = (path: string, { message }: Error) => new CliError(`${path} can't be read: ${message}`, EXIT.usage);
