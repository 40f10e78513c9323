import type { EventBody, Warning } from './event.js';
import type { SourceView } from './history/history.js';
import type { Problem } from './shape/check-shape.js';
import type { Reference } from './shape/references.js';
import type { Day } from './values/day.js';
import type { Pair } from './values/pair.js';

/** A command whose shape was checked, ready to be decided. */
export interface Command {
  /** Its name, imperative: `SignAgreement`. */
  readonly type: string;
  /** The stream it writes to. */
  readonly stream: string;
  readonly body: EventBody;
}

export interface PartyView {
  readonly existedFrom?: string | undefined;
  readonly existedUntil?: string | undefined;
}

export interface LinkedRecord {
  readonly pairs: readonly Pair[];
  /** The streams that it was merged into, one after the other, whether or not they are still there. */
  readonly mergedInto: readonly string[];
}

/** What a decision needs to know beyond its own stream, looked up by the handler. What is not in a map is unknown. */
export interface World {
  /** UTC. */
  readonly today: Day;
  /** What the command names, and where in it. */
  readonly named: readonly Reference[];
  readonly sources: ReadonlyMap<string, SourceView>;
  readonly parties: ReadonlyMap<string, PartyView>;
  /** By stream. */
  readonly records: ReadonlyMap<string, LinkedRecord>;
}

export interface NewEvent {
  readonly type: string;
  readonly body: EventBody;
}

/**
 * Why nothing is recorded. `malformed`: the command itself is wrong; `not-found`: what it is about is not there;
 * `conflict`: the ledger's rules refuse it as things stand.
 */
export interface Rejection {
  readonly kind: 'malformed' | 'not-found' | 'conflict';
  readonly problems: readonly Problem[];
}

export type Decision =
  { readonly events: readonly NewEvent[]; readonly warnings: readonly Warning[] } | { readonly rejection: Rejection };

export const reject = (kind: Rejection['kind'], problems: readonly Problem[]): { rejection: Rejection } => ({
  rejection: { kind, problems },
});

export const refuse = (kind: Rejection['kind'], rule: string, message: string, pointer = '') =>
  reject(kind, [{ pointer, rule, message }]);
