import type { ValidateFunction } from 'ajv';
import { Ajv2020, type Options } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

/** A validator of JSON Schema 2020-12 that passes over nothing that it does not know. */
export const newAjv = (options: Options = {}): Ajv2020 =>
  formats.default(new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true, ...options }));

/** What of a value a schema forbids: where, and what. */
export function faultsIn(validate: ValidateFunction, value: unknown): string[] {
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
