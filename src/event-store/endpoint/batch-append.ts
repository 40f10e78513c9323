import { status as codes } from '@grpc/grpc-js';
import { type EventStore, StoreUnavailable, WrongExpectedRevision } from '../event-store.js';
import { any, shared, status, streams } from './definitions.js';
import { AccessDenied, codeOf, InvalidRequest } from './errors.js';
import { googleNothing, setPosition, streamName, uuidOf } from './fields.js';
import { eventData, expectedRevision } from './proposed-events.js';

const { BatchAppendResp } = streams;

type BatchRequest = InstanceType<typeof streams.BatchAppendReq>;
type BatchAnswer = InstanceType<typeof BatchAppendResp>;
type BatchOptions = InstanceType<typeof streams.BatchAppendReq.Options>;
type Status = InstanceType<typeof status.Status>;
type Details = { readonly name: string; readonly message: { serializeBinary(): Uint8Array } };

/** The parts of the appends of one call of BatchAppend: they may come mixed. */
export class Batches {
  readonly #parts = new Map<string, BatchRequest[]>();

  /** The whole append, if this was the last part of it. @throws InvalidRequest without a correlation id. */
  add(part: BatchRequest): readonly BatchRequest[] | undefined {
    const id = uuidOf(part.getCorrelationId());
    const parts = this.#parts.get(id) ?? [];
    parts.push(part);
    if (part.getIsFinal()) this.#parts.delete(id);
    else this.#parts.set(id, parts);
    return part.getIsFinal() ? parts : undefined;
  }
}

/** Answers one append of the call, also where it fails: the others go on. */
export async function batchAppend(
  store: EventStore,
  parts: readonly BatchRequest[],
  writes: boolean,
): Promise<BatchAnswer> {
  const options = parts[0]?.getOptions();
  const answer = new BatchAppendResp()
    .setCorrelationId(parts[0]?.getCorrelationId())
    .setStreamIdentifier(options?.getStreamIdentifier());
  try {
    if (!options) throw new InvalidRequest('The options are missing');
    echo(answer, options);
    if (!writes) throw new AccessDenied();
    const stream = streamName(options.getStreamIdentifier());
    const exact = options.hasStreamPosition() ? options.getStreamPosition() : undefined;
    const events = parts.flatMap((part) => part.getProposedMessagesList().map(eventData));
    const { nextExpectedRevision, position } = await store.append(stream, events, expectedRevision(options, exact));
    const success = new BatchAppendResp.Success()
      .setCurrentRevision(String(nextExpectedRevision))
      .setPosition(setPosition(new shared.AllStreamPosition(), position));
    return answer.setSuccess(success);
  } catch (error) {
    return answer.setError(toStatus(error));
  }
}

/** Clients are told what they expected. */
function echo(answer: BatchAnswer, options: BatchOptions): void {
  if (options.hasNoStream()) answer.setNoStream(googleNothing());
  else if (options.hasStreamExists()) answer.setStreamExists(googleNothing());
  else if (options.hasAny()) answer.setAny(googleNothing());
  else answer.setStreamPosition(options.getStreamPosition());
}

function toStatus(error: unknown): Status {
  const { name, message } = details(error);
  const packed = new any.Any();
  packed.pack(message.serializeBinary(), `event_store.client.${name}`);
  const text = error instanceof Error ? error.message : String(error);
  // In-band EventStoreDB uses other codes for these than gRPC's own.
  const code = error instanceof WrongExpectedRevision ? codes.ALREADY_EXISTS : codeOf(error);
  return new status.Status()
    .setCode(code as number)
    .setMessage(text)
    .setDetails(packed);
}

function details(error: unknown): Details {
  if (error instanceof WrongExpectedRevision) {
    return { name: 'WrongExpectedVersion', message: wrongExpectedVersion(error) };
  }
  if (error instanceof AccessDenied) return { name: 'AccessDenied', message: new shared.AccessDenied() };
  // Whether it was written is unknown, and that is what a timeout says.
  if (error instanceof StoreUnavailable) return { name: 'Timeout', message: new shared.Timeout() };
  if (codeOf(error) === codes.INVALID_ARGUMENT) {
    return { name: 'BadRequest', message: new shared.BadRequest().setMessage((error as Error).message) };
  }
  return { name: 'Unknown', message: new shared.Unknown() };
}

function wrongExpectedVersion({ expected, actual }: WrongExpectedRevision) {
  const wrong = new shared.WrongExpectedVersion();
  if (actual === 'no_stream') wrong.setCurrentNoStream(googleNothing());
  else wrong.setCurrentStreamRevision(String(actual));
  if (expected === 'no_stream') wrong.setExpectedNoStream(googleNothing());
  else if (expected === 'stream_exists') wrong.setExpectedStreamExists(googleNothing());
  else if (expected === 'any') wrong.setExpectedAny(googleNothing());
  else wrong.setExpectedStreamPosition(String(expected));
  return wrong;
}
