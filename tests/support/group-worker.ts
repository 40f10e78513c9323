import { type Line, linesOf } from '../../src/commands/bulk/lines.js';
import type { NackAction } from '../../src/event-store/persistent-subscriptions.js';
import type { CloudEvent } from '../../src/subscriptions/cloud-event.js';
import type { Client } from './server.js';

interface GroupLine {
  readonly feed?: 'joined' | 'heartbeat' | 'dropped';
  readonly worker?: string;
  readonly code?: string;
  readonly reason?: string;
}

const messageIn = ({ bytes }: Line) => JSON.parse(String(bytes)) as GroupLine & Partial<CloudEvent>;

/** A worker of a consumer group, over REST. */
export class TestWorker {
  readonly #lines: AsyncIterator<Line>;
  readonly #abort: AbortController;

  private constructor(
    private readonly client: Client,
    private readonly group: string,
    readonly id: string,
    lines: AsyncIterator<Line>,
    abort: AbortController,
  ) {
    this.#lines = lines;
    this.#abort = abort;
  }

  static async join(client: Client, group: string, buffer = 10): Promise<TestWorker> {
    const abort = new AbortController();
    const url = new URL(`/v1/consumer-groups/${group}/events?buffer=${buffer}`, client.url);
    const response = await fetch(url, { headers: { accept: 'application/x-ndjson' }, signal: abort.signal });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    const lines = linesOf(response.body!, Infinity);
    const { worker } = messageIn((await lines.next()).value as Line);
    return new TestWorker(client, group, worker!, lines, abort);
  }

  /** The next message that is no heartbeat; undefined at the end. */
  async message(): Promise<(GroupLine & Partial<CloudEvent>) | undefined> {
    for (;;) {
      const line = await this.#lines.next();
      if (line.done) return undefined;
      const message = messageIn(line.value);
      if (message.feed !== 'heartbeat') return message;
    }
  }

  /** The next event. */
  async next(): Promise<CloudEvent> {
    const message = await this.message();
    if (message?.specversion === undefined) throw new Error(`No event came but ${JSON.stringify(message)}`);
    return message as CloudEvent;
  }

  ack(...ids: string[]) {
    return this.#answer('acks', { ids });
  }

  nack(action: NackAction, reason: string, ...ids: string[]) {
    return this.#answer('nacks', { ids, action, reason });
  }

  /** The next events, each acknowledged: their positions. */
  async handle(count: number): Promise<number[]> {
    const positions: number[] = [];
    while (positions.length < count) {
      const event = await this.next();
      positions.push(Number(event.position));
      await this.ack(event.id);
    }
    return positions;
  }

  leave(): void {
    this.#abort.abort();
  }

  #answer(path: string, body: object) {
    return this.client.send<{ unknown: string[] }>(
      'POST',
      `/v1/consumer-groups/${this.group}/workers/${this.id}/${path}`,
      {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      },
    );
  }
}
