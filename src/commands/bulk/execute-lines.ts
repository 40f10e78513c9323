import { StoreUnavailable } from '../../event-store/event-store.js';
import type { CommandResult } from '../command-recorder.js';
import { CommandTooLarge, NO_ANSWER } from '../errors.js';
import { MAX_TEXT_BYTES, parseCommand } from '../parse-command.js';
import { type LineRequest, readCommandLine } from './command-line.js';
import { footprintOf } from './footprint.js';
import { type Line, linesOf } from './lines.js';
import { Turns } from './turns.js';
import { Window } from './window.js';

/** What became of a line: one of the three. */
export interface Outcome {
  readonly line: Line;
  readonly result?: CommandResult;
  /** Recorded before, without the first answer, see {@link BulkOptions.isRecorded}. */
  readonly recorded?: true;
  /** Why it was not recorded, unless that {@link isUnknown}: send it again. */
  readonly error?: unknown;
}

export interface BulkOptions {
  readonly execute: (request: LineRequest) => Promise<CommandResult>;
  /** A quick look whether this very command is recorded, for whoever needs no first answers. */
  readonly isRecorded?: ((request: LineRequest) => boolean) | undefined;
  /** Lines under way at a time; with 1 the ledger's positions follow the file's order throughout. */
  readonly concurrency?: number | undefined;
  /** Aborted: read no more, finish what was read, then throw the signal's reason, an Error. */
  readonly signal?: AbortSignal | undefined;
}

/** A group commit wants many under way; as many lines, of 64 KiB at most, are held in memory. */
const CONCURRENCY = 256;

/** Whether that is no answer to a command: it may be recorded, so that what builds on it can't be decided. */
export const isUnknown = (error: unknown): boolean => NO_ANSWER.some((kind) => error instanceof kind);

/**
 * Executes a file of commands, one a line (see {@link CommandLine}), and tells what became of each, in order. The result
 * is that of one after the other: a line waits for the lines before it that it depends on, others go side by side. It is
 * pulled: whoever takes no outcomes lets no further lines be read.
 *
 * After a line of which it is not known whether it was recorded, no line is begun: each is told StoreUnavailable.
 * @throws what reading throws, or the signal's reason, after the outcomes of what was read
 */
export async function* executeLines(
  chunks: AsyncIterable<Uint8Array>,
  { concurrency = CONCURRENCY, signal, ...options }: BulkOptions,
): AsyncGenerator<Outcome, void, undefined> {
  const execution = new Execution(options);
  const window = new Window<Outcome>(concurrency);
  const stop = () => window.end(signal?.reason as Error);
  const read = async () => {
    for await (const line of linesOf(chunks)) {
      if (!(await window.add(() => execution.outcomeOf(line), line.pieces !== undefined))) return;
    }
  };
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();
  // Not awaited: when it is stopped it may wait for a chunk that never comes.
  void read().then(
    () => window.end(),
    (error: Error) => window.end(error),
  );
  try {
    yield* window.take();
  } finally {
    signal?.removeEventListener('abort', stop);
    window.end();
    await window.settled();
  }
}

class Execution {
  readonly #turns = new Turns();
  /** Set by the first line whose outcome is unknown. */
  #away: { readonly line: number; readonly reason: string } | undefined;

  constructor(private readonly options: Pick<BulkOptions, 'execute' | 'isRecorded'>) {}

  /** Never rejects. */
  async outcomeOf(line: Line): Promise<Outcome> {
    try {
      if (!line.bytes) throw new CommandTooLarge(MAX_TEXT_BYTES, 'A line');
      const request = readCommandLine(line.bytes);
      if (this.options.isRecorded?.(request)) return { line, recorded: true };
      const parsed = parseCommand(request);
      const execute = () => this.#execute(line, { ...request, parsed });
      return { line, result: await this.#turns.run(footprintOf(parsed), execute) };
    } catch (error) {
      return { line, error };
    }
  }

  async #execute({ number }: Line, request: LineRequest): Promise<CommandResult> {
    if (this.#away) {
      throw new StoreUnavailable(`Not tried, because of line ${this.#away.line}: ${this.#away.reason}`);
    }
    try {
      return await this.options.execute(request);
    } catch (error) {
      if (isUnknown(error)) this.#away ??= { line: number, reason: (error as Error).message };
      throw error;
    }
  }
}
