/** Promises that never reject, taken in the order in which they were added, as many at a time as there is room for. */
export class Window<T> {
  readonly #items: Promise<T>[] = [];
  #ended = false;
  #failure: Error | undefined;
  readonly #changed = new Signal();

  constructor(private readonly size: number) {}

  /**
   * Begins and adds an item. Resolves when another may be added: where there is room or, after one to be handled `alone`,
   * when all are taken and handled. False where no more are wanted.
   */
  async add(begin: () => Promise<T>, alone: boolean): Promise<boolean> {
    if (this.#ended) return false;
    this.#items.push(begin());
    this.#changed.give();
    while (!this.#ended && this.#items.length >= (alone ? 1 : this.size)) await this.#changed.wait();
    return !this.#ended;
  }

  /** No more are wanted; `failure` is thrown when what was added is taken. */
  end(failure?: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#failure = failure;
    this.#changed.give();
  }

  async *take(): AsyncGenerator<T, void, undefined> {
    for (;;) {
      const first = this.#items[0];
      if (first) {
        yield await first;
        void this.#items.shift();
        this.#changed.give();
      } else if (this.#ended) {
        if (this.#failure) throw this.#failure;
        return;
      } else {
        await this.#changed.wait();
      }
    }
  }

  async settled(): Promise<void> {
    await Promise.all(this.#items);
  }
}

/** Wakes whoever waits. */
class Signal {
  readonly #waiting: (() => void)[] = [];

  wait(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  give(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
