import { fromBase64 } from './base64.js';
import { type Policy, type SignedCheckpoint, verifyCheckpoint } from './checkpoint.js';
import { type Hash, HASH_BYTES, leafHash, verifyInclusion } from './merkle.js';
import { InvalidNote } from './signed-note.js';

/** That an entry is in the log, to be verified by itself, as https://c2sp.org/tlog-proof has it. */
export interface TlogProof {
  /** Of the entry, from 0. */
  readonly index: number;
  readonly hashes: readonly Hash[];
  /** A signed note. */
  readonly checkpoint: string;
}

const FORMAT = 'c2sp.org/tlog-proof@v1';

export const formatProof = ({ index, hashes, checkpoint }: TlogProof): string =>
  [FORMAT, `index ${index}`, ...hashes.map((h) => h.toString('base64')), '', checkpoint].join('\n');

/** What it says beside the proof, the line `extra`, is passed over: nobody signed it. @throws InvalidNote */
export function parseProof(text: string): TlogProof {
  const split = text.indexOf('\n\n');
  const [format, ...lines] = text.slice(0, split).split('\n');
  if (lines[0]?.startsWith('extra ')) lines.shift();
  const [, digits] = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? '') ?? [];
  const hashes = lines.map(fromBase64).filter((bytes) => bytes?.length === HASH_BYTES) as Hash[];
  if (split < 0 || format !== FORMAT || digits === undefined || hashes.length !== lines.length) {
    throw new InvalidNote(`A proof is the lines "${FORMAT}" and "index N", hashes, an empty line, and a checkpoint`);
  }
  return { index: Number(digits), hashes, checkpoint: text.slice(split + 2) };
}

/** The checkpoint that a proof shows the entry to be under. @throws InvalidNote that says what is wrong */
export function verifyProof(text: string, entry: Uint8Array, policy: Policy): SignedCheckpoint {
  const { index, hashes, checkpoint: note } = parseProof(text);
  const checkpoint = verifyCheckpoint(note, policy);
  if (!verifyInclusion(leafHash(entry), index, checkpoint.size, hashes, checkpoint.root)) {
    throw new InvalidNote(`The proof does not lead from the entry to the checkpoint’s root`);
  }
  return checkpoint;
}
