import type {
  AllFilter,
  EventStore,
  ReadAllOptions,
  ReadStreamOptions,
  StoredEvent,
  SubscribeOptions,
  Subscription,
  SubscriptionMessage,
} from '../../src/event-store/event-store.js';

/** A part of a shared store that looks like a store of its own: its streams have a prefix that is not shown. */
export class Corner implements EventStore {
  constructor(
    private readonly store: EventStore,
    private readonly prefix: string,
  ) {
    this.shared = store.shared;
  }

  readonly shared: boolean;

  get persistentSubscriptions(): never {
    throw new Error('A corner has no consumer groups');
  }

  append: EventStore['append'] = (stream, events, expected) =>
    this.store.append(this.prefix + stream, events, expected);

  async *readStream(stream: string, options?: ReadStreamOptions): AsyncGenerator<StoredEvent> {
    for await (const event of this.store.readStream(this.prefix + stream, options)) yield this.#shown(event);
  }

  async *readAll(options: ReadAllOptions = {}): AsyncGenerator<StoredEvent> {
    for await (const event of this.store.readAll({ ...options, ...this.#filter(options) })) yield this.#shown(event);
  }

  subscribeToAll(options: SubscribeOptions = {}): Subscription {
    const subscription = this.store.subscribeToAll({ ...options, ...this.#filter(options) });
    const shown = (message: SubscriptionMessage) =>
      message.kind === 'event' ? { ...message, event: this.#shown(message.event) } : message;
    return {
      async *[Symbol.asyncIterator]() {
        for await (const message of subscription) yield shown(message);
      },
      close: () => subscription.close(),
    };
  }

  comparePositions: EventStore['comparePositions'] = (a, b) => this.store.comparePositions(a, b);
  checkHealth: EventStore['checkHealth'] = () => this.store.checkHealth();
  close: EventStore['close'] = () => this.store.close();

  #filter({ streamPrefixes = [''] }: AllFilter): Required<AllFilter> {
    return { streamPrefixes: streamPrefixes.map((prefix) => this.prefix + prefix) };
  }

  #shown(event: StoredEvent): StoredEvent {
    return { ...event, stream: event.stream.slice(this.prefix.length) };
  }
}
