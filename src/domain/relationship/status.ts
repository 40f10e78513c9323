import { AGREEMENT_STATUSES, type AgreementState, type AgreementStatus, hasEnded } from '../agreement/state.js';
import { citationsOf, type HistoryFact, type PairHistory, type RecordHistory } from '../history/history.js';
import type { Alternative } from '../curation/events.js';
import type { Category } from '../event.js';
import type { MechanismState } from '../mechanism/mechanism.js';
import { factType } from '../registry.js';
import { byId } from '../values/by-id.js';
import { addMonths, type Day, maxDay } from '../values/day.js';
import { type Pair, pairParties } from '../values/pair.js';
import type { Standing } from '../values/standing.js';
import type { VisitState } from '../visit/visit.js';
import type { RelationsState } from './relations.js';

/** The rungs of a relationship, lowest first: its stage is the highest that stands on the day. */
export const STAGES = ['none', 'contact', 'negotiating', 'signed', 'in_force', 'institutionalised'] as const;
export type Stage = (typeof STAGES)[number];

/** A fact in a list beside the status: not counted, and why is in the list's name. */
export interface FactSummary {
  readonly eventId: string;
  readonly type: string;
  readonly stream: string;
  readonly earliest: Day | null;
  readonly latest: Day;
}

export interface DisputeSummary {
  readonly disputeEventId: string;
  readonly stream: string;
  readonly targetEventId: string;
  readonly path: string;
  readonly alternatives: readonly Alternative[];
}

/** What two states have with each other on a day: the answer of `GET /v1/relationships/{pair}`, names apart. */
export interface RelationshipStatus {
  readonly pair: Pair;
  readonly minimumStanding: Standing;
  readonly asOf: Day;
  /** How many records the pair has, neither retracted nor merged into another, whatever the day. */
  readonly records: number;
  readonly stage: Stage;
  readonly flags: { readonly severed: boolean; readonly dormant: boolean; readonly disputed: boolean };
  readonly reasons: readonly string[];
  readonly agreements: readonly {
    readonly agreementId: string;
    readonly title: AgreementState['title'];
    readonly titleIsDescriptive: boolean;
    readonly instrumentType: string | null;
    readonly status: AgreementStatus | null;
    readonly standing: Standing | null;
    readonly signedOn: string | null;
    readonly areas: readonly string[];
    readonly consentPending: readonly string[];
    readonly provisionallyApplied: boolean;
    readonly denunciationPending: boolean;
    /** The day after which it ends by its terms, as renewed so far. */
    readonly lastDay: Day | null;
    readonly endedOn: string | null;
    readonly disputed: boolean;
  }[];
  readonly mechanisms: readonly {
    readonly mechanismId: string;
    readonly name: MechanismState['name'];
    readonly status: MechanismState['status'];
    readonly standing: Standing | null;
    readonly sessions: number;
  }[];
  readonly visits: {
    readonly count: number;
    readonly byDirection: Readonly<Record<string, number>>;
    readonly last: readonly Pick<VisitState, 'visitId' | 'visitor' | 'host' | 'occurredOn'>[];
  };
  readonly meetings: { readonly count: number };
  readonly exercises: { readonly count: number };
  readonly areas: readonly { readonly code: string; readonly agreementIds: readonly string[] }[];
  readonly openDisputes: readonly DisputeSummary[];
  readonly possible: readonly FactSummary[];
  readonly unsupported: readonly FactSummary[];
  readonly coverageFrom: string | null;
  /** How each party is represented with the other, as far as that was told: an open list of codes. */
  readonly representation: Readonly<Record<string, string>>;
}

export const factSummary = ({ event, earliest, latest }: HistoryFact): FactSummary => ({
  eventId: event.id,
  type: event.type,
  stream: event.stream,
  earliest,
  latest,
});

export const disputeSummary = ({ event }: RecordHistory['disputes'][number]): DisputeSummary => ({
  disputeEventId: event.id,
  stream: event.stream,
  targetEventId: event.body.data.targetEventId,
  path: event.body.data.path,
  alternatives: event.body.data.alternatives,
});

const NEGOTIATING: readonly AgreementStatus[] = ['proposed', 'drafted', 'initialled'];
/** What was abandoned has ended too: they were in contact about it. */
const ENDED: readonly AgreementStatus[] = AGREEMENT_STATUSES.filter(hasEnded);

const happened = (record: RecordHistory) => record.facts.filter((f) => f.when === 'happened');

function isActivity({ type }: HistoryFact): boolean {
  const { moves, act } = factType(type);
  return moves === true || act === true;
}

/** Of what has moved a record's state, the fact that holds the rung: what the stage rests on. */
function stageOf(records: readonly RecordHistory[], relations: RelationsState | undefined) {
  const listed = (category: Category) => records.filter((r) => r.category === category && r.listed);
  const state = <S>(r: RecordHistory) => r.state as S;
  const agreements = (statuses: readonly (AgreementStatus | null)[]) =>
    listed('agreement').filter((r) => statuses.includes(state<AgreementState>(r).status));
  const by = (found: readonly RecordHistory[]) =>
    found.flatMap((r) => (r.state as { statusEventId: string | null }).statusEventId ?? []);
  const held = (['visit', 'meeting', 'exercise'] as const).flatMap((category) =>
    listed(category).filter((r) => state<{ status: string | null }>(r).status === 'held'),
  );
  const established = happenedTypes(records, ['RelationsEstablished', 'RelationsRestored']);
  const inForce = by(agreements(['in_force']));
  const met = by(listed('mechanism').filter((r) => state<MechanismState>(r).status === 'met'));
  const rungs: Record<Exclude<Stage, 'none'>, readonly string[]> = {
    institutionalised: inForce.length > 0 && met.length > 0 ? [...inForce, ...met] : [],
    in_force: inForce,
    signed: by(agreements(['signed', 'suspended'])),
    negotiating: by(agreements(NEGOTIATING)),
    contact: [...by([...held, ...listed('mechanism'), ...agreements(ENDED)]), ...established],
  };
  const stage = [...STAGES].reverse().find((s) => s !== 'none' && rungs[s].length > 0) ?? 'none';
  const severance = relations?.relations === 'severed' ? [relations.relationsEventId ?? ''] : [];
  return { stage, reasons: [...new Set([...(stage === 'none' ? [] : rungs[stage]), ...severance])].sort() };
}

const happenedTypes = (records: readonly RecordHistory[], types: readonly string[]) =>
  records.flatMap(happened).flatMap((f) => (types.includes(f.type) ? f.event.id : []));

/** In each direction, every held visit that is not provably earlier than another. */
function lastVisits(visits: readonly RecordHistory[]) {
  const held = visits.map((r) => ({
    state: r.state as VisitState,
    fact: happened(r).find((f) => f.event.id === (r.state as VisitState).statusEventId)!,
  }));
  return held
    .filter(
      (v) =>
        !held.some(
          (w) => w.state.visitor === v.state.visitor && w.fact.earliest !== null && v.fact.latest < w.fact.earliest,
        ),
    )
    .map(({ state: { visitId, visitor, host, occurredOn } }) => ({
      visitId,
      ...(visitor !== undefined && host !== undefined && { visitor, host }),
      occurredOn,
    }))
    .sort(byId((v) => v.visitId));
}

/**
 * The status of a pair.
 * @param history of the pair's slice: the records that ever belonged to it, and the sources that these cite
 */
export function relationshipStatus(history: PairHistory, pair: Pair, dormantAfterMonths: number): RelationshipStatus {
  const records = [...history.records.values()].filter((r) => r.pairs.includes(pair));
  const listed = (category: Category) => records.filter((r) => r.category === category && r.listed);
  const held = (category: Category) =>
    listed(category).filter((r) => (r.state as { status: string | null }).status === 'held');
  const relations = records.find((r) => r.category === 'relationship')?.state as RelationsState | undefined;
  const [a, b] = pairParties(pair);
  const agreements = listed('agreement')
    .map((r) => ({ record: r, state: r.state as AgreementState }))
    .sort(byId(({ state }) => state.agreementId));
  const areas = [...new Set(agreements.flatMap(({ state }) => state.areas))].sort();
  const openDisputes = openDisputesOf(history, records)
    .map(disputeSummary)
    .sort(byId((d) => d.disputeEventId));
  const acts = records.flatMap((r) => r.facts).filter((f) => f.when !== 'later' && isActivity(f));
  const lastActivity = maxDay(...acts.map((f) => f.latest));
  const direction = (visitor: string, host: string) =>
    held('visit').filter((r) => (r.state as VisitState).visitor === visitor && (r.state as VisitState).host === host)
      .length;
  return {
    pair,
    asOf: history.asOf,
    minimumStanding: history.minimumStanding,
    records: records.length,
    ...stageOf(records, relations),
    flags: {
      severed: relations?.relations === 'severed',
      dormant: lastActivity !== null && addMonths(lastActivity, dormantAfterMonths) < history.asOf,
      disputed: openDisputes.length > 0,
    },
    agreements: agreements.map(({ record, state }) => ({
      agreementId: state.agreementId,
      title: state.title,
      titleIsDescriptive: state.titleIsDescriptive,
      instrumentType: state.instrumentType,
      status: state.status,
      standing: state.standing,
      signedOn: state.signedOn,
      areas: [...state.areas].sort(),
      consentPending: state.consentPending,
      provisionallyApplied: state.provisionallyApplied,
      denunciationPending: state.denunciationPending,
      lastDay: state.lastDay,
      endedOn: state.endedOn,
      disputed: record.disputes.length > 0,
    })),
    mechanisms: listed('mechanism')
      .map((r) => r.state as MechanismState)
      .map((m) => ({
        mechanismId: m.mechanismId,
        name: m.name,
        status: m.status,
        standing: m.standing,
        sessions: m.sessions.length,
      }))
      .sort(byId((m) => m.mechanismId)),
    visits: {
      count: held('visit').length,
      byDirection: { [`${a}>${b}`]: direction(a, b), [`${b}>${a}`]: direction(b, a) },
      last: lastVisits(held('visit')),
    },
    meetings: { count: held('meeting').length },
    exercises: { count: held('exercise').length },
    areas: areas.map((code) => ({
      code,
      agreementIds: agreements.filter(({ state }) => state.areas.includes(code)).map(({ state }) => state.agreementId),
    })),
    openDisputes,
    possible: records
      .flatMap((r) => r.facts.filter((f) => f.when === 'possible').map(factSummary))
      .sort(byId((f) => f.eventId)),
    unsupported: records.flatMap((r) => r.unsupported.map(factSummary)).sort(byId((f) => f.eventId)),
    coverageFrom: relations?.coverageFrom ?? null,
    representation: relations?.representation ?? {},
  };
}

/** Disputes of the slice's records, and of a source while a fact of the pair that stands cites it; whatever the day. */
function openDisputesOf(history: PairHistory, records: readonly RecordHistory[]) {
  const cited = new Set(records.flatMap((r) => r.facts.flatMap((f) => citationsOf(f.curated).map((c) => c.sourceId))));
  const ofSources = [...cited].flatMap((sourceId) => history.sources.get(sourceId)?.disputes ?? []);
  const ofRecords = [...history.records.values()].filter((r) => r.category !== 'source').flatMap((r) => r.disputes);
  return [...ofRecords, ...ofSources];
}
