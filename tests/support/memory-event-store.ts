import {
  type AppendResult,
  type EventData,
  type EventStore,
  type ExpectedRevision,
  type StoredEvent,
  StreamNotFound,
  type Subscription,
  WrongExpectedRevision,
} from '../../src/event-store/event-store.js';

/**
 * As much of an event store as commands need, in memory.
 * @param takeTime each read and each append takes it: whoever gives it decides who comes first
 */
export class MemoryEventStore implements EventStore {
  readonly events: StoredEvent[] = [];

  constructor(
    private readonly takeTime: () => Promise<void> = () => Promise.resolve(),
    readonly shared = false,
  ) {}

  async append(stream: string, events: readonly EventData[], expected: ExpectedRevision): Promise<AppendResult> {
    await this.takeTime();
    const known = this.#stream(stream);
    const actual = known.length - 1;
    const from = typeof expected === 'number' ? expected + 1 : 0;
    const repeated = known.slice(from, from + events.length);
    if (repeated.length === events.length && repeated.every(({ id }, i) => id === events[i]!.id)) {
      return { nextExpectedRevision: from + events.length - 1, position: repeated.at(-1)!.position };
    }
    if (expected !== (actual < 0 ? 'no_stream' : actual)) {
      throw new WrongExpectedRevision(stream, expected, actual < 0 ? 'no_stream' : actual);
    }
    events.forEach((event, i) => {
      const position = String(this.events.length + 1);
      this.events.push({ ...event, stream, revision: actual + 1 + i, position, created: '2026-01-15T12:00:00.000Z' });
    });
    return { nextExpectedRevision: actual + events.length, position: String(this.events.length) };
  }

  async *readStream(stream: string): AsyncIterable<StoredEvent> {
    await this.takeTime();
    const events = this.#stream(stream);
    if (events.length === 0) throw new StreamNotFound(stream);
    yield* events;
  }

  async *readAll(): AsyncIterable<StoredEvent> {
    await this.takeTime();
    yield* [...this.events];
  }

  get persistentSubscriptions(): never {
    throw new Error('Nobody follows this store');
  }

  subscribeToAll(): Subscription {
    throw new Error('Nobody follows this store');
  }

  comparePositions(a: string, b: string): number {
    return Number(a) - Number(b);
  }

  checkHealth(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #stream(stream: string): StoredEvent[] {
    return this.events.filter((e) => e.stream === stream);
  }
}
