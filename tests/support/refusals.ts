import { expect } from '@jest/globals';
import { parseCommand } from '../../src/commands/parse-command.js';
import { CommandMalformed } from '../../src/commands/errors.js';
import type { Data, PureLedger } from './ledger.js';

/** `rule pointer` of each problem; a pointer of '' is the command itself. */
type Broken = string;

/** The command is refused for these reasons, and nothing is appended. */
export function expectRefusal(
  ledger: PureLedger,
  type: string,
  data: Data,
  kind: 'malformed' | 'not-found' | 'conflict',
  ...broken: Broken[]
): void {
  const before = ledger.events.length;
  const { rejection } = ledger.record(type, data);
  expect(rejection?.problems.map(({ rule, pointer }) => `${rule} ${pointer}`.trim())).toEqual(broken);
  expect(rejection?.kind).toBe(kind);
  expect(rejection?.problems.every((p) => p.message !== '')).toBe(true);
  expect(ledger.events).toHaveLength(before);
}

/** What is wrong with a command by itself, as `rule pointer`; nothing where it is well formed. */
export function malformed(type: string, data: unknown, commandId = 'c'): Broken[] {
  try {
    parseCommand({ commandId, type, data });
    return [];
  } catch (error) {
    if (!(error instanceof CommandMalformed)) throw error;
    return error.rejection.problems.map(({ rule, pointer }) => `${rule} ${pointer}`.trim());
  }
}
