import { hash } from 'node:crypto';

/*
 * The Merkle tree of RFC 6962, section 2.1, and its proofs; verified as RFC 9162, sections 2.1.3.2 and 2.1.4.2, says.
 * Sizes and indexes are numbers up to 2^53, so they are halved by division: bit operations end at 32 bits.
 */

/** SHA-256, 32 bytes. */
export type Hash = Buffer;
export const HASH_BYTES = 32;

const sha256 = (...parts: readonly Uint8Array[]): Hash => hash('sha256', Buffer.concat(parts), 'buffer');

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

export const leafHash = (entry: Uint8Array): Hash => sha256(LEAF, entry);
export const nodeHash = (left: Hash, right: Hash): Hash => sha256(NODE, left, right);
export const EMPTY_ROOT = sha256();

/** Gives the hash of a complete subtree: of the leaves from `index * 2^level` up to `(index + 1) * 2^level`. */
export type ReadNode = (level: number, index: number) => Hash | Promise<Hash>;

/** The largest power of two that is less than `size`, which is at least 2: where RFC 6962 splits a tree. */
function split(size: number): number {
  let k = 1;
  while (2 * k < size) k *= 2;
  return k;
}

/** The hash of the leaves from `start` up to `end`, where both come of splitting a tree. */
async function rangeHash(read: ReadNode, start: number, end: number): Promise<Hash> {
  const size = end - start;
  const level = Math.log2(size);
  if (Number.isInteger(level)) return read(level, start / size);
  const middle = start + split(size);
  return nodeHash(await rangeHash(read, start, middle), await rangeHash(read, middle, end));
}

/** The root of the tree's first `size` leaves. */
export async function rootHash(read: ReadNode, size: number): Promise<Hash> {
  return size === 0 ? EMPTY_ROOT : rangeHash(read, 0, size);
}

/**
 * That a leaf is in the tree of the first `size` leaves: the hashes beside its way up, the lowest first. At most
 * log2(size), rounded up, of them.
 * @throws RangeError unless `0 <= index < size`
 */
export async function inclusionProof(read: ReadNode, index: number, size: number): Promise<Hash[]> {
  if (!(index >= 0 && index < size)) throw new RangeError(`There is no leaf ${index} in a tree of ${size}`);
  const proof: Hash[] = [];
  for (let [start, end] = [0, size]; end - start > 1;) {
    const middle = start + split(end - start);
    const [left, right] = [[start, middle] as const, [middle, end] as const];
    const [own, other] = index < middle ? [left, right] : [right, left];
    proof.push(await rangeHash(read, ...other));
    [start, end] = own;
  }
  return proof.reverse();
}

/**
 * That the tree of the first `from` leaves is the beginning of that of the first `to`.
 * @throws RangeError unless `0 <= from <= to`
 */
export async function consistencyProof(read: ReadNode, from: number, to: number): Promise<Hash[]> {
  if (!(from >= 0 && from <= to)) throw new RangeError(`A tree of ${from} is not the beginning of one of ${to}`);
  if (from === 0 || from === to) return [];
  const proof: Hash[] = [];
  let [start, end] = [0, to];
  while (end !== from) {
    const middle = start + split(end - start);
    const [left, right] = [[start, middle] as const, [middle, end] as const];
    const [own, other] = from <= middle ? [left, right] : [right, left];
    proof.push(await rangeHash(read, ...other));
    [start, end] = own;
  }
  // Where the old tree is all of the way's end, whoever verifies has its root.
  if (start > 0) proof.push(await rangeHash(read, start, end));
  return proof.reverse();
}

/** The root that a leaf's proof leads to; undefined where it has not the form that such a proof has. */
function rootOfInclusion(leaf: Hash, index: number, size: number, proof: readonly Hash[]): Hash | undefined {
  let [at, last, root] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      root = nodeHash(sibling, root);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else {
      root = nodeHash(root, sibling);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root : undefined;
}

/** Whether a proof shows that the leaf is at `index` in the tree with this size and root. */
export function verifyInclusion(leaf: Hash, index: number, size: number, proof: readonly Hash[], root: Hash): boolean {
  if (!(index >= 0 && index < size)) return false;
  return rootOfInclusion(leaf, index, size, proof)?.equals(root) ?? false;
}

/** Whether a proof shows that the tree `from` is the beginning of the tree `to`. */
export function verifyConsistency(from: Tree, to: Tree, proof: readonly Hash[]): boolean {
  if (from.size > to.size) return false;
  if (from.size === to.size) return proof.length === 0 && from.root.equals(to.root);
  if (from.size === 0) return proof.length === 0 && from.root.equals(EMPTY_ROOT);
  const hashes = Number.isInteger(Math.log2(from.size)) ? [from.root, ...proof] : proof;
  let [at, last] = [from.size - 1, to.size - 1];
  while (at % 2 === 1) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  let [old, root] = [hashes[0], hashes[0]];
  for (const sibling of hashes.slice(1)) {
    if (last === 0 || !old || !root) return false;
    if (at % 2 === 1 || at === last) {
      [old, root] = [nodeHash(sibling, old), nodeHash(sibling, root)];
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else {
      root = nodeHash(root, sibling);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && (old?.equals(from.root) ?? false) && (root?.equals(to.root) ?? false);
}

/** What a checkpoint says of a tree. */
export interface Tree {
  /** How many leaves it has. */
  readonly size: number;
  readonly root: Hash;
}
