import { waitingPaths } from './api.js';
import { type FeedOptions, type FeedStep, follow } from './feed.js';
import { checkInclusion, type Inclusion } from './inclusion.js';
import { PATIENCE, type Patience, persist, Watch } from './patience.js';
import { problemOf } from './problem.js';
import type { CommandResult, Commands, Queries } from './shapes.js';

export interface ClientOptions extends Partial<Patience> {
  /** Where the ledger is, `http://127.0.0.1:3000`. */
  readonly url: string | URL;
  readonly fetch?: typeof fetch;
  /** Longest that one answer may take before it is asked for again, in milliseconds. */
  readonly timeoutMs?: number;
  /** Longest that the feed may be silent before it is connected again, in milliseconds: three of its heartbeats. */
  readonly silenceMs?: number;
  /** Whether questions wait until the views hold what this client recorded; so unless false. */
  readonly readYourWrites?: boolean;
}

export interface QueryOptions {
  readonly signal?: AbortSignal;
}

export interface CommandOptions {
  /** The same again gives the first answer. One is made unless given: then a repeat is this client's alone. */
  readonly commandId?: string;
  /** Refused with 412 if the stream has moved on from this revision. */
  readonly expectedRevision?: number;
  /** Ties commands together. */
  readonly correlationId?: string;
  /** Decide, and record nothing. */
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
}

const FEED = '/v1/events/stream';
type Path = Exclude<keyof Queries, typeof FEED>;
type Params<P extends keyof Queries> = Queries[P]['params'];
/** Those that have pages, one after the other. */
type PagedPath = { [P in Path]: Queries[P] extends { answer: { next: string | null } } ? P : never }[Path];

/** What is asked: the parameters may be left out where none is required. */
type Question<P extends keyof Queries, Options> =
  Record<never, never> extends Params<P>
    ? [params?: Params<P>, options?: Options]
    : [params: Params<P>, options?: Options];

/** Positions of a store: a number, or EventStoreDB's commit and prepare, with a slash between them. */
function isLater(position: string, than: string | null): boolean {
  if (than === null) return true;
  const [a, b] = [position, than].map((text) => text.split('/').map(BigInt)) as [bigint[], bigint[]];
  const at = a.findIndex((part, i) => part !== b[i]);
  return at >= 0 && a[at]! > (b[at] ?? 0n);
}

const jsonOrText = (response: Response): Promise<unknown> =>
  /json/.test(response.headers.get('content-type') ?? '') ? response.json() : response.text();
const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

type Values = Readonly<Record<string, unknown>>;

/** A ledger, over HTTP: what was recorded by it is seen by it, and what fails for now is tried again. */
export class MithaqClient {
  /**
   * What questions wait for: the highest position of the answers to commands, as the ledger's store writes it. Hand it to
   * another process that is to see the same; set it to null after the ledger was restored to an earlier state.
   */
  position: string | null = null;
  readonly url: string;
  readonly #options: Patience & Required<Pick<ClientOptions, 'fetch' | 'timeoutMs' | 'silenceMs' | 'readYourWrites'>>;

  constructor({ url, ...options }: ClientOptions) {
    this.url = String(url).replace(/\/+$/, '');
    this.#options = {
      ...PATIENCE,
      fetch: (...request) => fetch(...request),
      timeoutMs: 30_000,
      silenceMs: 45_000,
      readYourWrites: true,
      ...options,
    };
  }

  /** Asks: `get('/v1/relationships/{pair}', { pair: 'MAR-PAK', asOf: '2025-12-31' })`. @throws MithaqProblem */
  get<P extends Path>(path: P, ...[params, options]: Question<P, QueryOptions>): Promise<Queries[P]['answer']> {
    return this.#get(path, params, options);
  }

  /** Every page of an answer that has several. @throws MithaqProblem */
  async *pages<P extends PagedPath>(
    path: P,
    ...[params, options]: Question<P, QueryOptions>
  ): AsyncGenerator<Queries[P]['answer'], void, undefined> {
    // The ledger's own order has positions in place of cursors.
    const name = path === '/v1/events' ? 'after' : 'cursor';
    for (let more: Values | null = {}; more !== null;) {
      const answer: Queries[P]['answer'] = await this.#get(path, { ...params, ...more }, options);
      yield answer;
      more = answer.next === null ? null : { [name]: answer.next };
    }
  }

  /**
   * Finds out whether an event is in the ledger's log, by its entry's bytes, a proof and a signed checkpoint.
   * @param position of the event
   * @param keys whose signature is believed: those that were got by another way than from the ledger
   * @throws MithaqProblem, where there is no log or the event is not sealed yet
   */
  async checkInclusion(position: string, keys: readonly string[], { signal }: QueryOptions = {}): Promise<Inclusion> {
    const path = '/v1/log/entries/{position}';
    const [entry, proof] = await Promise.all([
      this.#send(this.#urlOf(path, { position }), {}, signal, bytesOf),
      this.get(`${path}/proof`, { position }, { ...(signal && { signal }) }),
    ]);
    return checkInclusion({ entry, proof }, keys);
  }

  /** Records: `execute('RegisterSource', { sourceId: 's', … })`. Safe to be tried again. @throws MithaqProblem */
  async execute<C extends keyof Commands>(
    command: C,
    data: Commands[C],
    { commandId = crypto.randomUUID(), expectedRevision, correlationId, dryRun, signal }: CommandOptions = {},
  ): Promise<CommandResult> {
    const headers = {
      'Content-Type': 'application/json',
      'Idempotency-Key': commandId,
      ...(expectedRevision !== undefined && { 'If-Match': `"${expectedRevision}"` }),
      ...(correlationId !== undefined && { 'X-Correlation-Id': correlationId }),
    };
    const url = this.#urlOf(`/v1/commands/${command}`, { dryRun });
    const result = (await this.#send(
      url,
      { method: 'POST', headers, body: JSON.stringify(data) },
      signal,
      jsonOrText,
    )) as CommandResult;
    if (result.position !== null && isLater(result.position, this.position)) this.position = result.position;
    return result;
  }

  /**
   * Follows the ledger: `for await (const { event, position } of client.events({ after, category: ['agreement'] }))`. It goes
   * on over every loss of the connection, where it was. @throws MithaqProblem, where it can't: a position beyond the end,
   * say
   */
  events(
    { after = '0', ...filter }: Params<typeof FEED> = {},
    { signal }: FeedOptions = {},
  ): AsyncGenerator<FeedStep, void, undefined> {
    const { fetch, silenceMs } = this.#options;
    const urlAfter = (position: string) => this.#urlOf(FEED, { ...filter, after: position });
    return follow(after, { fetch, silenceMs, patience: this.#options, urlAfter }, signal);
  }

  async #get<Answer>(path: string, params?: Values, { signal }: QueryOptions = {}): Promise<Answer> {
    const waits = this.#options.readYourWrites && this.position !== null && waitingPaths.has(path);
    const all = waits ? { minPosition: this.position, ...params } : params;
    return (await this.#send(this.#urlOf(path, all), {}, signal, jsonOrText)) as Answer;
  }

  #send<T>(
    url: string,
    request: RequestInit,
    signal: AbortSignal | undefined,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    const attempt = async () => {
      const watch = new Watch(this.#options.timeoutMs, signal);
      try {
        return await watch.over(this.#answer(url, { ...request, signal: watch.signal }, read));
      } finally {
        watch.end();
      }
    };
    return persist(attempt, this.#options, signal);
  }

  async #answer<T>(url: string, request: RequestInit, read: (response: Response) => Promise<T>): Promise<T> {
    const response = await this.#options.fetch(url, request);
    if (!response.ok) throw await problemOf(response);
    return read(response);
  }

  /** The parameters that the path names go into it, the others behind it. */
  #urlOf(path: string, params: Values = {}): string {
    const left = new Map(Object.entries(params).filter(([, value]) => value !== undefined));
    const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = left.get(name);
      left.delete(name);
      return encodeURIComponent(String(value));
    });
    const query = new URLSearchParams([...left].map(([name, value]): [string, string] => [name, String(value)]));
    return `${this.url}${filled}${query.size > 0 ? `?${query.toString()}` : ''}`;
  }
}
