import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  HttpStatus,
  Param,
  Post,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ConsumerGroups, type ConsumerGroup, type ParkedLedgerEvent } from '../subscriptions/consumer-groups.js';
import { feedFormatOf, sendFeed } from './feed.controller.js';
import {
  AcksBody,
  ConsumerGroupBody,
  GROUP_NAME,
  groupDefinition,
  NacksBody,
  ParkedParams,
  WorkerParams,
} from './queries/group-params.js';
import { DEFAULT_PAGE } from './queries/ledger-queries.js';
import { InvalidParams, readBody, readParams } from './queries/params.js';

export const GROUPS_PATH = '/v1/consumer-groups';

const DEFAULT_BUFFER = 10;

/** What is said of the answers that a worker gave. */
export interface Answered {
  /** The ids of events that it does not hold, or no more: they were given to others, or answered before. */
  readonly unknown: readonly string[];
}

/** Groups of workers that share the ledger's events: made, joined, answered to, looked at. */
@Controller(GROUPS_PATH)
export class ConsumerGroupsController {
  constructor(private readonly groups: ConsumerGroups) {}

  @Get()
  async list(): Promise<{ readonly groups: readonly ConsumerGroup[] }> {
    return { groups: await this.groups.list() };
  }

  @Put(':group')
  async create(
    @Param('group') group: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConsumerGroup> {
    if (!GROUP_NAME.test(group)) {
      throw new InvalidParams([{ pointer: '/group', rule: 'group-name', message: `must match ${GROUP_NAME.source}` }]);
    }
    const made = await this.groups.create(group, groupDefinition(readBody(ConsumerGroupBody, body)));
    void reply.status(made ? HttpStatus.CREATED : HttpStatus.OK);
    return this.groups.get(group);
  }

  @Get(':group')
  get(@Param('group') group: string): Promise<ConsumerGroup> {
    return this.groups.get(group);
  }

  @Delete(':group')
  @HttpCode(HttpStatus.NO_CONTENT)
  delete(@Param('group') group: string): Promise<void> {
    return this.groups.delete(group);
  }

  /** A worker of its own for each request: it is told its id, and answers under that. */
  @Get(':group/events')
  async join(
    @Param('group') group: string,
    @Query() query: unknown,
    @Headers('accept') accept: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { buffer = String(DEFAULT_BUFFER) } = readParams(WorkerParams, query);
    const format = feedFormatOf(accept);
    await sendFeed(request, reply, format, () => this.groups.join(group, Number(buffer), format));
  }

  @Post(':group/workers/:worker/acks')
  @HttpCode(HttpStatus.OK)
  async ack(@Param('group') group: string, @Param('worker') worker: string, @Body() body: unknown): Promise<Answered> {
    const { ids } = readBody(AcksBody, body);
    return { unknown: await this.groups.worker(group, worker).ack(ids) };
  }

  @Post(':group/workers/:worker/nacks')
  @HttpCode(HttpStatus.OK)
  async nack(@Param('group') group: string, @Param('worker') worker: string, @Body() body: unknown): Promise<Answered> {
    const { ids, action, reason } = readBody(NacksBody, body);
    return { unknown: await this.groups.worker(group, worker).nack(action, reason, ids) };
  }

  @Get(':group/parked')
  async parked(
    @Param('group') group: string,
    @Query() query: unknown,
  ): Promise<{ readonly parked: readonly ParkedLedgerEvent[] }> {
    const { limit = String(DEFAULT_PAGE) } = readParams(ParkedParams, query);
    return { parked: await this.groups.parked(group, Number(limit)) };
  }

  @Post(':group/parked/replay')
  @HttpCode(HttpStatus.ACCEPTED)
  async replay(@Param('group') group: string): Promise<ConsumerGroup> {
    await this.groups.replayParked(group);
    return this.groups.get(group);
  }
}
