import { fromBase64 } from './base64.js';
import { HASH_BYTES, type Tree } from './merkle.js';
import { InvalidNote, parseNote, type SignedNote, signersOf, type VerifierKey } from './signed-note.js';

/** What a log says of itself, as https://c2sp.org/tlog-checkpoint has it: the text of a signed note. */
export interface Checkpoint extends Tree {
  /** Names the log. */
  readonly origin: string;
}

export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${root.toString('base64')}\n`;

/** @param text of the note; lines after the first three, which nobody can audit, are passed over. @throws InvalidNote */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = '', digits = '', encoded = '', ...others] = text.split('\n');
  const [size, root] = [Number(digits), fromBase64(encoded)];
  const extended = others.pop() === '' && others.every((line) => line !== '');
  if (origin === '' || String(size) !== digits || !Number.isSafeInteger(size) || size < 0) {
    throw new InvalidNote('A checkpoint begins with its origin and its size');
  }
  if (root?.length !== HASH_BYTES || !extended) throw new InvalidNote('A checkpoint’s third line is its root');
  return { origin, size, root };
}

/** Whose signatures make a checkpoint one to be believed. */
export interface Policy {
  /** Keys of the log: any one of them is enough, so that an old and a new one go together. */
  readonly log: readonly VerifierKey[];
  readonly witnesses: readonly VerifierKey[];
  /** How many of the witnesses at least. */
  readonly quorum: number;
}

/** A checkpoint, and the note that it is signed in. */
export interface SignedCheckpoint extends Checkpoint {
  readonly note: SignedNote;
  /** The note as it was read. */
  readonly text: string;
}

/** @throws InvalidNote */
export function parseSignedCheckpoint(text: string): SignedCheckpoint {
  const note = parseNote(text);
  return { ...parseCheckpoint(note.text), note, text };
}

/** @throws InvalidNote that says which signatures it lacks */
export function verifyCheckpoint(text: string, { log, witnesses, quorum }: Policy): SignedCheckpoint {
  const checkpoint = parseSignedCheckpoint(text);
  if (signersOf(checkpoint.note, log).length === 0)
    throw new InvalidNote('The checkpoint is not signed by the log’s key');
  const signed = signersOf(checkpoint.note, witnesses).length;
  if (signed < quorum)
    throw new InvalidNote(`The checkpoint is signed by ${signed} witnesses of ${quorum} that it needs`);
  return checkpoint;
}
