import type { Category, Citation, LedgerEvent } from './event.js';
import type { Oddity } from './oddity.js';
import type { Shape } from './shape/check-shape.js';
import type { Day } from './values/day.js';
import type { PartialDateBounds } from './values/partial-date.js';
import type { Standing } from './values/standing.js';

/** An event type, in one row: all that the rest of the code needs to know of it. */
export interface EventType<D extends object = object> {
  /** The command that records it, imperative. */
  readonly command: string;
  /** The shape of its data: TypeScript type, rules and schema in one. */
  readonly data: Shape<D>;
  /** It begins a record; its parties, title and type are the record's identity. */
  readonly opens?: true;
  /** It moves the record's state, rather than adding to it: a record is listed once such an event counts. */
  readonly moves?: true;
  /** The parties did something, though it moves no state: with what moves one, it is activity. */
  readonly act?: true;
  /** An opener that it may come before, though it ranks after it: it says nothing of when that was. */
  readonly mayPrecede?: string;
  /** It may come several times, and in any order with others that may. */
  readonly recurs?: true;
  /** What would be odd about it. */
  readonly odd?: readonly Oddity<D>[];
  /** Raises the data of older schema versions, by the version that wrote it; the newest is 1 + their number. */
  readonly upcasters?: readonly ((data: object) => object)[];
}

/** The event types of an aggregate by name. **The order of the rows is their lifecycle rank.** */
export type EventTypes = Readonly<Record<string, EventType>>;

/** A fact as it stands in a fold: an event with its curation applied and its days bounded. */
export interface Fact<T extends string = string, D extends object = object> {
  readonly type: T;
  readonly data: D;
  /** EDTF as stated or corrected, null where unknown. */
  readonly occurredOn: string | null;
  readonly endedOn: string | null;
  /** First day on which it can have happened; null: no first day is known. */
  readonly earliest: Day | null;
  /** Last day on which it can have happened; it counts from this day on. */
  readonly latest: Day;
  /** The days that a date among its data can mean; while that is disputed, all that the alternatives may mean. */
  daysOf(field: keyof D & string): PartialDateBounds;
  /** Null for what carries no evidence: sources and parties. */
  readonly standing: Standing | null;
  /** Its own evidence and that of its corroborations, of sources that stand. */
  readonly evidence: readonly Citation[];
  readonly event: LedgerEvent;
}

/** What a state keeps of a fact: what it says, when it was, and how well it stands. */
export type Kept<D extends object> = D & {
  readonly eventId: string;
  readonly occurredOn: string | null;
  /** The last day on which it can have happened: it counts from then on. */
  readonly latest: Day;
  readonly standing: Standing | null;
};

export const kept = <D extends object>({
  data,
  event,
  occurredOn,
  latest,
  standing,
}: Omit<Fact, 'data' | 'daysOf'> & { readonly data: D }): Kept<D> => ({
  ...data,
  eventId: event.id,
  occurredOn,
  latest,
  standing,
});

/** The union of an aggregate's facts, discriminated by `type`: what its `evolve` switches over. */
export type FactOf<E extends EventTypes> = {
  [N in keyof E & string]: Fact<N, InstanceType<E[N]['data']>>;
}[keyof E & string];

/**
 * What a category of records is. `evolve` folds facts in valid order, each of which has happened by the day asked for;
 * `initial` takes the opening fact for the record's identity alone.
 */
export interface Aggregate<State = unknown, F extends Fact = Fact> {
  readonly category: Category;
  /** The field of a command's data that holds the record's id. */
  readonly idField: string;
  /** Whether its events carry dates and evidence: sources and parties do not. */
  readonly dated: boolean;
  readonly events: EventTypes;
  /** The party codes of a record, from an opening event's data (or from the id, where none is needed). */
  readonly partiesOf: (data: object, id: string) => readonly string[];
  /** Whether a record of this id is there without an opening event: a pair is, and a built-in party. */
  readonly needsNoOpener?: (id: string) => boolean;
  readonly initial: (id: string, identity: F | undefined) => State;
  readonly evolve: (state: State, fact: F) => State;
  /** The state on a day, where time alone moves it (an expiry). */
  readonly on?: (state: State, day: Day) => State;
  /** Whether its state has been moved, where more than the events' types says so. */
  readonly listed?: (state: State) => boolean;
}

/** For the default of a switch over a union: a compile error where a member was forgotten. */
export function unreachable(value: never): never {
  throw new Error(`Not handled: ${JSON.stringify(value)}`);
}
