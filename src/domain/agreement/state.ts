import type { Kept } from '../aggregate.js';
import type { Day } from '../values/day.js';
import type { Standing } from '../values/standing.js';
import type {
  AgreementDrafted,
  AgreementLinked,
  Amended,
  BindingnessAsserted,
  ConsentExpressed,
  DenunciationNotified,
  DomesticApprovalGiven,
  NegotiationHeld,
  Registered,
  Renewed,
  Signed,
  SignatureConfirmed,
  Superseded,
  Terminated,
  TermsRecorded,
  TextPublished,
} from './events.js';

/** The rungs of an agreement's life; an event of a lower one never sets a state back. The three last ends are one rung. */
const RUNGS = {
  proposed: 0,
  drafted: 1,
  initialled: 2,
  signed: 3,
  abandoned: 4,
  in_force: 5,
  suspended: 6,
  terminated: 7,
  expired: 7,
  superseded: 7,
} as const;
export type AgreementStatus = keyof typeof RUNGS;
export const AGREEMENT_STATUSES = Object.keys(RUNGS) as AgreementStatus[];

type Reached = AgreementStatus | null;

/** -1 where no event that moves the state counts. */
export const rungOf = (status: Reached): number => (status === null ? -1 : RUNGS[status]);
/** It may still enter into force. */
export const beforeForce = (status: Reached): boolean => rungOf(status) < RUNGS.abandoned;
export const hasEnded = (status: Reached): boolean => status === 'abandoned' || rungOf(status) > RUNGS.suspended;
/** It can lapse: a draft can't. */
export const canExpire = (status: Reached): boolean =>
  status === 'signed' || status === 'in_force' || status === 'suspended';

/** With the day from which it has ended the agreement; null where none was named: then it is pending. */
export type Denunciation = Kept<DenunciationNotified> & { readonly effectiveFrom: Day | null };

export interface AgreementState {
  readonly agreementId: string;
  readonly parties: readonly string[];
  readonly title: AgreementDrafted['title'] | null;
  readonly titleIsDescriptive: boolean;
  readonly instrumentType: string | null;
  readonly parentAgreementId: string | null;
  readonly areas: readonly string[];
  /** Null until an event that moves the state counts. */
  readonly status: AgreementStatus | null;
  /** The event that gives the status, and how well it stands. */
  readonly statusEventId: string | null;
  readonly standing: Standing | null;

  readonly negotiations: readonly Kept<NegotiationHeld>[];
  readonly signatureExpected: { readonly plannedFor: string | null; readonly eventId: string } | null;
  /** EDTF; null where unsigned or of unknown date. */
  readonly signedOn: string | null;
  /** Each act of signing: there may be several, in several places. */
  readonly signatures: readonly Kept<Signed>[];
  readonly confirmations: readonly Kept<SignatureConfirmed>[];
  /** Parties whose signature ad referendum is not confirmed. */
  readonly confirmationPending: readonly string[];
  readonly approvals: readonly Kept<DomesticApprovalGiven>[];
  readonly consents: readonly Kept<ConsentExpressed>[];
  /** Parties whose consent to be bound is awaited, and the day from which the ledger has it so. */
  readonly consentPending: readonly string[];
  readonly consentPendingSince: Day | null;
  /** The start that no end followed; it counts as long as the agreement may still enter into force. */
  readonly provisionalApplication: Kept<object> | null;
  readonly provisionallyApplied: boolean;

  readonly inForceOn: string | null;
  /** The last day on which it can have entered into force, from which its duration is counted. */
  readonly inForceFrom: Day | null;
  readonly terms: TermsRecorded | null;
  /** The last day that `expiresOn` of the terms can mean. */
  readonly expiresBy: Day | null;
  readonly amendments: readonly Kept<Amended>[];
  readonly renewals: readonly Kept<Renewed>[];
  /** The last day that express renewal gives it, null within where that is not known; null where the terms stand. */
  readonly renewedTo: { readonly lastDay: Day | null } | null;
  /** The day after which it ends by its terms, as renewed so far; null where no term says, or another end came. */
  readonly lastDay: Day | null;
  /** The last day on which a denunciation keeps the current term from being renewed tacitly; it may have passed. */
  readonly denunciationDeadline: Day | null;
  /** Notified, not withdrawn. */
  readonly denunciations: readonly Denunciation[];
  readonly denunciationPending: boolean;

  /** EDTF: when it ended, as stated or by its terms; null where it has not, or on an unknown day. */
  readonly endedOn: string | null;
  readonly ground: Terminated['ground'] | null;
  readonly supersededBy: readonly Kept<Superseded>[];

  readonly links: readonly Kept<AgreementLinked>[];
  readonly texts: readonly Kept<TextPublished>[];
  readonly registrations: readonly Kept<Registered>[];
  /** What each party last claimed. */
  readonly bindingness: readonly Kept<BindingnessAsserted>[];
}

/** What an agreement is before anything has happened to it; `identity` is its opening event's data. */
export const initialAgreement = (agreementId: string, identity: Partial<AgreementDrafted> = {}): AgreementState => ({
  agreementId,
  parties: [...(identity.parties ?? [])].sort(),
  title: identity.title ?? null,
  titleIsDescriptive: identity.titleIsDescriptive ?? false,
  instrumentType: identity.instrumentType ?? null,
  parentAgreementId: identity.parentAgreementId ?? null,
  areas: [],
  status: null,
  statusEventId: null,
  standing: null,
  negotiations: [],
  signatureExpected: null,
  signedOn: null,
  signatures: [],
  confirmations: [],
  confirmationPending: [],
  approvals: [],
  consents: [],
  consentPending: [],
  consentPendingSince: null,
  provisionalApplication: null,
  provisionallyApplied: false,
  inForceOn: null,
  inForceFrom: null,
  terms: null,
  expiresBy: null,
  amendments: [],
  renewals: [],
  renewedTo: null,
  lastDay: null,
  denunciationDeadline: null,
  denunciations: [],
  denunciationPending: false,
  endedOn: null,
  ground: null,
  supersededBy: [],
  links: [],
  texts: [],
  registrations: [],
  bindingness: [],
});
