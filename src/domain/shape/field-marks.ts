/** What the rules note about fields beside class-validator's own metadata; inherited by subclasses. */
export class FieldMarks<T> {
  readonly #byPrototype = new Map<object, Map<string, T>>();
  /** What {@link entries} gave, once the shapes are declared. */
  readonly #resolved = new Map<object, ReadonlyMap<string, T>>();

  set(prototype: object, property: string, mark: T): void {
    const fields = this.#byPrototype.get(prototype) ?? new Map<string, T>();
    this.#byPrototype.set(prototype, fields.set(property, mark));
    this.#resolved.clear();
  }

  get(instance: object, property: string): T | undefined {
    const prototype = Object.getPrototypeOf(instance) as object;
    let fields = this.#resolved.get(prototype);
    if (!fields) this.#resolved.set(prototype, (fields = this.entries(prototype)));
    return fields.get(property);
  }

  /** The marked fields of a shape, those it inherits first. */
  entries(prototype: object): Map<string, T> {
    const parent: unknown = Object.getPrototypeOf(prototype);
    const inherited = parent && parent !== Object.prototype ? this.entries(parent) : new Map<string, T>();
    for (const [field, mark] of this.#byPrototype.get(prototype) ?? []) inherited.set(field, mark);
    return inherited;
  }
}
