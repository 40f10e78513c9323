import { MAX_TEXT_BYTES } from '../parse-command.js';

/** A line of a file of commands, as it came: without its line feed, with its carriage return if it has one. */
export interface Line {
  /** From 1; blank lines count. */
  readonly number: number;
  /** None where it is too long to be a command. */
  readonly bytes: Buffer | undefined;
  /** All of a line that is too long, piece by piece. To be read before the next line is asked for: then it is gone. */
  readonly pieces?: AsyncIterable<Buffer>;
}

const LINE_FEED = 0x0a;
const NOTHING = Buffer.alloc(0);

/**
 * The lines of a file of commands that comes in chunks. Blank ones are passed over, the last one needs no line feed. A
 * line of more than `limit` bytes is never held as a whole.
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  limit = MAX_TEXT_BYTES,
): AsyncGenerator<Line, void, undefined> {
  const unread = new Unread(chunks);
  try {
    for (let number = 1; await unread.any(); number += 1) {
      const bytes = await unread.line(limit);
      if (!bytes) {
        const rest = unread.pieces();
        yield { number, bytes, pieces: rest };
        await unread.skipLine();
      } else if (!isBlank(bytes)) {
        yield { number, bytes };
      }
    }
  } finally {
    await unread.close();
  }
}

/** What came and was not read yet: never more than a line's limit and a chunk. */
class Unread {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #bytes: Buffer = NOTHING;
  #ended = false;
  /** Within a line that is too long. */
  #within = false;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  async any(): Promise<boolean> {
    while (this.#bytes.length === 0 && !this.#ended) await this.#more();
    return this.#bytes.length > 0;
  }

  /** The next line; undefined where it is longer. */
  async line(limit: number): Promise<Buffer | undefined> {
    let end: number;
    for (let from = 0; ;) {
      end = this.#bytes.indexOf(LINE_FEED, from);
      from = this.#bytes.length;
      if (end >= 0 || this.#ended || from > limit) break;
      await this.#more();
    }
    const length = end < 0 ? this.#bytes.length : end;
    this.#within = length > limit;
    return this.#within ? undefined : this.#take(length);
  }

  /** The line that is too long, or what is left of it. */
  async *pieces(): AsyncGenerator<Buffer, void, undefined> {
    for (let piece = await this.#piece(); piece; piece = await this.#piece()) yield piece;
  }

  async skipLine(): Promise<void> {
    while (await this.#piece());
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #piece(): Promise<Buffer | undefined> {
    if (!this.#within || !(await this.any())) return undefined;
    const end = this.#bytes.indexOf(LINE_FEED);
    this.#within = end < 0;
    return this.#take(end < 0 ? this.#bytes.length : end);
  }

  /** Takes so many bytes, and the line feed behind them. */
  #take(length: number): Buffer {
    const taken = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length + 1);
    return taken;
  }

  async #more(): Promise<void> {
    const next = await this.#chunks.next();
    if (next.done) this.#ended = true;
    else this.#bytes = this.#bytes.length === 0 ? asBuffer(next.value) : Buffer.concat([this.#bytes, next.value]);
  }
}

const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array) => Buffer.from(buffer, byteOffset, byteLength);

/** Whether there is nothing but JSON's white space, and perhaps a byte order mark before it. */
function isBlank(bytes: Buffer): boolean {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  for (let i = start; i < bytes.length; i += 1) {
    const byte = bytes[i];
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  }
  return true;
}
