import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import {
  consistencyProof,
  EMPTY_ROOT,
  type Hash,
  inclusionProof,
  leafHash,
  nodeHash,
  type ReadNode,
  rootHash,
  verifyConsistency,
  verifyInclusion,
} from '../../src/audit/log/merkle.js';

// The leaves and roots of the reference implementation of RFC 6962 (certificate-transparency, merkletree tests).
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  (hex) => Buffer.from(hex, 'hex'),
);
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

/** MTH, PATH and SUBPROOF as RFC 6962, section 2.1, writes them. */
const largestPowerBelow = (n: number): number => 2 ** Math.ceil(Math.log2(n) - 1);
const MTH = (d: readonly Buffer[]): Hash => {
  if (d.length === 0) return createHash('sha256').digest();
  if (d.length === 1) return createHash('sha256').update('\0').update(d[0]!).digest();
  const k = largestPowerBelow(d.length);
  return createHash('sha256').update('\x01').update(MTH(d.slice(0, k))).update(MTH(d.slice(k))).digest(); // prettier-ignore
};
const PATH = (m: number, d: readonly Buffer[]): Hash[] => {
  if (d.length === 1) return [];
  const k = largestPowerBelow(d.length);
  return m < k ? [...PATH(m, d.slice(0, k)), MTH(d.slice(k))] : [...PATH(m - k, d.slice(k)), MTH(d.slice(0, k))];
};
const SUBPROOF = (m: number, d: readonly Buffer[], whole: boolean): Hash[] => {
  if (m === d.length) return whole ? [] : [MTH(d)];
  const k = largestPowerBelow(d.length);
  return m <= k
    ? [...SUBPROOF(m, d.slice(0, k), whole), MTH(d.slice(k))]
    : [...SUBPROOF(m - k, d.slice(k), false), MTH(d.slice(0, k))];
};

const MAX = 130;
const leaves = Array.from({ length: MAX }, (_, i) => Buffer.from(`leaf ${i}`));
const reading =
  (d: readonly Buffer[]): ReadNode =>
  (level, index) =>
    MTH(d.slice(index * 2 ** level, (index + 1) * 2 ** level));
const read = reading(leaves);
const roots: Hash[] = [];
beforeAll(() => {
  for (let size = 0; size <= MAX; size += 1) roots.push(MTH(leaves.slice(0, size)));
});

describe('the tree of RFC 6962', () => {
  test.each(ROOTS.map((root, size) => [size, root]))('has the known root of %i leaves', async (size, root) => {
    expect((await rootHash(reading(LEAVES), Number(size))).toString('hex')).toBe(root);
    expect(MTH(LEAVES.slice(0, Number(size))).toString('hex')).toBe(root);
  });

  test('hashes leaves and nodes apart', () => {
    expect(leafHash(Buffer.concat([roots[1]!, roots[2]!]))).not.toEqual(nodeHash(roots[1]!, roots[2]!));
    expect(EMPTY_ROOT.toString('hex')).toBe(ROOTS[0]);
  });
});

const trees = fc.integer({ min: 1, max: MAX });

describe('an inclusion proof', () => {
  test('is the path of RFC 6962, and leads to the root', async () => {
    await fc.assert(
      fc.asyncProperty(trees, fc.nat(), async (size, n) => {
        const index = n % size;
        const proof = await inclusionProof(read, index, size);
        expect(proof).toEqual(PATH(index, leaves.slice(0, size)));
        expect(proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
        expect(verifyInclusion(leafHash(leaves[index]!), index, size, proof, roots[size]!)).toBe(true);
      }),
    );
  });

  test('shows no other leaf, place, size or root', async () => {
    await fc.assert(
      fc.asyncProperty(trees, fc.nat(), trees, fc.nat(), async (size, n, otherSize, m) => {
        const [index, otherIndex] = [n % size, m % size];
        const proof = await inclusionProof(read, index, size);
        const leaf = leafHash(leaves[index]!);
        const shows = (l: Hash, at: number, of: number, root: Hash) => verifyInclusion(l, at, of, proof, root);
        expect(shows(leafHash(leaves[otherIndex]!), index, size, roots[size]!)).toBe(index === otherIndex);
        expect(shows(leaf, otherIndex, size, roots[size]!)).toBe(index === otherIndex);
        expect(shows(leaf, index, size, roots[otherSize]!)).toBe(size === otherSize);
        expect(shows(leaf, size, size, roots[size]!)).toBe(false);
        expect(shows(leaf, -1, size, roots[size]!)).toBe(false);
      }),
    );
  });

  test.each([
    [-1, 3],
    [3, 3],
    [0, 0],
  ])('there is none of leaf %i of %i', async (index, size) => {
    await expect(inclusionProof(read, index, size)).rejects.toThrow(RangeError);
  });
});

describe('a consistency proof', () => {
  test('is that of RFC 6962, and shows one tree to be the beginning of the other', async () => {
    await fc.assert(
      fc.asyncProperty(trees, fc.nat(), async (to, n) => {
        const from = n % (to + 1);
        const proof = await consistencyProof(read, from, to);
        expect(proof).toEqual(from === 0 ? [] : SUBPROOF(from, leaves.slice(0, to), true));
        expect(verifyConsistency({ size: from, root: roots[from]! }, { size: to, root: roots[to]! }, proof)).toBe(true);
      }),
    );
  });

  test('shows nothing of another tree', async () => {
    await fc.assert(
      fc.asyncProperty(trees, fc.nat(), fc.nat(), fc.nat(), async (to, n, o, p) => {
        const [from, otherFrom, otherTo] = [(n % to) + 1, (o % MAX) + 1, (p % MAX) + 1];
        const proof = await consistencyProof(read, from, to);
        const forged = MTH([Buffer.from('another'), ...leaves.slice(1, from)]);
        const shows = (a: number, rootA: Hash, b: number, rootB: Hash) =>
          verifyConsistency({ size: a, root: rootA }, { size: b, root: rootB }, proof);
        expect(shows(from, forged, to, roots[to]!)).toBe(false);
        expect(shows(from, roots[from]!, to, forged)).toBe(false);
        expect(shows(from, roots[otherFrom]!, to, roots[to]!)).toBe(from === otherFrom);
        expect(shows(from, roots[from]!, to, roots[otherTo]!)).toBe(to === otherTo);
        if (to > from) expect(shows(to, roots[to]!, from, roots[from]!)).toBe(false);
      }),
    );
  });

  test.each([
    [-1, 3],
    [4, 3],
  ])('there is none from %i to %i', async (from, to) => {
    await expect(consistencyProof(read, from, to)).rejects.toThrow(RangeError);
  });
});

/** A copy of a proof in which something is otherwise: a bit, the order, a hash less or more; undefined where nothing is. */
function spoil(proof: readonly Hash[], how: number, at: number): Hash[] | undefined {
  const spoilt = proof.map((h) => Buffer.from(h));
  const place = at % (proof.length || 1);
  if (how === 0) return [...spoilt.slice(0, place), Buffer.alloc(32, at), ...spoilt.slice(place)];
  if (proof.length === 0) return undefined;
  if (how === 1) return spoilt.filter((_, i) => i !== place);
  if (how === 2) spoilt[place]![(at >> 3) % 32]! ^= 1 << (at % 8);
  else spoilt.reverse();
  return spoilt.every((h, i) => h.equals(proof[i]!)) ? undefined : spoilt;
}

test('no proof in which something is otherwise is accepted', async () => {
  const sizes = [1, 2, 3, 7, 8, 64, 65, 100, 127, 128, 130];
  const proofs = await Promise.all(
    sizes.flatMap((size) =>
      Array.from({ length: Math.min(size, 40) }, async (_, n) => {
        const index = (n * 37) % size;
        const inclusion = await inclusionProof(read, index, size);
        return { size, index, inclusion, consistency: await consistencyProof(read, index + 1, size) };
      }),
    ),
  );
  const mutation = fc.tuple(fc.nat(proofs.length - 1), fc.nat(3), fc.nat(2 ** 30));
  const count = process.env['MITHAQ_TEST_LONG'] ? 1_000_000 : 5_000;
  for (const [n, how, at] of fc.sample(mutation, count)) {
    const { size, index, inclusion, consistency } = proofs[n]!;
    const now = { size, root: roots[size]! };
    const path = spoil(inclusion, how, at);
    if (path && verifyInclusion(leafHash(leaves[index]!), index, size, path, now.root))
      throw new Error(`${n} ${how} ${at}`);
    const between = spoil(consistency, how, at);
    const old = { size: index + 1, root: roots[index + 1]! };
    if (between && verifyConsistency(old, now, between)) throw new Error(`consistency ${n} ${how} ${at}`);
  }
});
