import type { JsonObject, Position, StoredEvent } from './event-store.js';

/**
 * Persistent subscriptions to `$all`, in EventStoreDB's own words: the store keeps how far a group of consumers has come,
 * and deals the events out to those that are connected. Each event goes to one of them, at least once; those of a stream
 * in order, retries apart. A part of the port that `event-store.ts` begins, with a contract suite of its own.
 */
export interface PersistentSubscriptions {
  /** @throws GroupExists */
  create(group: string, settings: GroupSettings): Promise<void>;

  /** Ends its connections; what was parked is forgotten. @throws GroupNotFound */
  delete(group: string): Promise<void>;

  /** @throws GroupNotFound */
  info(group: string): Promise<GroupInfo>;

  /** By name. */
  list(): Promise<readonly GroupInfo[]>;

  /** @param bufferSize how many events it may have at a time that it has not answered. @throws GroupNotFound */
  connect(group: string, bufferSize: number): Promise<GroupConnection>;

  /** What is parked, the oldest first. @throws GroupNotFound */
  parked(group: string, maxCount: number): Promise<readonly ParkedEvent[]>;

  /** Deals out again what is parked, each as if it came for the first time. @throws GroupNotFound */
  replayParked(group: string): Promise<void>;
}

/** What a group is made with, for good. */
export interface GroupSettings {
  /** It is given what comes after this position. Default: from the start. */
  readonly after?: Position;
  /** Only of streams whose name begins with one of these. */
  readonly streamPrefixes: readonly string[];
  /** How often an event is tried again before it is parked. */
  readonly maxRetryCount: number;
  /** After how long without an answer an event is tried again, in milliseconds. */
  readonly messageTimeout: number;
  /** Kept with the group and given back: the store makes nothing of it. */
  readonly definition: JsonObject;
}

export interface GroupInfo {
  readonly group: string;
  readonly definition: JsonObject;
  /**
   * All up to here was dealt with, or is parked; null where nothing was. A store may say it some seconds late, and where
   * there is no event: it is good for a comparison.
   */
  readonly checkpoint: Position | null;
  readonly connections: number;
  /** Events that are with a consumer. */
  readonly inFlight: number;
  readonly parked: number;
}

export interface GroupDelivery {
  readonly event: StoredEvent;
  /** How often it was given before. */
  readonly retryCount: number;
}

export interface ParkedEvent {
  readonly event: StoredEvent;
  /** RFC 3339, UTC. */
  readonly parkedAt: string;
  readonly reason: string;
}

/** What is done with an event that was not handled: tried again, put aside, or passed over for good. */
export const NACK_ACTIONS = ['retry', 'park', 'skip'] as const;
export type NackAction = (typeof NACK_ACTIONS)[number];

/**
 * One consumer of a group. Iterated, it gives the events that are dealt to it, without an end; it ends when it is closed
 * and throws where the store drops it. What it had and did not answer is then given to others.
 * @throws StoreUnavailable, GroupNotFound where the group was deleted
 */
export interface GroupConnection extends AsyncIterable<GroupDelivery> {
  /** Ends it; safe to call again. An answer that is still on its way to the store may be lost. */
  close(): Promise<void>;

  /** The events were handled. @returns the ids that it does not hold, or no more; they count for nothing */
  ack(eventIds: readonly string[]): Promise<readonly string[]>;

  /** They were not. @returns as `ack` */
  nack(action: NackAction, reason: string, eventIds: readonly string[]): Promise<readonly string[]>;
}

/** Why an event is parked that may not be tried again. @param retryCount how often it was @param reason the last one */
export const triedTooOften = (retryCount: number, reason: string): string =>
  `Tried ${retryCount + 1} times. The last time: ${reason}`;

export class GroupExists extends Error {
  override readonly name = 'GroupExists';
  constructor(readonly group: string) {
    super(`There is a consumer group ${group} already`);
  }
}

export class GroupNotFound extends Error {
  override readonly name = 'GroupNotFound';
  constructor(readonly group: string) {
    super(`There is no consumer group ${group}`);
  }
}
