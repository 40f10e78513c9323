import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { cutTile } from '../log/cut-tile.js';
import { type Tile, TILE_WIDTH, tilePath } from '../log/tile.js';

/** Where a log is read from: its files, by their paths. */
export interface LogSource {
  /** @returns undefined where there is no such file */
  read(path: string): Promise<Buffer | undefined>;
}

/** Files in a directory. */
export class DirectorySource implements LogSource {
  constructor(private readonly directory: string) {}

  async read(path: string): Promise<Buffer | undefined> {
    try {
      return await readFile(join(this.directory, path));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
      throw error;
    }
  }

  /** The paths of all files. */
  async paths(): Promise<string[]> {
    const all = await readdir(this.directory, { recursive: true, withFileTypes: true });
    return all
      .filter((entry) => !entry.isDirectory())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(this.directory.length + 1)
          .split(sep)
          .join('/'),
      );
  }
}

/** Nobody answers at a URL, or not with what was asked for. */
export class SourceUnavailable extends Error {
  override readonly name = 'SourceUnavailable';
}

/** Files behind a URL: a ledger that serves its log, or any web server that has its files. */
export class UrlSource implements LogSource {
  /** @param prefix ends with a slash */
  constructor(private readonly prefix: string) {}

  async read(path: string): Promise<Buffer | undefined> {
    const url = new URL(path, this.prefix);
    const response = await fetch(url).catch((error: Error) => {
      throw new SourceUnavailable(`Nobody answers at ${url.href}: ${error.message}`);
    });
    if (response.status === 404) return undefined;
    if (!response.ok) throw new SourceUnavailable(`${url.href} was answered with ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  }
}

/** A tile; where it is full by now, out of the full one. @returns undefined where there is neither */
export async function readTile(source: LogSource, tile: Tile): Promise<Buffer | undefined> {
  const bytes = await source.read(tilePath(tile));
  if (bytes || tile.width === TILE_WIDTH) return bytes;
  const full = await source.read(tilePath({ ...tile, width: TILE_WIDTH }));
  return full && cutTile(tile, full);
}
