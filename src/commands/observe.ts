import { Logger } from '@nestjs/common';
import { errorName, type Metrics } from '../telemetry/metrics.js';
import { traced } from '../telemetry/tracing.js';
import type { CommandContext, CommandResult } from './command-recorder.js';
import { CommandRejected } from './errors.js';
import type { CommandRequest } from './parse-command.js';

const log = new Logger('Commands');

/** Executes a command, and tells what became of it: a span, a figure, a line of the log. */
export function observed(
  metrics: Metrics,
  { type, commandId }: CommandRequest,
  { correlationId }: CommandContext,
  execute: () => Promise<CommandResult>,
): Promise<CommandResult> {
  const begun = performance.now();
  const told = (result: string, more: object) => {
    const seconds = (performance.now() - begun) / 1000;
    metrics.commands.observe({ type, result }, seconds);
    log.log(`${type} ${result}`, { type, result, commandId, correlationId, seconds, ...more });
  };
  return traced(`command ${type}`, { 'mithaq.command': type }, async (span) => {
    try {
      const result = await execute();
      const { commandId: id, stream, revision, position, repeated } = result;
      const became = repeated ? 'repeated' : position === null ? 'decided' : 'recorded';
      span.setAttributes({ 'mithaq.command.id': id, 'mithaq.stream': stream, 'mithaq.result': became });
      told(became, { commandId: id, correlationId: correlationId ?? id, stream, revision });
      return result;
    } catch (error) {
      told(whatIs(error), { reason: String(error) });
      throw error;
    }
  });
}

/** A rejection's kind, or the name of the error. */
const whatIs = (error: unknown): string => (error instanceof CommandRejected ? error.rejection.kind : errorName(error));
