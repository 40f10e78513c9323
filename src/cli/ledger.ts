import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import type { ProblemDetails } from '../api/problems.js';
import { LedgerQueries, NotFound } from '../api/queries/ledger-queries.js';
import {
  BlameParams,
  DiffParams,
  HistoryParams,
  InvalidParams,
  KnownParams,
  LateParams,
  ListParams,
  readParams,
  RefusedParams,
  ReviewParams,
  SearchParams,
  TimeParams,
  UpcomingParams,
} from '../api/queries/params.js';
import type {
  BlameAnswer,
  DiffAnswer,
  HistoryAnswer,
  LateAnswer,
  RelationshipAnswer,
  RelationshipsAnswer,
  ReviewAnswer,
  SearchAnswer,
  StreamAnswer,
  UpcomingAnswer,
} from '../api/queries/answers.js';
import type { ExportName } from '../api/queries/exports.js';
import { urlOf } from '../api/queries/worklist-answers.js';
import { REFUSED_PATH, type RefusedAnswer, refusedPage } from '../api/refused-commands.controller.js';
import { RefusedCommands } from '../commands/refused-commands.js';
import type { CommandResult } from '../commands/command-recorder.js';
import { ledgerCommand } from '../commands/ledger-commands.js';
import { CommandIndex } from '../commands/command-index.js';
import type { LineRequest } from '../commands/bulk/command-line.js';
import { commandHash } from '../commands/parse-command.js';
import { parseStream } from '../domain/event.js';
import { checkIJson } from '../domain/values/canonical-json.js';
import { StoreUnavailable } from '../event-store/event-store.js';
import { LedgerModule } from '../ledger.module.js';
import { Opened } from '../opened.js';
import type { Settings } from '../settings.js';
import { CliError, EXIT } from './exit-codes.js';

/** Query parameters as REST names them; undefined ones are not asked. */
export type Params = Readonly<Record<string, string | undefined>>;

/** What the command line asks of a ledger: one in a file, or one that a server has open. */
export interface Ledger {
  relationship(pair: string, params: Params): Promise<RelationshipAnswer>;
  /** One page. */
  relationships(params: Params): Promise<RelationshipsAnswer>;
  /** The whole history, all its pages. */
  history(pair: string, params: Params): Promise<HistoryAnswer>;
  diff(pair: string, params: Params): Promise<DiffAnswer>;
  /** @param stream of a record; that of a pair for its status */
  blame(stream: string, params: Params): Promise<BlameAnswer>;
  stream(stream: string, params: Params): Promise<StreamAnswer>;
  /** One page. */
  search(params: Params): Promise<SearchAnswer>;
  /** One page. */
  review(params: Params): Promise<ReviewAnswer>;
  /** One page. */
  upcoming(params: Params): Promise<UpcomingAnswer>;
  /** One page. */
  late(params: Params): Promise<LateAnswer>;
  /** One page. */
  refused(params: Params): Promise<RefusedAnswer>;
  /** A table as CSV, in pieces. */
  exportCsv(name: ExportName, params: Params): Promise<AsyncIterable<string>>;
  /** @throws what the recorder throws, or CommandRefused with what a server makes of that */
  record(request: LineRequest): Promise<CommandResult>;
  /** A quick look whether this very command is recorded; false where that is not at hand. */
  isRecorded(request: LineRequest): boolean;
  /** @throws CliError, where there is nobody to answer */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** A server said no to a command: nothing of it was recorded. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';
  constructor(readonly problem: ProblemDetails) {
    super(problem.detail);
  }
}

const ACTOR = 'cli';
const given = (params: Params): Record<string, string> =>
  Object.fromEntries(Object.entries(params).filter((p): p is [string, string] => p[1] !== undefined));

/** Opens the ledger in a file, with the same modules that the server is made of. @throws StoreLocked */
export function openLedger(settings: Settings, now?: () => Date): Promise<Ledger> {
  return Opened.orNothing(async (opened) => {
    const ledger = LedgerModule.forRoot(settings, opened, now);
    return new LocalLedger(await NestFactory.createApplicationContext(ledger, { logger: false, abortOnError: false }));
  });
}

/** A ledger that is open in this process. */
export class LocalLedger implements Ledger {
  readonly #queries: LedgerQueries;
  readonly #bus: CommandBus;
  readonly #commands: CommandIndex;

  constructor(private readonly context: INestApplicationContext) {
    this.#queries = context.get(LedgerQueries, { strict: false });
    this.#bus = context.get(CommandBus, { strict: false });
    this.#commands = context.get(CommandIndex, { strict: false });
  }

  relationship(pair: string, params: Params): Promise<RelationshipAnswer> {
    return asked(() => this.#queries.relationship(pair, readParams(TimeParams, given(params))));
  }

  relationships(params: Params): Promise<RelationshipsAnswer> {
    return asked(() => this.#queries.relationships(readParams(ListParams, given(params))));
  }

  history(pair: string, params: Params): Promise<HistoryAnswer> {
    return asked(() =>
      wholeHistory((cursor) =>
        this.#queries.relationshipHistory(pair, readParams(HistoryParams, given({ ...params, ...cursor }))),
      ),
    );
  }

  diff(pair: string, params: Params): Promise<DiffAnswer> {
    return asked(() => this.#queries.diff(pair, readParams(DiffParams, given(params))));
  }

  blame(stream: string, params: Params): Promise<BlameAnswer> {
    const { category, id } = parseStream(stream)!;
    return asked(() => {
      const checked = readParams(BlameParams, given(params));
      return category === 'relationship'
        ? this.#queries.relationshipBlame(id, checked)
        : this.#queries.recordBlame(category, id, checked);
    });
  }

  stream(stream: string, params: Params): Promise<StreamAnswer> {
    return asked(() => this.#queries.stream(stream, readParams(KnownParams, given(params))));
  }

  search(params: Params): Promise<SearchAnswer> {
    return asked(() => this.#queries.search(readParams(SearchParams, given(params))));
  }

  review(params: Params): Promise<ReviewAnswer> {
    return asked(() => this.#queries.review(readParams(ReviewParams, given(params))));
  }

  upcoming(params: Params): Promise<UpcomingAnswer> {
    return asked(() => this.#queries.upcoming(readParams(UpcomingParams, given(params))));
  }

  refused(params: Params): Promise<RefusedAnswer> {
    const kept = this.context.get<RefusedCommands | null>(RefusedCommands, { strict: false });
    return asked(() => refusedPage(kept, readParams(RefusedParams, given(params))));
  }

  late(params: Params): Promise<LateAnswer> {
    return asked(() => this.#queries.late(readParams(LateParams, given(params))));
  }

  exportCsv(name: ExportName, params: Params): Promise<AsyncIterable<string>> {
    return asked(() => this.#queries.export(name, readParams(TimeParams, given(params))).csv);
  }

  record({ expectedRevision, ...request }: LineRequest): Promise<CommandResult> {
    return this.#bus.execute(ledgerCommand(request, { actor: ACTOR, expectedRevision }));
  }

  isRecorded({ commandId, type, data }: LineRequest): boolean {
    const recorded = this.#commands.find(commandId);
    return recorded !== undefined && checkIJson(data).length === 0 && recorded.commandHash === commandHash(type, data);
  }

  check(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return this.context.close();
  }
}

/** A question to the queries, with their refusals in the command line's words. */
async function asked<A>(question: () => A | Promise<A>): Promise<A> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof NotFound) throw new CliError(error.message, EXIT.refused);
    if (error instanceof InvalidParams) throw new CliError(error.message, EXIT.usage);
    throw error;
  }
}

/** Follows a history's pages to the end; the first page's cursor pins them all. */
async function wholeHistory(
  page: (cursor: { cursor?: string; limit: string }) => HistoryAnswer | Promise<HistoryAnswer>,
): Promise<HistoryAnswer> {
  const limit = '500';
  const first = await page({ limit });
  const entries = [...first.entries];
  for (let next = first.next; next !== null;) {
    const more = await page({ limit, cursor: next });
    entries.push(...more.entries);
    next = more.next;
  }
  return { ...first, entries, next: null };
}

/** A ledger behind its REST API. */
export class RemoteLedger implements Ledger {
  constructor(private readonly url: string) {}

  relationship(pair: string, params: Params): Promise<RelationshipAnswer> {
    return this.#get(`/v1/relationships/${encodeURIComponent(pair)}`, params);
  }

  relationships(params: Params): Promise<RelationshipsAnswer> {
    return this.#get('/v1/relationships', params);
  }

  history(pair: string, params: Params): Promise<HistoryAnswer> {
    const path = `/v1/relationships/${encodeURIComponent(pair)}/history`;
    return wholeHistory((cursor) => this.#get(path, { ...params, ...cursor }));
  }

  diff(pair: string, params: Params): Promise<DiffAnswer> {
    return this.#get(`/v1/relationships/${encodeURIComponent(pair)}/diff`, params);
  }

  blame(stream: string, params: Params): Promise<BlameAnswer> {
    return this.#get(`${urlOf(stream)}/blame`, params);
  }

  stream(stream: string, params: Params): Promise<StreamAnswer> {
    return this.#get(`/v1/streams/${encodeURIComponent(stream)}`, params);
  }

  search(params: Params): Promise<SearchAnswer> {
    return this.#get('/v1/search', params);
  }

  review(params: Params): Promise<ReviewAnswer> {
    return this.#get('/v1/review', params);
  }

  upcoming(params: Params): Promise<UpcomingAnswer> {
    return this.#get('/v1/upcoming', params);
  }

  late(params: Params): Promise<LateAnswer> {
    return this.#get('/v1/late', params);
  }

  refused(params: Params): Promise<RefusedAnswer> {
    return this.#get(REFUSED_PATH, params);
  }

  async exportCsv(name: ExportName, params: Params): Promise<AsyncIterable<string>> {
    const { body } = await this.#ask(`/v1/exports/${name}.csv`, params);
    return (body ?? new ReadableStream()).pipeThrough(new TextDecoderStream());
  }

  async record({ commandId, type, data, expectedRevision }: LineRequest): Promise<CommandResult> {
    const response = await this.#fetch(`/v1/commands/${encodeURIComponent(type)}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': commandId,
        ...(expectedRevision !== undefined && { 'If-Match': `"${expectedRevision}"` }),
      },
      body: JSON.stringify(data),
    }).catch((error: Error) => {
      throw new StoreUnavailable(error.message, { cause: error });
    });
    if (response.ok) return (await response.json()) as CommandResult;
    const problem = await problemIn(response);
    if (response.status > 500) throw new StoreUnavailable(problem.detail);
    throw new CommandRefused(problem);
  }

  isRecorded(): boolean {
    return false;
  }

  async check(): Promise<void> {
    await this.#get('/health/live', {});
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #get<A>(path: string, params: Params): Promise<A> {
    return (await (await this.#ask(path, params)).json()) as A;
  }

  #ask(path: string, params: Params): Promise<Response> {
    return answerOf(this.#fetch(`${path}?${new URLSearchParams(given(params)).toString()}`));
  }

  #fetch(path: string, init?: RequestInit): Promise<Response> {
    return askServer(this.url, path, init);
  }
}

/** What a server answers to a question. @throws CliError, where it is none */
export async function answerOf(asked: Promise<Response>): Promise<Response> {
  const response = await asked;
  if (response.ok) return response;
  const codes: Record<number, number> = { 400: EXIT.usage, 404: EXIT.refused, 503: EXIT.unavailable };
  throw new CliError((await problemIn(response)).detail, codes[response.status] ?? EXIT.failed);
}

/** Asks a server, whatever it answers. @throws CliError where none does */
export async function askServer(url: string, path: string, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(new URL(path, url), init);
  } catch {
    throw new CliError(`No ledger answers at ${url}`, EXIT.unavailable);
  }
}

/** What a server answers that does not take it, if only a proxy before it. */
export async function problemIn(response: Response): Promise<ProblemDetails> {
  const problem = (await response.json().catch(() => ({}))) as Partial<ProblemDetails>;
  const { status, statusText: title } = response;
  return { type: 'about:blank', title, status, detail: `${status} ${title}`, instance: response.url, ...problem };
}
