import { type Aggregate, type FactOf, type Kept, kept, unreachable } from '../aggregate.js';
import { Id, Localized, type LocalizedText, One, OneOf, Optional, PartyCodes, Whole } from '../shape/rules.js';
import { Place } from '../values/place.js';
import type { Standing } from '../values/standing.js';

export const MECHANISM_KINDS = [
  'joint_commission',
  'committee',
  'working_group',
  'coordination_and_follow_up',
  'other',
] as const;

/** Instituted, if only on paper: it says nothing of having met. */
export class MechanismCreated {
  @PartyCodes(2, 2) parties!: string[];
  @Localized() name!: LocalizedText;
  @OneOf(MECHANISM_KINDS) kind!: (typeof MECHANISM_KINDS)[number];
  @Optional() @Localized() mandate?: LocalizedText;
  @Optional() @Id('agreement') agreementId?: string;
}

export class MechanismSessionHeld {
  @Optional() @Whole(1, 9999) ordinal?: number;
  @Optional() @One(() => Place) place?: Place;
  @Optional() @Localized() outcome?: LocalizedText;
}

export class WorkPlanAdopted {}

export const PROGRAMME_STATUSES = ['proposed', 'under_way', 'completed', 'abandoned'] as const;

export class ProgrammeRecorded {
  @Localized() title!: LocalizedText;
  @OneOf(PROGRAMME_STATUSES) status!: (typeof PROGRAMME_STATUSES)[number];
}

/** Replaces the mandate known before. */
export class MandateChanged {
  @Localized() mandate!: LocalizedText;
}

export class MechanismDissolved {}

export const mechanismEvents = {
  MechanismCreated: { command: 'CreateMechanism', data: MechanismCreated, opens: true, moves: true },
  MechanismSessionHeld: { command: 'ConveneMechanism', data: MechanismSessionHeld, moves: true, recurs: true },
  WorkPlanAdopted: { command: 'AdoptWorkPlan', data: WorkPlanAdopted, act: true },
  ProgrammeRecorded: { command: 'RecordProgramme', data: ProgrammeRecorded, act: true },
  MandateChanged: { command: 'ChangeMandate', data: MandateChanged, act: true },
  MechanismDissolved: { command: 'DissolveMechanism', data: MechanismDissolved, moves: true },
} as const;

export type MechanismFact = FactOf<typeof mechanismEvents>;

export interface MechanismState {
  readonly mechanismId: string;
  readonly parties: readonly string[];
  readonly name: LocalizedText | null;
  readonly kind: string | null;
  readonly mandate: LocalizedText | null;
  readonly agreementId: string | null;
  readonly status: 'created' | 'met' | 'dissolved' | null;
  readonly statusEventId: string | null;
  readonly standing: Standing | null;
  readonly createdOn: string | null;
  readonly sessions: readonly Kept<MechanismSessionHeld>[];
  readonly workPlans: readonly Kept<WorkPlanAdopted>[];
  readonly programmes: readonly Kept<ProgrammeRecorded>[];
}

function evolve(state: MechanismState, fact: MechanismFact): MechanismState {
  const by = { statusEventId: fact.event.id, standing: fact.standing };
  switch (fact.type) {
    case 'MechanismCreated': {
      const created = { ...state, createdOn: fact.occurredOn, mandate: state.mandate ?? fact.data.mandate ?? null };
      return state.status === null ? { ...created, ...by, status: 'created' } : created;
    }
    case 'MechanismSessionHeld': {
      const met = { ...state, sessions: [...state.sessions, kept(fact)] };
      return state.status === 'dissolved' || state.status === 'met' ? met : { ...met, ...by, status: 'met' };
    }
    case 'WorkPlanAdopted':
      return { ...state, workPlans: [...state.workPlans, kept(fact)] };
    case 'ProgrammeRecorded':
      return { ...state, programmes: [...state.programmes, kept(fact)] };
    case 'MandateChanged':
      return { ...state, mandate: fact.data.mandate };
    case 'MechanismDissolved':
      return state.status === 'dissolved' ? state : { ...state, ...by, status: 'dissolved' };
    default:
      return unreachable(fact);
  }
}

export const mechanism: Aggregate<MechanismState, MechanismFact> = {
  category: 'mechanism',
  idField: 'mechanismId',
  dated: true,
  events: mechanismEvents,
  partiesOf: (data) => (data as MechanismCreated).parties,
  initial: (mechanismId, identity) => {
    const data = identity?.data as Partial<MechanismCreated> | undefined;
    return {
      mechanismId,
      parties: [...(data?.parties ?? [])].sort(),
      name: data?.name ?? null,
      kind: data?.kind ?? null,
      mandate: null,
      agreementId: data?.agreementId ?? null,
      status: null,
      statusEventId: null,
      standing: null,
      createdOn: null,
      sessions: [],
      workPlans: [],
      programmes: [],
    };
  },
  evolve,
};
