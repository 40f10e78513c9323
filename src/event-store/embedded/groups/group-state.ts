import { type NackAction, triedTooOften } from '../../persistent-subscriptions.js';

export interface GroupRules {
  readonly maxRetryCount: number;
  /** In milliseconds. */
  readonly messageTimeout: number;
}

/** An event on its way to a consumer. */
export interface Dealt {
  readonly consumer: number;
  readonly position: number;
  readonly retryCount: number;
}

/** What has to be kept, all of it together. */
export interface GroupChanges {
  /** All up to here was dealt with, or is parked. */
  readonly checkpoint: number;
  readonly parked: readonly { readonly position: number; readonly reason: string }[];
  /** What had been parked and was now dealt with. */
  readonly unparked: readonly number[];
}

interface Item {
  readonly position: number;
  readonly stream: string;
  retryCount: number;
  holder: Consumer | undefined;
  /** When it is taken back. */
  deadline: number;
}

interface Consumer {
  readonly id: number;
  readonly bufferSize: number;
  readonly held: Set<Item>;
}

const newItem = (position: number, stream: string): Item => ({
  position,
  stream,
  retryCount: 0,
  holder: undefined,
  deadline: Infinity,
});

/** How many events wait in memory, at most, to be dealt out: as many of one busy stream can be passed by others. */
const MAX_WAITING = 500;

/**
 * What a group does, with no clock, no file and no consumers of flesh: which event goes to whom, what is tried again,
 * what is parked, and up to where all is done. Positions are the embedded store's own numbers.
 */
export class GroupState {
  readonly #consumers = new Map<number, Consumer>();
  /** Not dealt with, and above the checkpoint: in the order of positions, as they were offered. */
  readonly #open = new Map<number, Item>();
  /** The same of those that had been parked; below it. */
  readonly #replayed = new Map<number, Item>();
  /** To be dealt out, by position. */
  readonly #waiting: Item[] = [];
  /** Whom the events of a stream go to while it holds some of them. */
  readonly #owners = new Map<string, { readonly consumer: Consumer; held: number }>();
  #parked: { position: number; reason: string }[] = [];
  #unparked: number[] = [];
  #lookedUpTo: number;

  /**
   * @param checkpoint where it goes on
   * @param parkedBeyond what is parked of that which comes after it
   */
  constructor(
    private readonly rules: GroupRules,
    checkpoint: number,
    private readonly parkedBeyond: ReadonlySet<number> = new Set(),
  ) {
    this.#lookedUpTo = checkpoint;
  }

  /** Up to where events were offered. */
  get lookedUpTo(): number {
    return this.#lookedUpTo;
  }

  /** Whether more should be offered. */
  get wantsMore(): boolean {
    return this.#consumers.size > 0 && this.#waiting.length < MAX_WAITING;
  }

  get connections(): number {
    return this.#consumers.size;
  }

  get inFlight(): number {
    return [...this.#consumers.values()].reduce((sum, { held }) => sum + held.size, 0);
  }

  /** When the next event is to be taken back; Infinity if none is out. */
  get nextDeadline(): number {
    let next = Infinity;
    for (const item of this.#held()) next = Math.min(next, item.deadline);
    return next;
  }

  connect(id: number, bufferSize: number): void {
    this.#consumers.set(id, { id, bufferSize, held: new Set() });
  }

  /** What it held goes to others. None is parked for that: who left may have had many, and not have failed at any. */
  disconnect(id: number): void {
    const consumer = this.#consumers.get(id);
    this.#consumers.delete(id);
    for (const item of consumer?.held ?? []) {
      this.#giveAgain(item);
    }
  }

  /** The next events for the group, in order, and up to where there are no others. */
  offer(events: readonly { readonly position: number; readonly stream: string }[], lookedUpTo: number): void {
    for (const { position, stream } of events) {
      if (this.parkedBeyond.has(position)) continue;
      const item = newItem(position, stream);
      this.#open.set(item.position, item);
      this.#waiting.push(item);
    }
    this.#lookedUpTo = lookedUpTo;
  }

  /** Events that are parked, to be dealt out as if they came for the first time. */
  replay(events: readonly { readonly position: number; readonly stream: string }[]): void {
    for (const { position, stream } of events) {
      if (this.#replayed.has(position)) continue;
      const item = newItem(position, stream);
      this.#replayed.set(item.position, item);
      this.#wait(item);
    }
  }

  /** Gives what waits to consumers that have room, as far as the order within streams lets it. */
  deal(now: number): Dealt[] {
    const dealt: Dealt[] = [];
    for (let i = 0; i < this.#waiting.length && this.#hasRoom();) {
      const item = this.#waiting[i]!;
      const consumer = this.#consumerFor(item.stream);
      if (consumer) {
        this.#waiting.splice(i, 1);
        this.#give(item, consumer, now);
        dealt.push({ consumer: consumer.id, position: item.position, retryCount: item.retryCount });
      } else {
        i++;
      }
    }
    return dealt;
  }

  ack(id: number, positions: readonly number[]): void {
    for (const item of this.#heldBy(id, positions)) {
      this.#take(item);
      this.#settle(item);
    }
  }

  nack(id: number, action: NackAction, reason: string, positions: readonly number[]): void {
    if (action === 'skip') return this.ack(id, positions);
    for (const item of this.#heldBy(id, positions)) {
      if (action === 'retry') this.#retry(item, reason);
      else this.#park(item, reason);
    }
  }

  /** Takes back what was not answered in time, to try it again. */
  expire(now: number): void {
    for (const item of [...this.#held()]) {
      if (item.deadline <= now) this.#retry(item, `No answer in ${this.rules.messageTimeout / 1000} seconds`);
    }
  }

  /** What is to be kept since this was last asked. */
  takeChanges(): GroupChanges {
    const [first] = this.#open.keys();
    const checkpoint = first === undefined ? this.#lookedUpTo : first - 1;
    const changes = { checkpoint, parked: this.#parked, unparked: this.#unparked };
    this.#parked = [];
    this.#unparked = [];
    return changes;
  }

  *#held(): Iterable<Item> {
    for (const { held } of this.#consumers.values()) yield* held;
  }

  #heldBy(id: number, positions: readonly number[]): Item[] {
    const items = positions.map((position) => this.#open.get(position) ?? this.#replayed.get(position));
    return items.filter((item) => item !== undefined && item.holder?.id === id) as Item[];
  }

  #hasRoom(): boolean {
    return [...this.#consumers.values()].some(({ held, bufferSize }) => held.size < bufferSize);
  }

  /** The stream's own, else the one with the most room. */
  #consumerFor(stream: string): Consumer | undefined {
    const room = ({ held, bufferSize }: Consumer) => bufferSize - held.size;
    const owner = this.#owners.get(stream)?.consumer;
    const all = [...this.#consumers.values()];
    const consumer = owner ?? all.reduce((a, b) => (room(b) > room(a) ? b : a));
    return room(consumer) > 0 ? consumer : undefined;
  }

  #give(item: Item, consumer: Consumer, now: number): void {
    item.holder = consumer;
    item.deadline = now + this.rules.messageTimeout;
    consumer.held.add(item);
    const owner = this.#owners.get(item.stream);
    if (owner) owner.held++;
    else this.#owners.set(item.stream, { consumer, held: 1 });
  }

  #take(item: Item): void {
    item.holder?.held.delete(item);
    item.holder = undefined;
    const owner = this.#owners.get(item.stream)!;
    if (--owner.held === 0) this.#owners.delete(item.stream);
  }

  #retry(item: Item, reason: string): void {
    if (item.retryCount >= this.rules.maxRetryCount) {
      return this.#park(item, triedTooOften(item.retryCount, reason));
    }
    this.#giveAgain(item);
  }

  #giveAgain(item: Item): void {
    this.#take(item);
    item.retryCount++;
    this.#wait(item);
  }

  #park(item: Item, reason: string): void {
    this.#take(item);
    this.#parked.push({ position: item.position, reason });
    this.#open.delete(item.position);
    this.#replayed.delete(item.position);
  }

  #settle(item: Item): void {
    this.#open.delete(item.position);
    if (this.#replayed.delete(item.position)) this.#unparked.push(item.position);
  }

  /** Before all that is newer, so that what was not yet given of its stream comes after it. */
  #wait(item: Item): void {
    const at = this.#waiting.findIndex(({ position }) => position > item.position);
    this.#waiting.splice(at < 0 ? this.#waiting.length : at, 0, item);
  }
}
