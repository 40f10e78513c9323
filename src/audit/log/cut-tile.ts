import { entriesIn, entryBundle } from './entry-bundle.js';
import { HASH_BYTES } from './merkle.js';
import type { Tile } from './tile.js';

/** The bytes of a tile, out of those of one that is as wide or wider. @throws InvalidBundle */
export const cutTile = ({ level, width }: Tile, wide: Buffer): Buffer =>
  level === 'entries' ? entryBundle(entriesIn(wide).slice(0, width)) : wide.subarray(0, width * HASH_BYTES);
