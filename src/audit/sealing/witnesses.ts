import type { SignedCheckpoint } from '../log/checkpoint.js';
import type { Hash } from '../log/merkle.js';
import {
  COSIGNATURE,
  formatVkey,
  InvalidNote,
  parseNote,
  parseVkey,
  type Signature,
  signersOf,
  type VerifierKey,
} from '../log/signed-note.js';

/*
 * The log's side of https://c2sp.org/tlog-witness: whoever runs a witness sees each checkpoint with a proof that it
 * continues the last one that it saw, and signs that. So a log can't show two people two histories.
 */

/** A witness, and where it is asked. */
export interface WitnessAddress {
  /** Of a cosignature. */
  readonly key: VerifierKey;
  /** Its submission prefix; without a slash at its end. */
  readonly url: string;
}

export interface WitnessStatus {
  /** vkey */
  readonly key: string;
  /** The size of the last checkpoint that it signed for us. */
  readonly signed: number;
  /** Why it did not sign the last that it was asked about; null where it did, or was asked nothing so far. */
  readonly reason: string | null;
}

/** Proves that the tree of the first so many leaves is the beginning of the checkpoint's. */
export type ProveFrom = (size: number) => Promise<readonly Hash[]>;

/** The answer is waited for so long, in milliseconds: a checkpoint goes out without those who are late. */
const PATIENCE_MS = 500;
/** One that did not sign is let be for so long, in milliseconds. */
const RETRY_MS = 10_000;

/** It did not sign, and why. */
class NotCosigned extends Error {
  override readonly name = 'NotCosigned';
}

/** Asks the witnesses of a log to sign its checkpoints. */
export class Witnesses {
  readonly #witnesses: readonly Witness[];

  constructor(
    addresses: readonly WitnessAddress[],
    /** One that did not sign is asked again after so long, in milliseconds. */
    readonly retryMs = RETRY_MS,
  ) {
    this.#witnesses = addresses.map((address) => new Witness(address, retryMs));
  }

  get status(): readonly WitnessStatus[] {
    return this.#witnesses.map((witness) => witness.status);
  }

  /** Those of the witnesses' signatures that a note has. */
  signaturesOf(note: SignedCheckpoint['note']): Signature[] {
    return note.signatures.filter((signature) => this.#witnesses.some((witness) => witness.made(signature)));
  }

  /** Whether each witness has signed it. */
  haveSigned({ note }: SignedCheckpoint): boolean {
    return this.#witnesses.every((witness) => note.signatures.some((signature) => witness.made(signature)));
  }

  /** The signatures of those who have not signed so far and do in time. Never throws: a log does not depend on its witnesses. */
  async cosign(checkpoint: SignedCheckpoint, prove: ProveFrom): Promise<Signature[]> {
    const asked = this.#witnesses.filter((w) => !checkpoint.note.signatures.some((signature) => w.made(signature)));
    return (await Promise.all(asked.map((witness) => witness.cosign(checkpoint, prove)))).flat();
  }
}

class Witness {
  /** Of the last checkpoint that it knows of this log, as far as it told. */
  #size = 0;
  #signed = 0;
  #reason: string | null = null;
  #notBefore = 0;

  constructor(
    private readonly address: WitnessAddress,
    private readonly retryMs: number,
  ) {}

  get status(): WitnessStatus {
    return { key: formatVkey(this.address.key), signed: this.#signed, reason: this.#reason };
  }

  made({ name, keyId }: Signature): boolean {
    const { key } = this.address;
    return name === key.name && keyId === key.id;
  }

  async cosign(checkpoint: SignedCheckpoint, prove: ProveFrom): Promise<Signature[]> {
    if (performance.now() < this.#notBefore) return [];
    try {
      const signatures = await this.#ask(checkpoint, prove, AbortSignal.timeout(PATIENCE_MS));
      [this.#size, this.#signed, this.#reason] = [checkpoint.size, checkpoint.size, null];
      return signatures;
    } catch (error) {
      const { message, cause } = error as Error;
      this.#reason = cause instanceof Error ? `${message}: ${cause.message}` : message;
      this.#notBefore = performance.now() + this.retryMs;
      return [];
    }
  }

  /** @throws NotCosigned, and what `fetch` throws */
  async #ask(checkpoint: SignedCheckpoint, prove: ProveFrom, signal: AbortSignal): Promise<Signature[]> {
    const from = this.#size;
    const proof = from <= checkpoint.size ? await prove(from) : undefined;
    if (!proof) throw new NotCosigned(`it has seen ${from} entries, and there are ${checkpoint.size} here`);
    const body = `old ${from}\n${proof.map((hash) => `${hash.toString('base64')}\n`).join('')}\n${checkpoint.text}`;
    const response = await fetch(`${this.address.url}/add-checkpoint`, { method: 'POST', body, signal });
    const text = await response.text();
    if (response.status === 200) return [this.#signatureIn(text, checkpoint.note.text)];
    const known = Number(text.trim());
    // Another instance of this ledger asked it, or it was asked before this one started.
    if (response.status !== 409 || !Number.isSafeInteger(known) || known === from) throw refusal(response.status, text);
    this.#size = known;
    return this.#ask(checkpoint, prove, signal);
  }

  /** Its own of the signatures that it answered, one; whatever else it sent is passed over. @throws NotCosigned */
  #signatureIn(lines: string, text: string): Signature {
    try {
      const note = parseNote(`${text}\n${lines}`);
      const own = note.signatures.find((signature) => this.made(signature));
      if (own && note.text === text && signersOf({ text, signatures: [own] }, [this.address.key]).length > 0)
        return own;
    } catch (error) {
      if (!(error instanceof InvalidNote)) throw error;
    }
    throw new NotCosigned(`it answered with no signature by ${formatVkey(this.address.key)}`);
  }
}

const MEANINGS: Readonly<Record<number, string>> = {
  403: 'it does not know the key that signs this log',
  404: 'it does not know this log',
  409: 'it says again that it knows another size',
  422: 'what it has seen of this log is not the beginning of what it was shown now',
};

const refusal = (status: number, text: string) =>
  new NotCosigned(MEANINGS[status] ?? `it answered with ${status}: ${text.slice(0, 200).trim()}`);

/** `<vkey> <url>`, several separated by commas. @throws Error that says what it must be */
export function parseWitnesses(text: string): WitnessAddress[] {
  return text.split(',').map((one) => {
    const [vkey = '', url = '', ...others] = one.trim().split(/\s+/);
    const key = vkey === '' ? undefined : cosigner(vkey);
    if (!key || others.length > 0 || !/^https?:\/\//.test(url) || !URL.canParse(url)) {
      throw new Error('must be the vkey of a cosignature and a URL, several separated by commas');
    }
    return { key, url: url.replace(/\/$/, '') };
  });
}

function cosigner(vkey: string): VerifierKey | undefined {
  try {
    const key = parseVkey(vkey);
    return key.type === COSIGNATURE ? key : undefined;
  } catch {
    return undefined;
  }
}
