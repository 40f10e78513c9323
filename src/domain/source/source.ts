import { type Aggregate, type FactOf, unreachable } from '../aggregate.js';
import {
  Language,
  Localized,
  type LocalizedText,
  OneOf,
  Optional,
  PartialDateText,
  Sha256,
  Text,
  Url,
} from '../shape/rules.js';

export const SOURCE_KINDS = [
  'news_article',
  'communique',
  'treaty_text',
  'gazette',
  'registry_record',
  'interview',
  'dataset',
  'other',
] as const;

/** Source reliability as intelligence services grade it (the Admiralty code): A reliable … F cannot be judged. */
export const RELIABILITIES = ['A', 'B', 'C', 'D', 'E', 'F'] as const;

export class SourceRegistered {
  @Localized() title!: LocalizedText;
  @OneOf(SOURCE_KINDS) kind!: (typeof SOURCE_KINDS)[number];
  @Language() language!: string;
  @Optional() @Text() publisher?: string;
  @Optional() @Text() author?: string;
  @Optional() @PartialDateText() publishedOn?: string;
  @Optional() @Url() url?: string;
  /** Of the text as the recorder holds it. */
  @Optional() @Sha256() contentSha256?: string;
  @Optional() @OneOf(RELIABILITIES) reliability?: (typeof RELIABILITIES)[number];
}

export class SourceWithdrawn {
  @Text() reason!: string;
}

export const sourceEvents = {
  SourceRegistered: { command: 'RegisterSource', data: SourceRegistered, opens: true, moves: true },
  SourceWithdrawn: { command: 'WithdrawSource', data: SourceWithdrawn, moves: true },
} as const;

export type SourceFact = FactOf<typeof sourceEvents>;

export interface SourceState extends Partial<SourceRegistered> {
  readonly sourceId: string;
  readonly withdrawn: boolean;
  readonly withdrawnBecause: string | null;
}

export const source: Aggregate<SourceState, SourceFact> = {
  category: 'source',
  idField: 'sourceId',
  dated: false,
  events: sourceEvents,
  partiesOf: () => [],
  initial: (sourceId, identity) => ({ sourceId, ...identity?.data, withdrawn: false, withdrawnBecause: null }),
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'SourceRegistered':
        return { ...state, ...fact.data };
      case 'SourceWithdrawn':
        return { ...state, withdrawn: true, withdrawnBecause: fact.data.reason };
      default:
        return unreachable(fact);
    }
  },
};
