import type { Shape } from '../shape/check-shape.js';
import { AnyJson, EventId, FactPath, Id, Many, Text } from '../shape/rules.js';
import { Evidence } from '../values/evidence.js';

/**
 * Curation: what is said about facts, on the stream of the fact. It has no date and no standing of its own, and it
 * never changes an event; the folds apply it (see curate.ts).
 */

/** Further evidence for a fact. */
export class FactCorroborated {
  @EventId() targetEventId!: string;
}

export class Change {
  @FactPath() path!: string;
  /** What stands; null where an optional field is absent. */
  @AnyJson() from!: unknown;
  @AnyJson() to!: unknown;
}

export class FactCorrected {
  @EventId() targetEventId!: string;
  @Many(() => Change, 1) changes!: Change[];
  @Text() reason!: string;
}

export class Alternative {
  @AnyJson() value!: unknown;
  @Many(() => Evidence, 1) evidence!: Evidence[];
}

/** Sources contradict each other; the standing value is one of the alternatives and stays shown, flagged. */
export class FactDisputed {
  @EventId() targetEventId!: string;
  @FactPath() path!: string;
  @Many(() => Alternative, 2) alternatives!: Alternative[];
}

/** Acts as a correction, and closes the dispute. */
export class DisputeResolved {
  @EventId() disputeEventId!: string;
  @AnyJson() value!: unknown;
  @Text() reason!: string;
}

/** The fact, or the curation, is taken back: as if it had never been recorded. */
export class FactRetracted {
  @EventId() targetEventId!: string;
  @Text() reason!: string;
}

/** The record was another one all along: its events fold under `intoId`. */
export class RecordMerged {
  @Id() intoId!: string;
  @Text() reason!: string;
}

export interface CurationType {
  readonly command: string;
  readonly data: Shape;
  /** Whether the command carries evidence. */
  readonly evidence: boolean;
}

const types = {
  FactCorroborated: { command: 'CorroborateFact', data: FactCorroborated, evidence: true },
  FactCorrected: { command: 'CorrectFact', data: FactCorrected, evidence: true },
  FactDisputed: { command: 'DisputeFact', data: FactDisputed, evidence: false },
  DisputeResolved: { command: 'ResolveDispute', data: DisputeResolved, evidence: true },
  FactRetracted: { command: 'RetractFact', data: FactRetracted, evidence: false },
  RecordMerged: { command: 'MergeRecord', data: RecordMerged, evidence: false },
} as const;

export type CurationEventType = keyof typeof types;
export const curationEvents: Readonly<Record<CurationEventType, CurationType>> = types;
export const isCuration = (type: string): type is CurationEventType => Object.hasOwn(curationEvents, type);
