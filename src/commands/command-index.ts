/** Where a command was recorded. */
export interface RecordedCommand {
  readonly stream: string;
  readonly commandHash: string;
}

/**
 * Every command id of the ledger, whatever its stream. It is a projection, so it follows the store; what this process
 * appended itself is known at once, see {@link RecentCommands}.
 */
export abstract class CommandIndex {
  abstract find(commandId: string): RecordedCommand | undefined;

  /** Those of these ids that it has. */
  abstract known(commandIds: readonly string[]): readonly string[];

  /** Resolves to whether it has got further, once it has, or when that is not to be hoped for. */
  abstract progress(): Promise<boolean>;
}

/** The index, and before it what this process appended and the index has not seen yet. */
export class RecentCommands {
  readonly #recent = new Map<string, RecordedCommand>();
  #pruneAbove: number;

  /** @param keep how many are kept without a look at the index @param most how far the index may lag, see {@link room} */
  constructor(
    private readonly index: CommandIndex,
    private readonly keep = 1000,
    private readonly most = 50_000,
  ) {
    this.#pruneAbove = keep;
  }

  find(commandId: string): RecordedCommand | undefined {
    return this.#recent.get(commandId) ?? this.index.find(commandId);
  }

  add(commandId: string, command: RecordedCommand): void {
    this.#recent.set(commandId, command);
    if (this.#recent.size > this.#pruneAbove) this.#prune();
  }

  /**
   * Undefined where there is room for more; else there is when it resolves. Commands that come faster than they are
   * indexed wait for the index, for what it has not seen is held in memory; not where it stands still.
   */
  room(): Promise<void> | undefined {
    return this.#recent.size < this.most ? undefined : this.#makeRoom();
  }

  async #makeRoom(): Promise<void> {
    for (this.#prune(); this.#recent.size >= this.most; this.#prune()) {
      if (!(await this.index.progress())) return;
    }
  }

  #prune(): void {
    for (const id of this.index.known([...this.#recent.keys()])) this.#recent.delete(id);
    // An index that lags is not asked about all of them at each command.
    this.#pruneAbove = Math.max(this.keep, 2 * this.#recent.size);
  }
}
