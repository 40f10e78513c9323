import { isDay } from '../../domain/values/day.js';
import { InvalidParams } from './params.js';

/** Where a list goes on: after a key, pinned to the point on both axes where it began. */
export interface Cursor {
  readonly after: string;
  readonly position: number;
  readonly asOf: string;
}

/** An id, a pair or the count of what went before. */
const AFTER = /^[A-Za-z0-9._-]*$/;
const isText = (value: unknown): value is string => typeof value === 'string';

/** Opaque to clients. */
export const encodeCursor = ({ after, position, asOf }: Cursor): string =>
  Buffer.from(JSON.stringify([after, position, asOf])).toString('base64url');

/** @throws InvalidParams */
export function decodeCursor(text: string): Cursor {
  try {
    const [after, position, asOf] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[];
    const sound = isText(after) && AFTER.test(after) && isText(asOf) && isDay(asOf);
    if (sound && Number.isSafeInteger(position)) return { after, position: position as number, asOf };
  } catch {
    // Not one of ours, as below.
  }
  throw new InvalidParams([{ pointer: '/cursor', rule: 'cursor', message: 'must be a cursor from an answer’s next' }]);
}
