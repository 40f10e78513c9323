import type { Day } from '../values/day.js';
import { type AgreementState, beforeForce } from './state.js';

/** Who has consented to be bound, and whose word is awaited (VCLT arts. 11 to 16). */

type Pending = Pick<AgreementState, 'consentPending' | 'consentPendingSince' | 'confirmationPending'>;

const partiesOf = (acts: readonly { readonly party: string }[]) => new Set(acts.map(({ party }) => party));

/** The parties that signed in this mode. */
const signedAs = ({ signatures }: AgreementState, wanted: string) =>
  partiesOf(signatures.flatMap((s) => s.signatories ?? []).filter(({ mode }) => mode === wanted));

/** Ratification is asked for by the terms, or by a signature that is subject to it. */
const needsRatification = (state: AgreementState) =>
  state.terms?.requiresRatification === true || signedAs(state, 'subject_to_ratification').size > 0;

/**
 * Whether a party's signature binds it: it is definitive, or was confirmed and is none that is subject to ratification.
 * Where the terms ask for ratification no signature does.
 */
function boundBySignature(state: AgreementState): (party: string) => boolean {
  if (state.terms?.requiresRatification === true) return () => false;
  const definitive = signedAs(state, 'definitive');
  const confirmed = partiesOf(state.confirmations);
  const subject = signedAs(state, 'subject_to_ratification');
  return (party) => definitive.has(party) || (confirmed.has(party) && !subject.has(party));
}

/** From the signature on where ratification is needed, else from when one side has consented. */
function awaitedSince(state: AgreementState): Day | undefined {
  const [signature] = state.signatures;
  return signature && needsRatification(state) ? signature.latest : state.consents[0]?.latest;
}

const NOTHING: Pending = { consentPending: [], consentPendingSince: null, confirmationPending: [] };

/** What is awaited while it may still enter into force. */
export function pendingConsent(state: AgreementState): Pending {
  const { status, signatures, consents } = state;
  if (!beforeForce(status) || (signatures.length === 0 && consents.length === 0)) return NOTHING;
  const since = awaitedSince(state);
  const consented = partiesOf(state.consents);
  const bound = boundBySignature(state);
  const consentPending = since === undefined ? [] : state.parties.filter((p) => !consented.has(p) && !bound(p));
  const confirmed = partiesOf(state.confirmations);
  const referred = signedAs(state, 'ad_referendum');
  const definitive = signedAs(state, 'definitive');
  return {
    consentPending,
    consentPendingSince: consentPending.length > 0 ? (since ?? null) : null,
    confirmationPending: state.parties.filter(
      (p) => referred.has(p) && !confirmed.has(p) && !definitive.has(p) && !consented.has(p),
    ),
  };
}
