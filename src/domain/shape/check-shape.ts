import 'reflect-metadata';
import { validateSync, type ValidationError } from 'class-validator';
import { nestedShapes, optionalFields } from './rules.js';
import { jsonPointer } from '../values/json-pointer.js';
import { isSound } from './sound.js';

/** One thing wrong with what came in: where, against which rule, and what to do. */
export interface Problem {
  /** JSON Pointer (RFC 6901) to the field. */
  readonly pointer: string;
  /** The rule's stable name. */
  readonly rule: string;
  readonly message: string;
}

export type Shape<T extends object = object> = new () => T;

const UNKNOWN_FIELD = 'is not a field here';

const RULES: Record<string, { rule: string; message?: string }> = {
  whitelistValidation: { rule: 'unknown-field', message: UNKNOWN_FIELD },
  nestedValidation: { rule: 'object', message: 'must be an object' },
};
const kebab = (name: string) => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);

function flatten(errors: readonly ValidationError[], at: string): Problem[] {
  return errors.flatMap((error) => {
    const pointer = at + jsonPointer(error.property);
    const own = Object.entries(error.constraints ?? {}).map(([name, text]) => {
      const missing = error.value === undefined && name !== 'whitelistValidation';
      const known = missing ? { rule: 'required', message: 'must be given' } : RULES[name];
      // class-validator begins its own messages with the property's name; the pointer says that already.
      const message = known?.message ?? text.replace(new RegExp(`^(each value in )?${error.property} `), '$1');
      return { pointer, rule: known?.rule ?? kebab(name), message };
    });
    // A field that is missing breaks every rule it has; once is enough.
    const distinct = own.filter((p, i) => own.findIndex((q) => q.rule === p.rule) === i);
    return [...distinct, ...flatten(error.children ?? [], pointer)];
  });
}

/** JSON as an instance of its shape, nested shapes included, so that what its fields mean can be looked up. */
export const asShape = <T extends object>(shape: Shape<T>, value: object): T => build(shape, value, () => '', []);

/**
 * Not class-transformer's work: it reads `constructor` off JSON, and passes over keys such as `toString`.
 * Names that every object inherits are reported here: class-validator takes them for fields that it knows.
 */
function build<T extends object>(shape: Shape<T>, value: object, at: () => string, problems: Problem[]): T {
  const instance = new shape();
  const nest = (nested: Shape, item: unknown, pointer: () => string): unknown => {
    // class-validator would look for objects within a list; of what is none it says that it must be one.
    if (Array.isArray(item)) return false;
    return typeof item === 'object' && item !== null ? build(nested, item, pointer, problems) : item;
  };
  const fields = instance as Record<string, unknown>;
  for (const [field, member] of Object.entries(value) as [string, unknown][]) {
    const nested = nestedShapes.get(instance, field);
    const pointer = () => at() + jsonPointer(field);
    if (field in Object.prototype) {
      problems.push({ pointer: pointer(), rule: 'unknown-field', message: UNKNOWN_FIELD });
    } else if (nested?.list && Array.isArray(member)) {
      fields[field] = member.map((item, i) => nest(nested.shape(), item, () => pointer() + jsonPointer(i)));
    } else {
      fields[field] = nested ? nest(nested.shape(), member, pointer) : member;
    }
  }
  return instance;
}

export type Checked<T> =
  { readonly ok: true; readonly instance: T } | { readonly ok: false; readonly problems: Problem[] };

/**
 * Checks JSON against a shape: every rule of its fields, and no field beyond them.
 * The value must be I-JSON (see {@link checkIJson}): keys such as `__proto__` are refused there.
 */
export function checkShape<T extends object>(shape: Shape<T>, value: unknown, at = ''): Checked<T> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, problems: [{ pointer: at, rule: 'object', message: 'must be an object' }] };
  }
  const problems: Problem[] = [];
  const instance = build(shape, value, () => at, problems);
  if (problems.length === 0 && isSound(instance)) return { ok: true, instance };
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: false,
    stopAtFirstError: false,
    validationError: { target: false },
  });
  problems.push(...flatten(errors, at));
  return problems.length === 0 ? { ok: true, instance } : { ok: false, problems };
}

const isShape = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) !== Object.prototype;

/** A checked instance as plain JSON; an optional field that is null or undefined is left out. */
export function toPlain<T extends object>(instance: T): T {
  const plain = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(plain) : isShape(value) ? toPlain(value) : value;
  const fields: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(instance) as [string, unknown][]) {
    const leftOut = value === undefined || (value === null && optionalFields.get(instance, field));
    if (!leftOut) fields[field] = plain(value);
  }
  return fields as T;
}
