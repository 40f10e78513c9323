import { Metadata, status as codes } from '@grpc/grpc-js';
import { InvalidPosition, StoreUnavailable, StreamNotFound } from '../event-store.js';

/** A call that can't be understood. */
export class InvalidRequest extends Error {
  override readonly name = 'InvalidRequest';
}

/** An append to an endpoint that only gives. */
export class AccessDenied extends Error {
  override readonly name = 'AccessDenied';
  constructor() {
    super('This ledger takes no appends from outside');
  }
}

/** A call without the right user and password. */
export class NotAuthenticated extends Error {
  override readonly name = 'NotAuthenticated';
  constructor() {
    super('A user and the right password are needed');
  }
}

/** How a call ends that fails: gRPC's status, and EventStoreDB's own name of the error in a trailer. */
export interface CallStatus {
  readonly code: codes;
  readonly details: string;
  readonly metadata: Metadata;
}

/** Whatever was thrown, as the end of a call. */
export function toCallStatus(error: unknown): CallStatus {
  const metadata = new Metadata();
  const exception = exceptionOf(error);
  if (exception) metadata.set('exception', exception);
  return { code: codeOf(error), details: error instanceof Error ? error.message : String(error), metadata };
}

/** gRPC's code for whatever was thrown. */
export function codeOf(error: unknown): codes {
  if (error instanceof AccessDenied) return codes.PERMISSION_DENIED;
  if (error instanceof NotAuthenticated) return codes.UNAUTHENTICATED;
  if (error instanceof StreamNotFound) return codes.NOT_FOUND;
  if (error instanceof StoreUnavailable) return codes.UNAVAILABLE;
  // EventStoreDB has no better word for a position at which no record begins.
  if (error instanceof InvalidPosition) return codes.UNKNOWN;
  // What the port refuses before it looks at the stream is a RangeError.
  return error instanceof InvalidRequest || error instanceof RangeError ? codes.INVALID_ARGUMENT : codes.UNKNOWN;
}

function exceptionOf(error: unknown): string | undefined {
  if (error instanceof AccessDenied) return 'access-denied';
  return error instanceof StreamNotFound ? 'stream-not-found' : undefined;
}
