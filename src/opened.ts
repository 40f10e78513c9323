/**
 * What a ledger has open, to be closed in the reverse order: when it is shut down, or when its start fails half-way.
 */
export class Opened {
  readonly #closers: (() => unknown)[] = [];
  #closing: Promise<void> | undefined;

  /** Opens things by `open`, and closes those that it had opened if it fails. */
  static async orNothing<T>(open: (opened: Opened) => Promise<T>): Promise<T> {
    const opened = new Opened();
    try {
      return await open(opened);
    } catch (error) {
      // Why it failed is what tells; that a thing could not be closed comes of it.
      await opened.close().catch(() => undefined);
      throw error;
    }
  }

  /** Gives back what is being opened, and closes it also where it comes while a start fails elsewhere. */
  add<T>(opening: T | Promise<T>, close: (thing: T) => unknown): Promise<T> {
    const thing = Promise.resolve(opening);
    this.#closers.push(() => thing.then(close, () => undefined));
    return thing;
  }

  /** Closes all, also where one of them can't be. */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    const errors: unknown[] = [];
    for (let close = this.#closers.pop(); close; close = this.#closers.pop()) {
      try {
        await close();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, 'Not all of the ledger could be closed');
  }
}
