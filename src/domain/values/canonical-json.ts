import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { checkIJson, type IJsonProblem } from './i-json.js';

export * from './i-json.js';
export * from './json-pointer.js';

/** Thrown by `canonicalJson` for a value that has no canonical form. */
export class NotIJsonError extends TypeError {
  constructor(readonly problems: readonly IJsonProblem[]) {
    super(`not I-JSON: ${problems.map(({ pointer, rule }) => `${rule} at "${pointer}"`).join(', ')}`);
    this.name = 'NotIJsonError';
  }
}

// The package is CommonJS: its function is the default import, although its types name it a member of that.
const written = canonicalize as unknown as (value: unknown) => string;

/** The members of all objects in canonical order, as far as an engine keeps it: names like `10` it puts first. */
function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const ordered: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) ordered[key] = inOrder((value as Record<string, unknown>)[key]);
  return ordered;
}

/** Whether the text may hold a member whose name is like `10`. */
const NUMBERED = /"\d+":/;

/** As the library does, but the engine is faster at writing a tree that is in order. */
function serialize(value: unknown): string {
  const text = JSON.stringify(inOrder(value));
  return NUMBERED.test(text) ? written(value) : text;
}

/**
 * The canonical form of a JSON tree (RFC 8785, JCS), the same whatever the order of keys and the language that wrote it.
 * The library drops what JSON has no form for and lets lone surrogates pass, so all but I-JSON is refused first.
 */
export function canonicalJson(value: unknown): string {
  const problems = checkIJson(value);
  if (problems.length > 0) throw new NotIJsonError(problems);
  return serialize(value);
}

/** The same of what {@link checkIJson} found nothing wrong with: a large value need not be looked through twice. */
export const canonicalIJson = (value: unknown): string => serialize(value);

/** SHA-256 of the text as UTF-8, in lower-case hex. */
export function sha256Hex(text: string): string {
  return hash('sha256', text, 'hex');
}
