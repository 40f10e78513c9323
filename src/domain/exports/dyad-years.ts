import type { AgreementState } from '../agreement/state.js';
import type { HistoryFact, PairHistory, RecordHistory } from '../history/history.js';
import { cowCode } from '../party/cow-codes.js';
import { relationshipStatus } from '../relationship/status.js';
import { type Day, minDay } from '../values/day.js';
import { type Pair, pairParties } from '../values/pair.js';
import { parsePartialDate } from '../values/partial-date.js';
import type { VisitState } from '../visit/visit.js';
import { factOfRecord } from '../worklists/work-item.js';
import type { Cell } from './csv.js';
import { dcadAreas, many, type Names, type Row, sourcesCell } from './tables.js';

/** What an event is to a year: it was in it for certain, or may have been. */
const within = ({ earliest, latest }: HistoryFact, first: Day, last: Day) =>
  earliest !== null && earliest >= first && latest <= last;
const perhaps = (fact: HistoryFact, first: Day, last: Day) =>
  !within(fact, first, last) && fact.latest >= first && (fact.earliest === null || fact.earliest <= last);

/**
 * A pair, a year a row, from the first of which something is known, or that coverage was declared for, to that of the day
 * asked for. Where the ledger declares no coverage for all of a year, what it has none of is unknown: the cell is empty.
 * @param historyOn the pair's history as of a day
 */
export function* dyadYears(historyOn: (day: Day) => PairHistory, pair: Pair, asOf: Day, names: Names): Generator<Row> {
  const now = historyOn(asOf);
  const status = relationshipStatus(now, pair, 1);
  if (status.records === 0) return;
  const covered = status.coverageFrom === null ? null : (parsePartialDate(status.coverageFrom)?.latest ?? null);
  const known = ofPair(now, pair)
    .flatMap((r) => r.facts)
    .filter((f) => f.when === 'happened')
    .map((f) => f.earliest ?? f.latest);
  const first = minDay(covered, ...known);
  if (first === null || first > asOf) return;
  for (let year = Number(first.slice(0, 4)); year <= Number(asOf.slice(0, 4)); year += 1) {
    const text = String(year).padStart(4, '0');
    const through = minDay(`${text}-12-31`, asOf)!;
    const isCovered = covered !== null && covered <= `${text}-01-01`;
    yield yearRow({ pair, from: `${text}-01-01`, through, isCovered, names, now, then: historyOn(through) });
  }
}

const ofPair = (history: PairHistory, pair: Pair): RecordHistory[] =>
  [...history.records.values()].filter((r) => r.pairs.includes(pair));

interface Year {
  readonly pair: Pair;
  readonly from: Day;
  readonly through: Day;
  readonly isCovered: boolean;
  readonly names: Names;
  /** As of the day asked for: what of the year is known by then. */
  readonly now: PairHistory;
  /** As of the year's end. */
  readonly then: PairHistory;
}

function yearRow({ pair, from, through, isCovered, names, now, then }: Year): Row {
  const [a, b] = pairParties(pair);
  const status = relationshipStatus(then, pair, 1);
  const unless0 = (count: number): Cell => (count === 0 && !isCovered ? null : count);
  const visits = listed(now, pair, 'visit', (state: VisitState) => state.status === 'held' && state.statusEventId);
  const going = (visitor: string) => visits.filter(({ record }) => (record.state as VisitState).visitor === visitor);
  const signed = listed(now, pair, 'agreement', (state: AgreementState) => state.signatures[0]?.eventId);
  const inForce = listed(
    then,
    pair,
    'agreement',
    (state: AgreementState) => state.status === 'in_force' && state.statusEventId,
  );
  const counted = (events: readonly Listed[]) => events.filter(({ fact }) => within(fact, from, through));
  const possible = (events: readonly Listed[]) => events.filter(({ fact }) => perhaps(fact, from, through));
  const reasons = [...then.records.values()].flatMap((r) => r.facts).filter((f) => status.reasons.includes(f.event.id));
  const facts = [...reasons, ...[...counted(visits), ...counted(signed), ...inForce].map(({ fact }) => fact)];
  return {
    pair,
    year: Number(from.slice(0, 4)),
    party_1: a,
    party_2: b,
    party_1_name: names.party(a),
    party_2_name: names.party(b),
    party_1_cow: cowCode(a, from),
    party_2_cow: cowCode(b, from),
    through,
    covered: isCovered,
    stage: status.stage === 'none' && !isCovered ? null : status.stage,
    severed: status.flags.severed || (isCovered ? false : null),
    visits_1_to_2: unless0(counted(going(a)).length),
    visits_2_to_1: unless0(counted(going(b)).length),
    visits_1_to_2_possible: possible(going(a)).length,
    visits_2_to_1_possible: possible(going(b)).length,
    agreements_signed: unless0(counted(signed).length),
    agreements_signed_possible: possible(signed).length,
    agreements_in_force: unless0(inForce.length),
    dcad_areas_in_force: many(dcadAreas(inForce.flatMap(({ record }) => (record.state as AgreementState).areas))),
    disputed: status.flags.disputed,
    sources: sourcesCell(facts, names),
  };
}

interface Listed {
  readonly record: RecordHistory;
  readonly fact: HistoryFact;
}

/** The listed records of a category with the event that counts for them. */
function listed<S>(
  history: PairHistory,
  pair: Pair,
  category: RecordHistory['category'],
  eventOf: (state: S) => string | null | undefined | false,
): Listed[] {
  return ofPair(history, pair)
    .filter((r) => r.category === category && r.listed)
    .flatMap((record) => {
      const fact = factOfRecord(record, eventOf(record.state as S) || null);
      return fact ? [{ record, fact }] : [];
    });
}
