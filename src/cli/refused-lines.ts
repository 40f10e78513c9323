import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { ProblemDetails } from '../api/problems.js';
import type { Line } from '../commands/bulk/lines.js';

/**
 * The lines that were refused, each as it was, in a file that can be mended and imported by itself; and why, line by
 * line, in another beside it. Both are begun when there is one.
 */
export class RefusedLines {
  readonly reasonsPath: string;
  #lines: WriteStream | undefined;
  #reasons: WriteStream | undefined;

  constructor(readonly path: string) {
    this.reasonsPath = `${path.replace(/\.ndjson$/, '')}.reasons.ndjson`;
  }

  /** @throws where it can't be written */
  async add({ number, bytes, pieces }: Line, { instance: _, ...problem }: ProblemDetails): Promise<void> {
    this.#lines ??= await open(this.path);
    this.#reasons ??= await open(this.reasonsPath);
    if (bytes) await write(this.#lines, bytes);
    for await (const piece of pieces ?? []) await write(this.#lines, piece);
    await write(this.#lines, '\n');
    await write(this.#reasons, `${JSON.stringify({ line: number, ...problem })}\n`);
  }

  async close(): Promise<void> {
    for (const stream of [this.#lines, this.#reasons]) {
      if (!stream) continue;
      stream.end();
      await finished(stream);
    }
  }
}

async function open(path: string): Promise<WriteStream> {
  const stream = createWriteStream(path);
  await once(stream, 'open');
  return stream;
}

async function write(stream: WriteStream, text: string | Uint8Array): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}
