import { jsonPointer } from './json-pointer.js';

/** How deep containers may be nested: deeper than any record, shallow enough for every reader's stack. */
export const MAX_DEPTH = 64;

/**
 * Why a value is not I-JSON (RFC 7493), so that two readers might not agree on what it says.
 * - `lone-surrogate`, `noncharacter`: text that is no Unicode text (RFC 7493, 2.1)
 * - `nul`: U+0000, which stores and tools cut text at
 * - `not-finite`, `unsafe-integer`: a number that JSON or a double does not hold exactly (RFC 7493, 2.2)
 * - `not-json`: undefined, a function, a bigint, a symbol, or an object that is no plain one
 * - `proto-key`: the key `__proto__`, which some readers take for the prototype
 * - `too-deep`: more than 64 containers within each other
 */
export type IJsonRule =
  'lone-surrogate' | 'noncharacter' | 'nul' | 'not-finite' | 'unsafe-integer' | 'not-json' | 'proto-key' | 'too-deep';

export interface IJsonProblem {
  /** JSON Pointer (RFC 6901) to the value, or to the member whose key is meant. */
  readonly pointer: string;
  readonly rule: IJsonRule;
}

/** Any of the three, so that sound text is looked at once. */
// eslint-disable-next-line no-control-regex
const UNSOUND_TEXT = /[\p{Surrogate}\p{Noncharacter_Code_Point}\u0000]/u;

const TEXT_RULES: readonly (readonly [RegExp, IJsonRule])[] = [
  // With the flag u a surrogate matches only where it stands alone.
  [/\p{Surrogate}/u, 'lone-surrogate'],
  [/\p{Noncharacter_Code_Point}/u, 'noncharacter'],
  // eslint-disable-next-line no-control-regex
  [/\u0000/, 'nul'],
];

/**
 * What keeps a JSON tree from being I-JSON; empty if nothing does. A key that stands twice cannot be seen here: a JSON
 * parser has dropped one by now.
 */
export function checkIJson(value: unknown): IJsonProblem[] {
  const problems: IJsonProblem[] = [];
  visit(value, [], problems);
  return problems;
}

/** @param path where the value is; pushed to and popped from on the way, for most values are sound and need no copy */
function visit(value: unknown, path: string[], problems: IJsonProblem[]): void {
  const report = (rule: IJsonRule) => problems.push({ pointer: jsonPointer(...path), rule });
  switch (typeof value) {
    case 'string':
      textRules(value).forEach(report);
      return;
    case 'number':
      if (!Number.isFinite(value)) report('not-finite');
      else if (Number.isInteger(value) && !Number.isSafeInteger(value)) report('unsafe-integer');
      return;
    case 'boolean':
      return;
    case 'object':
      if (value === null) return;
      if (!Array.isArray(value) && !isPlain(value)) report('not-json');
      // This also ends a cycle.
      else if (path.length >= MAX_DEPTH) report('too-deep');
      else visitMembers(value, path, problems);
      return;
    default:
      report('not-json');
  }
}

function visitMembers(container: object, path: string[], problems: IJsonProblem[]): void {
  if (Array.isArray(container)) {
    // By index: a hole is undefined, and `forEach` would pass it over.
    for (let index = 0; index < container.length; index += 1) {
      path.push(String(index));
      visit(container[index], path, problems);
      path.pop();
    }
    return;
  }
  for (const [key, member] of Object.entries(container)) {
    path.push(key);
    for (const rule of keyRules(key)) problems.push({ pointer: jsonPointer(...path), rule });
    visit(member, path, problems);
    path.pop();
  }
}

const textRules = (text: string) =>
  UNSOUND_TEXT.test(text) ? TEXT_RULES.filter(([pattern]) => pattern.test(text)).map(([, rule]) => rule) : [];

const keyRules = (key: string): IJsonRule[] => (key === '__proto__' ? ['proto-key'] : textRules(key));

/** A Date, a Map or an instance of a class would be written as something else than it is. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  // Not `=== Object.prototype`: an object from another realm (a worker, a test's context) is plain too.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
