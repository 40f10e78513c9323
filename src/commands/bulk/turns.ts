import type { Footprint } from './footprint.js';

/** Who uses a name at present. */
interface Uses {
  /** The last task that writes it; it waited for all before it. */
  writer: Promise<unknown>;
  /** Those that came after that one and only read. */
  readonly readers: Set<Promise<unknown>>;
}

const FREE = Promise.resolve();

/**
 * Runs tasks side by side with the same result as one after the other, in the order in which they come: a task begins
 * when those before it have ended that write what it reads or writes, or read what it writes.
 */
export class Turns {
  readonly #uses = new Map<string, Uses>();
  readonly #running = new Set<Promise<unknown>>();
  /** The last task that reads everything. */
  #alone: Promise<unknown> = FREE;

  /** Begins at once, within the call, where there is nothing to wait for. */
  run<T>({ writes, reads }: Footprint, task: () => Promise<T>): Promise<T> {
    const before = reads === 'everything' ? new Set(this.#running) : this.#before(writes, reads);
    const result = before.size === 0 ? task() : Promise.all(before).then(task);
    const end = result.then(ignore, ignore);
    this.#running.add(end);
    if (reads === 'everything') this.#alone = end;
    for (const name of writes) this.#uses.set(name, { writer: end, readers: new Set() });
    const read = reads === 'everything' ? [] : reads.filter((name) => !writes.includes(name));
    for (const name of read) this.#usesOf(name).readers.add(end);
    void end.then(() => this.#leave(end, writes, read));
    return result;
  }

  #before(writes: readonly string[], reads: readonly string[]): Set<Promise<unknown>> {
    const before = new Set([this.#alone]);
    for (const name of reads) before.add(this.#uses.get(name)?.writer ?? FREE);
    for (const name of writes) {
      const uses = this.#uses.get(name);
      if (!uses) continue;
      before.add(uses.writer);
      for (const reader of uses.readers) before.add(reader);
    }
    before.delete(FREE);
    return before;
  }

  #usesOf(name: string): Uses {
    const uses = this.#uses.get(name) ?? { writer: FREE, readers: new Set() };
    this.#uses.set(name, uses);
    return uses;
  }

  #leave(end: Promise<unknown>, writes: readonly string[], read: readonly string[]): void {
    this.#running.delete(end);
    if (this.#alone === end) this.#alone = FREE;
    for (const name of [...writes, ...read]) {
      const uses = this.#uses.get(name);
      if (!uses) continue;
      if (uses.writer === end) uses.writer = FREE;
      uses.readers.delete(end);
      if (uses.writer === FREE && uses.readers.size === 0) this.#uses.delete(name);
    }
  }
}

const ignore = () => undefined;
