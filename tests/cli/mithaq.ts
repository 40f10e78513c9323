import { jest } from '@jest/globals';
import { CliError, EXIT } from '../../src/cli/exit-codes.js';
import { program } from '../../src/cli/program.js';

export interface Ran {
  readonly code: number;
  readonly said: string;
  readonly printed: string;
}

/** Runs the command line in this process. */
export async function mithaq(...args: string[]): Promise<Ran> {
  const printed: string[] = [];
  const told: string[] = [];
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  const err = jest.spyOn(process.stderr, 'write').mockImplementation((text) => told.push(String(text)) > 0);
  const ran = (code: number, message = '') => ({ code, said: told.join('') + message, printed: printed.join('') });
  try {
    await program().parseAsync(args, { from: 'user' });
    return ran(Number(process.exitCode ?? EXIT.ok));
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return ran(error.code, error.message);
  } finally {
    process.exitCode = undefined;
    out.mockRestore();
    err.mockRestore();
  }
}
