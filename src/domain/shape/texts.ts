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
export const textsIn = (shape: Shape, data: object, at = ''): TextField[] => walk(asShape(shape, data), at, []);

const isNested = (item: unknown): item is object =>
  typeof item === 'object' && item !== null && Object.getPrototypeOf(item) !== Object.prototype;

function walk(instance: object, at: string, outer: readonly Shape[]): TextField[] {
  const within = [...outer, instance.constructor as Shape];
  return Object.entries(instance).flatMap(([property, value]: [string, unknown]): TextField[] => {
    const pointer = at + jsonPointer(property);
    const how = textFields.get(instance, property);
    const each = (item: unknown, where: string): TextField[] => {
      if (how === 'plain' && typeof item === 'string') return [{ pointer: where, language: null, text: item, within }];
      return !how && isNested(item) && !Array.isArray(item) ? walk(item, where, within) : [];
    };
    if (how === 'localized') return localizedTexts(value, pointer, within);
    return Array.isArray(value)
      ? value.flatMap((item, i) => each(item, pointer + jsonPointer(i)))
      : each(value, pointer);
  });
}

function localizedTexts(value: unknown, at: string, within: readonly Shape[]): TextField[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([language, text]: [string, unknown]) =>
    typeof text === 'string' ? [{ pointer: at + jsonPointer(language), language, text, within }] : [],
  );
}
