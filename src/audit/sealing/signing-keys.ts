import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { signText, type Signature, type VerifierKey, verifierKey } from '../log/signed-note.js';
import { readIfThere, writeWhole } from './log-files.js';

const PEM_KEY = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/g;

/**
 * Private keys of Ed25519, PKCS #8 as PEM, one after the other: all sign, so that an old key and a new one go together
 * until all who verify know the new one.
 * @throws Error that says what it must be, and never what is in it
 */
export function readSigningKeys(pem: string): readonly KeyObject[] {
  const keys = (pem.match(PEM_KEY) ?? []).map((block) => {
    try {
      return createPrivateKey(block);
    } catch {
      return undefined;
    }
  });
  if (keys.length === 0 || !keys.every((key) => key?.asymmetricKeyType === 'ed25519')) {
    throw new Error('must hold private keys of Ed25519 as PEM, without a passphrase');
  }
  return keys as KeyObject[];
}

/** A key's file, readable by its owner alone. Made where it is not there. */
export function keyFile(path: string): { readonly keys: readonly KeyObject[]; readonly made: boolean } {
  const pem = readIfThere(path);
  if (pem) return { keys: readSigningKeys(pem.toString()), made: false };
  const { privateKey } = generateKeyPairSync('ed25519');
  writeWhole(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), true, 0o600);
  return { keys: [privateKey], made: true };
}

/** Signs for a log, by all of its keys. */
export class Signer {
  readonly keys: readonly VerifierKey[];

  constructor(
    readonly origin: string,
    private readonly privateKeys: readonly KeyObject[],
  ) {
    this.keys = privateKeys.map((key) => verifierKey(origin, createPublicKey(key)));
  }

  sign(text: string): Signature[] {
    return this.privateKeys.map((privateKey, i) => signText(text, this.keys[i]!, privateKey));
  }
}
