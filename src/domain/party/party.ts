import { type Aggregate, type FactOf, unreachable } from '../aggregate.js';
import { builtInParty } from './iso-3166.js';
import { Localized, type LocalizedText, OneOf, Optional, PartialDateText, Text, Texts } from '../shape/rules.js';

export const PARTY_KINDS = ['state', 'former_state', 'organisation', 'territory'] as const;

export class PartyRegistered {
  @OneOf(PARTY_KINDS) kind!: (typeof PARTY_KINDS)[number];
  @Localized() names!: LocalizedText;
  /** Other names in any language and script, for look-up. */
  @Texts() aliases!: string[];
  @Optional() @PartialDateText() existedFrom?: string;
  @Optional() @PartialDateText() existedUntil?: string;
}

export class PartyAliasAdded {
  @Text() alias!: string;
}

export const partyEvents = {
  PartyRegistered: { command: 'RegisterParty', data: PartyRegistered, opens: true, moves: true },
  PartyAliasAdded: { command: 'AddPartyAlias', data: PartyAliasAdded },
} as const;

export type PartyFact = FactOf<typeof partyEvents>;

export interface PartyState extends Partial<Omit<PartyRegistered, 'aliases'>> {
  readonly code: string;
  readonly aliases: readonly string[];
}

export const party: Aggregate<PartyState, PartyFact> = {
  category: 'party',
  idField: 'code',
  dated: false,
  events: partyEvents,
  partiesOf: () => [],
  needsNoOpener: (code) => builtInParty(code) !== undefined,
  initial: (code, identity) => {
    const data = identity?.type === 'PartyRegistered' ? identity.data : undefined;
    const builtIn = builtInParty(code);
    return { code, ...(builtIn && { names: { ...builtIn.names } }), ...data, aliases: data?.aliases ?? [] };
  },
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'PartyRegistered':
        return { ...state, ...fact.data, aliases: [...new Set([...fact.data.aliases, ...state.aliases])] };
      case 'PartyAliasAdded':
        return { ...state, aliases: [...state.aliases, fact.data.alias] };
      default:
        return unreachable(fact);
    }
  },
};
