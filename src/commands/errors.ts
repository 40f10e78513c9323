import type { Rejection } from '../domain/decision.js';
import { UnknownEventType } from '../domain/registry.js';
import type { Problem } from '../domain/shape/check-shape.js';
import { StoreUnavailable } from '../event-store/event-store.js';

/** Nothing was recorded, and why: the decider's word. */
export class CommandRejected extends Error {
  override readonly name = 'CommandRejected';
  constructor(readonly rejection: Rejection) {
    super(rejection.problems.map((p) => `${p.pointer || 'command'}: ${p.message}`).join('; '));
  }
}

/** The command is not what it should be; nothing was looked up. */
export class CommandMalformed extends CommandRejected {
  constructor(problems: readonly Problem[]) {
    super({ kind: 'malformed', problems });
  }
}

/** No command has this name. */
export class UnknownCommand extends Error {
  override readonly name = 'UnknownCommand';
  constructor(readonly command: string) {
    super(`There is no command ${command}`);
  }
}

export class CommandTooLarge extends Error {
  override readonly name = 'CommandTooLarge';
  constructor(
    readonly limit: number,
    what = "A command's data",
  ) {
    super(`${what} is at most ${limit} bytes of JSON`);
  }
}

/** The same command id was used for another content. */
export class CommandIdReused extends Error {
  override readonly name = 'CommandIdReused';
  constructor(
    readonly commandId: string,
    readonly stream: string,
  ) {
    super(`Command id ${commandId} was used for another command, which is recorded in ${stream}`);
  }
}

/** The stream is not at the revision that the client pinned. */
export class RevisionMismatch extends Error {
  override readonly name = 'RevisionMismatch';
  constructor(
    readonly stream: string,
    readonly expected: number | 'none',
    readonly actual: number | 'no_stream',
  ) {
    const found = `${stream} is at revision ${actual}`;
    super(expected === 'none' ? `${found}, which a weak entity tag never matches` : `${found}, not ${expected}`);
  }
}

/** Others wrote to the stream at each try; the command was not recorded and may be sent again. */
export class TooBusy extends Error {
  override readonly name = 'TooBusy';
  constructor(readonly stream: string) {
    super(`${stream} is being written to by too many at once`);
  }
}

/** Why a command was refused. */
export interface Refusal {
  readonly kind: 'malformed' | 'not-found' | 'conflict' | 'too-large' | 'id-reused' | 'stale-revision';
  readonly reason: string;
  readonly problems: readonly Problem[];
}

/** What an error says of a command; undefined where it refuses none. */
export function refusalOf(error: unknown): Refusal | undefined {
  const refusal = (kind: Refusal['kind']): Refusal => ({ kind, reason: (error as Error).message, problems: [] });
  if (error instanceof CommandRejected) {
    const { kind, problems } = error.rejection;
    return { kind, reason: error.message, problems };
  }
  if (error instanceof UnknownCommand) return refusal('not-found');
  if (error instanceof CommandTooLarge) return refusal('too-large');
  if (error instanceof CommandIdReused) return refusal('id-reused');
  return error instanceof RevisionMismatch ? refusal('stale-revision') : undefined;
}

/**
 * Now the ledger can't say what becomes of a command: nobody answers, others are always faster, or a newer version has
 * written what this one does not understand.
 */
export const NO_ANSWER = [TooBusy, StoreUnavailable, UnknownEventType] as const;
