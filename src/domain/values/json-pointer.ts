/** JSON Pointer (RFC 6901) on plain JSON trees. Only own members are seen, never what a prototype lends. */

type Container = Record<string, unknown> | unknown[];

/** The pointer made of these reference tokens, escaped: `jsonPointer('a/b', 0)` is `/a~1b/0`. */
export function jsonPointer(...tokens: readonly (string | number)[]): string {
  return tokens.map((token) => `/${escaped(String(token))}`).join('');
}

const escaped = (token: string) => (/[~/]/.test(token) ? token.replaceAll('~', '~0').replaceAll('/', '~1') : token);

/** The reference tokens of a pointer, undefined if it is malformed (no leading `/`, or `~` not before 0 or 1). */
export function pointerTokens(pointer: string): string[] | undefined {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return undefined;
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value that the pointer names; undefined where there is none, as JSON itself has no undefined. */
export function getAtPointer(document: unknown, pointer: string): unknown {
  const tokens = pointerTokens(pointer);
  if (!tokens) return undefined;
  return tokens.reduce(
    (value, token) => (isContainer(value) && has(value, token) ? member(value, token) : undefined),
    document,
  );
}

/**
 * A copy of the document with `value` where the pointer points; what lies beside it is shared, the document itself is
 * left alone. `undefined` as the value takes an object's member away. The containers on the way must be there, an
 * array's index must exist (`-`, the place after the last, does not), and `__proto__` is never written: else undefined.
 */
export function setAtPointer(document: unknown, pointer: string, value: unknown): unknown {
  const tokens = pointerTokens(pointer);
  return tokens && setAt(document, tokens, value);
}

function setAt(target: unknown, tokens: readonly string[], value: unknown): unknown {
  const [token, ...rest] = tokens;
  if (token === undefined) return value;
  if (!isContainer(target) || token === '__proto__') return undefined;
  const isLast = rest.length === 0;
  if (!has(target, token) && !(isLast && !Array.isArray(target))) return undefined;

  const next = isLast ? value : setAt(member(target, token), rest, value);
  if (Array.isArray(target)) return next === undefined ? undefined : target.with(Number(token), next);
  if (next !== undefined) return { ...target, [token]: next };
  return isLast ? Object.fromEntries(Object.entries(target).filter(([key]) => key !== token)) : undefined;
}

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

/** An array's members are its indexes, written as RFC 6901 has them (no leading zero); `length` is none. */
const has = (container: Container, token: string) =>
  Object.hasOwn(container, token) && (!Array.isArray(container) || /^(?:0|[1-9]\d*)$/.test(token));

const member = (container: Container, token: string) => (container as Record<string, unknown>)[token];
