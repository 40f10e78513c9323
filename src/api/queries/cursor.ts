import { InvalidParams } from './params.js';

/** Where a list goes on: after a key, pinned to the point on both axes where it began. */
export interface Cursor {
  readonly after: string;
  readonly position: number;
  readonly asOf: string;
}

/** Opaque to clients. */
export const encodeCursor = ({ after, position, asOf }: Cursor): string =>
  Buffer.from(JSON.stringify([after, position, asOf])).toString('base64url');

/** @throws InvalidParams */
export function decodeCursor(text: string): Cursor {
  try {
    const [after, position, asOf] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[];
    if (typeof after === 'string' && Number.isSafeInteger(position) && typeof asOf === 'string') {
      return { after, position: position as number, asOf };
    }
  } catch {
    // Not one of ours, as below.
  }
  throw new InvalidParams([{ pointer: '/cursor', rule: 'cursor', message: 'must be a cursor from an answer’s next' }]);
}
