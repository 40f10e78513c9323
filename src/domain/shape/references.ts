import type { Category } from '../event.js';
import { FieldMarks } from './field-marks.js';
import { jsonPointer } from '../values/json-pointer.js';

/**
 * What a field's value names: a record of a category, an area, or a `member`: a party that must be of the record. An
 * `own` party is named by no field: the record is its.
 */
export type ReferenceKind = Category | 'area' | 'member' | 'own';

export interface Reference {
  readonly kind: ReferenceKind;
  readonly id: string;
  /** JSON Pointer to the value. */
  readonly pointer: string;
}

const marks = new FieldMarks<ReferenceKind>();

/** Marks a field as naming something of `kind`, so that {@link referencesIn} finds it; nothing where undefined. */
export const markReference =
  (kind: ReferenceKind | undefined): PropertyDecorator =>
  (prototype, property) => {
    if (kind) marks.set(prototype, String(property), kind);
  };

/** Everything that an instance of a shape names, in the order of its fields, nested shapes included. */
export function referencesIn(instance: object, at = ''): Reference[] {
  const found: Reference[] = [];
  collect(instance, () => at, found);
  return found;
}

/** @param at where the instance is; told only of what is found */
function collect(instance: object, at: () => string, found: Reference[]): void {
  for (const [property, value] of Object.entries(instance) as [string, unknown][]) {
    if (value === null || (typeof value !== 'object' && typeof value !== 'string')) continue;
    const kind = marks.get(instance, property);
    const pointer = () => at() + jsonPointer(property);
    if (Array.isArray(value)) value.forEach((item, i) => collectItem(item, kind, () => `${pointer()}/${i}`, found));
    else collectItem(value, kind, pointer, found);
  }
}

function collectItem(item: unknown, kind: ReferenceKind | undefined, at: () => string, found: Reference[]): void {
  if (kind) {
    if (typeof item === 'string') found.push({ kind, id: item, pointer: at() });
  } else if (item !== null && typeof item === 'object' && Object.getPrototypeOf(item) !== Object.prototype) {
    collect(item, at, found);
  }
}
