import { randomUUID } from 'node:crypto';
import type { Command } from '../domain/decision.js';
import { type Citation, streamName } from '../domain/event.js';
import { COMMAND_TYPES, type CommandType } from '../domain/registry.js';
import { checkShape, toPlain } from '../domain/shape/check-shape.js';
import { ID_PATTERN } from '../domain/shape/rules.js';
import { canonicalIJson, canonicalJson, checkIJson, sha256Hex } from '../domain/values/canonical-json.js';
import { uuidV5 } from '../domain/values/uuid.js';
import { COMMAND_CLASSES } from './command-classes.js';
import { CommandMalformed, CommandTooLarge, UnknownCommand } from './errors.js';

/**
 * The most JSON that a command's data may be, in bytes. With its metadata an event must stay under 65,535 bytes, the
 * longest entry of a transparency log's bundle (C2SP tlog-tiles).
 */
export const MAX_COMMAND_BYTES = 48 * 1024;

/** The most bytes that a command is read from, white space and envelope included: a REST body, or a line of a file. */
export const MAX_TEXT_BYTES = 64 * 1024;

/** A command as it came in: from a REST body, a line of a file or a test. */
export interface CommandRequest {
  /** Its key of idempotency; left out, one is made, and the command is no repeat of another. */
  readonly commandId?: string | undefined;
  readonly type: string;
  readonly data: unknown;
  /** What {@link parseCommand} made of it, where it was asked before. */
  readonly parsed?: ParsedCommand;
}

declare const PARSED: unique symbol;

export interface ParsedCommand extends Command {
  /** No one but {@link parseCommand} makes one. */
  readonly [PARSED]: true;
  readonly commandId: string;
  /** Its id was made here: it was never sent before. */
  readonly fresh: boolean;
  /** See {@link commandHash}. */
  readonly commandHash: string;
}

/**
 * Checks a command by itself and makes it ready to be decided: shape, id, stream.
 * @throws UnknownCommand, CommandMalformed, CommandTooLarge
 */
export function parseCommand({ commandId: given, type, data, parsed }: CommandRequest): ParsedCommand {
  if (parsed) return parsed;
  const commandId = given ?? randomUUID();
  const commandType = COMMAND_TYPES.get(type);
  const shape = COMMAND_CLASSES.get(type);
  if (!commandType || !shape) throw new UnknownCommand(type);
  if (typeof commandId !== 'string' || !ID_PATTERN.test(commandId)) {
    throw new CommandMalformed([
      { pointer: '/commandId', rule: 'matches', message: `the command's id must match ${ID_PATTERN.source}` },
    ]);
  }
  checkCommandJson(data);
  const canonical = canonicalIJson(data);
  if (Buffer.byteLength(canonical) > MAX_COMMAND_BYTES) throw new CommandTooLarge(MAX_COMMAND_BYTES);
  const checked = checkShape(shape, data);
  if (!checked.ok) throw new CommandMalformed(checked.problems);

  const fields = toPlain(checked.instance) as Fields;
  const { occurredOn = null, endedOn = null, evidence = [] } = fields;
  const recordField = commandType.kind === 'curation' ? 'stream' : commandType.fact.aggregate.idField;
  const command: Omit<ParsedCommand, typeof PARSED> = {
    type,
    commandId,
    fresh: given === undefined,
    commandHash: hashOf(type, canonical),
    stream: streamOf(commandType, fields[recordField] ?? uuidV5(commandId)),
    body: { occurredOn, endedOn, evidence, data: without(fields, recordField) },
  };
  return command as ParsedCommand;
}

/** @param record the stream of what is curated, else the record's id */
const streamOf = (type: CommandType, record: unknown): string =>
  type.kind === 'curation' ? String(record) : streamName(type.fact.aggregate.category, String(record));

/** What is left for the event's data. */
function without(fields: Fields, recordField: string): object {
  const data: Record<string, unknown> = {};
  for (const field of Object.keys(fields)) {
    if (field !== recordField && !ENVELOPE.has(field)) data[field] = fields[field];
  }
  return data;
}

const ENVELOPE: ReadonlySet<string> = new Set(['occurredOn', 'endedOn', 'evidence']);

/** SHA-256, lower-case hex, of the canonical JSON of `[type, data]`, the data as sent. @throws NotIJsonError */
export const commandHash = (type: string, data: unknown): string => hashOf(type, canonicalJson(data));

const hashOf = (type: string, canonicalData: string) => sha256Hex(`[${JSON.stringify(type)},${canonicalData}]`);

/** @throws CommandMalformed, where it is not I-JSON */
export function checkCommandJson(value: unknown): void {
  const unsound = checkIJson(value);
  if (unsound.length > 0) throw new CommandMalformed(unsound.map((p) => ({ ...p, message: I_JSON[p.rule] })));
}

interface Fields extends Record<string, unknown> {
  readonly occurredOn?: string | null;
  readonly endedOn?: string | null;
  readonly evidence?: readonly Citation[];
}

const I_JSON: Record<ReturnType<typeof checkIJson>[number]['rule'], string> = {
  'lone-surrogate': 'must not hold half of a surrogate pair',
  noncharacter: 'must not hold a Unicode noncharacter',
  nul: 'must not hold U+0000',
  'not-finite': 'must be a finite number',
  'unsafe-integer': 'must be an integer that a double holds exactly (at most 2^53-1)',
  'not-json': 'must be JSON',
  'proto-key': 'is not a name that a field may have',
  'too-deep': 'is nested too deep',
};
