/** What a script can tell from the exit code; `mithaq --help` shows the same. */
export const EXIT = {
  ok: 0,
  /** A fault of ours: please report it. */
  failed: 1,
  /** The command line, a setting or a file is not what it should be. */
  usage: 2,
  /** Nothing of this name is there, or the ledger refused some of what was to be recorded. */
  refused: 3,
  /** The ledger is in use elsewhere, or a server does not answer. */
  unavailable: 4,
  /** What was verified is not what it says it is. */
  unsound: 5,
  /** Stopped by a signal, in good order: as shells tell Ctrl-C. */
  interrupted: 130,
} as const;

/** Ends the program with a message for people and a code for scripts. */
export class CliError extends Error {
  override readonly name = 'CliError';
  constructor(
    message: string,
    readonly code: number,
  ) {
    super(message);
  }
}
