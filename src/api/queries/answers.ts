import type { LedgerEvent } from '../../domain/event.js';
import type { HistoryEntry, HistoryOrder } from '../../domain/history/entries.js';
import type { RecordView } from '../../domain/history/record-view.js';
import type { RelationshipStatus, Stage } from '../../domain/relationship/status.js';
import type { Standing } from '../../domain/values/standing.js';

/** A party as it is shown. */
export interface PartyRef {
  readonly code: string;
  readonly names: Readonly<Record<string, string>>;
}

/** What a query resolved to: said in every answer. */
export interface Resolved {
  readonly asOf: string;
  readonly knownAt: { readonly position: string; readonly recordedAt: string | null };
  readonly minimumStanding: Standing;
}

export type RelationshipAnswer = Resolved & RelationshipStatus & { readonly parties: readonly PartyRef[] };

export interface Page<Item> {
  readonly items: readonly Item[];
  /** The cursor of the next page; null at the end. */
  readonly next: string | null;
}

export interface RelationshipItem {
  readonly pair: string;
  readonly parties: readonly PartyRef[];
  readonly stage: Stage;
  readonly flags: RelationshipStatus['flags'];
  readonly records: number;
}

export type RecordAnswer = Resolved & RecordView & { readonly stream: string; readonly revision: number };

export type HistoryAnswer = Resolved & {
  readonly pair?: string;
  readonly stream?: string;
  readonly parties: readonly PartyRef[];
  readonly order: HistoryOrder;
  readonly entries: readonly HistoryEntry[];
  readonly next: string | null;
};

export interface StreamAnswer {
  readonly stream: string;
  readonly knownAt: Resolved['knownAt'];
  readonly revision: number;
  readonly events: readonly LedgerEvent[];
}

export interface EventsAnswer {
  readonly knownAt: Resolved['knownAt'];
  readonly events: readonly LedgerEvent[];
  /** The position to ask `after` next; null where there is no more yet. */
  readonly next: string | null;
}
