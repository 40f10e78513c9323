import type { Category, Citation, LedgerEvent } from '../../domain/event.js';
import type { Blame } from '../../domain/history/blame.js';
import type { Change } from '../../domain/history/diff.js';
import type { HistoryEntry, HistoryOrder } from '../../domain/history/entries.js';
import type { RecordView } from '../../domain/history/record-view.js';
import type { RelationshipStatus, Stage } from '../../domain/relationship/status.js';
import type { Rank, Stretch } from '../../domain/search/search-terms.js';
import type { TextKind } from '../../domain/search/searchable-texts.js';
import type { Standing } from '../../domain/values/standing.js';
import type { OtherRecord, ReviewItem } from '../../domain/worklists/review.js';
import type { DueItem, DueWhen } from '../../domain/worklists/upcoming.js';
import type { LateItem } from '../../projections/late.js';

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

/** The pairs that have a record, and what the ledger is set to call dormant. */
export type RelationshipsAnswer = Resolved & Page<RelationshipItem> & { readonly dormantAfterMonths: number };

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

/** A record that is found, by a text that one or more of its fields hold. */
export interface SearchItem {
  readonly stream: string;
  readonly category: Category;
  readonly id: string;
  /** Where the record is answered. */
  readonly url: string;
  /** What it is called; null where it has no title or name. */
  readonly title: Readonly<Record<string, string>> | null;
  /** No source gives the title: it is the recorder's. */
  readonly titleIsDescriptive: boolean;
  readonly pairs: readonly string[];
  /** A source that was withdrawn: what it alone tells counts for nothing. */
  readonly withdrawn: boolean;
  readonly rank: Rank;
  readonly matches: readonly SearchMatch[];
  /** Not all of its fields that hold the text are listed. */
  readonly more: boolean;
}

export interface SearchMatch {
  /** The event that states it; all null for a party's name that is built in. */
  readonly eventId: string | null;
  readonly type: string | null;
  readonly stream: string | null;
  /** JSON Pointer into `{occurredOn, endedOn, data}` of the event; into the party, where its name is built in. */
  readonly path: string;
  readonly language: string | null;
  readonly kind: TextKind;
  /** As it stands. */
  readonly text: string;
  /** What of the text matched, in UTF-16 code units. */
  readonly spans: readonly Stretch[];
  readonly occurredOn: string | null;
  readonly endedOn: string | null;
  /** Null for sources and parties, and for a title that no source supports any more. */
  readonly standing: Standing | null;
  readonly disputed: boolean;
}

export type SearchAnswer = Resolved & { readonly q: string } & Page<SearchItem>;

/** What evidence cites, by its title too. */
export interface CitedSource extends Citation {
  readonly title: Readonly<Record<string, string>> | null;
  /** It counts for nothing. */
  readonly withdrawn: boolean;
}

/** An item of a list as it is answered: with the sources' titles, where the record is answered, and what can be done. */
export type Shown<Item> = Omit<Item, 'key' | 'others'> & {
  readonly url: string;
  readonly evidence: readonly CitedSource[];
  readonly commands: readonly string[];
};

export type ShownReview = Shown<ReviewItem> & {
  readonly others: readonly (OtherRecord & Pick<ReviewItem, 'title' | 'titleIsDescriptive'>)[];
};
export type ReviewAnswer = Resolved & Page<ShownReview>;

export type ShownDue = Shown<DueItem> & { readonly when: DueWhen };
export type UpcomingAnswer = Resolved & { readonly within: string; readonly until: string } & Page<ShownDue>;

export interface DiffAnswer {
  readonly pair: string;
  readonly parties: readonly PartyRef[];
  readonly minimumStanding: Standing;
  readonly from: Omit<Resolved, 'minimumStanding'>;
  readonly to: Omit<Resolved, 'minimumStanding'>;
  readonly changes: readonly Change[];
}

export type BlameAnswer = Resolved & {
  readonly pair?: string;
  readonly stream?: string;
  readonly fields: readonly (Omit<Blame, 'evidence'> & { readonly evidence: readonly CitedSource[] })[];
};

export type ShownLate = LateItem & { readonly url: string; readonly evidence: readonly CitedSource[] };
export type LateAnswer = Resolved & { readonly days: number } & Page<ShownLate>;

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
