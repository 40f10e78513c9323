import { type Hash, HASH_BYTES, nodeHash, type ReadNode } from './merkle.js';

/*
 * Tiles, as https://c2sp.org/tlog-tiles has them: 256 hashes of one level, of which every eighth is kept, or 256 entries.
 */

/** Hashes, or entries, in a full tile. */
export const TILE_WIDTH = 256;
/** Levels of the tree from one kept level to the next. */
const TILE_HEIGHT = 8;

export interface Tile {
  /** `entries`: the entries themselves, in place of hashes. */
  readonly level: number | 'entries';
  /** Of the tile within its level, from 0. */
  readonly index: number;
  /** How many it holds: {@link TILE_WIDTH}, or fewer at the right edge of the tree. */
  readonly width: number;
}

/** 1234067 → `x001/x234/067` */
function indexPath(index: number): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g)!;
  return groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
}

/** Where a tile is, below the log's prefix: `tile/0/x001/234` or, of one that is not full, `tile/0/x001/234.p/17`. */
export const tilePath = ({ level, index, width }: Tile): string =>
  `tile/${level}/${indexPath(index)}${width < TILE_WIDTH ? `.p/${width}` : ''}`;

const PATH = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** The tile at a path; undefined where none can be. */
export function tileAt(path: string): Tile | undefined {
  const [, level, digits, width] = PATH.exec(path) ?? [];
  if (level === undefined || digits === undefined) return undefined;
  const index = Number(digits.replace(/\D/g, ''));
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    index,
    width: width === undefined ? TILE_WIDTH : Number(width),
  };
  return Number.isSafeInteger(index) && tilePath(tile) === path ? tile : undefined;
}

/** How many hashes of a kept level a tree has, or entries. */
const widthOf = (level: Tile['level'], size: number): number =>
  level === 'entries' ? size : Math.floor(size / TILE_WIDTH ** level);

/** The tile that has hash `at` of a level in a tree of `size`, as wide as that tree makes it. */
export function tileWith(level: Tile['level'], at: number, size: number): Tile {
  const index = Math.floor(at / TILE_WIDTH);
  return { level, index, width: Math.min(TILE_WIDTH, widthOf(level, size) - index * TILE_WIDTH) };
}

/** The last tile of a level that has any. */
export const lastTile = (level: Tile['level'], size: number): Tile => tileWith(level, widthOf(level, size) - 1, size);

/** The tiles of a level that a tree of `size` has and one of `before`, smaller, has not, or not so wide. */
function newTiles(level: Tile['level'], before: number, size: number): Tile[] {
  const [had, has] = [widthOf(level, before), widthOf(level, size)];
  if (had === has) return [];
  const first = Math.floor(had / TILE_WIDTH);
  const count = Math.ceil(has / TILE_WIDTH) - first;
  return Array.from({ length: count }, (_, i) => tileWith(level, (first + i) * TILE_WIDTH, size));
}

/** How many levels of a tree are kept. */
function levelsOf(size: number): number {
  let level = 0;
  while (widthOf(level, size) > 0) level += 1;
  return level;
}

/** The tiles of entries that a tree has, in their order. */
export const entryTiles = (size: number): Tile[] => newTiles('entries', 0, size);

/** The tiles that are not full, which are those of its right edge. */
export const partialTiles = (size: number): Tile[] =>
  (['entries', ...Array(levelsOf(size)).keys()] as const)
    .filter((level) => widthOf(level, size) % TILE_WIDTH > 0)
    .map((level) => lastTile(level, size));

/** All tiles, with those of entries, that come when a tree grows; from 0, all that it has. */
export function tilesBetween(before: number, size: number): Tile[] {
  const levels = ['entries', ...Array(levelsOf(size)).keys()] as const;
  return levels.flatMap((level) => newTiles(level, before, size));
}

/** The root of a complete tree of these hashes, whose number is a power of two. */
export function fold(hashes: readonly Hash[]): Hash {
  let row = hashes;
  while (row.length > 1) {
    const below = row;
    row = Array.from({ length: below.length / 2 }, (_, i) => nodeHash(below[2 * i]!, below[2 * i + 1]!));
  }
  return row[0]!;
}

/** The hashes of a tile's bytes. */
export const hashesIn = (tile: Buffer): Hash[] =>
  Array.from({ length: tile.length / HASH_BYTES }, (_, i) => tile.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES));

/** Nodes of a tree of `size`, made from its tiles. @param readTile gives the bytes of a tile of hashes */
export function nodesOf(size: number, readTile: (tile: Tile) => Buffer | Promise<Buffer>): ReadNode {
  return async (level, index) => {
    const kept = Math.floor(level / TILE_HEIGHT);
    const span = 2 ** (level % TILE_HEIGHT);
    const tile = tileWith(kept, index * span, size);
    const first = (index * span) % TILE_WIDTH;
    return fold(hashesIn(await readTile(tile)).slice(first, first + span));
  };
}
