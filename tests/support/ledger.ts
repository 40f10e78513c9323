import { type CommandContext, eventId } from '../../src/commands/command-recorder.js';
import { parseCommand } from '../../src/commands/parse-command.js';
import { decide, referencesOf } from '../../src/domain/decide.js';
import type { Rejection } from '../../src/domain/decision.js';
import type { LedgerEvent, Warning } from '../../src/domain/event.js';
import { history, type History } from '../../src/domain/history/history.js';
import { schemaVersionOf } from '../../src/domain/registry.js';
import { type RelationshipStatus, relationshipStatus } from '../../src/domain/relationship/status.js';
import type { Standing } from '../../src/domain/values/standing.js';
import { mergedInto, streamsNamed, worldOf } from '../../src/domain/world.js';
import { sliceOf } from './slice.js';

export type Outcome =
  | { readonly event: LedgerEvent; readonly warnings: readonly Warning[]; readonly rejection?: undefined }
  | { readonly rejection: Rejection; readonly event?: undefined };

/** A command's data; the tests write it as a client would. */
export type Data = Record<string, unknown>;

/**
 * The ledger with nothing but its domain: no store, no framework, no clock. `record` is given/when in one:
 * what was recorded before is given.
 */
export class PureLedger {
  readonly events: LedgerEvent[] = [];
  #commands = 0;

  constructor(
    /** The day of recording, UTC; may be moved between commands. */
    public today = '2026-01-15',
  ) {}

  stream(stream: string): LedgerEvent[] {
    return this.events.filter((e) => e.stream === stream);
  }

  /** What a curation command says of the stream's event: of its opener, unless told which. */
  about(stream: string, index = 0): { stream: string; targetEventId: string } {
    const event = this.stream(stream)[index];
    if (!event) throw new Error(`${stream} has no event ${index}`);
    return { stream, targetEventId: event.id };
  }

  /** Decides and, where accepted, appends. @throws CommandMalformed */
  record(type: string, data: Data, commandId = `c${(this.#commands += 1)}`): Outcome {
    const command = parseCommand({ commandId, type, data });
    const own = this.stream(command.stream).map((e) => ({ ...e, position: e.revision + 1 }));
    const references = referencesOf(command, own);
    const streams = new Map<string, LedgerEvent[]>();
    for (let wanted = streamsNamed(references); wanted.length > 0;) {
      for (const stream of wanted) streams.set(stream, this.stream(stream));
      wanted = wanted.flatMap((s) => mergedInto(s, streams.get(s)!) ?? []).filter((s) => !streams.has(s));
    }
    const decision = decide(command, own, worldOf(references, streams, this.today));
    if ('rejection' in decision) return { rejection: decision.rejection };
    const { type: eventType, body } = decision.events[0]!;
    const event: LedgerEvent = {
      id: eventId(command.stream, commandId, 0),
      stream: command.stream,
      revision: own.length,
      position: this.events.length + 1,
      type: eventType,
      body,
      metadata: {
        commandId,
        commandHash: command.commandHash,
        $correlationId: commandId,
        $causationId: commandId,
        actor: 'test' satisfies CommandContext['actor'],
        schemaVersion: schemaVersionOf(eventType),
        warnings: decision.warnings,
        recordedAt: `${this.today}T12:00:00.000Z`,
      },
    };
    this.events.push(event);
    return { event, warnings: decision.warnings };
  }

  /** Records what must be accepted. */
  given(type: string, data: Data, commandId?: string): LedgerEvent {
    const outcome = this.record(type, data, commandId);
    if (outcome.rejection) throw new Error(`${type} was refused: ${JSON.stringify(outcome.rejection)}`);
    return outcome.event;
  }

  /** Registers a source and gives evidence from it. */
  source(sourceId: string, publishedOn?: string, standing: Standing = 'reported'): Data[] {
    this.given('RegisterSource', {
      sourceId,
      title: { en: sourceId },
      kind: 'news_article',
      language: 'en',
      ...(publishedOn !== undefined && { publishedOn }),
    });
    return evidence(sourceId, standing);
  }

  history(asOf = '2026-12-31', minimumStanding: Standing = 'claimed', knownAt = this.events.length): History {
    return history(this.events.slice(0, knownAt), { asOf, minimumStanding });
  }

  /** The status of a pair, from its slice of the log. */
  status(
    pair: string,
    asOf = '2026-12-31',
    minimumStanding: Standing = 'claimed',
    knownAt = this.events.length,
  ): RelationshipStatus {
    return statusOf(this.events.slice(0, knownAt), pair, asOf, minimumStanding);
  }
}

export const statusOf = (
  events: readonly LedgerEvent[],
  pair: string,
  asOf = '2026-12-31',
  minimumStanding: Standing = 'claimed',
): RelationshipStatus => relationshipStatus(history(sliceOf(events, pair), { asOf, minimumStanding }), pair, 24);

export const evidence = (sourceId: string, standing: Standing = 'reported'): Data[] => [
  { sourceId, locator: 'line 1', standing },
];
