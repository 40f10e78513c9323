import { type Aggregate, unreachable } from '../aggregate.js';
import { addYears, type Day } from '../values/day.js';
import { parsePartialDate } from '../values/partial-date.js';
import type { Standing } from '../values/standing.js';
import {
  type AgreementDrafted,
  agreementEvents,
  type AgreementFact,
  type AgreementLinked,
  type Signed,
  type TermsRecorded,
  type TextPublished,
} from './events.js';

/** The rungs of an agreement's life, lowest first; an event of a lower rung never sets a state back. */
export const AGREEMENT_STATUSES = ['proposed', 'drafted', 'initialled', 'signed', 'in_force', 'expired'] as const;
export type AgreementStatus = (typeof AGREEMENT_STATUSES)[number];

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
  /** EDTF; null where unsigned or of unknown date. */
  readonly signedOn: string | null;
  /** Each act of signing: there may be several, in several places. */
  readonly signatures: readonly (Signed & { readonly occurredOn: string | null; readonly eventId: string })[];
  readonly signatureExpected: { readonly plannedFor: string | null; readonly eventId: string } | null;
  readonly inForceOn: string | null;
  /** The last day on which it can have entered into force, from which its duration is counted. */
  readonly inForceFrom: Day | null;
  readonly terms: TermsRecorded | null;
  /** The day after which it ends by its terms, as renewed so far; null where no term says. */
  readonly lastDay: Day | null;
  readonly links: readonly (AgreementLinked & { readonly eventId: string })[];
  readonly texts: readonly (TextPublished & { readonly eventId: string })[];
  /** Parties whose consent to be bound is awaited. */
  readonly consentPending: readonly string[];
}

type Rung = Exclude<AgreementStatus, 'expired'>;

function reach(state: AgreementState, status: Rung, fact: AgreementFact): AgreementState {
  const rung = (s: AgreementStatus | null) => (s ? AGREEMENT_STATUSES.indexOf(s) : -1);
  if (rung(status) <= rung(state.status)) return state;
  return { ...state, status, statusEventId: fact.event.id, standing: fact.standing };
}

/** No text names all areas, so what another opening event names (proposed, or of a merged record) is added. */
const withAreas = (state: AgreementState, areas: readonly string[]): AgreementState => ({
  ...state,
  areas: [...new Set([...state.areas, ...areas])],
});

function evolve(state: AgreementState, fact: AgreementFact): AgreementState {
  switch (fact.type) {
    case 'AgreementProposed':
      return reach(withAreas(state, fact.data.areas), 'proposed', fact);
    case 'AgreementDrafted':
      return reach(withAreas(state, fact.data.areas), 'drafted', fact);
    case 'AreasClassified':
      return { ...state, areas: fact.data.areas };
    case 'SignatureAnnounced':
      return {
        ...state,
        signatureExpected: { plannedFor: fact.data.plannedFor ?? null, eventId: fact.event.id },
      };
    case 'Initialled':
      return reach(state, 'initialled', fact);
    case 'Signed': {
      const signature = { ...fact.data, occurredOn: fact.occurredOn, eventId: fact.event.id };
      const signed = {
        ...state,
        signedOn: state.signatures.length === 0 ? fact.occurredOn : state.signedOn,
        signatures: [...state.signatures, signature],
        signatureExpected: null,
      };
      return reach(signed, 'signed', fact);
    }
    case 'EnteredIntoForce':
      if (state.inForceFrom !== null) return state;
      return reach({ ...state, inForceOn: fact.occurredOn, inForceFrom: fact.latest }, 'in_force', fact);
    case 'TermsRecorded':
      return { ...state, terms: fact.data };
    case 'TextPublished':
      return { ...state, texts: [...state.texts, { ...fact.data, eventId: fact.event.id }] };
    case 'AgreementLinked':
      return { ...state, links: [...state.links, { ...fact.data, eventId: fact.event.id }] };
    default:
      return unreachable(fact);
  }
}

/** The last day by the terms: `expiresOn`, or entry into force and the duration; the latest it can mean. */
function lastDayByTerms({ terms, inForceFrom }: AgreementState): Day | null {
  if (terms?.expiresOn !== undefined) return parsePartialDate(terms.expiresOn)?.latest ?? null;
  return terms?.durationYears !== undefined && inForceFrom !== null ? addYears(inForceFrom, terms.durationYears) : null;
}

/** The last day as tacitly renewed until `day`; null where it has no end that is known. */
function renewedUntil(first: Day, terms: TermsRecorded, day: Day): Day | null {
  if (terms.renewal !== 'tacit' || day <= first) return first;
  // Renewed for a time that no text tells: it goes on, its end is not known.
  if (terms.durationYears === undefined) return null;
  let lastDay = first;
  // Each time counted from the first, so that 29 February stays the day where there is one.
  for (let n = 1; lastDay < day && lastDay < '9999-12-31'; n += 1) lastDay = addYears(first, n * terms.durationYears);
  return lastDay;
}

/** Ratification is asked for by the terms, or by a signature that is subject to it. */
const needsRatification = ({ terms, signatures }: AgreementState) =>
  terms?.requiresRatification === true ||
  signatures.some(({ signatories }) => signatories?.some(({ mode }) => mode === 'subject_to_ratification'));

/** Time alone ends an agreement, or renews it tacitly; no event is needed, so a status is always of a day. */
function on(state: AgreementState, day: Day): AgreementState {
  const consentPending = state.status === 'signed' && needsRatification(state) ? state.parties : [];
  const first = lastDayByTerms(state);
  const lastDay = first !== null && state.terms ? renewedUntil(first, state.terms, day) : null;
  const binding = state.status === 'signed' || state.status === 'in_force';
  return binding && lastDay !== null && day > lastDay
    ? { ...state, lastDay, status: 'expired', consentPending: [] }
    : { ...state, lastDay, consentPending };
}

export const agreement: Aggregate<AgreementState, AgreementFact> = {
  category: 'agreement',
  idField: 'agreementId',
  dated: true,
  events: agreementEvents,
  partiesOf: (data) => (data as AgreementDrafted).parties,
  initial: (agreementId, identity) => {
    const data = identity?.data as Partial<AgreementDrafted> | undefined;
    return {
      agreementId,
      parties: [...(data?.parties ?? [])].sort(),
      title: data?.title ?? null,
      titleIsDescriptive: data?.titleIsDescriptive ?? false,
      instrumentType: data?.instrumentType ?? null,
      parentAgreementId: data?.parentAgreementId ?? null,
      areas: [],
      status: null,
      statusEventId: null,
      standing: null,
      signedOn: null,
      signatures: [],
      signatureExpected: null,
      inForceOn: null,
      inForceFrom: null,
      terms: null,
      lastDay: null,
      links: [],
      texts: [],
      consentPending: [],
    };
  },
  evolve,
  on,
};
