import { once } from 'node:events';
import type { RenderOptions } from './render/text.js';

export const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** What is not the answer. */
export const tell = (text: string): void => void process.stderr.write(`${text}\n`);

/** Writes pieces as they come, no faster than they are taken. */
export async function writeAll(pieces: AsyncIterable<string>): Promise<void> {
  for await (const piece of pieces) if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
}

/** How to lay text out on the terminal that we write to; a pipe is taken for one of 100 columns. */
export const terminal = (language: RenderOptions['language']): RenderOptions => ({
  width: Math.max(40, process.stdout.columns ?? 100),
  colour: process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined,
  language,
});
