import { type BeforeApplicationShutdown, Controller, Headers, HttpStatus, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { executeLines, type Outcome } from '../commands/bulk/execute-lines.js';
import type { CommandContext, CommandResult } from '../commands/command-recorder.js';
import { ledgerCommand } from '../commands/ledger-commands.js';
import { StoreUnavailable } from '../event-store/event-store.js';
import { correlationOf } from './commands.controller.js';
import { problemOf, type ProblemDetails, requestUrn } from './problems.js';
import { invalidHeader, InvalidParams } from './queries/params.js';
import { BULK_PATH, NDJSON } from './request-bodies.js';

/** A line of the answer: what became of a line of the request. */
export type LineAnswer = { readonly line: number } & (
  { readonly result: CommandResult } | { readonly problem: ProblemDetails }
);

/** Many commands in one request, one a line. The answer comes while the request is still being read. */
@Controller(BULK_PATH)
export class BulkController implements BeforeApplicationShutdown {
  readonly #closing = new AbortController();

  constructor(private readonly bus: CommandBus) {}

  @Post()
  execute(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query() query: Readonly<Record<string, unknown>>,
    @Headers('x-correlation-id') correlationId: string | undefined,
  ): void {
    refuseWhatLinesTell(request, query);
    const context = { actor: 'anonymous', correlationId: correlationOf(correlationId) };
    const answers = Readable.from(this.#answers(request, reply, context));
    void reply.status(HttpStatus.OK).type(`${NDJSON}; charset=utf-8`).send(answers);
  }

  /** Lines that were read are finished, and the answer says where it ends. */
  beforeApplicationShutdown(): void {
    this.#closing.abort(new StoreUnavailable('The server is closing: this line and those after it were not read'));
  }

  async *#answers(
    request: FastifyRequest,
    reply: FastifyReply,
    context: CommandContext,
  ): AsyncGenerator<string, void, undefined> {
    const { signal } = this.#closing;
    const instance = requestUrn(request);
    // The request outlives its reading: destroying it would take the answer with it.
    const chunks = (request.body as Readable).iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    const outcomes = executeLines(chunks, {
      execute: ({ expectedRevision, ...command }) =>
        this.bus.execute(ledgerCommand(command, { ...context, expectedRevision })),
      signal,
    });
    let last = 0;
    try {
      for await (const outcome of outcomes) {
        last = outcome.line.number;
        yield asLine(answerTo(outcome, instance));
      }
    } catch (error) {
      if (error !== signal.reason) throw error;
      // Nobody reads the rest of the request: the server would wait for it to end.
      reply.raw.once('finish', () => request.raw.socket.destroySoon());
      yield asLine({ line: last + 1, problem: problemOf(error, instance) });
    }
  }
}

const asLine = (answer: LineAnswer) => `${JSON.stringify(answer)}\n`;

function answerTo({ line: { number: line }, result, error }: Outcome, instance: string): LineAnswer {
  return result ? { line, result } : { line, problem: problemOf(error, instance) };
}

/** What a request with one command says in its headers and its query. */
function refuseWhatLinesTell({ headers }: FastifyRequest, query: Readonly<Record<string, unknown>>): void {
  if (headers['idempotency-key'] !== undefined) throw invalidHeader('Idempotency-Key', 'is each line’s commandId here');
  if (headers['if-match'] !== undefined) throw invalidHeader('If-Match', 'is each line’s expectedRevision here');
  const [parameter] = Object.keys(query);
  if (parameter === undefined) return;
  const message =
    parameter === 'dryRun'
      ? 'is for single commands: a line is decided on what the lines before it recorded'
      : 'is not a field here';
  throw new InvalidParams([{ pointer: `/${parameter}`, rule: 'unknown-field', message }]);
}
