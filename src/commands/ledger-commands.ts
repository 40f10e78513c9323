import { Inject, type Type } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { COMMAND_TYPES } from '../domain/registry.js';
import { type CommandContext, CommandRecorder, type CommandResult } from './command-recorder.js';
import { Metrics } from '../telemetry/metrics.js';
import { observed } from './observe.js';
import { UnknownCommand } from './errors.js';
import type { CommandRequest } from './parse-command.js';

/** A command on Nest's command bus: what was asked for, and by whom. */
export abstract class LedgerCommand extends Command<CommandResult> {
  constructor(
    readonly request: CommandRequest,
    readonly context: CommandContext,
  ) {
    super();
  }
}

type Message = new (request: CommandRequest, context: CommandContext) => LedgerCommand;

const MESSAGES: ReadonlyMap<string, Message> = new Map(
  [...COMMAND_TYPES.keys()].map((name) => [name, { [name]: class extends LedgerCommand {} }[name] as Message]),
);

/** The bus message for a command. @throws UnknownCommand */
export function ledgerCommand(request: CommandRequest, context: CommandContext): LedgerCommand {
  const message = MESSAGES.get(request.type);
  if (!message) throw new UnknownCommand(request.type);
  return new message(request, context);
}

/** The one handler, for each command: many that differ in a name are a function and a table. */
function handlerOf(name: string, message: Message): Type {
  const handler = {
    [`${name}Handler`]: class implements ICommandHandler<LedgerCommand> {
      constructor(
        private readonly recorder: CommandRecorder,
        private readonly metrics: Metrics,
      ) {}
      execute({ request, context }: LedgerCommand): Promise<CommandResult> {
        return observed(this.metrics, request, context, () => this.recorder.execute(request, context));
      }
    },
  }[`${name}Handler`]!;
  Inject(CommandRecorder)(handler, undefined, 0);
  Inject(Metrics)(handler, undefined, 1);
  CommandHandler(message)(handler);
  return handler;
}

export const COMMAND_HANDLERS: readonly Type[] = [...MESSAGES].map(([name, message]) => handlerOf(name, message));
