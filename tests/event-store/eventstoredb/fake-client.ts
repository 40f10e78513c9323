import { Readable } from 'node:stream';
import {
  type AllStreamRecordedEvent,
  type AppendResult,
  type Position,
  TimeoutError,
  UnavailableError,
} from '@eventstore/db-client';
import type { Client } from '../../../src/event-store/eventstoredb/connection.js';

type Append = Client['appendToStream'];
type Subscribe = Client['subscribeToAll'];
type ServiceError = ConstructorParameters<typeof UnavailableError>[0];

/** What a test has the client do. */
export interface Script {
  readonly append?: (...call: Parameters<Append>) => Promise<AppendResult>;
  readonly subscribe?: (source: FakeSource, options: NonNullable<Parameters<Subscribe>[0]>) => void;
  readonly readAll?: (source: FakeSource) => void;
}

/** A client that does what the test says, and how many were made. */
export class FakeClients {
  made = 0;
  disposed = 0;

  constructor(private readonly script: Script) {}

  readonly connect = (): Client => {
    this.made++;
    const fail = () => {
      throw new Error('not in this test');
    };
    return {
      appendToStream: (...call: Parameters<Append>) => this.script.append?.(...call) ?? fail(),
      subscribeToAll: (options: NonNullable<Parameters<Subscribe>[0]>) => {
        const source = new FakeSource();
        // Not before the caller has had the time to listen, as over a wire.
        queueMicrotask(() => this.script.subscribe?.(source, options));
        return source;
      },
      readAll: () => {
        const source = new FakeSource();
        this.script.readAll?.(source);
        return source;
      },
      readStream: fail,
      setStreamMetadata: fail,
      getStreamMetadata: fail,
      createPersistentSubscriptionToAll: fail,
      deletePersistentSubscriptionToAll: fail,
      getPersistentSubscriptionToAllInfo: fail,
      listPersistentSubscriptionsToAll: fail,
      subscribeToPersistentSubscriptionToAll: fail,
      replayParkedMessagesToAll: fail,
      dispose: () => Promise.resolve(void this.disposed++),
    };
  };
}

/** A subscription or a read as the client gives it: cancelled it ends, and errors are emitted and no more. */
export class FakeSource extends Readable {
  cancelled = 0;

  constructor() {
    super({ objectMode: true });
  }

  override _read(): void {}

  give(...events: AllStreamRecordedEvent[]): this {
    for (const event of events) this.push({ event });
    return this;
  }

  unsubscribe(): Promise<void> {
    return this.cancel();
  }

  cancel(): Promise<void> {
    this.cancelled++;
    this.push(null);
    return Promise.resolve();
  }
}

/** An event at this position. */
export function recorded(position: bigint, data: unknown = {}): AllStreamRecordedEvent {
  return {
    streamId: 'a-1',
    revision: position,
    id: '00000000-0000-4000-8000-000000000000',
    type: `${position}`,
    data: data as AllStreamRecordedEvent['data'],
    metadata: {},
    isJson: true,
    created: new Date(0),
    position: at(position),
  } as AllStreamRecordedEvent;
}

export function at(position: bigint): Position {
  return { commit: position, prepare: position };
}

/** Of a call whose connection broke. */
export function unavailable(): UnavailableError {
  return new UnavailableError(grpcError(14, 'Connection dropped'));
}

/** Of a subscription to which its consumer is too slow. */
export function tooSlow(): TimeoutError {
  return new TimeoutError(grpcError(10, 'Consumer too slow'));
}

/** Without the client's own class: what it rejects with while it can't reach the server at all. */
export function grpcError(code: number, message: string): NonNullable<ServiceError> {
  return Object.assign(new Error(message), { code, details: message, metadata: undefined as never });
}
