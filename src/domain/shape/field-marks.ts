/** What the rules note about fields beside class-validator's own metadata; inherited by subclasses. */
export class FieldMarks<T> {
  readonly #byPrototype = new Map<object, Map<string, T>>();

  set(prototype: object, property: string, mark: T): void {
    const fields = this.#byPrototype.get(prototype) ?? new Map<string, T>();
    this.#byPrototype.set(prototype, fields.set(property, mark));
  }

  get(instance: object, property: string): T | undefined {
    for (let p: unknown = Object.getPrototypeOf(instance); p && p !== Object.prototype; p = Object.getPrototypeOf(p)) {
      const mark = this.#byPrototype.get(p)?.get(property);
      if (mark !== undefined) return mark;
    }
    return undefined;
  }

  /** The marked fields of a shape, those it inherits first. */
  entries(prototype: object): Map<string, T> {
    const parent: unknown = Object.getPrototypeOf(prototype);
    const inherited = parent && parent !== Object.prototype ? this.entries(parent) : new Map<string, T>();
    for (const [field, mark] of this.#byPrototype.get(prototype) ?? []) inherited.set(field, mark);
    return inherited;
  }
}
