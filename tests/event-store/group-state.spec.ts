import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Dealt, GroupState } from '../../src/event-store/embedded/groups/group-state.js';
import { runs } from '../support/runs.js';

const RULES = { maxRetryCount: 2, messageTimeout: 100 };
const BUFFER = 3;

const offered = (state: GroupState, ...streams: string[]) => {
  const from = state.lookedUpTo;
  state.offer(
    streams.map((stream, i) => ({ position: from + 1 + i, stream })),
    from + streams.length,
  );
};
const positions = (dealt: readonly Dealt[]) => dealt.map(({ position }) => position);
const newState = (consumers = 1) => {
  const state = new GroupState(RULES, 0);
  for (let id = 1; id <= consumers; id++) state.connect(id, BUFFER);
  return state;
};

describe('dealing', () => {
  test('goes round among consumers, a stream to one of them', () => {
    const state = newState(2);
    offered(state, 'x', 'y', 'x', 'y', 'z');
    const dealt = state.deal(0);
    const by = (stream: number[]) => new Set(dealt.filter((d) => stream.includes(d.position)).map((d) => d.consumer));
    expect(positions(dealt)).toEqual([1, 2, 3, 4, 5]);
    expect([by([1, 3]).size, by([2, 4]).size, by([1, 2]).size]).toEqual([1, 1, 2]);
  });

  test('passes a stream whose consumer is full', () => {
    const state = newState(2);
    offered(state, 'x', 'x', 'x', 'x', 'y');
    expect(positions(state.deal(0))).toEqual([1, 2, 3, 5]);
    state.ack(1, [1]);
    expect(state.deal(0)).toEqual([{ consumer: 1, position: 4, retryCount: 0 }]);
  });

  test('gives a retry before what is newer of its stream', () => {
    const state = newState();
    offered(state, 'x', 'x', 'x', 'x');
    state.deal(0);
    state.nack(1, 'retry', 'no', [2]);
    expect(state.deal(0)).toEqual([{ consumer: 1, position: 2, retryCount: 1 }]);
  });

  test('wants no more than it can hold, and nothing where nobody is', () => {
    const state = newState();
    offered(state, ...Array.from({ length: 500 + BUFFER }, () => 'x'));
    state.deal(0);
    expect(state.wantsMore).toBe(false);
    expect(newState(0).wantsMore).toBe(false);
  });
});

describe('the checkpoint', () => {
  test('stays before what is open, and passes what is parked and what is not for the group', () => {
    const state = newState();
    offered(state, 'x', 'y', 'z');
    state.offer([], 10);
    state.deal(0);
    state.ack(1, [2]);
    expect(state.takeChanges().checkpoint).toBe(0);
    state.nack(1, 'park', 'no', [1]);
    expect(state.takeChanges()).toEqual({ checkpoint: 2, parked: [{ position: 1, reason: 'no' }], unparked: [] });
    state.ack(1, [3]);
    expect(state.takeChanges()).toEqual({ checkpoint: 10, parked: [], unparked: [] });
  });

  test('is not moved by what is replayed', () => {
    const state = new GroupState(RULES, 10);
    state.connect(1, BUFFER);
    state.replay([{ position: 4, stream: 'x' }]);
    state.replay([{ position: 4, stream: 'x' }]);
    expect(positions(state.deal(0))).toEqual([4]);
    expect(state.takeChanges()).toEqual({ checkpoint: 10, parked: [], unparked: [] });
    state.ack(1, [4]);
    expect(state.takeChanges()).toEqual({ checkpoint: 10, parked: [], unparked: [4] });
  });
});

test('what is not answered in time is taken back, and parked when that was too often', () => {
  const state = newState();
  offered(state, 'x');
  for (const retryCount of [0, 1, 2]) {
    const now = retryCount * 100;
    expect(state.deal(now)).toEqual([{ consumer: 1, position: 1, retryCount }]);
    expect(state.nextDeadline).toBe(now + 100);
    state.expire(now + 99);
    expect(state.deal(now + 99)).toEqual([]);
    state.expire(now + 100);
  }
  expect(state.takeChanges()).toMatchObject({ checkpoint: 1, parked: [{ position: 1 }] });
  expect(state.nextDeadline).toBe(Infinity);
});

type Step =
  | { readonly kind: 'offer'; readonly streams: readonly string[] }
  | { readonly kind: 'connect' | 'disconnect' | 'ack' | 'retry' | 'park' | 'skip'; readonly which: number }
  | { readonly kind: 'expire' | 'replay' | 'restart' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('offer' as const),
    streams: fc.array(fc.constantFrom('x', 'y', 'z'), { maxLength: 6 }),
  }),
  fc.record({
    kind: fc.constantFrom('connect', 'disconnect', 'ack', 'ack', 'ack', 'retry', 'park', 'skip'),
    which: fc.nat(20),
  }),
  fc.record({ kind: fc.constantFrom('expire', 'replay', 'restart') }),
);

/** A group, its consumers, and what is kept of it, as the parts around it do it. */
class World {
  readonly streams: string[] = [];
  state = new GroupState(RULES, 0);
  checkpoint = 0;
  readonly parked = new Set<number>();
  readonly done = new Set<number>();
  /** What is parked and was asked for again. */
  readonly replayed = new Set<number>();
  consumers: { id: number; held: Set<number> }[] = [];
  #now = 0;
  #ids = 0;

  take(step: Step): void {
    switch (step.kind) {
      case 'offer':
        this.streams.push(...step.streams);
        break;
      case 'connect':
        if (this.consumers.length < 3) this.connect();
        break;
      case 'disconnect': {
        const [gone] = this.consumers.splice(step.which % Math.max(1, this.consumers.length), 1);
        if (gone) this.state.disconnect(gone.id);
        break;
      }
      case 'expire':
        this.#now += RULES.messageTimeout;
        this.state.expire(this.#now);
        for (const { held } of this.consumers) held.clear();
        break;
      case 'replay':
        for (const position of this.parked) this.replayed.add(position);
        this.state.replay([...this.parked].map((position) => ({ position, stream: this.streams[position - 1]! })));
        break;
      case 'restart':
        this.consumers = [];
        this.replayed.clear();
        this.state = new GroupState(
          RULES,
          this.checkpoint,
          new Set([...this.parked].filter((position) => position > this.checkpoint)),
        );
        break;
      default:
        this.#answer(step.kind, step.which);
    }
    this.move();
  }

  connect(): void {
    this.consumers.push({ id: (this.#ids += 1), held: new Set() });
    this.state.connect(this.#ids, BUFFER);
  }

  move(): void {
    if (this.state.wantsMore) {
      const from = this.state.lookedUpTo;
      const events = this.streams.slice(from).map((stream, i) => ({ position: from + 1 + i, stream }));
      this.state.offer(events, this.streams.length);
    }
    for (const { consumer, position } of this.state.deal(this.#now)) {
      expect(this.parked.has(position) && !this.replayed.has(position)).toBe(false);
      // One that holds it already would have it twice.
      expect(this.consumers.filter(({ held }) => held.has(position))).toEqual([]);
      this.consumers.find(({ id }) => id === consumer)!.held.add(position);
    }
    const { checkpoint, parked, unparked } = this.state.takeChanges();
    expect(checkpoint).toBeGreaterThanOrEqual(this.checkpoint);
    this.checkpoint = checkpoint;
    for (const { position } of parked) {
      this.parked.add(position);
      this.replayed.delete(position);
    }
    for (const position of unparked) this.parked.delete(position);
    this.check();
  }

  check(): void {
    const owners = new Map<string, number>();
    for (const { id, held } of this.consumers) {
      expect(held.size).toBeLessThanOrEqual(BUFFER);
      for (const position of held) {
        const stream = this.streams[position - 1]!;
        expect(owners.get(stream) ?? id).toBe(id);
        owners.set(stream, id);
      }
    }
    for (let position = 1; position <= this.checkpoint; position++) {
      expect(this.done.has(position) || this.parked.has(position)).toBe(true);
    }
  }

  #answer(kind: 'ack' | 'retry' | 'park' | 'skip', which: number): void {
    const all = this.consumers.flatMap(({ id, held }) => [...held].map((position) => ({ id, held, position })));
    if (all.length === 0) return;
    const { id, held, position } = all[which % all.length]!;
    held.delete(position);
    if (kind === 'ack' || kind === 'skip') this.done.add(position);
    if (kind === 'ack') this.state.ack(id, [position]);
    else this.state.nack(id, kind, 'no', [position]);
  }
}

test('whatever happens: none is lost, none is with two, each stream is with one, and a restart forgets no answer that counts', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const world = new World();
      for (const one of steps) world.take(one);
      // Then all is answered, and all that was offered must have been dealt with.
      if (world.consumers.length === 0) world.connect();
      world.move();
      for (let left = 1000; world.consumers.some(({ held }) => held.size > 0) && left > 0; left--) {
        world.take({ kind: 'ack', which: 0 });
      }
      expect(world.checkpoint).toBe(world.streams.length);
      for (let position = 1; position <= world.streams.length; position++) {
        expect(world.done.has(position) || world.parked.has(position)).toBe(true);
      }
    }),
    runs(60),
  );
});

test('without retries, each stream is dealt in order', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const world = new World();
      const last = new Map<string, number>();
      const deal = world.state.deal.bind(world.state);
      world.state.deal = (now) => {
        const dealt = deal(now);
        for (const { position } of dealt) {
          const stream = world.streams[position - 1]!;
          expect(position).toBeGreaterThan(last.get(stream) ?? 0);
          last.set(stream, position);
        }
        return dealt;
      };
      for (const one of steps) if (['offer', 'connect', 'ack', 'skip'].includes(one.kind)) world.take(one);
    }),
    runs(100),
  );
});
