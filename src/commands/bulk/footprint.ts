import { curationEvents } from '../../domain/curation/events.js';
import { referencesOf } from '../../domain/decide.js';
import { streamsNamed } from '../../domain/world.js';
import type { ParsedCommand } from '../parse-command.js';

/** What a command may change, and what its decision looks at beside that. */
export interface Footprint {
  readonly writes: readonly string[];
  /** `everything` where the command itself does not tell. */
  readonly reads: readonly string[] | 'everything';
}

/**
 * These look at what the fact that they restate names, or at what a record was merged into: only the streams themselves
 * tell what that is.
 */
const READ_MORE: ReadonlySet<string> = new Set(
  [curationEvents.FactCorrected, curationEvents.DisputeResolved, curationEvents.RecordMerged].map((c) => c.command),
);

/** Streams by name, and the command's id, which only one command may have. */
export function footprintOf(command: ParsedCommand): Footprint {
  const writes = [command.stream, `command ${command.commandId}`];
  if (READ_MORE.has(command.type)) return { writes, reads: 'everything' };
  // Of all others what is named stands in the command: the events of its stream add nothing.
  return { writes, reads: streamsNamed(referencesOf(command, [])) };
}
