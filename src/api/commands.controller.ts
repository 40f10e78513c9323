import { Body, Controller, Headers, HttpStatus, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ValidateBy } from 'class-validator';
import type { FastifyReply } from 'fastify';
import type { CommandResult } from '../commands/command-recorder.js';
import { ledgerCommand } from '../commands/ledger-commands.js';
import { ID_PATTERN, Optional } from '../domain/shape/rules.js';
import { invalidHeader, readParams } from './queries/params.js';

class CommandParams {
  @Optional()
  @ValidateBy({
    name: 'boolean',
    validator: { validate: (v) => v === 'true' || v === 'false', defaultMessage: () => 'must be true or false' },
  })
  dryRun?: string;
}

/** The draft of Idempotency-Key makes it a quoted string; bare is taken too. */
const unquoted = (text: string) => /^"([^"]*)"$/.exec(text.trim())?.[1] ?? text.trim();

/** A strong entity tag that is a revision. A weak one never matches in If-Match (RFC 9110, 13.1.1). */
function pinnedRevision(ifMatch: string | undefined): number | 'none' | undefined {
  if (ifMatch === undefined) return undefined;
  const tag = ifMatch.trim();
  if (/^W\/"\d+"$/.test(tag)) return 'none';
  const revision = /^"(\d{1,15})"$/.exec(tag)?.[1];
  if (revision === undefined)
    throw invalidHeader('If-Match', 'must be one revision as a strong entity tag, such as "3"');
  return Number(revision);
}

/** The stream, with what was recorded in it: the views may not have got there yet. */
const location = ({ stream, position }: CommandResult) =>
  `/v1/streams/${stream}${position === null ? '' : `?minPosition=${position}`}`;

/** @throws InvalidParams */
export function correlationOf(header: string | undefined): string | undefined {
  if (header !== undefined && !/^[\x21-\x7e]{1,128}$/.test(header)) {
    throw invalidHeader('X-Correlation-Id', 'must be 1 to 128 visible ASCII characters');
  }
  return header;
}

/** The one way to record: a command, by its name, with its data as the body. */
@Controller('v1/commands')
export class CommandsController {
  constructor(private readonly bus: CommandBus) {}

  @Post(':name')
  async execute(
    @Param('name') type: string,
    @Body() data: unknown,
    @Query() query: unknown,
    @Headers('idempotency-key') key: string | undefined,
    @Headers('if-match') ifMatch: string | undefined,
    @Headers('x-correlation-id') correlationId: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandResult> {
    const dryRun = readParams(CommandParams, query).dryRun === 'true';
    const commandId = key === undefined ? undefined : unquoted(key);
    if (commandId !== undefined && !ID_PATTERN.test(commandId))
      throw invalidHeader('Idempotency-Key', `must match ${ID_PATTERN.source}`);
    const expectedRevision = pinnedRevision(ifMatch);
    // Until there is authentication, nobody is known; the actor is never taken from the request.
    const context = { actor: 'anonymous', correlationId: correlationOf(correlationId), expectedRevision, dryRun };
    const result = await this.bus.execute(ledgerCommand({ commandId, type, data }, context));
    void reply
      .status(dryRun && !result.repeated ? HttpStatus.OK : HttpStatus.CREATED)
      .header('Idempotency-Key', result.commandId)
      .header('ETag', `"${result.revision}"`)
      .header('Location', location(result));
    return result;
  }
}
