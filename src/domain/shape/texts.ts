import { asShape, type Shape } from './check-shape.js';
import { textFields } from './rules.js';
import { jsonPointer } from '../values/json-pointer.js';

/** A text in the data of an event, found by the rules that its shape wears. */
export interface TextField {
  /** JSON Pointer to the text itself, from where the search began. */
  readonly pointer: string;
  /** BCP 47; null where the field says no language. */
  readonly language: string | null;
  readonly text: string;
  /** The shapes that it lies in, the outermost first: `[Signed, Signatory, Person]`. */
  readonly within: readonly Shape[];
}

/** Every text in data of a shape, in the order of its fields, nested shapes included. */
export function textsIn(shape: Shape, data: object, at = ''): TextField[] {
  const found: TextField[] = [];
  walk(asShape(shape, data), at, [], found);
  return found;
}

const isNested = (item: unknown): item is object =>
  typeof item === 'object' && item !== null && Object.getPrototypeOf(item) !== Object.prototype;

function walk(instance: object, at: string, outer: readonly Shape[], found: TextField[]): void {
  const within = [...outer, instance.constructor as Shape];
  for (const [property, value] of Object.entries(instance) as [string, unknown][]) {
    const how = textFields.get(instance, property);
    // Most fields are codes and ids.
    if (!how && (typeof value !== 'object' || value === null)) continue;
    const pointer = at + jsonPointer(property);
    if (how === 'localized') addLocalized(value, pointer, within, found);
    else if (!Array.isArray(value)) add(value, how, pointer, within, found);
    else for (const [i, item] of value.entries()) add(item, how, pointer + jsonPointer(i), within, found);
  }
}

function add(item: unknown, how: 'plain' | undefined, at: string, within: readonly Shape[], found: TextField[]): void {
  if (how === 'plain' && typeof item === 'string') found.push({ pointer: at, language: null, text: item, within });
  else if (!how && isNested(item) && !Array.isArray(item)) walk(item, at, within, found);
}

function addLocalized(value: unknown, at: string, within: readonly Shape[], found: TextField[]): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [language, text] of Object.entries(value) as [string, unknown][]) {
    if (typeof text === 'string') found.push({ pointer: at + jsonPointer(language), language, text, within });
  }
}
