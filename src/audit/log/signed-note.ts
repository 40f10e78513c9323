import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import { fromBase64 } from './base64.js';

/*
 * Signed notes, as https://c2sp.org/signed-note has them: text, an empty line, and signatures of the text. Of the types
 * of signatures there are two here, Ed25519 and the cosignatures by which witnesses sign checkpoints.
 */

/** Ed25519 over the text. */
export const ED25519 = 0x01;
/** https://c2sp.org/tlog-cosignature: Ed25519 over a time and the text. */
export const COSIGNATURE = 0x04;

const ID_BYTES = 4;
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const TIME_BYTES = 8;
/** Of a note; one may carry a hundred witnesses. */
const MAX_CHARACTERS = 2 ** 16;

/** It is not what a signed note, a key or what is signed has to be. */
export class InvalidNote extends Error {
  override readonly name = 'InvalidNote';
}

/** A key to verify with: `name+id+key` as text, a "vkey". */
export interface VerifierKey {
  readonly name: string;
  /** Of name, type and key: the first four bytes of their SHA-256, in hex. */
  readonly id: string;
  readonly type: typeof ED25519 | typeof COSIGNATURE;
  readonly publicKey: KeyObject;
}

/** @param bytes of an Ed25519 public key, 32 */
function keyId(name: string, type: number, bytes: Buffer): string {
  const text = Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(type), bytes]);
  return hash('sha256', text, 'hex').slice(0, 2 * ID_BYTES);
}

/** What may be a key's name: not empty, and without spaces and plus signs. */
export const isKeyName = (name: string): boolean => /^[^\s+\p{Cc}]+$/u.test(name);

const bytesOf = (publicKey: KeyObject): Buffer => Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url');

/** @param publicKey Ed25519. @throws InvalidNote */
export function verifierKey(name: string, publicKey: KeyObject, type: VerifierKey['type'] = ED25519): VerifierKey {
  if (!isKeyName(name))
    throw new InvalidNote(`"${name}" can't be the name of a key: it has spaces or + in it, or nothing`);
  if (publicKey.asymmetricKeyType !== 'ed25519') throw new InvalidNote('A key has to be an Ed25519 key');
  return { name, id: keyId(name, type, bytesOf(publicKey)), type, publicKey };
}

/** `example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k` */
export const formatVkey = ({ name, id, type, publicKey }: VerifierKey): string =>
  `${name}+${id}+${Buffer.concat([Buffer.of(type), bytesOf(publicKey)]).toString('base64')}`;

/** @throws InvalidNote */
export function parseVkey(text: string): VerifierKey {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  const bytes = encoded === undefined ? undefined : fromBase64(encoded);
  const type = bytes?.[0];
  if (name === undefined || bytes?.length !== 1 + KEY_BYTES || (type !== ED25519 && type !== COSIGNATURE)) {
    throw new InvalidNote(`"${text}" is not a verifier key (name+id+key) of Ed25519`);
  }
  const x = bytes.subarray(1).toString('base64url');
  const key = verifierKey(name, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), type);
  if (key.id !== id) throw new InvalidNote(`The verifier key "${text}" has another id than its name and key make`);
  return key;
}

export interface Signature {
  readonly name: string;
  readonly keyId: string;
  readonly bytes: Buffer;
}

export interface SignedNote {
  /** Ends with a newline. */
  readonly text: string;
  readonly signatures: readonly Signature[];
}

const SIGNATURE_LINE = /^— (\S+) (\S+)$/;

/** @throws InvalidNote */
export function parseNote(note: string): SignedNote {
  const split = note.lastIndexOf('\n\n');
  if (note.length > MAX_CHARACTERS || split < 0 || !note.endsWith('\n')) {
    throw new InvalidNote('A signed note is text, an empty line, and lines of signatures');
  }
  // eslint-disable-next-line no-control-regex -- they are what a note may not hold
  if (/[\0-\x09\x0b-\x1f]/.test(note)) throw new InvalidNote('A note holds no control characters');
  if (Buffer.from(note).toString() !== note) throw new InvalidNote('A note is UTF-8');
  const lines = note.slice(split + 2, -1).split('\n');
  return { text: note.slice(0, split + 1), signatures: lines.map(parseSignature) };
}

function parseSignature(line: string): Signature {
  const [, name = '', encoded = ''] = SIGNATURE_LINE.exec(line) ?? [];
  const bytes = fromBase64(encoded);
  if (!isKeyName(name) || !bytes || bytes.length <= ID_BYTES) throw new InvalidNote(`"${line}" is not a signature`);
  return { name, keyId: bytes.subarray(0, ID_BYTES).toString('hex'), bytes: bytes.subarray(ID_BYTES) };
}

const signatureLine = ({ name, keyId: id, bytes }: Signature): string =>
  `— ${name} ${Buffer.concat([Buffer.from(id, 'hex'), bytes]).toString('base64')}\n`;

export const formatNote = ({ text, signatures }: SignedNote): string =>
  `${text}\n${signatures.map(signatureLine).join('')}`;

/** @param text ends with a newline. @param privateKey that of the verifier key */
export const signText = (text: string, { name, id }: VerifierKey, privateKey: KeyObject): Signature => ({
  name,
  keyId: id,
  bytes: sign(null, Buffer.from(text), privateKey),
});

/** What a witness signs, for a time in seconds since 1970. */
const cosigned = (time: bigint, text: string): Buffer => Buffer.from(`cosignature/v1\ntime ${time}\n${text}`);

/** A witness's signature of a checkpoint, with a key of type {@link COSIGNATURE}. */
export function cosign(text: string, { name, id }: VerifierKey, privateKey: KeyObject, at: Date): Signature {
  const time = BigInt(Math.floor(at.getTime() / 1000));
  const stamp = Buffer.alloc(TIME_BYTES);
  stamp.writeBigUInt64BE(time);
  const signature = sign(null, cosigned(time, text), privateKey);
  return { name, keyId: id, bytes: Buffer.concat([stamp, signature]) };
}

const isBy = ({ name, keyId: id }: Signature, key: VerifierKey): boolean => name === key.name && id === key.id;

function isSound(text: string, { bytes }: Signature, { type, publicKey }: VerifierKey): boolean {
  if (type === ED25519) return bytes.length === SIGNATURE_BYTES && verify(null, Buffer.from(text), publicKey, bytes);
  if (bytes.length !== TIME_BYTES + SIGNATURE_BYTES) return false;
  return verify(null, cosigned(bytes.readBigUInt64BE(), text), publicKey, bytes.subarray(TIME_BYTES));
}

/**
 * Those of the keys that signed the note. Signatures of other keys are passed over.
 * @throws InvalidNote where a signature by one of them is wrong: then none of the note is to be believed
 */
export function signersOf({ text, signatures }: SignedNote, keys: readonly VerifierKey[]): VerifierKey[] {
  return keys.filter((key) => {
    const own = signatures.filter((signature) => isBy(signature, key));
    if (!own.every((signature) => isSound(text, signature, key))) {
      throw new InvalidNote(`A signature by ${key.name}+${key.id} is wrong`);
    }
    return own.length > 0;
  });
}
