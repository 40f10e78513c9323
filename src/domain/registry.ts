import { agreement } from './agreement/agreement.js';
import type { Aggregate, EventType } from './aggregate.js';
import { type CurationEventType, curationEvents, isCuration } from './curation/events.js';
import type { Category, LedgerEvent } from './event.js';
import { parseStream } from './event.js';
import { exercise } from './exercise/exercise.js';
import { mechanism } from './mechanism/mechanism.js';
import { meeting } from './meeting/meeting.js';
import { party } from './party/party.js';
import { relations } from './relationship/relations.js';
import { source } from './source/source.js';
import { visit } from './visit/visit.js';

/** The aggregates in the order of the ledger's lifecycle ranks. */
const AGGREGATES = [source, party, agreement, visit, meeting, mechanism, exercise, relations] as const;

const byCategory = new Map(AGGREGATES.map((a) => [a.category, a as unknown as Aggregate]));

export function aggregateOf(category: Category): Aggregate {
  const aggregate = byCategory.get(category);
  if (!aggregate) throw new Error(`No aggregate for ${category}`);
  return aggregate;
}

/** The aggregate of a stream of the ledger. */
export function aggregateOfStream(stream: string): { aggregate: Aggregate; id: string } {
  const parsed = parseStream(stream);
  if (!parsed) throw new Error(`${stream} is no stream of the ledger`);
  return { aggregate: aggregateOf(parsed.category), id: parsed.id };
}

export interface FactTypeEntry extends EventType {
  readonly type: string;
  readonly aggregate: Aggregate;
  /** Lifecycle rank: the order of listing over all aggregates. */
  readonly rank: number;
}

/** Every event type that states a fact, by name. */
export const FACT_TYPES: ReadonlyMap<string, FactTypeEntry> = new Map(
  AGGREGATES.flatMap((a) =>
    Object.entries(a.events).map(([type, row]: [string, EventType]) => ({ type, aggregate: a, row })),
  ).map(({ type, aggregate, row }, rank) => [
    type,
    { ...row, type, rank, aggregate: aggregate as unknown as Aggregate },
  ]),
);

/** Every event type by name, in the order of the ranks, curation last. */
export const EVENT_TYPES: readonly string[] = [...FACT_TYPES.keys(), ...Object.keys(curationEvents)];

export function factType(type: string): FactTypeEntry {
  const entry = FACT_TYPES.get(type);
  if (!entry) throw new UnknownEventType(type);
  return entry;
}

/**
 * The ledger holds an event of a type, or of a shape of it, that this version does not know: nothing may be skipped, so
 * folding stops.
 */
export class UnknownEventType extends Error {
  override readonly name = 'UnknownEventType';
  constructor(readonly type: string) {
    super(`Unknown event type ${type}: the ledger was written by a newer version`);
  }
}

/** What a command records. */
export type CommandType =
  | { readonly command: string; readonly kind: 'fact'; readonly fact: FactTypeEntry }
  | { readonly command: string; readonly kind: 'curation'; readonly type: CurationEventType };

/** Every command by name, in the order of the ranks, curation last. */
export const COMMAND_TYPES: ReadonlyMap<string, CommandType> = new Map<string, CommandType>([
  ...[...FACT_TYPES.values()].map((fact): [string, CommandType] => [
    fact.command,
    { command: fact.command, kind: 'fact', fact },
  ]),
  ...Object.entries(curationEvents).map(([type, { command }]): [string, CommandType] => [
    command,
    { command, kind: 'curation', type: type as CurationEventType },
  ]),
]);

const upcastersOf = (type: string) => FACT_TYPES.get(type)?.upcasters ?? [];

/** The schema version that events of this type are written with now. */
export const schemaVersionOf = (type: string): number => upcastersOf(type).length + 1;

export const countUpcasters = (): number =>
  [...FACT_TYPES.keys()].reduce((count, type) => count + upcastersOf(type).length, 0);

/**
 * Raises an event to the newest shape of its type. Whoever reads the store does it at once, so that the rest of the code
 * sees only that. @throws UnknownEventType
 */
export function upcast(event: LedgerEvent): LedgerEvent {
  if (!isCuration(event.type)) factType(event.type);
  const { schemaVersion } = event.metadata;
  if (schemaVersion > schemaVersionOf(event.type))
    throw new UnknownEventType(`${event.type}, version ${schemaVersion}`);
  const pending = upcastersOf(event.type).slice(schemaVersion - 1);
  if (pending.length === 0) return event;
  const data = pending.reduce((d, raise) => raise(d), event.body.data);
  return { ...event, body: { ...event.body, data } };
}
