import type { RenderOptions } from './render/text.js';

export const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** How to lay text out on the terminal that we write to; a pipe is taken for one of 100 columns. */
export const terminal = (language: RenderOptions['language']): RenderOptions => ({
  width: Math.max(40, process.stdout.columns ?? 100),
  colour: process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined,
  language,
});
