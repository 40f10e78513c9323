import { type Aggregate, type FactOf, unreachable } from '../aggregate.js';
import { Areas, Id, Localized, type LocalizedText, Many, One, OneOf, Optional, PartyCodes } from '../shape/rules.js';
import { type Level, LEVELS, Person } from '../values/person.js';
import { Place } from '../values/place.js';
import type { Standing } from '../values/standing.js';

/** Also a call, or a meeting in a third country. */
export class MeetingHeld {
  @PartyCodes(2, 2) parties!: string[];
  @Many(() => Person) participants!: Person[];
  @Optional() @OneOf(LEVELS) level?: Level;
  @Optional() @One(() => Place) place?: Place;
  @Optional() @Areas() areas?: string[];
  @Optional() @Localized() outcome?: LocalizedText;
  @Optional() @Id('visit') visitId?: string;
}

export const meetingEvents = {
  MeetingHeld: { command: 'HoldMeeting', data: MeetingHeld, opens: true, moves: true },
} as const;

export type MeetingFact = FactOf<typeof meetingEvents>;

export interface MeetingState extends Partial<MeetingHeld> {
  readonly meetingId: string;
  readonly status: 'held' | null;
  readonly statusEventId: string | null;
  readonly standing: Standing | null;
  readonly occurredOn: string | null;
  readonly endedOn: string | null;
}

export const meeting: Aggregate<MeetingState, MeetingFact> = {
  category: 'meeting',
  idField: 'meetingId',
  dated: true,
  events: meetingEvents,
  partiesOf: (data) => (data as MeetingHeld).parties,
  initial: (meetingId, identity) => ({
    meetingId,
    ...(identity && { parties: identity.data.parties }),
    status: null,
    statusEventId: null,
    standing: null,
    occurredOn: null,
    endedOn: null,
  }),
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'MeetingHeld':
        if (state.status === 'held') return state;
        return {
          ...state,
          ...fact.data,
          ...(state.parties && { parties: state.parties }),
          status: 'held',
          statusEventId: fact.event.id,
          standing: fact.standing,
          occurredOn: fact.occurredOn,
          endedOn: fact.endedOn,
        };
      default:
        return unreachable(fact.type);
    }
  },
};
