import { InFlight } from '../../in-flight.js';
import type { GroupConnection, GroupDelivery, NackAction } from '../../persistent-subscriptions.js';
import type { EventReader } from '../event-reader.js';
import { type Dealt, GroupState } from './group-state.js';
import type { GroupsFile, KeptGroup } from './groups-file.js';

/** How many positions are looked through in one turn. */
const PAGE = 64;

/** A group at work: its state, moved on by commits, by its consumers' answers and by the clock, and kept each time. */
export class EmbeddedGroup {
  readonly #state: GroupState;
  readonly #consumers = new Map<number, Consumer>();
  #lastConsumer = 0;
  #kept: number;
  #moving = false;
  #timer: NodeJS.Timeout | undefined;
  #ended = false;

  constructor(
    private readonly group: KeptGroup,
    private readonly reader: EventReader,
    private readonly file: GroupsFile,
    private readonly onFailure: () => void,
  ) {
    const { name, checkpoint } = group;
    this.#kept = checkpoint;
    const parkedBeyond = file.parked(name, checkpoint, Number.MAX_SAFE_INTEGER).map(({ position }) => position);
    this.#state = new GroupState(group, checkpoint, new Set(parkedBeyond));
  }

  get connections(): number {
    return this.#state.connections;
  }

  get inFlight(): number {
    return this.#state.inFlight;
  }

  connect(bufferSize: number): GroupConnection {
    const id = ++this.#lastConsumer;
    const consumer = new Consumer(bufferSize, {
      answer: (change) => {
        change(this.#state, id);
        this.#move();
      },
      closed: () => {
        this.#consumers.delete(id);
        this.#state.disconnect(id);
        if (!this.#ended) this.#move();
      },
    });
    this.#consumers.set(id, consumer);
    this.#state.connect(id, bufferSize);
    this.wake();
    return consumer;
  }

  replayParked(): void {
    const parked = this.file.parked(this.group.name, 0, Number.MAX_SAFE_INTEGER);
    this.#state.replay(parked.flatMap(({ position }) => this.reader.places(position, position)));
    this.wake();
  }

  /** Something was committed. */
  wake(): void {
    // Not at once: an error would be the committer's.
    setImmediate(() => this.#move());
  }

  /** Ends its connections. @param error for them; none where the store closes */
  end(error?: Error): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    for (const consumer of [...this.#consumers.values()]) consumer.end(error);
  }

  /** One step of all that there is to do. After an error what is kept counts, not this, and consumers connect anew. */
  #move(): void {
    if (this.#ended || this.#moving) return;
    this.#moving = true;
    try {
      this.#state.expire(Date.now());
      const more = this.#offer();
      for (const dealt of this.#state.deal(Date.now())) this.#give(dealt);
      this.#keep();
      this.#setTimer();
      if (more) this.wake();
    } catch (error) {
      this.onFailure();
      this.end(error as Error);
    } finally {
      this.#moving = false;
    }
  }

  /** @returns whether there is more to be looked through */
  #offer(): boolean {
    if (!this.#state.wantsMore) return false;
    const from = this.#state.lookedUpTo;
    const head = this.reader.head();
    const last = Math.min(head, from + PAGE);
    if (last <= from) return false;
    this.#state.offer(this.reader.places(from + 1, last, this.group.streamPrefixes), last);
    return last < head && this.#state.wantsMore;
  }

  #give({ consumer, position, retryCount }: Dealt): void {
    const event = this.reader.range(position, position)[0]!;
    this.#consumers.get(consumer)!.give({ event, retryCount }, position);
  }

  #keep(): void {
    const changes = this.#state.takeChanges();
    if (changes.checkpoint === this.#kept && changes.parked.length + changes.unparked.length === 0) return;
    this.file.keep(this.group.name, changes, new Date().toISOString());
    this.#kept = changes.checkpoint;
  }

  #setTimer(): void {
    clearTimeout(this.#timer);
    const next = this.#state.nextDeadline;
    if (next < Infinity) this.#timer = setTimeout(() => this.#move(), Math.max(0, next - Date.now())).unref();
  }
}

interface Keeper {
  /** Changes the state by what it answered. */
  readonly answer: (change: (state: GroupState, id: number) => void) => void;
  readonly closed: () => void;
}

/** A consumer's connection: what it was given and has not yet taken waits here, as much as its buffer holds. */
class Consumer implements GroupConnection {
  readonly #inFlight: InFlight<number>;
  readonly #given: GroupDelivery[] = [];
  #ended = false;
  #error: Error | undefined;
  #look: (() => void) | undefined;

  constructor(
    bufferSize: number,
    private readonly keeper: Keeper,
  ) {
    this.#inFlight = new InFlight(bufferSize);
  }

  give(delivery: GroupDelivery, position: number): void {
    this.#inFlight.add(delivery.event.id, position);
    this.#given.push(delivery);
    this.#look?.();
  }

  end(error?: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#error = error;
    this.keeper.closed();
    this.#look?.();
  }

  close(): Promise<void> {
    this.end();
    return Promise.resolve();
  }

  ack(eventIds: readonly string[]): Promise<readonly string[]> {
    return this.#answer(eventIds, (state, id, positions) => state.ack(id, positions));
  }

  nack(action: NackAction, reason: string, eventIds: readonly string[]): Promise<readonly string[]> {
    return this.#answer(eventIds, (state, id, positions) => state.nack(id, action, reason, positions));
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<GroupDelivery, void, undefined> {
    try {
      while (!this.#ended) {
        const delivery = this.#given.shift();
        if (delivery) yield delivery;
        else await new Promise<void>((resolve) => (this.#look = resolve));
      }
      if (this.#error) throw this.#error;
    } finally {
      this.end();
    }
  }

  #answer(
    eventIds: readonly string[],
    change: (state: GroupState, id: number, positions: readonly number[]) => void,
  ): Promise<readonly string[]> {
    if (this.#ended) return Promise.resolve(eventIds);
    const { held, unknown } = this.#inFlight.take(eventIds);
    this.keeper.answer((state, id) => change(state, id, held));
    return Promise.resolve(unknown);
  }
}
