import type { LedgerEvent } from '../event.js';
import { setAtPointer } from '../values/json-pointer.js';
import {
  type DisputeResolved,
  type FactCorrected,
  type FactCorroborated,
  type FactDisputed,
  type FactRetracted,
  isCuration,
  type RecordMerged,
} from './events.js';

/** What an event states and curation may change: the document that a correction's path points into. */
export interface Statement {
  readonly occurredOn: string | null;
  readonly endedOn: string | null;
  readonly data: object;
}

export interface OpenDispute {
  readonly event: LedgerEvent<string, FactDisputed>;
  readonly target: LedgerEvent;
}

/** A fact with what was said about it since. Whether it was retracted is the curator's word, not the event's. */
export interface CuratedFact {
  readonly event: LedgerEvent;
  readonly retracted: boolean;
  /** As it stands: corrections and resolutions applied in recording order. */
  readonly statement: Statement;
  readonly corroborations: readonly LedgerEvent<string, FactCorroborated>[];
  /** Corrections and resolutions that stand. */
  readonly corrections: readonly LedgerEvent[];
  readonly disputes: readonly OpenDispute[];
}

export interface Curated {
  /** Every event that is no curation, in recording order, the retracted ones too. */
  readonly facts: readonly CuratedFact[];
  /** Stream → the id that it was merged into. */
  readonly merges: ReadonlyMap<string, string>;
  /** Disputes that stand, open or resolved, by event id. */
  readonly disputes: ReadonlyMap<string, FactDisputed>;
  /** Disputes that are resolved. */
  readonly resolved: ReadonlySet<string>;
  /** Retracted events, curation among them → the retraction. */
  readonly retractions: ReadonlyMap<string, LedgerEvent>;
}

const of = <D extends object>(events: readonly LedgerEvent[], type: string) =>
  events.filter((e) => e.type === type) as LedgerEvent<string, D>[];

function groupBy<E>(items: readonly E[], key: (item: E) => string): Map<string, E[]> {
  const groups = new Map<string, E[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/** An unchanged event's statement. */
export const statementOf = ({ body }: LedgerEvent): Statement => ({
  occurredOn: body.occurredOn,
  endedOn: body.endedOn,
  data: body.data,
});

/** Null at a path takes an optional field away, though no item of a list; a path that leads nowhere changes nothing. */
export function applyChange(statement: Statement, path: string, value: unknown): Statement {
  const isDate = path === '/occurredOn' || path === '/endedOn';
  const removed = value === null && !isDate ? setAtPointer(statement, path, undefined) : undefined;
  return ((removed ?? setAtPointer(statement, path, value)) as Statement | undefined) ?? statement;
}

/**
 * Applies all curation to facts, whatever streams they are of: the one place that knows what curation means.
 * Corrections are applied unchecked, in recording order: they were checked when they were decided.
 * @param events in recording order
 */
export function curate(events: readonly LedgerEvent[]): Curated {
  return events.some((e) => isCuration(e.type)) ? curated(events) : uncurated(events);
}

/** Nothing was said since about most records. */
const uncurated = (events: readonly LedgerEvent[]): Curated => ({
  facts: events.map(untouched),
  merges: new Map(),
  disputes: new Map(),
  resolved: new Set(),
  retractions: new Map(),
});

const untouched = (event: LedgerEvent): CuratedFact => ({
  event,
  retracted: false,
  statement: statementOf(event),
  corroborations: [],
  corrections: [],
  disputes: [],
});

function curated(events: readonly LedgerEvent[]): Curated {
  // A retraction or a merge can't be taken back; one that tries (it was refused, but logs outlive rules) is void.
  const untouchable = new Set(
    events.filter((e) => e.type === 'FactRetracted' || e.type === 'RecordMerged').map((e) => e.id),
  );
  const retractions = new Map(
    of<FactRetracted>(events, 'FactRetracted')
      .filter((e) => !untouchable.has(e.body.data.targetEventId))
      .map((e) => [e.body.data.targetEventId, e as LedgerEvent]),
  );
  const standing = events.filter((e) => !retractions.has(e.id));
  const disputes = of<FactDisputed>(standing, 'FactDisputed');
  const disputeById = new Map(disputes.map((d) => [d.id, d]));
  const resolutions = of<DisputeResolved>(standing, 'DisputeResolved');
  const resolved = new Set(resolutions.map((r) => r.body.data.disputeEventId));

  const corrections = groupBy(
    [...of<FactCorrected>(standing, 'FactCorrected'), ...resolutions].sort((a, b) => a.position - b.position),
    (e) =>
      'changes' in e.body.data
        ? e.body.data.targetEventId
        : (disputeById.get(e.body.data.disputeEventId)?.body.data.targetEventId ?? ''),
  );
  const corroborations = groupBy(of<FactCorroborated>(standing, 'FactCorroborated'), (e) => e.body.data.targetEventId);
  const open = groupBy(
    disputes.filter((d) => !resolved.has(d.id)),
    (d) => d.body.data.targetEventId,
  );

  const changesOf = (e: LedgerEvent<string, FactCorrected | DisputeResolved>): { path: string; to: unknown }[] => {
    if ('changes' in e.body.data) return e.body.data.changes;
    const dispute = disputeById.get(e.body.data.disputeEventId);
    return dispute ? [{ path: dispute.body.data.path, to: e.body.data.value }] : [];
  };
  const facts = events
    .filter((e) => !isCuration(e.type))
    .map((event): CuratedFact => {
      const applied = corrections.get(event.id) ?? [];
      return {
        event,
        retracted: retractions.has(event.id),
        statement: applied
          .flatMap(changesOf)
          .reduce((statement, { path, to }) => applyChange(statement, path, to), statementOf(event)),
        corroborations: corroborations.get(event.id) ?? [],
        corrections: applied,
        disputes: (open.get(event.id) ?? []).map((dispute) => ({ event: dispute, target: event })),
      };
    });
  return {
    facts,
    merges: new Map(of<RecordMerged>(events, 'RecordMerged').map((e) => [e.stream, e.body.data.intoId])),
    disputes: new Map(disputes.map((d) => [d.id, d.body.data])),
    resolved,
    retractions,
  };
}
