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
}

/** The index, and before it what this process appended and the index has not seen yet. */
export class RecentCommands extends CommandIndex {
  readonly #recent = new Map<string, RecordedCommand>();

  #pruneAbove: number;

  constructor(
    private readonly index: CommandIndex,
    private readonly keep = 1000,
  ) {
    super();
    this.#pruneAbove = keep;
  }

  find(commandId: string): RecordedCommand | undefined {
    return this.#recent.get(commandId) ?? this.index.find(commandId);
  }

  add(commandId: string, command: RecordedCommand): void {
    this.#recent.set(commandId, command);
    if (this.#recent.size <= this.#pruneAbove) return;
    for (const id of this.#recent.keys()) if (this.index.find(id)) this.#recent.delete(id);
    // An index that lags is not asked about all of them at each command.
    this.#pruneAbove = Math.max(this.keep, 2 * this.#recent.size);
  }
}
