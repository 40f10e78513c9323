import { type Aggregate, type FactOf, unreachable } from '../aggregate.js';
import { Code, Member, PartialDateText } from '../shape/rules.js';
import { canonicalPair, pairParties } from '../values/pair.js';

export class RelationsEstablished {}
export class RelationsSevered {}
export class RelationsRestored {}

export class RepresentationChanged {
  @Member() by!: string;
  /** An open list: embassy, legation, ambassador, charge_d_affaires, none … */
  @Code() level!: string;
}

/** Since which date the ledger means to be complete for the pair. */
export class CoverageDeclared {
  @PartialDateText() from!: string;
}

export const relationshipEvents = {
  RelationsEstablished: { command: 'EstablishRelations', data: RelationsEstablished, moves: true },
  RelationsSevered: { command: 'SeverRelations', data: RelationsSevered, moves: true, recurs: true },
  RelationsRestored: { command: 'RestoreRelations', data: RelationsRestored, moves: true, recurs: true },
  RepresentationChanged: { command: 'ChangeRepresentation', data: RepresentationChanged, act: true },
  CoverageDeclared: { command: 'DeclareCoverage', data: CoverageDeclared },
} as const;

export type RelationshipFact = FactOf<typeof relationshipEvents>;

export interface RelationsState {
  readonly pair: string;
  /** The event by which relations stand as they do; null where none is recorded. */
  readonly relations: 'established' | 'severed' | null;
  readonly relationsEventId: string | null;
  readonly representation: Readonly<Record<string, string>>;
  readonly coverageFrom: string | null;
}

function evolve(state: RelationsState, fact: RelationshipFact): RelationsState {
  switch (fact.type) {
    case 'RelationsEstablished':
    case 'RelationsRestored':
      return { ...state, relations: 'established', relationsEventId: fact.event.id };
    case 'RelationsSevered':
      return { ...state, relations: 'severed', relationsEventId: fact.event.id };
    case 'RepresentationChanged':
      return { ...state, representation: { ...state.representation, [fact.data.by]: fact.data.level } };
    case 'CoverageDeclared':
      return { ...state, coverageFrom: fact.data.from };
    default:
      return unreachable(fact);
  }
}

/** A pair's own stream: it exists as soon as both parties do, so it needs no opener. */
export const relations: Aggregate<RelationsState, RelationshipFact> = {
  category: 'relationship',
  idField: 'pair',
  dated: true,
  events: relationshipEvents,
  partiesOf: (_, pair) => pairParties(pair),
  needsNoOpener: (pair) => canonicalPair(pair) === pair,
  initial: (pair) => ({
    pair,
    relations: null,
    relationsEventId: null,
    representation: {},
    coverageFrom: null,
  }),
  evolve,
};
