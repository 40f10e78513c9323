import { type Position, InvalidPosition } from '../event-store.js';
import { empty, shared } from './definitions.js';
import { InvalidRequest } from './errors.js';

type Uuid = InstanceType<typeof shared.UUID>;
type StreamIdentifier = InstanceType<typeof shared.StreamIdentifier>;

/** EventStoreDB's own Empty, and in the batch messages Google's. */
export const nothing = () => new shared.Empty();
export const googleNothing = () => new empty.Empty();

/** @throws InvalidRequest */
export function streamName(identifier: StreamIdentifier | undefined): string {
  if (!identifier) throw new InvalidRequest('The stream is missing');
  return Buffer.from(identifier.getStreamName_asU8()).toString('utf8');
}

export function streamIdentifier(name: string): StreamIdentifier {
  return new shared.StreamIdentifier().setStreamName(Buffer.from(name, 'utf8'));
}

/** A UUID in lower case. @throws InvalidRequest */
export function uuidOf(uuid: Uuid | undefined): string {
  const structured = uuid?.getStructured();
  if (structured) {
    const hex = [structured.getMostSignificantBits(), structured.getLeastSignificantBits()]
      .map((bits) => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0'))
      .join('');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }
  if (!uuid?.hasString()) throw new InvalidRequest('A UUID is missing');
  return uuid.getString().toLowerCase();
}

/** A UUID as text or, as some clients want it, as two numbers. */
export function toUuid(id: string, structured = false): Uuid {
  if (!structured) return new shared.UUID().setString(id);
  const hex = id.replaceAll('-', '');
  const half = (from: number) => BigInt.asIntN(64, BigInt(`0x${hex.slice(from, from + 16)}`)).toString();
  const halves = new shared.UUID.Structured().setMostSignificantBits(half(0)).setLeastSignificantBits(half(16));
  return new shared.UUID().setStructured(halves);
}

/** A revision, or a count: what is beyond a safe integer is beyond any that there is. */
export function toNumber(value: string): number {
  return Math.min(Number(value), Number.MAX_SAFE_INTEGER);
}

/** The port's token as EventStoreDB's two numbers, which are the same here. @throws InvalidPosition */
export function toNative(token: Position): string {
  if (!/^[1-9][0-9]*$/.test(token)) throw new InvalidPosition(token);
  return token;
}

/** Sets the two halves of a position in a message that has them. */
export function setPosition<M extends Positioned<M>>(message: M, token: Position): M {
  const position = toNative(token);
  return message.setCommitPosition(position).setPreparePosition(position);
}

interface Positioned<M> {
  setCommitPosition(value: string): M;
  setPreparePosition(value: string): M;
}
