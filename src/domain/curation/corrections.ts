import type { LedgerEvent } from '../event.js';
import { applyChange, type Curated, type CuratedFact, type Statement } from './curate.js';
import type { Change, DisputeResolved } from './events.js';

/** A fact as it would stand after a correction or a resolution. */
export interface Restated {
  readonly target: LedgerEvent;
  readonly fact: CuratedFact;
  readonly changes: readonly Pick<Change, 'path' | 'to'>[];
  readonly statement: Statement;
}

/** The fact with this event id, if its stream has it. */
export const factById = (curated: Curated, eventId: string): CuratedFact | undefined =>
  curated.facts.find((f) => f.event.id === eventId);

/** The changes that a correction or a resolution makes, and to which fact; undefined where it is none. */
function changesOf(
  data: object,
  curated: Curated,
): { targetEventId: string; changes: Restated['changes'] } | undefined {
  const { targetEventId, changes, disputeEventId, value } = data as Partial<
    { targetEventId: string; changes: Change[] } & DisputeResolved
  >;
  if (targetEventId !== undefined && changes) return { targetEventId, changes };
  const dispute = disputeEventId === undefined ? undefined : curated.disputes.get(disputeEventId);
  return dispute && { targetEventId: dispute.targetEventId, changes: [{ path: dispute.path, to: value }] };
}

/** The fact that a correction or a resolution speaks of, as it would stand after it. */
export function correctedStatement(data: object, curated: Curated): Restated | undefined {
  const found = changesOf(data, curated);
  const fact = found && factById(curated, found.targetEventId);
  if (!fact) return undefined;
  const statement = found.changes.reduce((s, { path, to }) => applyChange(s, path, to), fact.statement);
  return { target: fact.event, fact, changes: found.changes, statement };
}
