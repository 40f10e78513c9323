import { once } from 'node:events';
import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import type { CloudEvent } from '../../src/subscriptions/cloud-event.js';

/** A message of the feed, read as a browser reads it, or a line. */
export interface FeedMessage {
  /** `message` for an event of the ledger. */
  readonly event: string;
  /** The last id by then: where a browser would go on. */
  readonly lastEventId: string;
  readonly data: unknown;
}

export const cloudEventOf = ({ data }: FeedMessage): CloudEvent => data as CloudEvent;
export const positionOf = (message: FeedMessage): number => Number(cloudEventOf(message).position);

/** One connection to the feed. */
export class FeedReader {
  readonly #messages: AsyncGenerator<FeedMessage, void, undefined>;
  /** Where to go on. */
  lastEventId = '';

  private constructor(
    readonly request: ClientRequest,
    readonly response: IncomingMessage,
  ) {
    this.#messages = response.headers['content-type'] === 'application/x-ndjson' ? this.#lines() : this.#serverSent();
  }

  static async open(url: string, query = '', headers: Readonly<Record<string, string>> = {}): Promise<FeedReader> {
    const request = get(new URL(`/v1/events/stream${query}`, url), { headers, agent: false });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    // A connection that is cut is the end of it.
    request.on('error', () => undefined);
    return new FeedReader(request, response);
  }

  /** The next message; undefined at the end. */
  async nextOrHeartbeat(): Promise<FeedMessage | undefined> {
    const next = await this.#messages.next();
    return next.done ? undefined : next.value;
  }

  async next(): Promise<FeedMessage | undefined> {
    let message = await this.nextOrHeartbeat();
    while (message?.event === 'heartbeat') message = await this.nextOrHeartbeat();
    return message;
  }

  /** The positions of the next events, as many as there are until one of them is the last wanted. */
  async upTo(last: number): Promise<number[]> {
    const positions: number[] = [];
    while (positions.at(-1) !== last) {
      const message = await this.next();
      if (!message) throw new Error(`The feed ended after ${positions.join(', ')}`);
      if (message.event === 'message') positions.push(positionOf(message));
    }
    return positions;
  }

  /** All events until it has caught up. */
  async history(): Promise<CloudEvent[]> {
    const events: CloudEvent[] = [];
    for (let message = await this.next(); message?.event !== 'caught-up'; message = await this.next()) {
      if (message?.event !== 'message') throw new Error(`The feed did not catch up: ${JSON.stringify(message)}`);
      events.push(cloudEventOf(message));
    }
    return events;
  }

  close(): void {
    this.request.destroy();
  }

  /** As the WHATWG's standard has it, and heartbeats, which a browser would not show. */
  async *#serverSent(): AsyncGenerator<FeedMessage, void, undefined> {
    let block: string[] = [];
    for await (const line of this.#read()) {
      if (line !== '') {
        block.push(line);
        continue;
      }
      const values = (field: string) =>
        block.flatMap((l) => (l.startsWith(`${field}: `) ? l.slice(field.length + 2) : []));
      this.lastEventId = values('id').at(-1) ?? this.lastEventId;
      const [data, { lastEventId }] = [values('data'), this];
      const event = values('event').at(-1) ?? 'message';
      if (data.length > 0) yield { event, lastEventId, data: JSON.parse(data.join('\n')) as unknown };
      else if (block.includes(': heartbeat')) yield { event: 'heartbeat', lastEventId, data: null };
      block = [];
    }
  }

  async *#lines(): AsyncGenerator<FeedMessage, void, undefined> {
    for await (const line of this.#read()) {
      const data = JSON.parse(line) as { feed?: string; position?: string };
      this.lastEventId = data.position ?? this.lastEventId;
      if (data.feed !== 'opened') yield { event: data.feed ?? 'message', lastEventId: this.lastEventId, data };
    }
  }

  async *#read(): AsyncGenerator<string, void, undefined> {
    try {
      yield* createInterface({ input: this.response });
    } catch (error) {
      if ((error as { code?: string }).code !== 'ECONNRESET') throw error;
    }
  }
}
