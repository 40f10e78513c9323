import type { AgreementState } from '../agreement/state.js';
import type { RecordHistory } from '../history/history.js';
import { aggregateOf } from '../registry.js';
import { addDays, type Day, FIRST_DAY, LAST_DAY, maxDay, minDay } from '../values/day.js';

/** The days on which time alone moves an agreement, or takes a day that was ahead of it off a list. */
function daysOfTime({ lastDay, denunciationDeadline, denunciations }: AgreementState): Day[] {
  const after = [lastDay, denunciationDeadline].flatMap((day) => (day === null ? [] : addDays(day, 1)));
  return [...after, ...denunciations.flatMap((d) => d.effectiveFrom ?? [])];
}

const isTermed = ({ terms, renewedTo, denunciations }: AgreementState) =>
  terms !== null || renewedTo !== null || denunciations.length > 0;

/**
 * The days, around the one for which a record was folded, on which its fold says the same: what is kept ready for one
 * day need not be folded again on the next. It may be shorter than it could, never longer.
 */
export function holdsDuring(record: RecordHistory, asOf: Day): { readonly from: Day; readonly until: Day } {
  if (!aggregateOf(record.category).dated) return { from: FIRST_DAY, until: LAST_DAY };
  const agreement = record.category === 'agreement' ? (record.state as AgreementState) : undefined;
  const days = record.facts.flatMap(({ earliest, latest }) => (earliest === null ? [latest] : [earliest, latest]));
  const next = minDay(...[...days, ...(agreement ? daysOfTime(agreement) : [])].filter((day) => day > asOf));
  // Which terms ran before is not looked at.
  const termed = agreement !== undefined && isTermed(agreement);
  return {
    from: termed ? asOf : (maxDay(...days.filter((day) => day <= asOf)) ?? FIRST_DAY),
    until: next === null ? LAST_DAY : addDays(next, -1),
  };
}
