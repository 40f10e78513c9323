/**
 * The events that a consumer holds, by id. A store gives it only so many at a time, so what is beyond that was taken back:
 * the oldest first, for all have the same time.
 */
export class InFlight<T> {
  readonly #held = new Map<string, T>();

  constructor(private readonly size: number) {}

  add(id: string, thing: T): void {
    this.#held.delete(id);
    this.#held.set(id, thing);
    if (this.#held.size > this.size) this.#held.delete(this.#held.keys().next().value!);
  }

  /** Takes out what is held of these. */
  take(ids: readonly string[]): { readonly held: T[]; readonly unknown: string[] } {
    const held: T[] = [];
    const unknown: string[] = [];
    for (const id of ids) {
      const thing = this.#held.get(id);
      if (thing === undefined) unknown.push(id);
      else held.push(thing);
      this.#held.delete(id);
    }
    return { held, unknown };
  }
}
