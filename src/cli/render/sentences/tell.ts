import type { HistoryEntry } from '../answers.js';
import { say } from '../spans.js';
import { anyValue } from '../values.js';
import { codeWords } from '../words.js';
import { agreementSentences } from './agreement.js';
import { contactSentences } from './contact.js';
import type { Context, Sentence, Teller } from './context.js';
import { curationSentences } from './curation.js';

const SENTENCES: ReadonlyMap<string, Teller> = new Map(
  Object.entries({ ...agreementSentences, ...contactSentences, ...curationSentences }),
);

/** What an event says, in a sentence; of a type that is not known here, by its name and its fields. */
export const tell = (entry: HistoryEntry, context: Context): Sentence =>
  (SENTENCES.get(entry.type) ?? tellUnknown)(entry.data, context, entry);

const tellUnknown: Teller = (data, { record, options }, { type, stream }) => ({
  sentence: say`${codeWords(type)}: ${record(stream)}`,
  details: Object.entries(data).map(([field, json]) => [codeWords(field), anyValue(json, options)]),
});
