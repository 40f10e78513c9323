import { type Aggregate, type Kept, kept, unreachable } from '../aggregate.js';
import { type Day, maxDay } from '../values/day.js';
import { pendingConsent } from './consent.js';
import { type AgreementDrafted, agreementEvents, type AgreementFact } from './events.js';
import { type AgreementState, type AgreementStatus, beforeForce, hasEnded, initialAgreement, rungOf } from './state.js';
import { denunciationDeadline, endByTime, furtherTerm, termOn } from './term.js';

const givenBy = (status: AgreementStatus, fact: AgreementFact) => ({
  status,
  statusEventId: fact.event.id,
  standing: fact.standing,
  endedOn: hasEnded(status) ? fact.occurredOn : null,
});

/** An event sets the state that it names, and sets none back. */
const reach = (state: AgreementState, status: AgreementStatus, fact: AgreementFact): AgreementState =>
  rungOf(status) <= rungOf(state.status) ? state : { ...state, ...givenBy(status, fact) };

/** No text names all areas, so what another opening event names (proposed, or of a merged record) is added. */
const withAreas = (state: AgreementState, areas: readonly string[]): AgreementState => ({
  ...state,
  areas: [...new Set([...state.areas, ...areas])],
});

type Lists = {
  [K in keyof AgreementState]: AgreementState[K] extends readonly Kept<infer D>[] ? D : never;
};

/** What is told of an agreement beside its state. */
const keep = <K extends keyof Lists>(
  state: AgreementState,
  list: K,
  fact: AgreementFact & { readonly data: Lists[K] },
): AgreementState => ({ ...state, [list]: [...(state[list] as readonly unknown[]), kept(fact)] });

function evolve(state: AgreementState, fact: AgreementFact): AgreementState {
  switch (fact.type) {
    case 'AgreementProposed':
      return reach(withAreas(state, fact.data.areas), 'proposed', fact);
    case 'AgreementDrafted':
      return reach(withAreas(state, fact.data.areas), 'drafted', fact);
    case 'AreasClassified':
      return { ...state, areas: fact.data.areas };
    case 'NegotiationHeld':
      return keep(state, 'negotiations', fact);
    case 'SignatureAnnounced':
      return {
        ...state,
        signatureExpected: { plannedFor: fact.data.plannedFor ?? null, eventId: fact.event.id },
      };
    case 'Initialled':
      return reach(state, 'initialled', fact);
    case 'Signed': {
      const signedOn = state.signatures.length === 0 ? fact.occurredOn : state.signedOn;
      return reach({ ...keep(state, 'signatures', fact), signedOn, signatureExpected: null }, 'signed', fact);
    }
    case 'SignatureConfirmed':
      return keep(state, 'confirmations', fact);
    case 'DomesticApprovalGiven':
      return keep(state, 'approvals', fact);
    case 'ConsentExpressed':
      return keep(state, 'consents', fact);
    case 'ProvisionalApplicationStarted':
      return { ...state, provisionalApplication: state.provisionalApplication ?? kept(fact) };
    case 'ProvisionalApplicationEnded':
      return { ...state, provisionalApplication: null };
    case 'EnteredIntoForce':
      if (state.inForceFrom !== null) return state;
      return reach({ ...state, inForceOn: fact.occurredOn, inForceFrom: fact.latest }, 'in_force', fact);
    case 'TermsRecorded':
      return {
        ...state,
        terms: fact.data,
        expiresBy: fact.daysOf('expiresOn').latest,
        // A last day that is named anew stands in place of what was renewed before; other terms leave that as it is.
        renewedTo: fact.data.expiresOn === undefined ? state.renewedTo : null,
      };
    case 'Amended':
      return keep(state, 'amendments', fact);
    case 'Renewed':
      return renew(keep(state, 'renewals', fact), fact);
    case 'Suspended':
      return reach(state, 'suspended', fact);
    case 'Resumed':
      return state.status === 'suspended' ? { ...state, ...givenBy('in_force', fact) } : reach(state, 'in_force', fact);
    case 'DenunciationNotified':
      return denounce(state, fact);
    case 'DenunciationWithdrawn':
      return withdraw(state, fact);
    case 'Terminated': {
      const terminated = reach(state, 'terminated', fact);
      return terminated === state ? state : { ...terminated, ground: fact.data.ground ?? null };
    }
    case 'Expired':
      return reach(state, 'expired', fact);
    case 'Superseded':
      return reach(keep(state, 'supersededBy', fact), 'superseded', fact);
    case 'Abandoned':
      return reach(state, 'abandoned', fact);
    case 'TextPublished':
      return keep(state, 'texts', fact);
    case 'Registered':
      return keep(state, 'registrations', fact);
    case 'BindingnessAsserted': {
      const others = state.bindingness.filter(({ party }) => party !== fact.data.party);
      return { ...state, bindingness: [...others, kept(fact)] };
    }
    case 'AgreementLinked':
      return keep(state, 'links', fact);
    default:
      return unreachable(fact);
  }
}

type FactNamed<T extends AgreementFact['type']> = Extract<AgreementFact, { type: T }>;

/** Time's end that came before a fact, for certain. */
const endedBefore = (state: AgreementState, { earliest }: AgreementFact) => {
  const end = earliest === null ? undefined : endByTime(state, earliest);
  return end && earliest !== null && end.from < earliest ? end : undefined;
};

/** A renewal of what has expired begins anew: the denunciation that ended it has had its effect. */
function renew(state: AgreementState, fact: FactNamed<'Renewed'>): AgreementState {
  const until = fact.daysOf('until').latest;
  const lastDay = (from: Day | null) => (fact.data.until === undefined ? furtherTerm(state, from) : until);
  if (state.status === 'expired' || endedBefore(state, fact)?.status === 'expired') {
    const renewedTo = { lastDay: lastDay(fact.latest) };
    return { ...state, ...givenBy('in_force', fact), renewedTo, denunciations: [] };
  }
  // Undated, it renews the first term: later ones are renewed by time.
  return { ...state, renewedTo: { lastDay: lastDay(termOn(state, fact.earliest ?? '0000-01-01').lastDay) } };
}

/** It can't have had its effect before it counts. */
function denounce(state: AgreementState, fact: FactNamed<'DenunciationNotified'>): AgreementState {
  const { latest } = fact.daysOf('effectiveOn');
  const denunciation = { ...kept(fact), effectiveFrom: latest && maxDay(latest, fact.latest) };
  return { ...state, denunciations: [...state.denunciations, denunciation] };
}

/** It has no party of its own: it takes back what was notified last, unless that has had its effect (VCLT art. 68). */
const withdraw = (state: AgreementState, fact: FactNamed<'DenunciationWithdrawn'>): AgreementState =>
  endedBefore(state, fact) ? state : { ...state, denunciations: state.denunciations.slice(0, -1) };

/** Time alone ends an agreement, or renews it tacitly; no event is needed, so a status is always of a day. */
function on(folded: AgreementState, day: Day): AgreementState {
  const end = endByTime(folded, day);
  const by = end?.by && { statusEventId: end.by.eventId, standing: end.by.standing };
  const state = end ? { ...folded, status: end.status, endedOn: end.endedOn, ...by } : folded;
  const running = !hasEnded(state.status);
  return {
    ...state,
    ...pendingConsent(state),
    signatureExpected: beforeForce(state.status) ? state.signatureExpected : null,
    provisionallyApplied: state.provisionalApplication !== null && beforeForce(state.status),
    lastDay: running || end?.status === 'expired' ? termOn(state, day).lastDay : null,
    denunciationDeadline: denunciationDeadline(state, day),
    denunciationPending: running && state.denunciations.length > 0,
  };
}

export const agreement: Aggregate<AgreementState, AgreementFact> = {
  category: 'agreement',
  idField: 'agreementId',
  dated: true,
  events: agreementEvents,
  partiesOf: (data) => (data as AgreementDrafted).parties,
  initial: (agreementId, identity) => initialAgreement(agreementId, identity?.data as Partial<AgreementDrafted>),
  evolve,
  on,
  // By the state itself: a denunciation moves it only from the day on which it takes effect.
  listed: ({ status }) => status !== null,
};
