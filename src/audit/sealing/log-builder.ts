import { setTimeout as delay } from 'node:timers/promises';
import { LEDGER_STREAMS } from '../../domain/event.js';
import { batches } from '../../event-store/batches.js';
import {
  type EventFeed,
  InvalidPosition,
  type Position,
  type StoredEvent,
  type Subscription,
} from '../../event-store/event-store.js';
import { ledgerEvent } from '../../event-store/ledger-event.js';
import { entryOf } from './entry.js';
import { TreeEdge } from '../log/tree-edge.js';
import type { LogFiles } from './log-files.js';

/** The tree of the ledger's first events, and where in the store it ends. */
export interface Growth {
  readonly size: number;
  /** Of the root, in hex. */
  readonly root: string;
  /** Of the last event; null in an empty tree. */
  readonly token: Position | null;
  readonly eventId: string | null;
  /** All that the ledger held a moment ago is in it. */
  readonly caughtUp: boolean;
}

/** The ledger is not the one that was sealed: what was sealed is left as it is. */
export class AnotherHistory extends Error {
  override readonly name = 'AnotherHistory';

  static shorter(size: number, sealed: number): AnotherHistory {
    return new AnotherHistory(
      `The ledger holds ${size} events, but ${sealed} were sealed: was an older copy of it restored?`,
    );
  }

  static other(sealed: number): AnotherHistory {
    return new AnotherHistory(`The ledger’s first ${sealed} events are not those that were sealed`);
  }
}

const MAX_BATCH = 1000;
/** Between two checkpoints, in milliseconds: while what comes is told at once, and while history is read. */
const LIVE_MS = 500;
const HISTORY_MS = 1000;

/** Grows the tree by the ledger's events, writes its tiles, and tells of each size that is to be sealed. */
export class LogBuilder {
  #edge = new TreeEdge();
  #token: Position | null = null;
  #eventId: string | null = null;
  #told = -1;
  #toldAt = 0;
  #subscription: Subscription | undefined;
  #closed = false;

  /** @param grown resolves when what it was told is dealt with: the tree goes on growing only then */
  constructor(
    private readonly feed: EventFeed,
    private readonly files: LogFiles,
    private readonly grown: (growth: Growth) => Promise<void>,
  ) {}

  /**
   * Runs until it is closed.
   * @param sealed what was published last; undefined at first
   * @throws AnotherHistory, where the ledger does not begin with it; EntryTooLarge
   */
  async run(sealed: Growth | undefined): Promise<void> {
    if (sealed) await this.#resume(sealed);
    if (this.#closed) return this.#finish();
    this.#subscription = this.feed.subscribeToAll({
      streamPrefixes: LEDGER_STREAMS,
      ...(this.#token !== null && { after: this.#token }),
    });
    let caughtUp = false;
    for await (const messages of batches(this.#subscription, MAX_BATCH)) {
      for (const message of messages) if (message.kind === 'event') this.#append(message.event);
      caughtUp ||= messages.some(({ kind }) => kind === 'caught-up');
      const busy = messages.length === MAX_BATCH;
      const due = this.#toldAt + (caughtUp && !busy ? LIVE_MS : HISTORY_MS) - Date.now();
      if (due <= 0) await this.#tell(caughtUp);
      else if (caughtUp && !busy && this.#edge.size > this.#told) {
        await delay(this.#closed ? 0 : due);
        await this.#tell(true);
      }
    }
    await this.#finish();
  }

  /** Seals what was recorded until now, and ends. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#subscription?.close();
  }

  async #finish(): Promise<void> {
    const from = this.#token === null ? {} : { fromPosition: this.#token };
    for await (const event of this.feed.readAll({ ...from, streamPrefixes: LEDGER_STREAMS })) {
      if (event.position !== this.#token) this.#append(event);
    }
    await this.#tell(true);
  }

  #append(event: StoredEvent, write = true): void {
    const tiles = this.#edge.append(entryOf(ledgerEvent(event, this.#edge.size + 1)));
    if (write) for (const tile of tiles) this.files.write(tile);
    [this.#token, this.#eventId] = [event.position, event.id];
  }

  async #tell(caughtUp: boolean): Promise<void> {
    if (this.#edge.size === this.#told) return;
    for (const tile of this.#edge.partial()) this.files.write(tile);
    this.files.sync();
    const root = (await this.#edge.root()).toString('hex');
    await this.grown({ size: this.#edge.size, root, token: this.#token, eventId: this.#eventId, caughtUp });
    [this.#told, this.#toldAt] = [this.#edge.size, Date.now()];
  }

  /** Goes on from the tiles, where they are those that were sealed and the store still has the last event there. */
  async #resume(sealed: Growth): Promise<void> {
    const edge = await this.#edgeOf(sealed);
    if (!edge || !(await this.#isAt(sealed))) return this.#verify(sealed, edge !== undefined);
    this.#edge = edge;
    [this.#token, this.#eventId] = [sealed.token, sealed.eventId];
  }

  async #edgeOf({ size, root }: Growth): Promise<TreeEdge | undefined> {
    try {
      const edge = await TreeEdge.of(size, (tile) => Promise.resolve(this.files.read(tile)));
      return (await edge.root()).toString('hex') === root ? edge : undefined;
    } catch {
      return undefined;
    }
  }

  async #isAt({ size, token, eventId }: Growth): Promise<boolean> {
    if (token === null) return size === 0;
    try {
      for await (const { id } of this.feed.readAll({ fromPosition: token, maxCount: 1 })) return id === eventId;
    } catch (error) {
      // As the token of a store that the ledger was moved from.
      if (!(error instanceof InvalidPosition)) throw error;
    }
    return false;
  }

  /** Makes the tree anew of all that was sealed, and touches no tile before it is known to be the same. */
  async #verify(sealed: Growth, tilesAreSound: boolean): Promise<void> {
    await this.#rebuild(sealed.size, false);
    if (this.#edge.size < sealed.size) throw AnotherHistory.shorter(this.#edge.size, sealed.size);
    if ((await this.#edge.root()).toString('hex') !== sealed.root) throw AnotherHistory.other(sealed.size);
    if (!tilesAreSound) await this.#rebuild(sealed.size, true);
  }

  async #rebuild(size: number, write: boolean): Promise<void> {
    this.#edge = new TreeEdge();
    for await (const event of this.feed.readAll({ streamPrefixes: LEDGER_STREAMS, maxCount: size })) {
      this.#append(event, write);
    }
  }
}
