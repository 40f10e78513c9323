import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProblemDetails } from '../../src/api/problems.js';
import type { EventsAnswer } from '../../src/api/queries/answers.js';
import type { CommandResult } from '../../src/commands/command-recorder.js';
import { LEDGER_STREAMS, type LedgerEvent } from '../../src/domain/event.js';
import type { EventStore } from '../../src/event-store/event-store.js';
import { EVENT_STORE } from '../../src/event-store/event-store.module.js';
import { ReadModels } from '../../src/projections/read-models.js';
import { createServer, listen } from '../../src/server.js';
import { loadSettings, type Settings } from '../../src/settings.js';
import type { FeedLimits } from '../../src/subscriptions/live-feed.js';
import type { Data } from './ledger.js';

export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

type Json = Record<string, unknown>;

/** A client of the ledger's API that knows its address, and where it last recorded something. */
export class Client {
  #written: string | undefined;

  /** @param settled what a query that must be answered waits for first */
  constructor(
    readonly url: string,
    private readonly settled: () => Promise<unknown> = () => Promise.resolve(),
  ) {}

  async send<Body = Json>(method: string, path: string, init: RequestInit = {}): Promise<Answer<Body>> {
    const response = await fetch(new URL(path, this.url), { method, redirect: 'manual', ...init });
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
    const body = (json ? JSON.parse(text) : text) as Body;
    const recorded = method === 'POST' && path.startsWith('/v1/commands/') && response.ok;
    if (recorded) this.#written = (body as CommandResult).position ?? this.#written;
    return { status: response.status, headers: response.headers, body };
  }

  get<Body = Json>(path: string, headers: Record<string, string> = {}): Promise<Answer<Body>> {
    return this.send('GET', path, { headers });
  }

  /** A query that must be answered with 200. It sees what this client recorded. */
  async read<Body = Json>(path: string): Promise<Body> {
    await this.settled();
    const url = new URL(path, this.url);
    if (this.#written !== undefined && !url.searchParams.has('minPosition')) {
      url.searchParams.set('minPosition', this.#written);
    }
    const { status, body } = await this.get<Body>(url.pathname + url.search);
    if (status !== 200) throw new Error(`GET ${path} was answered with ${status}: ${JSON.stringify(body)}`);
    return body;
  }

  refused(path: string, headers?: Record<string, string>): Promise<Answer<ProblemDetails>> {
    return this.get(path, headers);
  }

  post<Body = CommandResult>(
    command: string,
    data: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    return this.postRaw(command, JSON.stringify(data), { 'content-type': 'application/json', ...headers });
  }

  postRaw<Body = ProblemDetails>(
    command: string,
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    return this.send('POST', `/v1/commands/${command}`, { headers, body });
  }

  /** Records what must be accepted. */
  async given(command: string, data: Data, key?: string): Promise<CommandResult> {
    const answer = await this.post(command, data, key === undefined ? {} : { 'idempotency-key': key });
    if (answer.status !== 201) throw new Error(`${command} was refused: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Every event of the ledger, page by page. */
  async events(): Promise<LedgerEvent[]> {
    const events: LedgerEvent[] = [];
    for (let after: string | null = '0'; after !== null;) {
      const page: EventsAnswer = await this.read<EventsAnswer>(`/v1/events?after=${after}&limit=500`);
      events.push(...page.events);
      after = page.next;
    }
    return events;
  }
}

export interface LedgerOptions {
  readonly now?: () => Date;
  readonly settings?: Partial<Settings>;
  readonly feed?: Partial<FeedLimits>;
  /** Where its files are; a fresh directory unless given, which is then left where it is. */
  readonly directory?: string;
}

/** A ledger that serves, on files of its own. */
export interface ServedLedger {
  readonly client: Client;
  readonly app: NestFastifyApplication;
  readonly directory: string;
  readonly close: () => Promise<void>;
}

export const settingsIn = (directory: string, more: Partial<Settings> = {}): Settings => ({
  // Those that ask for it have a log; the others start sooner without.
  ...loadSettings({ MITHAQ_PORT: '0', MITHAQ_TLOG: 'off' }),
  store: join(directory, 'ledger.db'),
  views: join(directory, 'views.db'),
  ...more,
});

export const temporaryDirectory = (): Promise<string> => mkdtemp(join(tmpdir(), 'mithaq-e2e-'));

/** A port of loopback that nobody listens on, for those that must be told theirs. */
export async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export async function serveLedger({ now, settings, feed, directory }: LedgerOptions = {}): Promise<ServedLedger> {
  const at = directory ?? (await temporaryDirectory());
  const all = settingsIn(at, settings);
  const app = await createServer(all, { log: false, ...(now && { now }), ...(feed && { feed }) });
  // However it was recorded: an embedded store is there to be asked, another may be away.
  const settled = () => (all.store.includes('://') ? Promise.resolve() : caughtUp(app));
  const client = new Client(await listen(app, all), settled);
  const close = async () => {
    await app.close();
    if (directory === undefined) await rm(at, { recursive: true });
  };
  return { client, app, directory: at, close };
}

/** Waits until the views hold all of the ledger that is in the store. */
async function caughtUp(app: NestFastifyApplication): Promise<void> {
  const newest = { direction: 'backwards', maxCount: 1, streamPrefixes: LEDGER_STREAMS } as const;
  for await (const { position } of app.get<EventStore>(EVENT_STORE).readAll(newest)) {
    await app.get(ReadModels).waitFor(position, 10_000);
  }
}

/** A clock that stands still until it is moved. */
export class Clock {
  #now: number;

  constructor(time = '2026-01-15T12:00:00.000Z') {
    this.#now = Date.parse(time);
  }

  readonly now = (): Date => new Date(this.#now);

  set(time: string): void {
    this.#now = Date.parse(time);
  }
}
