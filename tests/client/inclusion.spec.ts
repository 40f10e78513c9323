import { describe, expect, test } from '@jest/globals';
import {
  checkInclusion,
  type InclusionClaim,
  isConsistent,
  isSignedBy,
  leadsOnFrom,
  leafHash,
  readCheckpoint,
  rootOf,
} from '@mithaq/client';
import { generateKeyPairSync } from 'node:crypto';
import { checkpointText } from '../../src/audit/log/checkpoint.js';
import * as tree from '../../src/audit/log/merkle.js';
import { formatNote, formatVkey, signText, verifierKey } from '../../src/audit/log/signed-note.js';
import { clientOf, json, problem } from './fake-ledger.js';

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));

describe('the way from a leaf to a root', () => {
  // The leaves, a proof and the root of the reference implementation of RFC 6962 (certificate-transparency).
  const ROOT_OF_8 = hex('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
  const PROOF_OF_FIRST = [
    '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  ].map(hex);

  test('is that of the reference', async () => {
    const leaf = await leafHash(hex(''));
    expect(leaf).toEqual(hex('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'));
    expect(await rootOf(leaf, 0, 8, PROOF_OF_FIRST)).toEqual(ROOT_OF_8);
  });

  test('leads elsewhere from another leaf or place, and nowhere by a proof of another length', async () => {
    const leaf = await leafHash(hex(''));
    expect(await rootOf(await leafHash(hex('00')), 0, 8, PROOF_OF_FIRST)).not.toEqual(ROOT_OF_8);
    expect(await rootOf(leaf, 1, 8, PROOF_OF_FIRST)).not.toEqual(ROOT_OF_8);
    expect(await rootOf(leaf, 0, 8, PROOF_OF_FIRST.slice(1))).toBeUndefined();
    expect(await rootOf(leaf, 0, 8, [...PROOF_OF_FIRST, leaf])).toBeUndefined();
    expect(await rootOf(leaf, 8, 8, PROOF_OF_FIRST)).toBeUndefined();
  });

  test('is the same as that of the ledger’s own verifier, for every leaf of trees of many sizes', async () => {
    for (const size of [1, 2, 3, 5, 8, 13, 31, 64, 65]) {
      const hashes = Array.from({ length: size }, (_, i) => tree.leafHash(Buffer.from(`leaf ${i}`)));
      const root = await tree.rootHash(reading(hashes), size);
      for (let index = 0; index < size; index += 1) {
        const proof = await tree.inclusionProof(reading(hashes), index, size);
        const found = await rootOf(new Uint8Array(hashes[index]!), index, size, proof.map(bytes));
        expect(found).toEqual(new Uint8Array(root));
      }
    }
  });
});

const bytes = (buffer: Buffer) => new Uint8Array(buffer);

/** The nodes of a tree of these leaves, made from below. */
const reading =
  (hashes: readonly tree.Hash[]): tree.ReadNode =>
  (level, index) => {
    if (level === 0) return hashes[index]!;
    const half = (at: number) => reading(hashes)(level - 1, at) as tree.Hash;
    return tree.nodeHash(half(2 * index), half(2 * index + 1));
  };

describe('that a tree is the beginning of another', () => {
  // Of the reference implementation of RFC 6962, as above.
  const ROOT_OF_6 = hex('76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef');
  const ROOT_OF_8 = hex('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
  const FROM_6_TO_8 = [
    '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  ].map(hex);

  test('is shown by the proof of the reference', async () => {
    expect(await isConsistent([6, ROOT_OF_6], [8, ROOT_OF_8], FROM_6_TO_8)).toBe(true);
  });

  test('is not shown of other roots or sizes, nor by another proof', async () => {
    expect(await isConsistent([6, ROOT_OF_8], [8, ROOT_OF_8], FROM_6_TO_8)).toBe(false);
    expect(await isConsistent([6, ROOT_OF_6], [8, ROOT_OF_6], FROM_6_TO_8)).toBe(false);
    expect(await isConsistent([5, ROOT_OF_6], [8, ROOT_OF_8], FROM_6_TO_8)).toBe(false);
    expect(await isConsistent([8, ROOT_OF_8], [6, ROOT_OF_6], FROM_6_TO_8)).toBe(false);
    expect(await isConsistent([6, ROOT_OF_6], [8, ROOT_OF_8], FROM_6_TO_8.slice(1))).toBe(false);
    expect(await isConsistent([6, ROOT_OF_6], [8, ROOT_OF_8], [...FROM_6_TO_8, ROOT_OF_6])).toBe(false);
    expect(await isConsistent([6, ROOT_OF_6], [8, ROOT_OF_8], [])).toBe(false);
    expect(await isConsistent([8, ROOT_OF_8], [8, ROOT_OF_6], [])).toBe(false);
  });

  test('is the same as for the ledger’s own verifier, of every two trees up to 33 leaves', async () => {
    const hashes = Array.from({ length: 33 }, (_, i) => tree.leafHash(Buffer.from(`leaf ${i}`)));
    const roots = await Promise.all(hashes.map((_, i) => tree.rootHash(reading(hashes), i + 1)));
    const tampered = bytes(Buffer.alloc(32));
    for (let second = 1; second <= 33; second += 1) {
      for (let first = 1; first <= second; first += 1) {
        const proof = (await tree.consistencyProof(reading(hashes), first, second)).map(bytes);
        const [a, b] = [bytes(roots[first - 1]!), bytes(roots[second - 1]!)];
        expect(await isConsistent([first, a], [second, b], proof)).toBe(true);
        expect(await isConsistent([first, tampered], [second, b], proof)).toBe(false);
      }
    }
  });

  test('is asked of checkpoints of one log', async () => {
    const hashes = [1, 2, 3].map((i) => tree.leafHash(Buffer.from(`leaf ${i}`)));
    const noteOf = async (size: number, origin = 'example.com/log') =>
      `${checkpointText({ origin, size, root: await tree.rootHash(reading(hashes), size) })}\n`;
    const proof = (await tree.consistencyProof(reading(hashes), 2, 3)).map((hash) => hash.toString('base64'));
    expect(await leadsOnFrom(await noteOf(2), await noteOf(3), proof)).toBe(true);
    expect(await leadsOnFrom(await noteOf(1), await noteOf(3), proof)).toBe(false);
    expect(await leadsOnFrom(await noteOf(2, 'example.com/other'), await noteOf(3), proof)).toBe(false);
    expect(await leadsOnFrom('no checkpoint', await noteOf(3), proof)).toBe(false);
    expect(readCheckpoint(await noteOf(3))).toMatchObject({ origin: 'example.com/log', size: 3, signedBy: [] });
  });
});

describe('a signature of a note', () => {
  // The example of c2sp.org/signed-note.
  const KEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
  const NOTE = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`;

  test('of the specification is that of its key', async () => {
    expect(await isSignedBy(NOTE, KEY)).toBe(true);
  });

  test('is none of another text, name or key', async () => {
    expect(await isSignedBy(NOTE.replace('an example', 'another'), KEY)).toBe(false);
    expect(await isSignedBy(NOTE, KEY.replace('foo', 'bar'))).toBe(false);
    expect(await isSignedBy(NOTE, KEY.replace('Aeky', 'Aekz'))).toBe(false);
    expect(await isSignedBy(NOTE, 'no key')).toBe(false);
  });
});

describe('whether an event is in the log', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = verifierKey('example.com/log', publicKey);
  const keys = [formatVkey(key)];
  const entries = [1, 2, 3].map((position) => Buffer.from(JSON.stringify({ position, id: `event ${position}` })));
  const hashes = entries.map(tree.leafHash);

  /** What an honest ledger says of the second entry. */
  async function claim(): Promise<InclusionClaim> {
    const root = await tree.rootHash(reading(hashes), 3);
    const text = checkpointText({ origin: 'example.com/log', size: 3, root });
    const proof = await tree.inclusionProof(reading(hashes), 1, 3);
    return {
      entry: bytes(entries[1]!),
      proof: {
        index: 1,
        leafHash: hashes[1]!.toString('base64'),
        hashes: proof.map((hash) => hash.toString('base64')),
        checkpoint: formatNote({ text, signatures: [signText(text, key, privateKey)] }),
      },
    };
  }

  test('is found out of what an honest ledger says', async () => {
    expect(await checkInclusion(await claim(), keys)).toEqual({
      position: 2,
      eventId: 'event 2',
      leaf: true,
      root: true,
      signature: true,
      size: 3,
    });
  });

  test('an entry with a byte changed is not in it', async () => {
    const honest = await claim();
    const entry = Uint8Array.from(honest.entry, (byte, i) => (i === honest.entry.length - 3 ? byte ^ 1 : byte));
    expect(await checkInclusion({ ...honest, entry }, keys)).toMatchObject({ leaf: false, root: false });
  });

  test('a proof of another place, or a checkpoint of another root, shows nothing', async () => {
    const honest = await claim();
    const elsewhere = { ...honest, proof: { ...honest.proof, index: 0 } };
    expect(await checkInclusion(elsewhere, keys)).toMatchObject({ leaf: true, root: false });
    const [, , root] = honest.proof.checkpoint.split('\n');
    const checkpoint = honest.proof.checkpoint.replace(root!, hashes[0]!.toString('base64'));
    const forged = { ...honest, proof: { ...honest.proof, checkpoint } };
    expect(await checkInclusion(forged, keys)).toMatchObject({ root: false, signature: false });
  });

  test('a checkpoint that none of the keys signed is not believed', async () => {
    const other = verifierKey('example.com/log', generateKeyPairSync('ed25519').publicKey);
    expect(await checkInclusion(await claim(), [formatVkey(other)])).toMatchObject({ root: true, signature: false });
    expect(await checkInclusion(await claim(), [])).toMatchObject({ signature: false });
  });

  test('is asked of the ledger: the entry’s bytes, and the proof', async () => {
    const { entry, proof } = await claim();
    const { client, asked } = clientOf(({ url }) =>
      url.pathname.endsWith('/proof')
        ? json(proof)
        : new Response(Buffer.from(entry).toString(), { headers: { 'content-type': 'application/json' } }),
    );
    expect(await client.checkInclusion('2', keys)).toMatchObject({ leaf: true, root: true, signature: true });
    expect(asked.map(({ url }) => url.pathname).sort()).toEqual(['/v1/log/entries/2', '/v1/log/entries/2/proof']);
  });

  test('of a ledger without a log is its problem', async () => {
    const { client } = clientOf(() => problem(404));
    await expect(client.checkInclusion('2', keys)).rejects.toMatchObject({ status: 404 });
  });
});
