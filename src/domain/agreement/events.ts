import type { FactOf } from '../aggregate.js';
import { datedAfter, datedBefore, itself, unlessOpen, whileOpen } from '../oddity.js';
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
  Text,
  True,
  Url,
  Whole,
} from '../shape/rules.js';
import { Person } from '../values/person.js';
import { Place } from '../values/place.js';
import * as odd from './oddities.js';

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

/** They talked about it: that sets no state of its own. */
export class NegotiationHeld {}

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

/** A signature ad referendum is full from then on (VCLT art. 12 (2) (b)). */
export class SignatureConfirmed {
  @Member() party!: string;
}

/** An organ of the state approved of it, by its own law: no consent towards the other party. */
export class DomesticApprovalGiven {
  @Member() party!: string;
  @Localized() organ!: LocalizedText;
}

/** How a party consents to be bound, other than by signature (VCLT arts. 11 to 16). */
export const CONSENT_MEANS = ['ratification', 'acceptance', 'approval', 'accession', 'notification'] as const;

export class ConsentExpressed {
  @Member() party!: string;
  @OneOf(CONSENT_MEANS) means!: (typeof CONSENT_MEANS)[number];
}

/** Pending its entry into force (VCLT art. 25). */
export class ProvisionalApplicationStarted {}
export class ProvisionalApplicationEnded {}

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

/** VCLT arts. 39 and 40. */
export class Amended {
  @Text() summary!: string;
  @Optional() @Id('agreement') amendingAgreementId?: string;
}

/** Expressly; tacit renewal needs no event. */
export class Renewed {
  @Optional() @PartialDateText() until?: string;
}

/** VCLT arts. 57, 58 and 72. */
export class Suspended {}
export class Resumed {}

/** One party means to leave it (VCLT arts. 56 and 65 to 67). */
export class DenunciationNotified {
  @Member() by!: string;
  @Optional() @PartialDateText() effectiveOn?: string;
}

/** Before it took effect (VCLT art. 68). */
export class DenunciationWithdrawn {}

/** VCLT arts. 54 and 60 to 64. */
export class Terminated {
  @Optional() @Localized() ground?: LocalizedText;
}

/** Its time was over, as a source says; by its terms alone no event is needed. */
export class Expired {}

/** VCLT art. 59. */
export class Superseded {
  @Id('agreement') byAgreementId!: string;
}

/** Given up before it entered into force. */
export class Abandoned {}

/** A text of it can be read. */
export class TextPublished {
  @Language() language!: string;
  /** Of the text as it was published. */
  @Optional() @Sha256() contentSha256?: string;
  @Optional() @Url() url?: string;
  /** Whether the parties hold this language's text to be authentic (VCLT art. 33). */
  @Optional() @Flag() authentic?: boolean;
}

/** In a registry of treaties (VCLT art. 80): the UN's series, a gazette's. */
export class Registered {
  @Text() registry!: string;
  @Text() number!: string;
}

/** What a party claims, never derived from the title. */
export class BindingnessAsserted {
  @Member() party!: string;
  @Flag() binding!: boolean;
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
  NegotiationHeld: {
    command: 'RecordNegotiation',
    data: NegotiationHeld,
    act: true,
    mayPrecede: 'AgreementDrafted',
    odd: [datedAfter('This is dated after its signature', 'Signed')],
  },
  SignatureAnnounced: { command: 'AnnounceSignature', data: SignatureAnnounced },
  Initialled: { command: 'InitialAgreement', data: Initialled, moves: true },
  Signed: {
    command: 'SignAgreement',
    data: Signed,
    moves: true,
    odd: [
      datedAfter('This is dated after a consent to it, or an amendment of it', 'ConsentExpressed', 'Amended'),
      datedBefore('This is dated before a negotiation of it', 'NegotiationHeld'),
    ],
  },
  SignatureConfirmed: {
    command: 'ConfirmSignature',
    data: SignatureConfirmed,
    act: true,
    odd: [odd.nothingToConfirm, odd.saidOfParty],
  },
  DomesticApprovalGiven: {
    command: 'ApproveDomestically',
    data: DomesticApprovalGiven,
    act: true,
    odd: [odd.afterForce],
  },
  ConsentExpressed: {
    command: 'ExpressConsent',
    data: ConsentExpressed,
    act: true,
    odd: [odd.saidOfParty, odd.afterForce, datedBefore('This is dated before its signature', 'Signed')],
  },
  ProvisionalApplicationStarted: {
    command: 'ApplyProvisionally',
    data: ProvisionalApplicationStarted,
    act: true,
    odd: [
      odd.afterForce,
      whileOpen('applied', 'It is applied already', 'ProvisionalApplicationStarted', 'ProvisionalApplicationEnded'),
    ],
  },
  ProvisionalApplicationEnded: {
    command: 'EndProvisionalApplication',
    data: ProvisionalApplicationEnded,
    act: true,
    odd: [
      unlessOpen(
        'not-applied',
        'No provisional application is on record that would be under way',
        'ProvisionalApplicationStarted',
        'ProvisionalApplicationEnded',
      ),
    ],
  },
  EnteredIntoForce: { command: 'BringIntoForce', data: EnteredIntoForce, moves: true, odd: [odd.beforeConsent] },
  TermsRecorded: { command: 'RecordTerms', data: TermsRecorded, odd: [odd.overBeforeItBegan] },
  Amended: {
    command: 'AmendAgreement',
    data: Amended,
    act: true,
    odd: [
      odd.unsigned,
      datedBefore('This is dated before its signature', 'Signed'),
      odd.afterTheEnd,
      itself<Amended>('amendingAgreementId'),
    ],
  },
  Renewed: {
    command: 'RenewAgreement',
    data: Renewed,
    moves: true,
    recurs: true,
    odd: [odd.notInForce, odd.renewedIntoThePast],
  },
  Suspended: {
    command: 'SuspendAgreement',
    data: Suspended,
    moves: true,
    recurs: true,
    odd: [odd.notInForce, whileOpen('suspended', 'It is suspended already', 'Suspended', 'Resumed')],
  },
  Resumed: {
    command: 'ResumeAgreement',
    data: Resumed,
    moves: true,
    recurs: true,
    odd: [unlessOpen('not-suspended', 'No suspension is on record that would have lasted', 'Suspended', 'Resumed')],
  },
  DenunciationNotified: {
    command: 'NotifyDenunciation',
    data: DenunciationNotified,
    moves: true,
    recurs: true,
    odd: [odd.notInForce, odd.denouncedAlready, odd.effectiveBeforeNotice],
  },
  DenunciationWithdrawn: {
    command: 'WithdrawDenunciation',
    data: DenunciationWithdrawn,
    act: true,
    odd: [
      unlessOpen(
        'nothing-to-withdraw',
        'No denunciation is on record that would be pending',
        'DenunciationNotified',
        'DenunciationWithdrawn',
      ),
      odd.afterTheEnd,
    ],
  },
  Terminated: {
    command: 'TerminateAgreement',
    data: Terminated,
    moves: true,
    odd: [odd.notInForce, odd.endedAlready, odd.expiredAlready],
  },
  Expired: {
    command: 'ExpireAgreement',
    data: Expired,
    moves: true,
    recurs: true,
    odd: [odd.notInForce, odd.endedAlready, odd.expiredAlready],
  },
  Superseded: {
    command: 'SupersedeAgreement',
    data: Superseded,
    moves: true,
    odd: [odd.endedAlready, odd.expiredAlready, itself<Superseded>('byAgreementId')],
  },
  Abandoned: {
    command: 'AbandonAgreement',
    data: Abandoned,
    moves: true,
    odd: [odd.inForce, odd.endedAlready, odd.expiredAlready],
  },
  TextPublished: { command: 'PublishText', data: TextPublished },
  Registered: { command: 'RegisterAgreement', data: Registered, odd: [odd.registeredAlready] },
  BindingnessAsserted: { command: 'AssertBindingness', data: BindingnessAsserted, odd: [odd.saidOtherwise] },
  AgreementLinked: { command: 'LinkAgreement', data: AgreementLinked, odd: [itself<AgreementLinked>('toAgreementId')] },
} as const;

export type AgreementFact = FactOf<typeof agreementEvents>;
