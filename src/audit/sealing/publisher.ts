import { WrongExpectedRevision } from '../../event-store/event-store.js';
import { type Checkpoint, checkpointText, parseSignedCheckpoint, type SignedCheckpoint } from '../log/checkpoint.js';
import { consistencyProof, type ReadNode, rootHash } from '../log/merkle.js';
import { formatNote, formatVkey, type Signature, type VerifierKey } from '../log/signed-note.js';
import { nodesOf } from '../log/tile.js';
import type { CheckpointHistory, KeptCheckpoint } from './checkpoint-history.js';
import { AnotherHistory, type Growth } from './log-builder.js';
import type { LogFiles } from './log-files.js';
import type { Signer } from './signing-keys.js';
import type { Witnesses } from './witnesses.js';

/** What was published last, and where in the store it ends; kept beside the log's files. */
export interface Published {
  readonly checkpoint: string;
  /** vkeys. */
  readonly keys: readonly string[];
  readonly growth: Growth;
}

/** What is remembered of a log; where that was lost, as much of it as its published checkpoint tells. */
export function publishedIn({ remembered, checkpoint }: LogFiles): Published | undefined {
  if (remembered !== undefined) return JSON.parse(remembered) as Published;
  if (checkpoint === undefined) return undefined;
  const { size, root } = parseSignedCheckpoint(checkpoint);
  const growth = { size, root: root.toString('hex'), token: null, eventId: null, caughtUp: true };
  return { checkpoint, keys: [], growth };
}

export interface PublisherOptions {
  /** Undefined where there is no key. */
  readonly signer: Signer | undefined;
  /** Whether somebody said that this instance is to sign, and by which key. */
  readonly told: boolean;
  /** Whether other instances write to the store. */
  readonly shared: boolean;
  readonly witnesses: Witnesses;
}

/** Nothing may be signed here, and why. */
export class MayNotSign extends Error {
  override readonly name = 'MayNotSign';
}

/**
 * Signs and publishes. No second history is ever signed: what is signed continues what was published here, which the
 * files beside the log remember, and what was signed last by anyone, which the store remembers; and it becomes known only
 * after the store took it for the next.
 */
export class Publisher {
  #published: Published | undefined;
  #current: SignedCheckpoint | undefined;
  #follows = false;

  constructor(
    private readonly files: LogFiles,
    private readonly history: CheckpointHistory,
    private readonly options: PublisherOptions,
    /** What was before. */
    before: Published | undefined,
  ) {
    if (before) this.#accept(before);
  }

  /** What was published last. */
  get published(): Published | undefined {
    return this.#published;
  }

  get checkpoint(): SignedCheckpoint | undefined {
    return this.#current;
  }

  /**
   * Publishes a checkpoint of the tree as it has grown, or what another has signed of it.
   * @throws AnotherHistory, MayNotSign, StoreUnavailable
   */
  async grown(growth: Growth): Promise<void> {
    const { shared } = this.options;
    if (this.#current) await this.#expectBeginning(this.#current, growth);
    for (;;) {
      const last = await this.history.last();
      // Another instance may be further than we are.
      if (last && last.size > growth.size && shared) return;
      if (last) await this.#expectBeginning(last, growth);
      const signer = this.#signerAfter(last ?? this.#current);
      if (last && (last.size === growth.size || !signer)) return this.#publish(last.text, last.keys, growth);
      if (!signer || (await this.#sign(signer, growth, last))) return;
    }
  }

  /** Whether every witness has signed what was published last. */
  get isWitnessed(): boolean {
    return !this.#current || this.options.witnesses.haveSigned(this.#current);
  }

  /** Whether another instance signs. */
  get follows(): boolean {
    return this.#follows;
  }

  /**
   * Who signs what comes after a checkpoint; undefined where another instance does, and nobody said that this one should.
   * @throws MayNotSign
   */
  #signerAfter(before: SignedCheckpoint | undefined): Signer | undefined {
    const { signer, shared, told } = this.options;
    const why = signer ? before && whyUnknown(before, signer) : 'The key that signs the log is not there: put it back';
    this.#follows = why !== undefined && shared && !told;
    if (why !== undefined && !this.#follows) throw new MayNotSign(why);
    return this.#follows ? undefined : signer;
  }

  /** @returns false where another signed first */
  async #sign(signer: Signer, growth: Growth, last: KeptCheckpoint | undefined): Promise<boolean> {
    const text = checkpointText({ origin: signer.origin, size: growth.size, root: Buffer.from(growth.root, 'hex') });
    const note = formatNote({ text, signatures: signer.sign(text) });
    try {
      await this.history.append(note, signer.keys.map(formatVkey), last);
    } catch (error) {
      if (error instanceof WrongExpectedRevision) return false;
      throw error;
    }
    await this.#publish(note, signer.keys, growth);
    return true;
  }

  /** In an order that survives an end at any moment: the files' memory first, then what everyone sees. */
  async #publish(signed: string, keys: readonly VerifierKey[], growth: Growth): Promise<void> {
    this.files.narrow(parseSignedCheckpoint(signed).size, growth.size);
    const checkpoint = await this.#cosigned(signed, growth);
    if (this.files.checkpoint === checkpoint && this.#published?.growth.size === growth.size) return;
    const published = { checkpoint, keys: keys.map(formatVkey), growth };
    this.files.remember(JSON.stringify(published));
    this.files.publish(checkpoint);
    this.#accept(published);
  }

  /** With the signatures of its witnesses, as far as there are any: those of before, and of those who sign now. */
  async #cosigned(signed: string, growth: Growth): Promise<string> {
    const { witnesses } = this.options;
    const bare = parseSignedCheckpoint(signed);
    const before = this.#current?.note.text === bare.note.text ? witnesses.signaturesOf(this.#current.note) : [];
    const known = withSignatures(bare, before);
    const nodes = this.#nodes(growth);
    const now = await witnesses.cosign(known, (size) => consistencyProof(nodes, size, known.size));
    return withSignatures(known, now).text;
  }

  #nodes({ size }: Growth): ReadNode {
    return nodesOf(size, (tile) => this.files.read(tile));
  }

  #accept(published: Published): void {
    this.#published = published;
    this.#current = parseSignedCheckpoint(published.checkpoint);
  }

  /** @throws AnotherHistory unless the tree begins with a checkpoint's, or may yet come to have it */
  async #expectBeginning(checkpoint: Checkpoint, growth: Growth): Promise<void> {
    const { size, root, caughtUp } = growth;
    if (checkpoint.size > size) {
      if (!caughtUp) return;
      throw AnotherHistory.shorter(size, checkpoint.size);
    }
    const own =
      checkpoint.size === size ? Buffer.from(root, 'hex') : await rootHash(this.#nodes(growth), checkpoint.size);
    if (!own.equals(checkpoint.root)) {
      throw AnotherHistory.other(checkpoint.size);
    }
  }
}

function withSignatures(
  { note: { text, signatures } }: SignedCheckpoint,
  more: readonly Signature[],
): SignedCheckpoint {
  return parseSignedCheckpoint(formatNote({ text, signatures: [...signatures, ...more] }));
}

/** Whoever goes on signing is whom those who verify know already. @returns undefined where it is so, else why not */
function whyUnknown({ origin, note }: SignedCheckpoint, signer: Signer): string | undefined {
  if (origin !== signer.origin) return `The log is signed as ${origin}, and not as ${signer.origin}`;
  const before = note.signatures.filter(({ name }) => name === origin).map(({ keyId }) => keyId);
  if (signer.keys.some(({ id }) => before.includes(id))) return undefined;
  return `The log is signed by ${origin}+${before.join(' and ')}: to change the key, let both sign for a while`;
}
