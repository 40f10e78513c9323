import type { FactOf } from '../aggregate.js';
import {
  Areas,
  Flag,
  Id,
  Language,
  Localized,
  type LocalizedText,
  Many,
  Member,
  One,
  OneOf,
  Optional,
  PartialDateText,
  PartyCodes,
  Sha256,
  True,
  Url,
  Whole,
} from '../shape/rules.js';
import { Person } from '../values/person.js';
import { Place } from '../values/place.js';

export const INSTRUMENT_TYPES = [
  'treaty',
  'agreement',
  'memorandum_of_understanding',
  'protocol',
  'exchange_of_notes',
  'arrangement',
  'joint_declaration',
  'contract',
  'other',
] as const;
export type InstrumentType = (typeof INSTRUMENT_TYPES)[number];

/** A text exists. Its date is often unknown: an agreement becomes known when it is signed. */
export class AgreementDrafted {
  @PartyCodes(2, 2) parties!: string[];
  @Localized() title!: LocalizedText;
  /** No text gives a title; ours describes. */
  @Optional() @True() titleIsDescriptive?: true;
  @OneOf(INSTRUMENT_TYPES) instrumentType!: InstrumentType;
  /** As far as a text names them: never a complete list. */
  @Areas() areas!: string[];
  @Optional() @Id('agreement') parentAgreementId?: string;
}

/** Only the intention is known. */
export class AgreementProposed extends AgreementDrafted {}

/** Replaces what areas were known. */
export class AreasClassified {
  @Areas() areas!: string[];
}

/** Expected, not done: it changes no state. */
export class SignatureAnnounced {
  @Optional() @PartialDateText() plannedFor?: string;
}

/** The text is authentic and definite, not yet binding (VCLT art. 10). */
export class Initialled {}

/** How a signature binds (VCLT arts. 11 to 14). */
export const SIGNATURE_MODES = ['definitive', 'ad_referendum', 'subject_to_ratification'] as const;

export class Signatory {
  @Member() party!: string;
  @Optional() @One(() => Person) person?: Person;
  @Optional() @Localized() capacity?: LocalizedText;
  @OneOf(SIGNATURE_MODES) mode!: (typeof SIGNATURE_MODES)[number];
}

export class Signed {
  @Optional() @One(() => Place) place?: Place;
  @Optional() @Many(() => Signatory) signatories?: Signatory[];
  @Optional() @Many(() => Person) witnesses?: Person[];
  @Optional() @Localized() occasion?: LocalizedText;
  @Optional() @Id('visit') visitId?: string;
}

/** VCLT art. 24. */
export class EnteredIntoForce {
  @Optional() @Localized() basis?: LocalizedText;
}

export const RENEWALS = ['tacit', 'express', 'none'] as const;

/** How long it lasts and how it may end; replaces the terms known before. */
export class TermsRecorded {
  @Optional() @PartialDateText() expiresOn?: string;
  @Optional() @Whole(1, 999) durationYears?: number;
  @OneOf(RENEWALS) renewal!: (typeof RENEWALS)[number];
  @Optional() @Whole(0, 600) noticeMonths?: number;
  @Optional() @Flag() requiresRatification?: boolean;
}

/** A text of it can be read. */
export class TextPublished {
  @Language() language!: string;
  /** Of the text as it was published. */
  @Optional() @Sha256() contentSha256?: string;
  @Optional() @Url() url?: string;
  /** Whether the parties hold this language's text to be authentic (VCLT art. 33). */
  @Optional() @Flag() authentic?: boolean;
}

export const LINK_RELATIONS = ['implements', 'amends', 'replaces', 'follows', 'possibly_same_as'] as const;

export class AgreementLinked {
  @Id('agreement') toAgreementId!: string;
  @OneOf(LINK_RELATIONS) relation!: (typeof LINK_RELATIONS)[number];
}

export const agreementEvents = {
  AgreementProposed: { command: 'ProposeAgreement', data: AgreementProposed, opens: true, moves: true },
  AgreementDrafted: { command: 'DraftAgreement', data: AgreementDrafted, opens: true, moves: true },
  AreasClassified: { command: 'ClassifyAreas', data: AreasClassified },
  SignatureAnnounced: { command: 'AnnounceSignature', data: SignatureAnnounced },
  Initialled: { command: 'InitialAgreement', data: Initialled, moves: true },
  Signed: { command: 'SignAgreement', data: Signed, moves: true },
  EnteredIntoForce: { command: 'BringIntoForce', data: EnteredIntoForce, moves: true },
  TermsRecorded: { command: 'RecordTerms', data: TermsRecorded },
  TextPublished: { command: 'PublishText', data: TextPublished },
  AgreementLinked: { command: 'LinkAgreement', data: AgreementLinked },
} as const;

export type AgreementFact = FactOf<typeof agreementEvents>;
