import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LedgerEvent } from '../../domain/event.js';
import { parseSignedCheckpoint, type SignedCheckpoint } from '../log/checkpoint.js';
import { entriesIn } from '../log/entry-bundle.js';
import { tilePath, tilesBetween } from '../log/tile.js';
import { BundleNotes, INDEX_FILE, KEYS_FILE, schemaFile, sha256, SOURCES_FILE, SUMS_FILE, sumsText } from './bundle.js';
import { type LogSource, readTile } from './log-source.js';
import { Unsound } from './verify-log.js';

export interface BundleParts {
  /** vkeys. */
  readonly keys: readonly string[];
  /** By event type. */
  readonly schemas: ReadonlyMap<string, object>;
  /** Files that say what the ledger answers, up to a checkpoint. */
  readonly views?: (checkpoint: SignedCheckpoint) => AsyncIterable<readonly [path: string, text: string]>;
}

/** There is something in the directory already. */
export class DirectoryNotEmpty extends Error {
  override readonly name = 'DirectoryNotEmpty';
}

/** Writes a bundle of all that is sealed. @throws DirectoryNotEmpty; Unsound, where the log lacks a file */
export async function exportBundle(source: LogSource, parts: BundleParts, to: string): Promise<SignedCheckpoint> {
  await mkdir(to, { recursive: true });
  if ((await readdir(to)).length > 0) throw new DirectoryNotEmpty(`${to} is not empty`);
  const sums = new Map<string, string>();
  const write = async (path: string, bytes: Uint8Array | string) => {
    await mkdir(dirname(join(to, path)), { recursive: true });
    await writeFile(join(to, path), bytes);
    sums.set(path, sha256(bytes));
  };
  const note = await source.read('checkpoint');
  if (!note) throw new Unsound('Nothing is sealed so far');
  const checkpoint = parseSignedCheckpoint(note.toString());
  const notes = new BundleNotes();
  for (const tile of tilesBetween(0, checkpoint.size)) {
    const bytes = await readTile(source, tile);
    if (!bytes) throw new Unsound(`${tilePath(tile)} is not there`);
    await write(tilePath(tile), bytes);
    if (tile.level !== 'entries') continue;
    for (const entry of entriesIn(bytes)) notes.add(JSON.parse(entry.toString()) as LedgerEvent);
  }
  await write('checkpoint', note);
  for (const [type, schema] of parts.schemas) await write(schemaFile(type), `${JSON.stringify(schema, null, 2)}\n`);
  if (parts.views) for await (const [path, view] of parts.views(checkpoint)) await write(path, view);
  await write(KEYS_FILE, parts.keys.map((key) => `${key}\n`).join(''));
  await write(SOURCES_FILE, notes.sources);
  await write(INDEX_FILE, notes.index(checkpoint));
  await writeFile(join(to, SUMS_FILE), sumsText(sums));
  return checkpoint;
}
