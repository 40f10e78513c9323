import { type Aggregate, type FactOf, unreachable } from '../aggregate.js';
import {
  Areas,
  Ids,
  Localized,
  type LocalizedText,
  Many,
  OneOf,
  Optional,
  PartialDateText,
  PartyCode,
  Text,
  Whole,
} from '../shape/rules.js';
import { type Level, LEVELS, Person } from '../values/person.js';
import { Place } from '../values/place.js';
import type { Standing } from '../values/standing.js';

export const VISIT_KINDS = ['state', 'official', 'working', 'courtesy', 'study', 'other'] as const;

/** A visit has a direction: `visitor` goes to `host`. */
export class VisitHeld {
  @PartyCode() visitor!: string;
  @PartyCode() host!: string;
  @OneOf(LEVELS) level!: Level;
  @OneOf(VISIT_KINDS) kind!: (typeof VISIT_KINDS)[number];
  @Optional() @Whole(1, 3660) durationDays?: number;
  @Optional() @Many(() => Place) places?: Place[];
  @Optional() @Many(() => Person) delegation?: Person[];
  @Optional() @Many(() => Person) hosts?: Person[];
  @Optional() @Areas() areas?: string[];
  @Optional() @Localized() occasion?: LocalizedText;
}

export class VisitPlanned extends VisitHeld {
  @Optional() @PartialDateText() plannedFor?: string;
}

export class VisitPostponed {
  @Optional() @PartialDateText() plannedFor?: string;
  @Optional() @Text() reason?: string;
}

export class VisitCancelled {
  @Optional() @Text() reason?: string;
}

/** What came of the visit. */
export class VisitOutcomeLinked {
  @Ids('agreement') agreementIds!: string[];
  @Ids('mechanism') mechanismIds!: string[];
}

export const visitEvents = {
  VisitPlanned: { command: 'PlanVisit', data: VisitPlanned, opens: true, moves: true },
  VisitPostponed: { command: 'PostponeVisit', data: VisitPostponed, moves: true, recurs: true },
  VisitCancelled: { command: 'CancelVisit', data: VisitCancelled, moves: true },
  VisitHeld: { command: 'HoldVisit', data: VisitHeld, opens: true, moves: true },
  VisitOutcomeLinked: { command: 'LinkOutcome', data: VisitOutcomeLinked },
} as const;

export type VisitFact = FactOf<typeof visitEvents>;

export interface VisitState extends Omit<Partial<VisitPlanned>, 'plannedFor'> {
  readonly visitId: string;
  readonly status: VisitStatus | null;
  readonly statusEventId: string | null;
  readonly standing: Standing | null;
  readonly occurredOn: string | null;
  readonly endedOn: string | null;
  readonly plannedFor: string | null;
  readonly outcomes: { readonly agreementIds: readonly string[]; readonly mechanismIds: readonly string[] };
}

const sorted = (...ids: (readonly string[])[]) => [...new Set(ids.flat())].sort();

/** Lowest first; what is of a lower rung than the state never sets it back. */
const STATUSES = ['planned', 'postponed', 'cancelled', 'held'] as const;
type VisitStatus = (typeof STATUSES)[number];

const rung = (status: VisitStatus | null) => (status ? STATUSES.indexOf(status) : -1);

function evolve(state: VisitState, fact: VisitFact): VisitState {
  const reach = (status: VisitStatus, details: Partial<VisitState>): VisitState => {
    const reached = rung(status) > rung(state.status) || (status === state.status && status !== 'held');
    if (!reached) return state;
    // Who went where, and as what, is the record's identity, not this event's word.
    const { visitor, host, kind } = state;
    return {
      ...state,
      ...details,
      ...(visitor !== undefined && host !== undefined && kind !== undefined && { visitor, host, kind }),
      status,
      statusEventId: fact.event.id,
      standing: fact.standing,
    };
  };
  switch (fact.type) {
    case 'VisitPlanned':
      return reach('planned', { ...fact.data, plannedFor: fact.data.plannedFor ?? null });
    case 'VisitPostponed':
      return reach('postponed', { plannedFor: fact.data.plannedFor ?? null });
    case 'VisitCancelled':
      return reach('cancelled', {});
    case 'VisitHeld':
      return reach('held', { ...fact.data, occurredOn: fact.occurredOn, endedOn: fact.endedOn });
    case 'VisitOutcomeLinked':
      return {
        ...state,
        outcomes: {
          agreementIds: sorted(state.outcomes.agreementIds, fact.data.agreementIds),
          mechanismIds: sorted(state.outcomes.mechanismIds, fact.data.mechanismIds),
        },
      };
    default:
      return unreachable(fact);
  }
}

export const visit: Aggregate<VisitState, VisitFact> = {
  category: 'visit',
  idField: 'visitId',
  dated: true,
  events: visitEvents,
  partiesOf: (data) => [(data as VisitHeld).visitor, (data as VisitHeld).host],
  initial: (visitId, identity) => {
    const { visitor, host, level, kind } = (identity?.data ?? {}) as Partial<VisitHeld>;
    return {
      visitId,
      ...(visitor !== undefined && host !== undefined && { visitor, host }),
      ...(level !== undefined && kind !== undefined && { level, kind }),
      status: null,
      statusEventId: null,
      standing: null,
      occurredOn: null,
      endedOn: null,
      plannedFor: null,
      outcomes: { agreementIds: [], mechanismIds: [] },
    };
  },
  evolve,
};
