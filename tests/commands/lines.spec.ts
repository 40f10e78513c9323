import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { linesOf } from '../../src/commands/bulk/lines.js';

async function* chunksOf(bytes: Buffer, sizes: readonly number[]): AsyncIterable<Buffer> {
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    await Promise.resolve();
    yield bytes.subarray(at, (at += size));
  }
}

/** Each line as text; of one that is too long, what `read` gives of it. */
async function read(chunks: AsyncIterable<Buffer>, limit: number, pieces: 'all' | 'one' | 'none') {
  const lines: [number, string | undefined][] = [];
  for await (const line of linesOf(chunks, limit)) {
    if (line.bytes) lines.push([line.number, line.bytes.toString()]);
    else {
      let text = '';
      if (pieces !== 'none') {
        for await (const piece of line.pieces!) {
          text += piece.toString('latin1');
          if (pieces === 'one') break;
        }
      }
      lines.push([line.number, pieces === 'all' ? Buffer.from(text, 'latin1').toString() : undefined]);
    }
  }
  return lines;
}

const text = fc
  .array(fc.constantFrom('\n', '\n', ' ', '\r', 'a', 'bcd', 'ميثاق', '{"x":1}'), { maxLength: 60 })
  .map((parts) => parts.join(''));
const sizes = fc.array(fc.nat(7), { maxLength: 60 });
const LIMIT = 12;

describe('the lines of a file', () => {
  test('are the same however it is cut into chunks, and those that are too long are given whole', async () => {
    await fc.assert(
      fc.asyncProperty(text, sizes, async (whole, cuts) => {
        const expected = whole
          .split('\n')
          .map((line, i): [number, string] => [i + 1, line])
          .filter(([, line]) => Buffer.byteLength(line) > LIMIT || /[^ \t\r]/.test(line));
        expect(await read(chunksOf(Buffer.from(whole), cuts), LIMIT, 'all')).toEqual(expected);
      }),
    );
  });

  test.each(['one', 'none'] as const)('a long one of which %s is read leaves no trace in the next', async (pieces) => {
    await fc.assert(
      fc.asyncProperty(text, sizes, async (whole, cuts) => {
        const all = await read(chunksOf(Buffer.from(whole), cuts), LIMIT, 'all');
        const expected = all.map(([n, line]) => [n, Buffer.byteLength(line!) > LIMIT ? undefined : line]);
        expect(await read(chunksOf(Buffer.from(whole), cuts), LIMIT, pieces)).toEqual(expected);
      }),
    );
  });
});
