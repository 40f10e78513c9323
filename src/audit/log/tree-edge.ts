import { entriesIn, entryBundle } from './entry-bundle.js';
import { type Hash, leafHash, rootHash } from './merkle.js';
import { fold, hashesIn, lastTile, nodesOf, type Tile, TILE_WIDTH, partialTiles } from './tile.js';

/** A tile and what is in it. */
export interface TileFile {
  readonly tile: Tile;
  readonly bytes: Buffer;
}

/**
 * The right edge of a tree: the entries, and the hashes of each kept level, that are in no full tile. Its growth and its
 * root need no more.
 */
export class TreeEdge {
  #size = 0;
  #entries: Buffer[] = [];
  readonly #rows: Hash[][] = [];

  get size(): number {
    return this.#size;
  }

  /** The root of the whole tree. */
  root(): Promise<Hash> {
    const nodes = nodesOf(this.#size, ({ level }) => Buffer.concat(this.#rows[level as number]!));
    return rootHash(nodes, this.#size);
  }

  /** The edge of a tree that there is. @throws what `read` throws; RangeError where a tile does not hold what it has to */
  static async of(size: number, read: (tile: Tile) => Promise<Buffer>): Promise<TreeEdge> {
    const edge = new TreeEdge();
    edge.#size = size;
    for (const tile of partialTiles(size)) {
      const content = (tile.level === 'entries' ? entriesIn : hashesIn)(await read(tile));
      if (content.length !== tile.width) throw new RangeError(`A tile of ${tile.width} holds ${content.length}`);
      if (tile.level === 'entries') edge.#entries = content;
      else edge.#rows[tile.level] = content;
    }
    // A level whose tiles are all full has an edge too, with nothing in it.
    for (let level = 0; TILE_WIDTH ** level <= size; level += 1) edge.#rows[level] ??= [];
    return edge;
  }

  /** Adds an entry, and gives the tiles that are full with it. @param leaf its hash, where that is known */
  append(entry: Buffer, leaf: Hash = leafHash(entry)): TileFile[] {
    this.#entries.push(entry);
    this.#size += 1;
    const full: TileFile[] = [];
    if (this.#entries.length === TILE_WIDTH) {
      full.push(this.#tile('entries', entryBundle(this.#entries)));
      this.#entries = [];
    }
    let hash = leaf;
    for (let level = 0; ; level += 1) {
      const row = (this.#rows[level] ??= []);
      row.push(hash);
      if (row.length < TILE_WIDTH) return full;
      full.push(this.#tile(level, Buffer.concat(row)));
      this.#rows[level] = [];
      hash = fold(row);
    }
  }

  /** The tiles that are not full. */
  partial(): TileFile[] {
    const entries = this.#entries.length > 0 ? [this.#tile('entries', entryBundle(this.#entries))] : [];
    return [
      ...entries,
      ...this.#rows.flatMap((row, level) => (row.length > 0 ? [this.#tile(level, Buffer.concat(row))] : [])),
    ];
  }

  /** The last tile of a level as the tree is now. */
  #tile(level: Tile['level'], bytes: Buffer): TileFile {
    return { tile: lastTile(level, this.#size), bytes };
  }
}
