import type { HistoryEntry } from '../answers.js';
import { citation } from '../evidence.js';
import { joined, say } from '../spans.js';
import { anyValue, dateField, everyWording, listOf, localized, objectOf, textLine, textOf } from '../values.js';
import { codeWords, pathLine } from '../words.js';
import type { Sentence, Teller } from './context.js';

const reasonOf = ({ reason }: HistoryEntry['data']): NonNullable<Sentence['details']> => [['reason', textLine(reason)]];

/** What is said about sources and parties, and of facts once they are recorded. */
export const curationSentences: Readonly<Record<string, Teller>> = {
  SourceRegistered: (data, { options, record }, { stream }) => {
    const published = dateField(data.publishedOn, options);
    const traits = [
      say`${codeWords(textOf(data.kind) ?? 'source')}`,
      ...[data.publisher, data.author].flatMap((each) => (textOf(each) === undefined ? [] : [say`${textOf(each)}`])),
      ...(published ? [say`published ${published}`] : []),
    ];
    return {
      sentence: say`source: ${record(stream)} (${joined(traits, ', ')})`,
      details: [
        ['reliability', textLine(data.reliability)],
        ['address', textLine(data.url)],
      ],
    };
  },
  SourceWithdrawn: (data, { record }, { stream }) => ({
    sentence: say`source withdrawn: ${record(stream)}`,
    details: reasonOf(data),
  }),
  PartyRegistered: (data, { options }, { stream }) => ({
    sentence: say`party: ${localized(data.names, options) ?? stream} (${codeWords(textOf(data.kind) ?? 'party')})`,
  }),
  PartyAliasAdded: (data, _, { stream }) => ({
    sentence: say`${stream} is also called ${textOf(data.alias) ?? 'something'}`,
  }),
  FactCorroborated: (data, { event }) => ({ sentence: say`further evidence for ${event(data.targetEventId)}` }),
  FactCorrected: (data, { event, options }) => ({
    sentence: say`corrected: ${event(data.targetEventId)}`,
    details: [
      ...listOf(data.changes).map((change) => {
        const { path, from, to } = objectOf(change);
        const what = say`${pathLine(textOf(path) ?? '')}: ${anyValue(to, options)}, not ${anyValue(from, options)}`;
        return ['change', what] as const;
      }),
      ...reasonOf(data),
    ],
  }),
  FactDisputed: (data, { event, options }) => ({
    sentence: say`disputed: ${pathLine(textOf(data.path) ?? '')} of ${event(data.targetEventId)}`,
    details: listOf(data.alternatives).map((each) => {
      const { value, evidence } = objectOf(each);
      const by = listOf(evidence).map((one) => citation(objectOf(one)));
      return ['either', say`${everyWording(value, options)}, by ${joined(by, '; ')}`] as const;
    }),
  }),
  DisputeResolved: (data, { event, options }) => ({
    sentence: say`dispute resolved: ${anyValue(data.value, options)} stands`,
    details: [['dispute', event(data.disputeEventId)], ...reasonOf(data)],
  }),
  FactRetracted: (data, { event }) => ({
    sentence: say`retracted: ${event(data.targetEventId)}`,
    details: reasonOf(data),
  }),
  RecordMerged: (data, { record }, { stream }) => ({
    sentence: say`merged: ${record(stream)} into ${record(`${stream.split('-')[0]}-${textOf(data.intoId)}`)}`,
    details: reasonOf(data),
  }),
};
