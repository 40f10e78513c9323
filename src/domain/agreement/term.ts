import { addDays, addMonths, addYears, type Day, maxDay } from '../values/day.js';
import { type AgreementState, canExpire, type Denunciation, hasEnded } from './state.js';

/** How time alone renews an agreement, or ends it. Every day is the latest that a partial date can mean. */

type Termed = Pick<AgreementState, 'terms' | 'expiresBy' | 'inForceFrom' | 'renewedTo' | 'denunciations'>;

/** By the terms: `expiresOn`, or entry into force and the duration. */
function lastDayByTerms({ terms, expiresBy, inForceFrom }: Termed): Day | null {
  if (terms?.expiresOn !== undefined) return expiresBy;
  return terms?.durationYears !== undefined && inForceFrom !== null ? addYears(inForceFrom, terms.durationYears) : null;
}

/** Before time renews it tacitly. An express renewal never shortens. */
function firstLastDay(state: Termed): Day | null {
  if (!state.renewedTo) return lastDayByTerms(state);
  return state.renewedTo.lastDay && maxDay(lastDayByTerms(state), state.renewedTo.lastDay);
}

/** The last day on which a denunciation keeps the term that ends on `lastDay` from being renewed. */
const deadlineOf = (lastDay: Day, { terms }: Termed): Day => addMonths(lastDay, -(terms?.noticeMonths ?? 0));

interface Term {
  /** Null where its end is not known, or it has none. */
  readonly lastDay: Day | null;
  /** What keeps it from being renewed tacitly. */
  readonly stoppedBy?: Denunciation | undefined;
}

/** The term that runs on a day, or the last that ran. */
export function termOn(state: Termed, day: Day): Term {
  const first = firstLastDay(state);
  if (first === null || state.terms?.renewal !== 'tacit') return { lastDay: first };
  const { durationYears } = state.terms;
  let lastDay = first;
  // Each time counted from the first, so that 29 February stays the day where there is one.
  for (let n = 1; ; n += 1) {
    const deadline = state.denunciations.length > 0 ? deadlineOf(lastDay, state) : lastDay;
    const stoppedBy = state.denunciations.find((d) => d.latest <= deadline);
    if (stoppedBy || day <= lastDay || lastDay >= '9999-12-31') return { lastDay, stoppedBy };
    // Renewed for a time that no text tells: it goes on, its end is not known.
    if (durationYears === undefined) return { lastDay: null };
    lastDay = addYears(first, n * durationYears);
  }
}

/** An end that needs no event. */
export interface EndByTime {
  readonly status: 'terminated' | 'expired';
  /** The first day on which it has that status. */
  readonly from: Day;
  /** EDTF, see {@link AgreementState.endedOn}. */
  readonly endedOn: string | null;
  /** What gave it, where that was a denunciation; else the terms did. */
  readonly by?: Denunciation | undefined;
}

/** How time alone has ended it by a day, whichever end comes first; undefined where it has not, or something else did. */
export function endByTime(state: AgreementState, day: Day): EndByTime | undefined {
  if (hasEnded(state.status)) return undefined;
  const ends: EndByTime[] = state.denunciations.flatMap((by) =>
    by.effectiveFrom === null || by.effectiveFrom > day
      ? []
      : [{ status: 'terminated', from: by.effectiveFrom, endedOn: by.effectiveOn ?? null, by }],
  );
  const { lastDay, stoppedBy: by } = termOn(state, day);
  if (lastDay !== null && lastDay < day && canExpire(state.status)) {
    ends.push({ status: 'expired', from: addDays(lastDay, 1), endedOn: lastDay, by });
  }
  return ends.reduce<EndByTime | undefined>(firstOf, undefined);
}

const firstOf = (first: EndByTime | undefined, end: EndByTime) => (first && first.from <= end.from ? first : end);

/** The last day of a further term as long as the one before; null where none is known. */
export const furtherTerm = ({ terms }: Termed, from: Day | null): Day | null =>
  from === null || terms?.durationYears === undefined ? null : addYears(from, terms.durationYears);

/** The last day to denounce it before its current term is renewed tacitly; null where none would be, or one stands. */
export function denunciationDeadline(state: AgreementState, day: Day): Day | null {
  const { lastDay, stoppedBy } = termOn(state, day);
  const open = canExpire(state.status) && state.terms?.renewal === 'tacit' && !stoppedBy;
  return open && lastDay !== null ? deadlineOf(lastDay, state) : null;
}
