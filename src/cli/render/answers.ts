/**
 * The answers that are rendered, as they come over the wire. What the renderers do not need to tell apart is a plain
 * string, so that an answer with a code from a later version is shown rather than refused.
 */

/** BCP 47 tag → text. */
export type LocalizedText = Readonly<Record<string, string>>;

export interface PartyAnswer {
  readonly code: string;
  readonly names: LocalizedText;
}

export interface KnownAt {
  /** Ordinal in the ledger, in decimal. */
  readonly position: string;
  readonly recordedAt: string | null;
}

export interface EvidenceAnswer {
  readonly sourceId: string;
  readonly locator: string;
  readonly standing: string;
  readonly note?: string;
}

export interface AlternativeAnswer {
  readonly value: unknown;
  readonly evidence: readonly EvidenceAnswer[];
}

export interface AgreementAnswer {
  readonly agreementId: string;
  readonly title: LocalizedText | null;
  readonly titleIsDescriptive?: boolean;
  readonly instrumentType: string | null;
  readonly status: string | null;
  readonly standing: string | null;
  readonly signedOn: string | null;
  readonly areas: readonly string[];
  readonly consentPending: readonly string[];
  readonly provisionallyApplied?: boolean;
  readonly denunciationPending?: boolean;
  readonly lastDay?: string | null;
  readonly endedOn?: string | null;
  readonly disputed: boolean;
}

export interface MechanismAnswer {
  readonly mechanismId: string;
  readonly name: LocalizedText | null;
  readonly status: string | null;
  readonly standing?: string | null;
  readonly sessions: number;
}

export interface VisitAnswer {
  readonly visitId: string;
  readonly visitor?: string;
  readonly host?: string;
  readonly occurredOn: string | null;
}

export interface DisputeAnswer {
  readonly disputeEventId: string;
  readonly stream: string;
  readonly targetEventId?: string;
  readonly path: string;
  readonly alternatives: readonly AlternativeAnswer[];
}

export interface FactAnswer {
  readonly eventId: string;
  readonly type: string;
  readonly stream: string;
  readonly earliest: string | null;
  readonly latest: string | null;
}

/** What two parties have with each other on a day. */
export interface StatusAnswer {
  readonly pair: string;
  readonly parties: readonly PartyAnswer[];
  readonly asOf: string;
  readonly knownAt: KnownAt;
  readonly minimumStanding: string;
  readonly stage: string;
  readonly flags: Readonly<Record<string, boolean>>;
  readonly reasons: readonly string[];
  readonly agreements: readonly AgreementAnswer[];
  readonly mechanisms: readonly MechanismAnswer[];
  readonly visits: {
    readonly count: number;
    readonly byDirection: Readonly<Record<string, number>>;
    readonly last: readonly VisitAnswer[];
  };
  readonly meetings: { readonly count: number };
  readonly exercises: { readonly count: number };
  readonly areas: readonly { readonly code: string; readonly agreementIds: readonly string[] }[];
  readonly openDisputes: readonly DisputeAnswer[];
  readonly possible: readonly FactAnswer[];
  readonly unsupported: readonly FactAnswer[];
  readonly coverageFrom: string | null;
  /** Party code → how it is represented with the other. */
  readonly representation?: Readonly<Record<string, string>>;
}

export interface EntryDispute {
  readonly disputeEventId: string;
  readonly path: string;
  readonly alternatives: readonly AlternativeAnswer[];
}

export interface WarningAnswer {
  readonly code: string;
  readonly message: string;
}

/** An event of a relationship's history, as it stands: with its corrections applied and what else was said of it. */
export interface HistoryEntry {
  readonly eventId: string;
  readonly type: string;
  readonly stream: string;
  /** The stream of the record that it counts under: another than its own after a merge. */
  readonly record: string;
  readonly position: string | number;
  readonly revision: string | number;
  readonly recordedAt: string;
  readonly occurredOn: string | null;
  readonly endedOn: string | null;
  readonly earliest: string | null;
  readonly latest: string | null;
  /** By the day asked for; null for what has no day, such as a source or a curation. */
  readonly when: 'happened' | 'possible' | 'later' | null;
  readonly standing: string | null;
  readonly evidence: readonly EvidenceAnswer[];
  readonly data: Readonly<Record<string, unknown>>;
  readonly corroborations: readonly string[];
  readonly corrections: readonly string[];
  readonly disputes: readonly EntryDispute[];
  readonly retractedBy: string | null;
  readonly warnings: readonly WarningAnswer[];
}

/** The history of a relationship, or of a record. */
export interface HistoryAnswer {
  readonly pair?: string;
  /** Instead of the pair, where it is the history of one record. */
  readonly stream?: string;
  readonly parties: readonly PartyAnswer[];
  readonly asOf: string;
  readonly knownAt: KnownAt;
  readonly minimumStanding: string;
  readonly order: 'valid' | 'recorded';
  readonly entries: readonly HistoryEntry[];
  /** The cursor of the next page; null at the end. */
  readonly next?: string | null;
}

export interface SearchMatchAnswer {
  /** JSON Pointer into the event. */
  readonly path: string;
  readonly language: string | null;
  readonly text: string;
  /** What of it matched: start and end in UTF-16 code units. */
  readonly spans: readonly (readonly [number, number])[];
  readonly occurredOn: string | null;
  readonly standing: string | null;
  readonly disputed: boolean;
}

/** A record that a text of it finds. */
export interface SearchItemAnswer {
  readonly stream: string;
  readonly category: string;
  readonly title: LocalizedText | null;
  readonly titleIsDescriptive: boolean;
  readonly pairs: readonly string[];
  readonly withdrawn: boolean;
  readonly matches: readonly SearchMatchAnswer[];
  readonly more: boolean;
}

export interface SearchAnswer {
  readonly q: string;
  readonly knownAt: KnownAt;
  readonly items: readonly SearchItemAnswer[];
  /** The cursor of the next page; null at the end. */
  readonly next: string | null;
}

/** An item of a list of things to do: a record, an event of it, and what can be done. */
export interface WorkItemAnswer {
  readonly kind: string;
  readonly stream: string;
  readonly title: LocalizedText | null;
  readonly titleIsDescriptive: boolean;
  readonly pairs: readonly string[];
  readonly direction: string | null;
  readonly eventId: string;
  readonly type: string;
  readonly occurredOn: string | null;
  readonly standing: string | null;
  readonly evidence: readonly EvidenceAnswer[];
  readonly position: string | number;
  readonly recordedAt: string;
  readonly commands: readonly string[];
}

export interface ReviewItemAnswer extends WorkItemAnswer {
  readonly disputeEventId: string | null;
  readonly path: string | null;
  readonly others: readonly {
    readonly stream: string;
    readonly earliest: string | null;
    readonly latest: string | null;
  }[];
  readonly more: boolean;
}

export interface DueItemAnswer extends WorkItemAnswer {
  readonly when: string;
  readonly from: string | null;
  readonly by: string | null;
  readonly since: string | null;
  readonly awaited: readonly string[];
}

interface Worklist<Item> {
  readonly asOf: string;
  readonly knownAt: KnownAt;
  readonly minimumStanding: string;
  readonly items: readonly Item[];
  readonly next: string | null;
}

export type ReviewListAnswer = Worklist<ReviewItemAnswer>;
export type UpcomingListAnswer = Worklist<DueItemAnswer> & { readonly until: string };

/** A fact that was recorded late. */
export interface LateItemAnswer extends Omit<WorkItemAnswer, 'kind' | 'commands'> {
  readonly lateBy: { readonly atLeast: number; readonly atMost: number | null };
}
export type LateListAnswer = Worklist<LateItemAnswer> & { readonly days: number };

export interface EventRefAnswer {
  readonly eventId: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly recordedAt: string;
  readonly actor: string;
}

/** What differs at a field; a side that is left out: there is no such field. */
export interface FieldChangeAnswer {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface ChangeAnswer extends FieldChangeAnswer {
  readonly cause: string;
  readonly byTime: boolean;
  readonly events: readonly EventRefAnswer[];
}

interface PointAnswer {
  readonly asOf: string;
  readonly knownAt: KnownAt;
}

/** What differs between two points on both axes. */
export interface DiffAnswer {
  readonly pair: string;
  readonly parties: readonly PartyAnswer[];
  readonly minimumStanding: string;
  readonly from: PointAnswer;
  readonly to: PointAnswer;
  readonly changes: readonly ChangeAnswer[];
}

export interface BlamedField {
  readonly path: string;
  readonly value: unknown;
  readonly event: EventRefAnswer | null;
  readonly reason: string | null;
  readonly restores: EventRefAnswer | null;
  readonly evidence: readonly EvidenceAnswer[];
  readonly before?: unknown;
}

/** Who made each field of a view what it is. */
export interface BlameAnswer {
  readonly pair?: string;
  readonly stream?: string;
  readonly asOf: string;
  readonly knownAt: KnownAt;
  readonly minimumStanding: string;
  readonly fields: readonly BlamedField[];
}

export interface StreamEvent {
  readonly id: string;
  readonly type: string;
  readonly revision: string | number;
  readonly position: string | number;
  readonly body: object;
  readonly metadata: object;
}

/** A stream as it was recorded. */
export interface StreamAnswer {
  readonly stream: string;
  readonly revision: string | number;
  readonly events: readonly StreamEvent[];
}
