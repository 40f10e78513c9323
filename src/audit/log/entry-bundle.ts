import { leafHash, type Hash } from './merkle.js';

/** Of an entry's length. */
const LENGTH_BYTES = 2;

/** It ends within an entry. */
export class InvalidBundle extends Error {
  override readonly name = 'InvalidBundle';
  constructor() {
    super('The bundle ends within an entry');
  }
}

/** Entries, each after its length as a big-endian uint16, as https://c2sp.org/tlog-tiles has them. */
export function entryBundle(entries: readonly Buffer[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );
}

/** @throws InvalidBundle where the bytes end within an entry */
export function entriesIn(bundle: Buffer): Buffer[] {
  const entries: Buffer[] = [];
  for (let at = 0; at < bundle.length;) {
    const start = at + LENGTH_BYTES;
    if (start > bundle.length) throw new InvalidBundle();
    at = start + bundle.readUInt16BE(at);
    if (at > bundle.length) throw new InvalidBundle();
    entries.push(bundle.subarray(start, at));
  }
  return entries;
}

/** The tile of level 0 that stands for the entries. */
export const leafTile = (entries: readonly Buffer[]): Hash => Buffer.concat(entries.map(leafHash));
