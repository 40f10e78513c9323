import type { LedgerEvent } from '../../domain/event.js';
import { parseSignedCheckpoint, type Policy, type SignedCheckpoint, verifyCheckpoint } from '../log/checkpoint.js';
import { entriesIn, InvalidBundle } from '../log/entry-bundle.js';
import { HASH_BYTES, leafHash } from '../log/merkle.js';
import { InvalidNote } from '../log/signed-note.js';
import { entryTiles, type Tile, TILE_WIDTH, tilePath } from '../log/tile.js';
import { TreeEdge, type TileFile } from '../log/tree-edge.js';
import { type LogSource, readTile } from './log-source.js';

/** What was verified is not what it says it is. */
export class Unsound extends Error {
  override readonly name = 'Unsound';
  constructor(
    message: string,
    /** Of the first event that is wrong, from 1; undefined where none can be named. */
    readonly position?: number,
  ) {
    super(position === undefined ? message : `Position ${position}: ${message}`);
  }
}

export interface VerifyLogOptions {
  readonly policy: Policy;
  /** The checkpoint that the auditor kept, a signed note: the log has to begin with it. */
  readonly since?: string | undefined;
  /** Undefined: the entries are looked at as bytes, and not as events. */
  readonly events?: EventChecks | undefined;
}

export interface EventChecks {
  /** What of an event its schema forbids. */
  readonly faults: (event: LedgerEvent) => readonly string[];
  /** Told each event that is in order. */
  readonly onEvent?: (event: LedgerEvent) => void;
}

/**
 * Verifies all of a log from nothing but its files: that every entry makes its leaf, that the leaves make the tiles and
 * the root, that the root is signed, that the tree begins with the one that the auditor knew; and of each event, that its
 * position is that of its leaf, that its stream has no gap before it, and that it is as its schema says.
 * @throws Unsound, at the first thing that is wrong
 */
export async function verifyLog(source: LogSource, options: VerifyLogOptions): Promise<SignedCheckpoint> {
  const note = (await source.read('checkpoint'))?.toString();
  if (note === undefined) throw new Unsound('There is no checkpoint');
  const checkpoint = signed('The checkpoint', note, options.policy);
  const since =
    options.since === undefined ? undefined : signed('The checkpoint that was kept', options.since, options.policy);
  if (since) expectSameLog(since, checkpoint);
  const edge = new TreeEdge();
  const order = options.events && new EventOrder(options.events);
  const { size } = checkpoint;
  if (since?.size === 0) await expectBeginning(edge, since);
  for (const tile of entryTiles(size)) {
    const leafTile: Tile = { ...tile, level: 0 };
    const leaves = await tileOf(source, leafTile);
    if (leaves.length !== tile.width * HASH_BYTES) {
      throw new Unsound(`${tilePath(leafTile)} does not hold ${tile.width} leaves`, firstOf(leafTile));
    }
    for (const [i, entry] of entriesOf(tile, await tileOf(source, tile)).entries()) {
      const position = edge.size + 1;
      const leaf = leafHash(entry);
      if (leaf.compare(leaves, i * HASH_BYTES, (i + 1) * HASH_BYTES) !== 0) {
        throw new Unsound(`the entry does not make the leaf that is in ${tilePath(leafTile)}`, position);
      }
      order?.next(entry, position);
      for (const full of edge.append(entry, leaf)) await expectTile(source, full);
      if (since?.size === edge.size) await expectBeginning(edge, since);
    }
  }
  for (const partial of edge.partial()) await expectTile(source, partial);
  if (!(await edge.root()).equals(checkpoint.root)) {
    throw new Unsound(`The ${size} entries make another root than the one that is signed`);
  }
  return checkpoint;
}

/** How many entries a log has, as it says. @throws Unsound */
async function sizeOf(source: LogSource): Promise<number> {
  const note = await source.read('checkpoint');
  if (!note) throw new Unsound('There is no checkpoint');
  return parseSignedCheckpoint(note.toString()).size;
}

/**
 * The events of a log in their order, as they are in its files: nothing is verified.
 * @param upTo how many; undefined: all
 * @throws Unsound where a file is missing
 */
export async function* eventsIn(source: LogSource, upTo?: number): AsyncGenerator<LedgerEvent, void, undefined> {
  const size = upTo ?? (await sizeOf(source));
  for (const tile of entryTiles(size)) {
    for (const entry of entriesOf(tile, await tileOf(source, tile))) yield JSON.parse(entry.toString()) as LedgerEvent;
  }
}

function signed(what: string, note: string, policy: Policy): SignedCheckpoint {
  try {
    return verifyCheckpoint(note, policy);
  } catch (error) {
    if (error instanceof InvalidNote) throw new Unsound(`${what} is not to be believed: ${error.message}`);
    throw error;
  }
}

function expectSameLog(since: SignedCheckpoint, now: SignedCheckpoint): void {
  if (since.origin !== now.origin) throw new Unsound(`The log is ${now.origin}, and not ${since.origin}`);
  if (since.size > now.size) {
    throw new Unsound(`The log has ${now.size} entries, and had ${since.size}: what was sealed is gone`);
  }
}

async function expectBeginning(edge: TreeEdge, since: SignedCheckpoint): Promise<void> {
  if (!(await edge.root()).equals(since.root)) {
    throw new Unsound(`The first ${since.size} entries are not those of the checkpoint that was kept`);
  }
}

async function tileOf(source: LogSource, tile: Tile): Promise<Buffer> {
  const bytes = await readTile(source, tile).catch((error: unknown) => refuse(tile, error));
  if (!bytes) throw new Unsound(`${tilePath(tile)} is not there`, firstOf(tile));
  return bytes;
}

/** @throws Unsound where a bundle is none; else what it was given */
function refuse(tile: Tile, error: unknown): never {
  if (error instanceof InvalidBundle) throw new Unsound(`${tilePath(tile)}: ${error.message}`, firstOf(tile));
  throw error;
}

/** The position of the first event in a tile of entries or leaves. */
const firstOf = ({ index, level }: Tile): number | undefined =>
  level === 'entries' || level === 0 ? index * TILE_WIDTH + 1 : undefined;

function bundled(tile: Tile, bytes: Buffer): Buffer[] {
  try {
    return entriesIn(bytes);
  } catch (error) {
    return refuse(tile, error);
  }
}

function entriesOf(tile: Tile, bytes: Buffer): Buffer[] {
  const entries = bundled(tile, bytes);
  if (entries.length !== tile.width) {
    throw new Unsound(`${tilePath(tile)} holds ${entries.length} entries, and not ${tile.width}`, firstOf(tile));
  }
  return entries;
}

/** That a tile of what is above the leaves is what they make; the lowest two are compared one by one. */
async function expectTile(source: LogSource, { tile, bytes }: TileFile): Promise<void> {
  if (tile.level === 'entries' || tile.level === 0) return;
  if (!(await tileOf(source, tile)).equals(bytes)) {
    throw new Unsound(`${tilePath(tile)} does not hold what the entries make`, firstOf(tile));
  }
}

/** Events one after the other: each at the position of its leaf, a stream's without a gap, and as its schema says. */
class EventOrder {
  readonly #revisions = new Map<string, number>();

  constructor(private readonly checks: EventChecks) {}

  /** @throws Unsound */
  next(entry: Buffer, position: number): void {
    const event = parse(entry);
    if (!event) throw new Unsound('the entry is not an event', position);
    if (event.position !== position)
      throw new Unsound(`the event says that its position is ${event.position}`, position);
    const expected = this.#revisions.get(event.stream) ?? 0;
    if (event.revision !== expected) {
      throw new Unsound(
        `the event is revision ${event.revision} of ${event.stream}, where ${expected} comes next`,
        position,
      );
    }
    this.#revisions.set(event.stream, expected + 1);
    const [fault] = this.checks.faults(event);
    if (fault !== undefined) throw new Unsound(`the event is not as its schema says: ${fault}`, position);
    this.checks.onEvent?.(event);
  }
}

function parse(entry: Buffer): LedgerEvent | undefined {
  try {
    const value = JSON.parse(entry.toString()) as Partial<LedgerEvent> | null;
    return typeof value?.stream === 'string' && typeof value.type === 'string' ? (value as LedgerEvent) : undefined;
  } catch {
    return undefined;
  }
}
