import { joined, type Line, say } from '../spans.js';
import { areas, dateField, inPlace, listOf, localized, objectOf, person, persons, textOf } from '../values.js';
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
  Initialled: ofRecord('initialled'),
  Signed: signed,
  EnteredIntoForce: (data, context, { stream }) => ({
    sentence: say`entered into force: ${context.record(stream)}`,
    details: [['basis', localized(data.basis, context.options)]],
  }),
  TermsRecorded: terms,
  AgreementLinked: (data, context, { stream }) => ({
    sentence: say`${context.record(stream)} ${relationWords(textOf(data.relation) ?? 'belongs to')} ${linked('agreement', data.toAgreementId, context)}`,
  }),
};
