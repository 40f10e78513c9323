import { joined, type Line, plain, say } from '../spans.js';
import {
  areas,
  dateField,
  inPlace,
  listOf,
  localized,
  objectOf,
  person,
  persons,
  textLine,
  textOf,
} from '../values.js';
import { codeWords, counted, relationWords } from '../words.js';
import type { Context, Sentence, Teller } from './context.js';

const opened =
  (words: string): Teller =>
  (data, context, { stream }) => ({
    sentence: say`${words} (${codeWords(textOf(data.instrumentType) ?? 'instrument')}): ${context.record(stream)}`,
    details: [
      ['areas', areas(data.areas, context.options)],
      ['part of', linked('agreement', data.parentAgreementId, context)],
    ],
  });

const ofRecord =
  (words: string): Teller =>
  (_, context, { stream }) => ({ sentence: say`${words}: ${context.record(stream)}` });

/** `ratification by Morocco: …`: what one party did. */
const byParty =
  (field: string, words: (data: Parameters<Teller>[0]) => string): Teller =>
  (data, context, { stream }) => ({
    sentence: say`${words(data)} by ${context.party(data[field])}: ${context.record(stream)}`,
  });

/** The record that an id in the data names. */
export function linked(category: string, id: unknown, { record }: Context): Line | undefined {
  const text = textOf(id);
  return text === undefined ? undefined : record(`${category}-${text}`);
}

const signed: Teller = (data, context, { stream }) => ({
  sentence: say`signed${inPlace(data.place, context.options)}: ${context.record(stream)}`,
  details: [
    [
      'signed by',
      joined(
        listOf(data.signatories).map((each) => signatory(each, context)),
        '; ',
      ),
    ],
    ['present', persons(data.witnesses, context.options)],
    ['occasion', localized(data.occasion, context.options)],
    ['during', linked('visit', data.visitId, context)],
  ],
});

function signatory(json: unknown, { party, options }: Context): Line {
  const { party: code, person: who, capacity, mode } = objectOf(json);
  const by = who === undefined ? undefined : say`, by ${person(who, options)}`;
  const as = localized(capacity, options);
  const how = textOf(mode);
  return say`${party(code)}${by}${as && say`, ${as}`}${how && say` (${codeWords(how)})`}`;
}

const terms: Teller = (data, context, { stream }): Sentence => {
  const expires = dateField(data.expiresOn, context.options);
  const said = [
    expires && say`expires ${expires}`,
    typeof data.durationYears === 'number' ? say`lasts ${counted(data.durationYears, 'year')}` : undefined,
    textOf(data.renewal) && say`renewal: ${codeWords(textOf(data.renewal) ?? '')}`,
    typeof data.noticeMonths === 'number' ? say`notice: ${counted(data.noticeMonths, 'month')}` : undefined,
    data.requiresRatification === true ? say`requires ratification` : undefined,
    data.requiresRatification === false ? say`requires no ratification` : undefined,
  ].flatMap((line) => (line ? [line] : []));
  return { sentence: say`terms of ${context.record(stream)}: ${joined(said, '; ')}` };
};

/** What events of an agreement say. */
export const agreementSentences: Readonly<Record<string, Teller>> = {
  AgreementProposed: opened('proposed'),
  AgreementDrafted: opened('a text exists'),
  AreasClassified: (data, context, { stream }) => ({
    sentence: say`areas of cooperation of ${context.record(stream)}: ${areas(data.areas, context.options)}`,
  }),
  SignatureAnnounced: (data, context, { stream }) => {
    const planned = dateField(data.plannedFor, context.options);
    const when = planned && say`, planned for ${planned}`;
    return { sentence: say`signature announced, not done${when}: ${context.record(stream)}` };
  },
  NegotiationHeld: ofRecord('negotiated'),
  Initialled: ofRecord('initialled'),
  Signed: signed,
  SignatureConfirmed: byParty('party', () => 'signature confirmed'),
  DomesticApprovalGiven: (data, context, { stream }) => {
    const organ = localized(data.organ, context.options);
    const by = say`${organ && say`${organ}, `}${context.party(data.party)}`;
    return { sentence: say`approved at home by ${by}: ${context.record(stream)}` };
  },
  ConsentExpressed: byParty('party', ({ means }) => `consent (${codeWords(textOf(means) ?? 'means unknown')})`),
  ProvisionalApplicationStarted: ofRecord('applied provisionally'),
  ProvisionalApplicationEnded: ofRecord('no longer applied provisionally'),
  EnteredIntoForce: (data, context, { stream }) => ({
    sentence: say`entered into force: ${context.record(stream)}`,
    details: [['basis', localized(data.basis, context.options)]],
  }),
  TermsRecorded: terms,
  Amended: (data, context, { stream }) => ({
    sentence: say`amended: ${context.record(stream)}`,
    details: [
      ['summary', textLine(data.summary)],
      ['by', linked('agreement', data.amendingAgreementId, context)],
    ],
  }),
  Renewed: (data, context, { stream }) => {
    const until = dateField(data.until, context.options);
    return { sentence: say`renewed${until && say` until ${until}`}: ${context.record(stream)}` };
  },
  Suspended: ofRecord('suspended'),
  Resumed: ofRecord('resumed'),
  DenunciationNotified: (data, context, { stream }) => {
    const effective = dateField(data.effectiveOn, context.options);
    const when = effective && say`, with effect from ${effective}`;
    return { sentence: say`denounced by ${context.party(data.by)}${when}: ${context.record(stream)}` };
  },
  DenunciationWithdrawn: ofRecord('denunciation withdrawn'),
  Terminated: (data, context, { stream }) => ({
    sentence: say`terminated: ${context.record(stream)}`,
    details: [['ground', localized(data.ground, context.options)]],
  }),
  Expired: ofRecord('expired'),
  Superseded: (data, context, { stream }) => ({
    sentence: say`superseded by ${linked('agreement', data.byAgreementId, context) ?? plain('another')}: ${context.record(stream)}`,
  }),
  Abandoned: ofRecord('abandoned'),
  TextPublished: (data, context, { stream }) => ({
    sentence: say`text published in ${textOf(data.language) ?? plain('an unknown language')}${data.authentic === true ? ', authentic' : undefined}: ${context.record(stream)}`,
    details: [
      ['url', textLine(data.url)],
      ['sha256', textLine(data.contentSha256)],
    ],
  }),
  Registered: (data, context, { stream }) => {
    const number = textOf(data.number);
    return {
      sentence: say`registered in ${textOf(data.registry) ?? plain('a registry')}${number && say`, number ${number}`}: ${context.record(stream)}`,
    };
  },
  BindingnessAsserted: byParty('party', ({ binding }) =>
    binding === false ? 'claimed not to bind' : 'claimed to bind',
  ),
  AgreementLinked: (data, context, { stream }) => ({
    sentence: say`${context.record(stream)} ${relationWords(textOf(data.relation) ?? 'belongs to')} ${linked('agreement', data.toAgreementId, context)}`,
  }),
};
