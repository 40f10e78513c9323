import { sha256Hex } from '../../domain/values/canonical-json.js';
import { isDay } from '../../domain/values/day.js';
import { InvalidParams } from './params.js';

/** Where a list goes on: after a key, pinned to the point on both axes where it began. */
export interface Cursor {
  readonly after: string;
  readonly position: number;
  readonly asOf: string;
  /** What was asked, in short: a cursor goes on with its own list and no other. */
  readonly scope: string;
}

/** A question in short: the list's name and the parameters that choose what is in it. */
export const scopeOf = (list: string, params: object): string => sha256Hex(JSON.stringify([list, params])).slice(0, 16);

/** An id, a pair, a place among what a search found, or the count of what went before. */
const AFTER = /^[A-Za-z0-9._-]*$/;
const isText = (value: unknown): value is string => typeof value === 'string';

/** Opaque to clients. */
export const encodeCursor = ({ after, position, asOf, scope }: Cursor): string =>
  Buffer.from(JSON.stringify([after, position, asOf, scope])).toString('base64url');

/** @throws InvalidParams, where it is none of ours, or of another list or question */
export function decodeCursor(text: string, scope: string): Cursor {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    // Not one of ours, as below.
  }
  const [after, position, asOf, of] = Array.isArray(parts) ? (parts as unknown[]) : [];
  const sound = isText(after) && AFTER.test(after) && isText(asOf) && isDay(asOf);
  if (!sound || !Number.isSafeInteger(position) || (position as number) < 0) {
    throw invalidCursor();
  }
  if (of !== scope) throw refused('is of another list, or of other parameters: send those with which the list began');
  return { after, position: position as number, asOf, scope };
}

/** It is none that an answer gave. */
export const invalidCursor = (): InvalidParams => refused('must be a cursor from an answer’s next');

const refused = (message: string) => new InvalidParams([{ pointer: '/cursor', rule: 'cursor', message }]);
