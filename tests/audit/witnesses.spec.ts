import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { verifyCheckpoint } from '../../src/audit/log/checkpoint.js';
import { formatVkey, parseVkey } from '../../src/audit/log/signed-note.js';
import { parseWitnesses } from '../../src/audit/sealing/witnesses.js';
import { temporaryDirectory } from '../support/server.js';
import { appendSome, openSealed, readPublished, type Sealed } from '../support/transparency.js';
import { TestWitness } from '../support/witness.js';

let directory: string;
let witness: TestWitness;
let ledger: Sealed;
beforeEach(async () => {
  directory = await temporaryDirectory();
  witness = await TestWitness.start();
});
afterEach(async () => {
  await ledger.close();
  await witness.close();
  await rm(directory, { recursive: true });
});

const open = async (witnesses = [witness.address]) => {
  ledger = await openSealed(directory, { witnesses, witnessRetryMs: 20 });
};

/** Records so many events, and waits until they are sealed. */
async function grow(count: number): Promise<void> {
  const size = ledger.log.status.sealed + count;
  await appendSome(ledger.store, count);
  expect(await ledger.log.sealedUpTo(size, 10_000)).toBe(true);
}

/** How many of the witnesses the published checkpoint is signed by, the log's own signature being sound. */
async function witnessed(quorum: number, keys = [witness.key]): Promise<number> {
  const { checkpoint, sound } = await readPublished(directory);
  expect(sound).toBe(true);
  verifyCheckpoint(checkpoint.text, { log: ledger.log.status.keys.map(parseVkey), witnesses: keys, quorum });
  return checkpoint.size;
}

const reason = () => ledger.log.status.witnesses[0]!.reason;

/** Until it holds; the log looks at what is missing by itself. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(setImmediate);
}

test('each checkpoint is signed by its witness, from the first on', async () => {
  await open();
  await grow(3);
  expect(await witnessed(1)).toBe(3);
  await grow(300);
  expect(await witnessed(1)).toBe(303);
  expect(ledger.log.status.witnesses).toEqual([{ key: formatVkey(witness.key), signed: 303, reason: null }]);
});

test('of one that signs again and again, one signature is taken', async () => {
  witness.instead = ({ status, body }) => ({ status, body: status === 200 ? body.repeat(200) : body });
  await open();
  await grow(3);
  expect(await witnessed(1)).toBe(3);
  expect(ledger.log.checkpoint!.note.signatures).toHaveLength(2);
});

test('after a restart it goes on from what the witness saw', async () => {
  await open();
  await grow(3);
  await ledger.close();
  await open();
  await grow(5);
  expect(await witnessed(1)).toBe(8);
});

test('a checkpoint that is witnessed stays so while nothing is recorded', async () => {
  await open();
  await grow(3);
  const { asked } = witness;
  await ledger.close();
  await open();
  await until(() => ledger.log.status.state === 'sealing' && ledger.log.status.sealed === 3);
  expect(await witnessed(1)).toBe(3);
  expect(witness.asked).toBe(asked);
});

describe('the log does not wait for a witness that', () => {
  test.each<[string, () => void, RegExp]>([
    ['is away', () => (witness.instead = () => ({ status: 503, body: 'away' })), /503/],
    ['does not answer', () => (witness.instead = () => new Promise(() => undefined)), /timeout/],
    ['does not know its key', () => (witness.knows = [witness.key]), /does not know the key/],
    [
      'answers without a signature',
      () => (witness.instead = () => ({ status: 200, body: 'thanks\n' })),
      /no signature/,
    ],
    [
      'signed something else',
      () => (witness.instead = ({ status, body }) => ({ status, body: body.replace(/.{8}\n$/, 'AAAAAAA=\n') })),
      /no signature/,
    ],
    ['says another size for ever', () => (witness.instead = () => ({ status: 409, body: '0\n' })), /another size/],
    ['has seen more', () => (witness.seen = { size: 9, root: Buffer.alloc(32) }), /has seen 9 entries/],
    [
      'has seen another history',
      () => (witness.seen = { size: 2, root: Buffer.alloc(32) }),
      /what it has seen of this log is not the beginning/,
    ],
  ])('%s', async (_, spoil, why) => {
    spoil();
    await open();
    await grow(3);
    expect(await witnessed(0)).toBe(3);
    expect(reason()).toMatch(why);
    await expect(witnessed(1)).rejects.toThrow('signed by 0 witnesses of 1');
  });
});

test('a witness that comes back signs what is there, though nothing more is recorded', async () => {
  witness.instead = () => ({ status: 503, body: 'away' });
  await open();
  await grow(3);
  witness.instead = undefined;
  await until(() => ledger.log.status.witnesses[0]!.signed === 3);
  await until(() => (ledger.log.checkpoint?.note.signatures.length ?? 0) > 1);
  expect(await witnessed(1)).toBe(3);
  expect(reason()).toBeNull();
});

test('one of two is away: the other’s signature is kept, and it is not asked again', async () => {
  const other = await TestWitness.start();
  other.instead = () => ({ status: 503, body: 'away' });
  await open([witness.address, other.address]);
  await grow(3);
  const { asked } = witness;
  other.instead = undefined;
  await until(() => ledger.log.checkpoint?.note.signatures.length === 3);
  expect(await witnessed(2, [witness.key, other.key])).toBe(3);
  expect(witness.asked).toBe(asked);
  await other.close();
});

test('several are named in one setting', async () => {
  await open([]);
  expect(parseWitnesses(`${witness.setting}, ${witness.setting}`)).toMatchObject([
    { key: { id: witness.key.id }, url: witness.address.url },
    { key: { id: witness.key.id }, url: witness.address.url },
  ]);
  const logKey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
  for (const wrong of ['x', `${witness.setting} x`, formatVkey(witness.key), `${logKey} http://w.example/`]) {
    expect(() => parseWitnesses(wrong)).toThrow('must be the vkey of a cosignature and a URL');
  }
});
