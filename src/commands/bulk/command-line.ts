import { checkShape } from '../../domain/shape/check-shape.js';
import { AnyJson, Id, Optional, Text, Whole } from '../../domain/shape/rules.js';
import { CommandMalformed } from '../errors.js';
import { parseJson } from '../json-text.js';
import { checkCommandJson, type CommandRequest } from '../parse-command.js';

/** A line of a file of commands. */
export class CommandLine {
  /** Required: it is what makes the same file again append nothing. */
  @Id() commandId!: string;
  @Text(128) type!: string;
  @AnyJson() data!: unknown;
  /** The stream's revision that the command is to be decided on. */
  @Optional() @Whole(0, Number.MAX_SAFE_INTEGER) expectedRevision?: number;
}

/** A line as it goes to be executed. */
export interface LineRequest extends CommandRequest {
  readonly commandId: string;
  readonly expectedRevision?: number;
}

/**
 * Reads a line; its data is left to the command's own check. Pointers are to the line's fields.
 * @throws InvalidJson, CommandMalformed
 */
export function readCommandLine(bytes: Uint8Array): LineRequest {
  const value = parseJson(bytes, 'The line');
  if (typeof value === 'object' && value !== null) {
    const { data: _checkedByItself, ...envelope } = value as Partial<CommandLine>;
    checkCommandJson(envelope);
  }
  const checked = checkShape(CommandLine, value);
  if (!checked.ok) throw new CommandMalformed(checked.problems);
  const { commandId, type, data, expectedRevision } = checked.instance;
  // A null is taken as left out.
  return { commandId, type, data, ...(typeof expectedRevision === 'number' && { expectedRevision }) };
}
