import { InvalidPosition, type Position } from '../event-store.js';

/** A native position as a token. */
export function toToken(position: number): Position {
  return String(position);
}

/** The native position of a token; one position has one spelling only. @throws InvalidPosition */
export function fromToken(token: Position): number {
  const position = /^[1-9][0-9]*$/.test(token) ? Number(token) : NaN;
  if (!Number.isSafeInteger(position)) throw new InvalidPosition(token);
  return position;
}
