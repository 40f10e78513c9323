/*
 * That an event is in the ledger's transparency log, found out by whoever asks: RFC 6962's tree, its leaves the bytes of
 * the log's entries, and a checkpoint that is a signed note of C2SP. By Web Crypto, so in browsers too.
 */

/** A note's signature is by Ed25519 where its key says so with this byte. */
const ED25519 = 1;
const KEY_ID_BYTES = 4;

type Bytes = Uint8Array<ArrayBuffer>;

const utf8 = new TextEncoder();

const fromBase64 = (text: string): Bytes => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

const equal = (a: Bytes, b: Bytes) => a.length === b.length && a.every((byte, i) => byte === b[i]);

const joined = (...parts: readonly Bytes[]): Bytes => Uint8Array.from(parts.flatMap((part) => [...part]));

/** @throws Error, where there is no Web Crypto: browsers have it over HTTPS and on `localhost` only */
async function sha256(...parts: readonly Bytes[]): Promise<Bytes> {
  const { subtle } = crypto as { readonly subtle?: typeof crypto.subtle };
  if (!subtle) throw new Error('Proofs are checked by Web Crypto, which a page has over HTTPS and on localhost only');
  return new Uint8Array(await subtle.digest('SHA-256', joined(...parts)));
}

/** The hash of a leaf: RFC 6962, section 2.1. */
export const leafHash = (entry: Bytes): Promise<Bytes> => sha256(Uint8Array.of(0), entry);
const nodeHash = (left: Bytes, right: Bytes) => sha256(Uint8Array.of(1), left, right);

/**
 * The root that a leaf's proof leads to, as RFC 9162, section 2.1.3.2, walks it.
 * @param hashes beside the way up, the lowest first
 * @returns undefined where they have not the form that a proof for this leaf and size has
 */
export async function rootOf(leaf: Bytes, index: number, size: number, hashes: readonly Bytes[]) {
  if (!(index >= 0 && index < size)) return undefined;
  let [at, last, root] = [index, size - 1, leaf];
  for (const sibling of hashes) {
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      root = await nodeHash(sibling, root);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else {
      root = await nodeHash(root, sibling);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root : undefined;
}

/**
 * Whether the tree of the first entries is the beginning of a larger one, as RFC 9162, section 2.1.4.2, finds it out.
 * @param hashes of the proof, in its order
 */
export async function isConsistent(
  [first, firstRoot]: readonly [size: number, root: Bytes],
  [second, secondRoot]: readonly [size: number, root: Bytes],
  hashes: readonly Bytes[],
): Promise<boolean> {
  if (first === second) return hashes.length === 0 && equal(firstRoot, secondRoot);
  // Every tree begins with the empty one.
  if (first === 0) return hashes.length === 0;
  if (!(first > 0 && first < second)) return false;
  let [at, last] = [first - 1, second - 1];
  while (at % 2 === 1) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  // A first tree that is complete is a node of the second, and not told again.
  const [start, ...way] = at === 0 ? [firstRoot, ...hashes] : hashes;
  if (!start || (at === 0 && hashes.length === 0)) return false;
  let [before, after] = [start, start];
  for (const hash of way) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      [before, after] = [await nodeHash(hash, before), await nodeHash(hash, after)];
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else {
      after = await nodeHash(after, hash);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && equal(before, firstRoot) && equal(after, secondRoot);
}

/** A text and who signed it: C2SP's signed note. */
interface Note {
  readonly text: string;
  readonly signatures: readonly { readonly name: string; readonly keyId: Bytes; readonly signature: Bytes }[];
}

/** A note is its text, an empty line, and signatures. */
function parseNote(note: string): Note {
  const end = note.lastIndexOf('\n\n') + 1;
  const signatures = [...note.slice(end + 1).matchAll(/^— (\S+) (\S+)$/gm)].map(([, name, encoded]) => {
    const bytes = fromBase64(encoded!);
    return { name: name!, keyId: bytes.slice(0, KEY_ID_BYTES), signature: bytes.slice(KEY_ID_BYTES) };
  });
  return { text: note.slice(0, end), signatures };
}

/** What a log says of itself at a time. */
export interface Checkpoint {
  readonly origin: string;
  /** How many entries it is of. */
  readonly size: number;
  readonly root: Bytes;
  /** By the names of their keys: the log's own, and its witnesses'. */
  readonly signedBy: readonly string[];
}

/** What a checkpoint tells, believed or not; undefined where it is none. */
export function readCheckpoint(note: string): Checkpoint | undefined {
  const { text, signatures } = parseNote(note);
  const [origin = '', size = '', root = ''] = text.split('\n');
  if (!/^\d{1,15}$/.test(size)) return undefined;
  return { origin, size: Number(size), root: fromBase64(root), signedBy: signatures.map(({ name }) => name) };
}

/**
 * Whether a checkpoint's entries are the beginning of a later one's. Neither signature is looked at.
 * @param proof in Base 64, as GET /v1/log/consistency answers
 */
export async function leadsOnFrom(earlier: string, later: string, proof: readonly string[]): Promise<boolean> {
  const [first, second] = [readCheckpoint(earlier), readCheckpoint(later)];
  if (!first || !second || first.origin !== second.origin) return false;
  return isConsistent([first.size, first.root], [second.size, second.root], proof.map(fromBase64));
}

/**
 * Whether a note is signed by a key.
 * @param verifierKey as C2SP has it: `name+id+base64`
 * @returns null where this platform has no Ed25519
 */
export async function isSignedBy(note: string, verifierKey: string): Promise<boolean | null> {
  const [, name, encoded] = /^([^+]+)\+[0-9a-f]{8}\+(.+)$/.exec(verifierKey) ?? [];
  if (name === undefined || encoded === undefined) return false;
  const { text, signatures } = parseNote(note);
  const typed = fromBase64(encoded);
  const keyId = (await sha256(utf8.encode(`${name}\n`), typed)).slice(0, KEY_ID_BYTES);
  const own = signatures.find((each) => each.name === name && equal(each.keyId, keyId));
  if (typed[0] !== ED25519 || !own) return false;
  try {
    const key = await crypto.subtle.importKey('raw', typed.slice(1), 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', key, own.signature, utf8.encode(text));
  } catch {
    return null;
  }
}

/** Whether a note is signed by one of several keys; null where this platform can't tell. @param verifierKeys as C2SP has them */
export async function isSignedByAny(note: string, verifierKeys: readonly string[]): Promise<boolean | null> {
  const signed = await Promise.all(verifierKeys.map((key) => isSignedBy(note, key)));
  return signed.includes(true) ? true : signed.includes(null) ? null : false;
}

/** What was found out about an entry; each part is checked whether or not the one before it holds. */
export interface Inclusion {
  readonly position: number;
  /** Of the event that the entry is. */
  readonly eventId: string;
  /** Whether the entry's bytes have the hash that is given for its leaf. */
  readonly leaf: boolean;
  /** Whether the leaf leads to the root of the checkpoint. */
  readonly root: boolean;
  /** Whether the checkpoint is signed by one of the keys; null where this platform can't tell. */
  readonly signature: boolean | null;
  /** How many entries the checkpoint is of. */
  readonly size: number;
}

/** What the ledger answers with about an entry. */
export interface InclusionClaim {
  readonly entry: Bytes;
  readonly proof: {
    readonly index: number;
    readonly leafHash: string;
    readonly hashes: readonly string[];
    readonly checkpoint: string;
  };
}

/** Checks what a ledger claims. @param keys whose signature is believed */
export async function checkInclusion({ entry, proof }: InclusionClaim, keys: readonly string[]): Promise<Inclusion> {
  const { position, id } = JSON.parse(new TextDecoder().decode(entry)) as { position: number; id: string };
  const leaf = await leafHash(entry);
  const { size = 0, root } = readCheckpoint(proof.checkpoint) ?? {};
  const reached = await rootOf(leaf, proof.index, size, proof.hashes.map(fromBase64));
  return {
    position,
    eventId: id,
    leaf: equal(leaf, fromBase64(proof.leafHash)),
    root: proof.index === position - 1 && reached !== undefined && root !== undefined && equal(reached, root),
    signature: await isSignedByAny(proof.checkpoint, keys),
    size,
  };
}
