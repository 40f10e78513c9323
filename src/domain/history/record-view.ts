import { disputeSummary, type DisputeSummary, factSummary, type FactSummary } from '../relationship/status.js';
import { byId } from '../values/by-id.js';
import { joined } from '../values/joined.js';
import type { RecordHistory } from './history.js';

/** A record as it is answered: its state, and what is said about it beside. */
export type RecordView = Readonly<Record<string, unknown>> & {
  readonly stream: string;
  /** Whether an event that moves its state has happened by the day asked for. */
  readonly listed: boolean;
  readonly pairs: readonly string[];
  readonly mergedFrom: readonly string[];
  readonly disputed: boolean;
  readonly openDisputes: readonly DisputeSummary[];
  readonly possible: readonly FactSummary[];
  readonly unsupported: readonly FactSummary[];
};

export function recordView(record: RecordHistory): RecordView {
  const state = record.state as object;
  return joined(state, {
    stream: record.stream,
    listed: record.listed,
    pairs: record.pairs,
    mergedFrom: record.mergedFrom,
    disputed: record.disputes.length > 0,
    openDisputes: record.disputes.map(disputeSummary).sort(byId((d) => d.disputeEventId)),
    possible: record.facts
      .filter((f) => f.when === 'possible')
      .map(factSummary)
      .sort(byId((f) => f.eventId)),
    unsupported: record.unsupported.map(factSummary).sort(byId((f) => f.eventId)),
  });
}
