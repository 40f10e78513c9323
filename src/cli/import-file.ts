import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import type { CommandResult } from '../commands/command-recorder.js';
import { CliError, EXIT } from './exit-codes.js';
import { CommandRefused, type Ledger } from './ledger.js';

export interface ImportReport {
  readonly recorded: number;
  /** The store's position of the last command that was taken; null where none was. */
  readonly position: string | null;
  /** Lines whose command was recorded before: the same file again appends nothing. */
  readonly repeated: number;
  readonly warnings: readonly { readonly line: number; readonly message: string }[];
  readonly refused: readonly { readonly line: number; readonly reason: string }[];
}

interface Line {
  readonly commandId: string;
  readonly type: string;
  readonly data: unknown;
  readonly expectedRevision?: number;
}

const FIELDS = ['commandId', 'type', 'data', 'expectedRevision'];

/** @throws CommandRefused, where a line is no command */
function parseLine(text: string): Line {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CommandRefused(`is not JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new CommandRefused('must be an object');
  const { commandId, type, expectedRevision } = value as Partial<Line>;
  const unknown = Object.keys(value).find((key) => !FIELDS.includes(key));
  if (unknown !== undefined) throw new CommandRefused(`${unknown} is not a field of a command (${FIELDS.join(', ')})`);
  if (typeof commandId !== 'string') throw new CommandRefused('commandId must be given: it makes a repeat safe');
  if (typeof type !== 'string') throw new CommandRefused('type must be a command’s name');
  if (expectedRevision !== undefined && !Number.isSafeInteger(expectedRevision)) {
    throw new CommandRefused('expectedRevision must be a whole number');
  }
  return value as Line;
}

/**
 * Records a file of commands, one JSON object a line, in order. A line that is refused is reported with its number, and
 * the rest go on. Blank lines are passed over.
 * @throws CliError, where the file can't be read
 */
export async function importFile(ledger: Ledger, path: string): Promise<ImportReport> {
  const file = createReadStream(path, 'utf8');
  const opened = new Promise<void>((resolve, reject) => file.once('open', () => resolve()).once('error', reject));
  await opened.catch((error: Error) => {
    throw new CliError(`${path} can't be read: ${error.message}`, EXIT.usage);
  });
  let [recorded, repeated, number] = [0, 0, 0];
  let position: string | null = null;
  const warnings: { line: number; message: string }[] = [];
  const refused: { line: number; reason: string }[] = [];
  for await (const text of createInterface({ input: file, crlfDelay: Infinity })) {
    number += 1;
    const line = number;
    if (text.trim() === '') continue;
    try {
      const result: CommandResult = await ledger.record(parseLine(text));
      position = result.position ?? position;
      if (result.repeated) repeated += 1;
      else recorded += 1;
      warnings.push(...result.warnings.map(({ message }) => ({ line, message })));
    } catch (error) {
      if (!(error instanceof CommandRefused)) throw error;
      refused.push({ line, reason: error.message });
    }
  }
  return { recorded, position, repeated, warnings, refused };
}
