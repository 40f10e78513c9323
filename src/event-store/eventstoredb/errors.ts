import {
  AccessDeniedError,
  ErrorType,
  InvalidArgumentError,
  MaxAppendSizeExceededError,
  PersistentSubscriptionDoesNotExistError,
  PersistentSubscriptionExistsError,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';

/** gRPC's code for "the server did something it has no name for". */
const UNKNOWN = 2;

/** Whether the server has said no. Whatever else goes wrong leaves open whether the call was carried out. */
export function isRefusal(error: unknown): boolean {
  return [
    AccessDeniedError,
    InvalidArgumentError,
    MaxAppendSizeExceededError,
    PersistentSubscriptionDoesNotExistError,
    PersistentSubscriptionExistsError,
    StreamDeletedError,
    StreamNotFoundError,
    WrongExpectedVersionError,
  ].some((refusal) => error instanceof refusal);
}

/**
 * Whether the client that gave this error is of no more use. It drops its channel when the server is unavailable or
 * cancels a call, and what it does of its own then has holes: a failed discovery of the cluster is remembered for ever,
 * or rejects where nobody listens. An error without the client's own type (the bare gRPC error of the first call of
 * all, or that of a discovery) came up before there was a channel to use.
 */
export function isBrokenClient(error: unknown): boolean {
  const type = (error as { type?: unknown } | undefined)?.type;
  return type === undefined || type === ErrorType.UNAVAILABLE || type === ErrorType.CANCELLED;
}

/** How a node answers a read from a position at which no record begins; it has no better word for it. */
export function isUnknown(error: unknown): boolean {
  return (error as { code?: unknown } | undefined)?.code === UNKNOWN;
}

/** The text of whatever was thrown. */
export function reason(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
