import { existsSync, linkSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { EXIT } from '../../src/cli/exit-codes.js';
import { EmbeddedEventStore } from '../../src/event-store/embedded/embedded-event-store.js';
import { events } from '../contract/event-store.contract.js';
import { temporaryLedgers } from '../event-store/temporary-ledger.js';
import { mithaq } from './mithaq.js';

const newPath = temporaryLedgers();

async function append(path: string, ...types: string[]): Promise<void> {
  const store = await EmbeddedEventStore.open(path);
  await store.append('visit-1', events(...types), 'no_stream');
  await store.close();
}

describe('mithaq copy', () => {
  let from: string;
  let to: string;
  beforeEach(async () => {
    from = newPath();
    to = join(dirname(from), 'folder', 'copy.db');
    await append(from, 'A', 'B');
  });

  describe('on a terminal', () => {
    const isTTY = process.stderr.isTTY;
    afterEach(() => {
      process.stderr.isTTY = isTTY;
    });
    test('shows how far it is, aside from the summary', async () => {
      process.stderr.isTTY = true;
      const { said, printed } = await mithaq('copy', from, to);
      const lines = said.split('\r\u001b[K');
      expect([lines[0], lines[1], lines.at(-1)]).toEqual(['', '2 events copied', '2 events verified\n']);
      expect(printed).not.toContain('\r');
    });
  });

  test('says what was copied and what is there, and again that nothing was', async () => {
    expect(await mithaq('copy', from, to)).toEqual({
      code: EXIT.ok,
      said: '',
      printed: expect.stringMatching(
        /^2 events copied from \S+ to \S+, 0 were there before\n2 events verified, the same in both: SHA-256 [0-9a-f]{64}\n$/,
      ) as unknown,
    });
    const again = await mithaq('copy', from, to, '--json');
    expect(JSON.parse(again.printed)).toEqual({
      from,
      to,
      events: 2,
      copied: 0,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
    });
  });

  test('from a file that is not there is refused, and makes none', async () => {
    const none = join(dirname(from), 'none.db');
    expect(await mithaq('copy', none, to)).toMatchObject({ code: EXIT.refused, said: `There is no ledger at ${none}` });
    expect([none, to, dirname(to)].filter((path) => existsSync(path))).toEqual([]);
  });

  test('to the same ledger is refused, by whatever path', async () => {
    const [symbolic, hard] = [join(dirname(from), 'symbolic.db'), join(dirname(from), 'hard.db')];
    symlinkSync(from, symbolic);
    linkSync(from, hard);
    for (const same of [from, symbolic, hard]) expect(await mithaq('copy', from, same)).toMatchObject({ code: 2 });
    expect(await mithaq('copy', 'esdb://127.0.0.1:1', 'esdb://127.0.0.1:1')).toMatchObject({ code: EXIT.usage });
  });

  test('to what is neither a file nor an EventStoreDB is wrong use', async () => {
    expect(await mithaq('copy', from, 'http://127.0.0.1')).toMatchObject({ code: EXIT.usage });
    expect(await mithaq('copy', from, 'esdb://')).toMatchObject({ code: EXIT.usage });
  });

  test('to another ledger is refused', async () => {
    const other = newPath();
    await append(other, 'A', 'B');
    const { code, said } = await mithaq('copy', from, other);
    expect([code, said]).toEqual([EXIT.refused, expect.stringContaining('Nothing was copied')]);
  });

  test('from or to a ledger that is in use says so', async () => {
    const store = await EmbeddedEventStore.open(from);
    expect(await mithaq('copy', from, to)).toMatchObject({ code: EXIT.unavailable });
    const other = newPath();
    await append(other, 'A');
    expect(await mithaq('copy', other, from)).toMatchObject({ code: EXIT.unavailable });
    await store.close();
  });

  test('to an EventStoreDB that does not answer says so, and never the password', async () => {
    const { code, said } = await mithaq('copy', from, 'esdb://admin:secret@127.0.0.1:1?tls=false');
    expect(code).toBe(EXIT.unavailable);
    expect(said).toContain('goes on from there');
    expect(said).not.toContain('secret');
  });
});
