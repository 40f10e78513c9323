import { again, beside, certainlyBefore, datedAfter, datedBefore, type Oddity, whileOpen, without } from '../oddity.js';
import { parsePartialDate } from '../values/partial-date.js';

/** What would be odd in the life of an agreement. The events' rows say of which acts; here are their data, as needed. */
interface Signature {
  readonly signatories?: readonly { readonly party: string; readonly mode: string }[];
}
interface Denunciation {
  readonly by: string;
  readonly effectiveOn?: string;
}
interface Claim {
  readonly party: string;
  readonly binding: boolean;
}

const UNKNOWN = { earliest: null, latest: null };
const daysOf = (date: string | undefined) => parsePartialDate(date ?? '') ?? UNKNOWN;

const FINAL = ['Terminated', 'Superseded', 'Abandoned'];

export const notInForce = without('not-in-force', 'No entry into force is on record', 'EnteredIntoForce');
export const inForce = beside('in-force', 'It entered into force: it can end, not be abandoned', 'EnteredIntoForce');
export const afterForce = datedAfter('This is dated after its entry into force', 'EnteredIntoForce');
/** The same, where force is told of last. */
export const beforeConsent = datedBefore(
  'This is dated before an approval of it, a consent to it, or its provisional application',
  'DomesticApprovalGiven',
  'ConsentExpressed',
  'ProvisionalApplicationStarted',
);
export const afterTheEnd = datedAfter('This is dated after its end', ...FINAL, 'Expired');
export const unsigned = without(
  'not-signed',
  'Neither signature nor consent is on record',
  'Signed',
  'ConsentExpressed',
);

/** It ends once; only what has expired can be renewed. */
export const endedAlready: Oddity = {
  code: 'ended',
  message: 'The record has another end',
  when: ({ type }, { acts }) => acts.some((a) => a.type !== type && FINAL.includes(a.type)),
};
export const expiredAlready = whileOpen('ended', 'It has expired, and was not renewed since', 'Expired', 'Renewed');

/** VCLT art. 12 (2) (b): what is confirmed is a signature ad referendum. */
export const nothingToConfirm: Oddity<{ party: string }> = {
  code: 'nothing-to-confirm',
  message: 'No signature ad referendum of this party is on record',
  pointer: '/party',
  when: ({ data: { party } }, { acts }) =>
    !acts.some(
      ({ type, data }) =>
        type === 'Signed' &&
        (data as Signature).signatories?.some((s) => s.party === party && s.mode === 'ad_referendum'),
    ),
};

export const saidOfParty = again<{ party: string }>('The record has this of the same party', 'party');
export const registeredAlready = again<{ registry: string }>(
  'The record has another number in this registry',
  'registry',
);

export const overBeforeItBegan: Oddity<{ expiresOn?: string }> = {
  code: 'backwards',
  message: 'Its last day is before its signature, or its entry into force',
  pointer: '/expiresOn',
  when: ({ data: { expiresOn } }, { acts }) =>
    acts.some(
      ({ type, days }) =>
        (type === 'Signed' || type === 'EnteredIntoForce') && certainlyBefore(daysOf(expiresOn), days),
    ),
};

export const renewedIntoThePast: Oddity<{ until?: string }> = {
  code: 'backwards',
  message: 'It is renewed until a day before the renewal',
  pointer: '/until',
  when: ({ data: { until }, days }) => certainlyBefore(daysOf(until), days),
};

export const denouncedAlready: Oddity<Denunciation> = {
  code: 'repeated',
  message: 'A denunciation by this party is pending',
  pointer: '/by',
  when: ({ data: { by } }, { acts }) =>
    acts.filter(({ type, data }) => type === 'DenunciationNotified' && (data as Denunciation).by === by).length >
    acts.filter(({ type }) => type === 'DenunciationWithdrawn').length,
};

export const effectiveBeforeNotice: Oddity<Denunciation> = {
  code: 'backwards',
  message: 'It takes effect before it was notified',
  pointer: '/effectiveOn',
  when: ({ data: { effectiveOn }, days }) => certainlyBefore(daysOf(effectiveOn), days),
};

/** It may change its mind; the record shows its last word. */
export const saidOtherwise: Oddity<Claim> = {
  code: 'contradicts',
  message: 'The same party has said the contrary',
  pointer: '/binding',
  when: ({ type, data: { party, binding } }, { acts }) =>
    acts.some((a) => a.type === type && (a.data as Claim).party === party && (a.data as Claim).binding !== binding),
};
