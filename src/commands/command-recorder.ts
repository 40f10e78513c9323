import { decide, referencesOf } from '../domain/decide.js';
import type { World } from '../domain/decision.js';
import { type EventMetadata, type LedgerEvent, MAX_EVENT_BYTES, type Warning } from '../domain/event.js';
import { COMMAND_TYPES, schemaVersionOf } from '../domain/registry.js';
import type { Reference } from '../domain/shape/references.js';
import type { Day } from '../domain/values/day.js';
import { mergedInto, streamsNamed, worldOf } from '../domain/world.js';
import { canonicalIJson } from '../domain/values/canonical-json.js';
import { uuidV5 } from '../domain/values/uuid.js';
import type { AppendResult, EventStore, ExpectedRevision, JsonObject, Position } from '../event-store/event-store.js';
import { WrongExpectedRevision } from '../event-store/event-store.js';
import { errorName, type Metrics } from '../telemetry/metrics.js';
import { traced, traceparent } from '../telemetry/tracing.js';
import { CommandIdReused, CommandRejected, CommandTooLarge, RevisionMismatch, TooBusy } from './errors.js';
import { type CommandIndex, RecentCommands } from './command-index.js';
import { KeyedQueue } from './keyed-queue.js';
import { type CommandRequest, parseCommand, type ParsedCommand } from './parse-command.js';
import type { RefusedCommands } from './refused-commands.js';
import { StreamCache, type StreamState } from './stream-cache.js';

/** Who asked, and how it is to be recorded. */
export interface CommandContext {
  /** Who issued it: from the credential, never from the body. */
  readonly actor: string;
  /** Ties together what belongs to one piece of work; the command's id where none is given. */
  readonly correlationId?: string | undefined;
  /** The revision at which the client saw the stream; `none` matches no revision, as a weak entity tag does. */
  readonly expectedRevision?: number | 'none' | undefined;
  /** Decide, and record nothing. */
  readonly dryRun?: boolean | undefined;
}

export interface RecordedEventRef {
  readonly eventId: string;
  readonly type: string;
  readonly revision: number;
}

/** A command's answer. */
export interface CommandResult {
  readonly commandId: string;
  readonly stream: string;
  /** The stream's revision after it; on a dry run as it would be. */
  readonly revision: number;
  /** The store's position of its last event, to be sent as `minPosition`; null on a dry run. */
  readonly position: Position | null;
  readonly events: readonly RecordedEventRef[];
  readonly warnings: readonly Warning[];
  /** The command was recorded before: this is the first answer again. */
  readonly repeated: boolean;
}

/** Tries before giving up on a stream that others keep writing to. */
const MAX_ATTEMPTS = 10;

/** An event's id: UUIDv5 of the canonical JSON of `[stream, commandId, index]`. */
export const eventId = (stream: string, commandId: string, index: number): string =>
  uuidV5(canonicalIJson([stream, commandId, index]));

/** How a decision gets at a stream: as last seen, or as the store has it now. */
type ReadStream = (stream: string) => StreamState | Promise<StreamState>;

/**
 * The one way into the ledger: load, decide, append, answer. Idempotency is in the stream: a repeated command gives the
 * first answer. Within this process the commands of a stream wait for each other; between processes the exact expected
 * revision decides, and the loser loads, decides and tries again. So it may be decided on what was last seen, even on
 * the guess that a record is new: only a refusal has to be of the streams as they are.
 */
export class CommandRecorder {
  readonly #streams: StreamCache;
  readonly #commands: RecentCommands;
  readonly #queue = new KeyedQueue();

  constructor(
    private readonly store: EventStore,
    index: CommandIndex,
    /** Gives the time of recording; the domain has no clock. */
    private readonly now: () => Date,
    private readonly metrics?: Metrics,
    private readonly refused?: RefusedCommands,
  ) {
    this.#streams = new StreamCache(store);
    this.#commands = new RecentCommands(index);
    metrics?.lookups('streams', this.#streams.lookups);
  }

  /**
   * @throws UnknownCommand, CommandRejected, CommandTooLarge, CommandIdReused, RevisionMismatch, TooBusy,
   *   StoreUnavailable (whether it was recorded is then unknown: send it again)
   */
  async execute(request: CommandRequest, context: CommandContext): Promise<CommandResult> {
    try {
      return await this.#execute(request, context);
    } catch (error) {
      if (!context.dryRun) this.refused?.add(request, context, error);
      throw error;
    }
  }

  async #execute(request: CommandRequest, context: CommandContext): Promise<CommandResult> {
    const command = parseCommand(request);
    const room = this.#commands.room();
    if (room) await room;
    const record = () => this.#queue.run(`stream ${command.stream}`, () => this.#record(command, context));
    // One command id at a time, then one command of a stream at a time: always in this order, so none waits in a ring.
    return command.fresh ? record() : this.#queue.run(`command ${command.commandId}`, record);
  }

  /** Streams were seen on the feed, at these revisions: what another process wrote to them is not passed over. */
  saw(streams: Iterable<readonly [stream: string, revision: number]>): void {
    for (const [stream, revision] of streams) this.#streams.saw(stream, revision);
  }

  /** The stream as last seen, to be decided on; a record that is to begin is taken to be new where that is found out. */
  #seen(command: ParsedCommand, context: CommandContext): StreamState | Promise<StreamState> {
    // A repeat that another process recorded is found when what was written is read back; in a store of our own, here.
    const foundOut = command.fresh || this.store.shared;
    const begins = context.expectedRevision === undefined && foundOut && opens(command.type);
    return this.#streams.peek(command.stream) ?? (begins ? NO_STREAM : this.#streams.load(command.stream));
  }

  /** What was found when a command of this id was recorded in any stream. @throws CommandIdReused */
  #refuseReuse({ commandId, commandHash, fresh }: ParsedCommand): void {
    const known = fresh ? undefined : this.#commands.find(commandId);
    if (known && known.commandHash !== commandHash) throw new CommandIdReused(commandId, known.stream);
  }

  async #record(command: ParsedCommand, context: CommandContext): Promise<CommandResult> {
    this.#refuseReuse(command);
    const asStored: ReadStream = (stream) => this.#streams.load(stream);
    let state = await this.#seen(command, context);
    let read: ReadStream = (stream) => this.#streams.peek(stream) ?? asStored(stream);
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      try {
        return await this.#attempt(command, context, state, read);
      } catch (error) {
        const refused = error instanceof RevisionMismatch || error instanceof CommandRejected;
        if (!refused && !(error instanceof WrongExpectedRevision)) {
          this.#streams.forget(command.stream);
          throw error;
        }
        // A refusal stands only on the streams as they are: what was last seen may be behind what another wrote.
        if (refused && read === asStored) throw error;
        if (refused) read = asStored;
        state = await asStored(command.stream);
      }
    }
    throw new TooBusy(command.stream);
  }

  async #attempt(
    command: ParsedCommand,
    context: CommandContext,
    state: StreamState,
    read: ReadStream,
  ): Promise<CommandResult> {
    const { stream, commandId, commandHash } = command;
    const first = firstAnswer(command, state);
    if (first) return first;
    const revision = state.events.length - 1;
    const actual = revision < 0 ? 'no_stream' : revision;
    if (context.expectedRevision !== undefined && context.expectedRevision !== actual) {
      throw new RevisionMismatch(stream, context.expectedRevision, actual);
    }
    const now = this.now().toISOString();
    const world = await lookUp(referencesOf(command, state.events), now.slice(0, 10), read);
    const decision = decide(command, state.events, world);
    if ('rejection' in decision) throw new CommandRejected(decision.rejection);

    const trace = traceparent();
    const events = decision.events.map(({ type, body }, index): LedgerEvent => {
      const metadata: EventMetadata = {
        commandId,
        commandHash,
        $correlationId: context.correlationId ?? commandId,
        $causationId: commandId,
        actor: context.actor,
        schemaVersion: schemaVersionOf(type),
        warnings: decision.warnings,
        recordedAt: now,
        ...(trace !== undefined && { traceparent: trace }),
      };
      const at = revision + 1 + index;
      return { id: eventId(stream, commandId, index), stream, revision: at, position: at + 1, type, body, metadata };
    });
    if (decision.warnings.length > FEW_WARNINGS) events.forEach(expectFits);
    if (context.dryRun) return answer(commandId, stream, events, null, false);
    const { position } = await this.#append(stream, events, actual);
    if (this.store.shared && !command.fresh) {
      // Another process may have recorded this very command: the store then takes ours for it, by the ids alone.
      const stored = await this.#streams.load(stream);
      const written = JSON.stringify(stored.events[revision + 1]?.metadata) === JSON.stringify(events[0]!.metadata);
      const others = written ? undefined : firstAnswer(command, stored);
      if (others) return others;
    } else {
      this.#streams.appended(stream, state, events, position);
    }
    this.#commands.add(commandId, { stream, commandHash });
    return answer(commandId, stream, events, position, false);
  }

  #append(stream: string, events: readonly LedgerEvent[], expected: ExpectedRevision): Promise<AppendResult> {
    const begun = performance.now();
    const told = (result: string) => this.metrics?.appends.observe({ result }, (performance.now() - begun) / 1000);
    return traced('append', { 'mithaq.stream': stream }, async () => {
      try {
        const appended = await this.store.append(stream, events.map(toStore), expected);
        told('written');
        return appended;
      } catch (error) {
        told(errorName(error));
        throw error;
      }
    });
  }
}

/** A command's data leaves room for so many in an event. */
const FEW_WARNINGS = 16;
/** An event gets its position in the ledger later. */
const MAX_POSITION = Number.MAX_SAFE_INTEGER;

/** @throws CommandTooLarge, where the event with its warnings could not be sealed */
function expectFits(event: LedgerEvent): void {
  const bytes = Buffer.byteLength(JSON.stringify({ ...event, position: MAX_POSITION }));
  if (bytes > MAX_EVENT_BYTES)
    throw new CommandTooLarge(MAX_EVENT_BYTES, 'The event that it makes, with its warnings,');
}

const NO_STREAM: StreamState = { events: [], positions: [] };

const opens = (commandType: string): boolean => {
  const type = COMMAND_TYPES.get(commandType);
  return type?.kind === 'fact' && type.fact.opens === true;
};

/** What the command names, from the streams themselves: a view may lag behind what was just recorded. */
async function lookUp(references: readonly Reference[], today: Day, read: ReadStream): Promise<World> {
  const streams = new Map<string, readonly LedgerEvent[]>();
  for (let wanted = streamsNamed(references); wanted.length > 0;) {
    const loaded = await Promise.all(wanted.map((stream) => Promise.resolve(read(stream))));
    wanted.forEach((stream, i) => streams.set(stream, loaded[i]!.events));
    wanted = wanted.flatMap((s) => mergedInto(s, streams.get(s)!) ?? []).filter((s) => !streams.has(s));
  }
  return worldOf(references, streams, today);
}

const toStore = ({ id, type, body, metadata }: LedgerEvent) => ({
  id,
  type,
  data: body as unknown as JsonObject,
  metadata: metadata as unknown as JsonObject,
});

function firstAnswer({ commandId, commandHash, stream }: ParsedCommand, state: StreamState): CommandResult | undefined {
  const events = state.events.filter((e) => e.metadata.commandId === commandId);
  const last = events.at(-1);
  if (!last) return undefined;
  if (last.metadata.commandHash !== commandHash) throw new CommandIdReused(commandId, stream);
  return answer(commandId, stream, events, state.positions[last.revision] ?? null, true);
}

function answer(
  commandId: string,
  stream: string,
  events: readonly LedgerEvent[],
  position: Position | null,
  repeated: boolean,
): CommandResult {
  const last = events[events.length - 1]!;
  return {
    commandId,
    stream,
    revision: last.revision,
    position,
    events: events.map(({ id, type, revision }) => ({ eventId: id, type, revision })),
    warnings: last.metadata.warnings,
    repeated,
  };
}
