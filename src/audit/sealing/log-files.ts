import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { syncFile } from '../../event-store/embedded/sqlite.js';
import { cutTile } from '../log/cut-tile.js';
import { partialTiles, type Tile, TILE_WIDTH, tilePath, tileWith } from '../log/tile.js';
import type { TileFile } from '../log/tree-edge.js';

const CHECKPOINT = 'checkpoint';
/** Full tiles kept in memory, of 8 KiB each where they are of hashes. */
const CACHED_TILES = 512;

/** Writes a file so that a reader finds the old one or the new one. @param durably also after a power cut */
export function writeWhole(path: string, bytes: Uint8Array | string, durably: boolean, mode = 0o644): void {
  const beside = `${path}.new`;
  const file = openSync(beside, 'w', mode);
  try {
    writeSync(file, typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
    if (durably) fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
  if (durably) syncDirectory(dirname(path));
}

function syncDirectory(path: string): void {
  // On Windows a directory can't be opened.
  if (process.platform === 'win32') return;
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** @returns undefined where there is no such file */
export function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** A tile that the log has to have is not there, or is not as long as it is to be. */
export class TileMissing extends Error {
  override readonly name = 'TileMissing';
}

/** The log as plain files, laid out as https://c2sp.org/tlog-tiles has them served. */
export class LogFiles {
  readonly #full = new LRUCache<string, Buffer>({ max: CACHED_TILES });
  readonly #unsynced: string[] = [];

  constructor(private readonly directory: string) {}

  /** The bytes of a tile, if need be of the full one that came after. @throws TileMissing */
  read(tile: Tile): Buffer {
    const bytes = this.find(tile) ?? this.#fullOf(tile);
    if (!bytes) throw new TileMissing(`There is no ${tilePath(tile)}`);
    return bytes;
  }

  /** The bytes of just this tile. */
  find(tile: Tile): Buffer | undefined {
    if (tile.width === TILE_WIDTH) return this.#fullOf(tile);
    return readIfThere(join(this.directory, tilePath(tile)));
  }

  #fullOf(tile: Tile): Buffer | undefined {
    const path = tilePath({ ...tile, width: TILE_WIDTH });
    const known = this.#full.get(path);
    if (known) return known;
    const bytes = readIfThere(join(this.directory, path));
    if (bytes && tile.level !== 'entries') this.#full.set(path, bytes);
    return bytes;
  }

  /** Not durable until {@link sync}: what no checkpoint names yet can be made again from the ledger. */
  write({ tile, bytes }: TileFile): void {
    const path = join(this.directory, tilePath(tile));
    mkdirSync(dirname(path), { recursive: true });
    writeWhole(path, bytes, false);
    if (tile.width < TILE_WIDTH) return;
    this.#unsynced.push(path);
    // Those of earlier checkpoints: whoever asks for them gets the full one.
    rmSync(`${path}.p`, { recursive: true, force: true });
  }

  /** Makes durable what was written, as far as it is full and will not change: many files at once cost little more than one. */
  sync(): void {
    const paths = this.#unsynced.splice(0);
    paths.forEach(syncFile);
    new Set(paths.map(dirname)).forEach(syncDirectory);
  }

  /** Gives a tree of `size`, whose checkpoint another signed, the tiles of its right edge, out of those of one of `from`. */
  narrow(size: number, from: number): void {
    if (size === from) return;
    for (const tile of partialTiles(size)) {
      if (this.find(tile)) continue;
      const bytes = cutTile(tile, this.read(tileWith(tile.level, tile.index * TILE_WIDTH, from)));
      this.write({ tile, bytes });
    }
  }

  get checkpoint(): string | undefined {
    return readIfThere(join(this.directory, CHECKPOINT))?.toString();
  }

  publish(checkpoint: string): void {
    writeWhole(join(this.directory, CHECKPOINT), checkpoint, true);
  }

  /** What is remembered beside the folder, which is not to be published. */
  get remembered(): string | undefined {
    return readIfThere(this.#memory)?.toString();
  }

  remember(text: string): void {
    writeWhole(this.#memory, text, true);
  }

  get #memory(): string {
    return `${this.directory}.state.json`;
  }
}
