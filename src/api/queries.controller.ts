import { Controller, Get, Param, Query, Req, Res, StreamableFile, type Type, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { type Category, plural } from '../domain/event.js';
import { canonicalPair } from '../domain/values/pair.js';
import { negotiated } from './memento.js';
import type {
  BlameAnswer,
  DiffAnswer,
  EventsAnswer,
  HistoryAnswer,
  LateAnswer,
  Page,
  RecordAnswer,
  RelationshipAnswer,
  RelationshipItem,
  ReviewAnswer,
  SearchAnswer,
  StreamAnswer,
  UpcomingAnswer,
} from './queries/answers.js';
import { type ExportName, EXPORTS } from './queries/exports.js';
import { LedgerQueries, NotFound } from './queries/ledger-queries.js';
import {
  BlameParams,
  DiffParams,
  EventListParams,
  HistoryParams,
  KnownParams,
  LateParams,
  ListParams,
  PartyListParams,
  readParams,
  ReviewParams,
  SearchParams,
  TimeParams,
  UpcomingParams,
} from './queries/params.js';
import { WaitInterceptor } from './wait.interceptor.js';

/** The request's own URL with other parameters: what a next page's link is. */
function urlWith(request: FastifyRequest, params: Readonly<Record<string, string>>): string {
  const url = new URL(request.url, 'http://ledger.invalid');
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
  return url.pathname + url.search;
}

export function linkNext(request: FastifyRequest, reply: FastifyReply, parameter: string, next: string | null): void {
  if (next !== null) void reply.header('Link', `<${urlWith(request, { [parameter]: next })}>; rel="next"`);
}

/** Shows a pair in its one form: other orders and cases are redirected to it. @returns whether it was */
function redirected(text: string, request: FastifyRequest, reply: FastifyReply): string | undefined {
  const pair = canonicalPair(text);
  if (pair === undefined) throw new NotFound(`${text} is no pair of two parties, such as MAR-PAK`);
  if (pair === text) return undefined;
  const url = new URL(request.url, 'http://ledger.invalid');
  const path = url.pathname.split('/').map((part) => (decodeURIComponent(part) === text ? pair : part));
  void reply.status(308).header('Location', path.join('/') + url.search);
  return pair;
}

@Controller('v1/relationships')
@UseInterceptors(WaitInterceptor)
export class RelationshipsController {
  constructor(private readonly queries: LedgerQueries) {}

  @Get()
  list(
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Page<RelationshipItem> {
    const page = this.queries.relationships(readParams(ListParams, query));
    linkNext(request, reply, 'cursor', page.next);
    return page;
  }

  @Get(':pair')
  status(
    @Param('pair') pair: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): RelationshipAnswer | undefined {
    if (redirected(pair, request, reply)) return undefined;
    return negotiated(request, reply, (query) => this.queries.relationship(pair, readParams(TimeParams, query)));
  }

  @Get(':pair/history')
  history(
    @Param('pair') pair: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): HistoryAnswer | undefined {
    if (redirected(pair, request, reply)) return undefined;
    const page = this.queries.relationshipHistory(pair, readParams(HistoryParams, query));
    linkNext(request, reply, 'cursor', page.next);
    return page;
  }

  @Get(':pair/diff')
  async diff(
    @Param('pair') pair: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DiffAnswer | undefined> {
    if (redirected(pair, request, reply)) return undefined;
    return this.queries.diff(pair, readParams(DiffParams, query));
  }

  @Get(':pair/blame')
  async blame(
    @Param('pair') pair: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BlameAnswer | undefined> {
    if (redirected(pair, request, reply)) return undefined;
    return this.queries.relationshipBlame(pair, readParams(BlameParams, query));
  }
}

/** The records of a category: a list, each by its id, its history, and who made it what it is. */
function recordsController(category: Category): Type {
  @Controller(`v1/${plural(category)}`)
  @UseInterceptors(WaitInterceptor)
  class RecordsController {
    constructor(private readonly queries: LedgerQueries) {}

    @Get()
    list(
      @Query() query: unknown,
      @Req() request: FastifyRequest,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Page<object> {
      const page = this.queries.records(category, readParams(ListParams, query));
      linkNext(request, reply, 'cursor', page.next);
      return page;
    }

    @Get(':id')
    record(
      @Param('id') id: string,
      @Req() request: FastifyRequest,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): RecordAnswer {
      return negotiated(request, reply, (query) => this.queries.record(category, id, readParams(TimeParams, query)));
    }

    @Get(':id/history')
    history(
      @Param('id') id: string,
      @Query() query: unknown,
      @Req() request: FastifyRequest,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): HistoryAnswer {
      const page = this.queries.recordHistory(category, id, readParams(HistoryParams, query));
      linkNext(request, reply, 'cursor', page.next);
      return page;
    }

    @Get(':id/blame')
    blame(@Param('id') id: string, @Query() query: unknown): Promise<BlameAnswer> {
      return this.queries.recordBlame(category, id, readParams(BlameParams, query));
    }
  }
  Object.defineProperty(RecordsController, 'name', { value: `${category}RecordsController` });
  return RecordsController;
}

export const RECORD_CATEGORIES = ['agreement', 'visit', 'meeting', 'mechanism', 'exercise', 'source'] as const;
export const RECORD_CONTROLLERS: readonly Type[] = RECORD_CATEGORIES.map(recordsController);

@Controller('v1/parties')
@UseInterceptors(WaitInterceptor)
export class PartiesController {
  constructor(private readonly queries: LedgerQueries) {}

  @Get()
  list(
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Page<object> {
    const page = this.queries.parties(readParams(PartyListParams, query));
    linkNext(request, reply, 'cursor', page.next);
    return page;
  }

  @Get(':code')
  party(
    @Param('code') code: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): RecordAnswer {
    return negotiated(request, reply, (query) => this.queries.record('party', code, readParams(TimeParams, query)));
  }

  @Get(':code/history')
  history(
    @Param('code') code: string,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): HistoryAnswer {
    const page = this.queries.recordHistory('party', code, readParams(HistoryParams, query));
    linkNext(request, reply, 'cursor', page.next);
    return page;
  }

  @Get(':code/blame')
  blame(@Param('code') code: string, @Query() query: unknown): Promise<BlameAnswer> {
    return this.queries.recordBlame('party', code, readParams(BlameParams, query));
  }
}

@Controller('v1/search')
@UseInterceptors(WaitInterceptor)
export class SearchController {
  constructor(private readonly queries: LedgerQueries) {}

  @Get()
  search(
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): SearchAnswer {
    const page = this.queries.search(readParams(SearchParams, query));
    linkNext(request, reply, 'cursor', page.next);
    return page;
  }
}

/** The lists that people open in the morning, and the one that an auditor asks for. */
@Controller('v1')
@UseInterceptors(WaitInterceptor)
export class WorklistsController {
  constructor(private readonly queries: LedgerQueries) {}

  @Get('review')
  async review(
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReviewAnswer> {
    const page = await this.queries.review(readParams(ReviewParams, query));
    linkNext(request, reply, 'cursor', page.next);
    return page;
  }

  @Get('upcoming')
  async upcoming(
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UpcomingAnswer> {
    const page = await this.queries.upcoming(readParams(UpcomingParams, query));
    linkNext(request, reply, 'cursor', page.next);
    return page;
  }

  @Get('late')
  async late(
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LateAnswer> {
    const page = await this.queries.late(readParams(LateParams, query));
    linkNext(request, reply, 'cursor', page.next);
    return page;
  }
}

/** A table for statistics, as CSV. */
function exportController(name: ExportName): Type {
  @Controller(`v1/exports/${name}.csv`)
  @UseInterceptors(WaitInterceptor)
  class ExportController {
    constructor(private readonly queries: LedgerQueries) {}

    @Get()
    csv(@Query() query: unknown): StreamableFile {
      const { resolved, csv } = this.queries.export(name, readParams(TimeParams, query));
      const { asOf, knownAt } = resolved;
      return new StreamableFile(Readable.from(csv, { objectMode: false }), {
        type: 'text/csv; charset=utf-8; header=present',
        disposition: `attachment; filename="mithaq-${name}-${asOf}-at-${knownAt.position}.csv"`,
      });
    }
  }
  Object.defineProperty(ExportController, 'name', { value: `${name}ExportController` });
  return ExportController;
}
export const EXPORT_CONTROLLERS: readonly Type[] = EXPORTS.map(exportController);

/** The events themselves, exactly as they were recorded. */
@Controller('v1')
@UseInterceptors(WaitInterceptor)
export class EventsController {
  constructor(private readonly queries: LedgerQueries) {}

  @Get('streams/:stream')
  stream(
    @Param('stream') stream: string,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): StreamAnswer {
    const answer = this.queries.stream(stream, readParams(KnownParams, query));
    void reply.header('ETag', `"${answer.revision}"`);
    return answer;
  }

  @Get('events')
  events(
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): EventsAnswer {
    const answer = this.queries.events(readParams(EventListParams, query));
    linkNext(request, reply, 'after', answer.next);
    return answer;
  }
}
