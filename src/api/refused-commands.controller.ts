import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type RefusedCommand, RefusedCommands } from '../commands/refused-commands.js';
import { DEFAULT_PAGE, NotFound } from './queries/ledger-queries.js';
import { linkNext } from './queries.controller.js';
import { readParams, RefusedParams } from './queries/params.js';

export const REFUSED_PATH = '/v1/refused-commands';

export interface RefusedAnswer {
  readonly items: readonly RefusedCommand[];
  /** `before` of the next page; null at the end. */
  readonly next: string | null;
}

/** @throws NotFound, where none are kept */
export function refusedPage(kept: RefusedCommands | null, { limit, before }: RefusedParams): RefusedAnswer {
  if (!kept) throw new NotFound('This ledger keeps no refused commands (MITHAQ_REFUSED_DAYS)');
  const count = Number(limit ?? DEFAULT_PAGE);
  const items = kept.list(count, before === undefined ? undefined : Number(before));
  return { items, next: items.length === count ? String(items.at(-1)!.number) : null };
}

/** Who sent what that the ledger refused, and why. */
@Controller(REFUSED_PATH)
export class RefusedCommandsController {
  constructor(@Inject(RefusedCommands) private readonly kept: RefusedCommands | null) {}

  @Get()
  list(
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): RefusedAnswer {
    const page = refusedPage(this.kept, readParams(RefusedParams, query));
    linkNext(request, reply, 'before', page.next);
    return page;
  }
}
