import { type Aggregate, type FactOf, unreachable } from '../aggregate.js';
import {
  Localized,
  type LocalizedText,
  MAX_PARTICIPANTS,
  One,
  Optional,
  PartialDateText,
  PartyCodes,
  Text,
} from '../shape/rules.js';
import { Place } from '../values/place.js';
import type { Standing } from '../values/standing.js';

/** It counts for every pair of its participants, and for no one else: the place's country is none. */
export class ExerciseHeld {
  @Localized() name!: LocalizedText;
  @Optional() @Text() edition?: string;
  @PartyCodes(2, MAX_PARTICIPANTS) participants!: string[];
  @Optional() @One(() => Place) place?: Place;
}

export class ExerciseAnnounced extends ExerciseHeld {
  @Optional() @PartialDateText() plannedFor?: string;
}

export class ExerciseCancelled {
  @Optional() @Text() reason?: string;
}

export const exerciseEvents = {
  ExerciseAnnounced: { command: 'AnnounceExercise', data: ExerciseAnnounced, opens: true, moves: true },
  ExerciseCancelled: { command: 'CancelExercise', data: ExerciseCancelled, moves: true },
  ExerciseHeld: { command: 'HoldExercise', data: ExerciseHeld, opens: true, moves: true },
} as const;

export type ExerciseFact = FactOf<typeof exerciseEvents>;

export interface ExerciseState extends Partial<Omit<ExerciseAnnounced, 'plannedFor'>> {
  readonly exerciseId: string;
  readonly status: ExerciseStatus | null;
  readonly statusEventId: string | null;
  readonly standing: Standing | null;
  readonly occurredOn: string | null;
  readonly endedOn: string | null;
  readonly plannedFor: string | null;
}

/** Lowest first; what is of a lower rung than the state never sets it back. */
const STATUSES = ['announced', 'cancelled', 'held'] as const;
type ExerciseStatus = (typeof STATUSES)[number];

const rung = (status: ExerciseStatus | null) => (status ? STATUSES.indexOf(status) : -1);

function evolve(state: ExerciseState, fact: ExerciseFact): ExerciseState {
  const reach = (status: ExerciseStatus, details: Partial<ExerciseState>): ExerciseState => {
    if (rung(status) <= rung(state.status)) return state;
    // Its name and who took part are the record's identity, not this event's word.
    const { name, participants } = state;
    const identity = name !== undefined && participants !== undefined && { name, participants };
    return { ...state, ...details, ...identity, status, statusEventId: fact.event.id, standing: fact.standing };
  };
  switch (fact.type) {
    case 'ExerciseAnnounced':
      return reach('announced', { ...fact.data, plannedFor: fact.data.plannedFor ?? null });
    case 'ExerciseCancelled':
      return reach('cancelled', {});
    case 'ExerciseHeld':
      return reach('held', { ...fact.data, occurredOn: fact.occurredOn, endedOn: fact.endedOn });
    default:
      return unreachable(fact);
  }
}

export const exercise: Aggregate<ExerciseState, ExerciseFact> = {
  category: 'exercise',
  idField: 'exerciseId',
  dated: true,
  events: exerciseEvents,
  partiesOf: (data) => (data as ExerciseHeld).participants,
  initial: (exerciseId, identity) => {
    const { name, participants } = (identity?.data ?? {}) as Partial<ExerciseHeld>;
    return {
      exerciseId,
      ...(name && participants && { name, participants }),
      status: null,
      statusEventId: null,
      standing: null,
      occurredOn: null,
      endedOn: null,
      plannedFor: null,
    };
  },
  evolve,
};
