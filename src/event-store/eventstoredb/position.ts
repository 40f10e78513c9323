import type { Position as NativePosition } from '@eventstore/db-client';
import { InvalidPosition, type Position } from '../event-store.js';

/** The server keeps both halves in a signed 64-bit number. */
const MAX = 2n ** 63n - 1n;

/** A position in `$all` as a token: commit and prepare. */
export function toToken({ commit, prepare }: NativePosition): Position {
  return `${commit}/${prepare}`;
}

/** The position of a token; one position has one spelling only. @throws InvalidPosition */
export function fromToken(token: Position): NativePosition {
  const [, commit, prepare] = /^(0|[1-9]\d*)\/(0|[1-9]\d*)$/.exec(token) ?? [];
  if (commit === undefined || prepare === undefined) throw new InvalidPosition(token);
  const position = { commit: BigInt(commit), prepare: BigInt(prepare) };
  if (position.commit > MAX || position.prepare > MAX) throw new InvalidPosition(token);
  return position;
}

/** In the order of `$all`: negative, zero or positive. */
export function compare(a: NativePosition, b: NativePosition): number {
  return Math.sign(Number(a.commit - b.commit)) || Math.sign(Number(a.prepare - b.prepare));
}
