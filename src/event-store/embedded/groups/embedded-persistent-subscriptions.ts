import { StoreUnavailable } from '../../event-store.js';
import {
  type GroupConnection,
  type GroupInfo,
  GroupNotFound,
  type GroupSettings,
  type ParkedEvent,
  type PersistentSubscriptions,
} from '../../persistent-subscriptions.js';
import type { EventReader } from '../event-reader.js';
import { fromToken, toToken } from '../position.js';
import { EmbeddedGroup } from './embedded-group.js';
import { GroupsFile, type KeptGroup } from './groups-file.js';

/** The consumer groups of an embedded ledger, kept in a file beside it. */
export class EmbeddedPersistentSubscriptions implements PersistentSubscriptions {
  readonly #file: GroupsFile;
  /** Those that were asked for. */
  readonly #working = new Map<string, EmbeddedGroup>();
  #closed = false;

  /** @param path of the groups' file */
  constructor(
    path: string,
    private readonly reader: EventReader,
  ) {
    this.#file = new GroupsFile(path);
  }

  // Each is asynchronous, as the port has it, and throws by rejecting.
  async create(group: string, settings: GroupSettings): Promise<void> {
    await this.#open();
    const { after, ...rest } = settings;
    this.#file.add({ ...rest, name: group, checkpoint: after === undefined ? 0 : fromToken(after) });
  }

  async delete(group: string): Promise<void> {
    await this.#open();
    if (!this.#file.remove(group)) throw new GroupNotFound(group);
    this.#working.get(group)?.end(new GroupNotFound(group));
    this.#working.delete(group);
  }

  async info(group: string): Promise<GroupInfo> {
    return this.#info(await this.#kept(group));
  }

  async list(): Promise<readonly GroupInfo[]> {
    await this.#open();
    return this.#file.groups().map((kept) => this.#info(kept));
  }

  async connect(group: string, bufferSize: number): Promise<GroupConnection> {
    return this.#work(await this.#kept(group)).connect(bufferSize);
  }

  async parked(group: string, maxCount: number): Promise<readonly ParkedEvent[]> {
    const { name } = await this.#kept(group);
    return this.#file.parked(name, 0, maxCount).map(({ position, ...why }) => ({
      ...why,
      event: this.reader.range(position, position)[0]!,
    }));
  }

  async replayParked(group: string): Promise<void> {
    this.#work(await this.#kept(group)).replayParked();
  }

  /** Something was committed. */
  wake(): void {
    for (const group of this.#working.values()) group.wake();
  }

  close(): void {
    this.#closed = true;
    for (const group of this.#working.values()) group.end();
    this.#file.close();
  }

  #open(): Promise<void> {
    return this.#closed ? Promise.reject(new StoreUnavailable('The event store is closed')) : Promise.resolve();
  }

  async #kept(group: string): Promise<KeptGroup> {
    await this.#open();
    const kept = this.#file.group(group);
    if (!kept) throw new GroupNotFound(group);
    return kept;
  }

  #work(kept: KeptGroup): EmbeddedGroup {
    let group = this.#working.get(kept.name);
    if (!group) {
      group = new EmbeddedGroup(kept, this.reader, this.#file, () => this.#working.delete(kept.name));
      this.#working.set(kept.name, group);
    }
    return group;
  }

  #info(kept: KeptGroup): GroupInfo {
    const group = this.#working.get(kept.name);
    return {
      group: kept.name,
      definition: kept.definition,
      checkpoint: kept.checkpoint === 0 ? null : toToken(kept.checkpoint),
      connections: group?.connections ?? 0,
      inFlight: group?.inFlight ?? 0,
      parked: this.#file.countParked(kept.name),
    };
  }
}
