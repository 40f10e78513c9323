import type { Aggregate, Fact } from '../aggregate.js';
import { type CuratedFact, curate, type Curated, type OpenDispute } from '../curation/curate.js';
import { isCuration } from '../curation/events.js';
import { type Category, type Citation, type LedgerEvent, parseStream, streamName } from '../event.js';
import { aggregateOf, aggregateOfStream, factType } from '../registry.js';
import type { SourceState } from '../source/source.js';
import { type Day, minDay } from '../values/day.js';
import { type Pair, pairsAmong } from '../values/pair.js';
import { compareStanding, highestStanding, type Standing } from '../values/standing.js';
import { boundFact, type FactBounds, statedBounds } from './bounds.js';
import { validOrder } from './order.js';

/** What a history is asked: as it was true on a day, from what stands at least so well. */
export interface HistoryQuery {
  readonly asOf: Day;
  readonly minimumStanding: Standing;
}

/** Whether a fact has happened by the day asked for, may have, or has not. */
export type When = 'happened' | 'possible' | 'later';

export interface HistoryFact extends Fact {
  /** The stream of the record it folds under: its own, unless that was merged. */
  readonly record: string;
  readonly rank: number;
  readonly position: number;
  readonly when: When;
  readonly clamped: boolean;
  readonly curated: CuratedFact;
}

export interface RecordHistory {
  readonly stream: string;
  readonly category: Category;
  readonly id: string;
  readonly parties: readonly string[];
  readonly pairs: readonly Pair[];
  /** Other records that were merged into this one. */
  readonly mergedFrom: readonly string[];
  /** What stands, in valid order: known, supported, not retracted, at the minimum standing or above. */
  readonly facts: readonly HistoryFact[];
  /** Facts whose every source was withdrawn. */
  readonly unsupported: readonly HistoryFact[];
  /** Open disputes about facts that stand. */
  readonly disputes: readonly OpenDispute[];
  /** The folded state on the day, see the aggregate. */
  readonly state: unknown;
  /** Whether an event that moves its state has happened. */
  readonly listed: boolean;
}

/** What the status of a pair is told from. */
export interface PairHistory extends HistoryQuery {
  readonly sources: ReadonlyMap<string, SourceView>;
  /** By stream, in order of stream name. */
  readonly records: ReadonlyMap<string, RecordHistory>;
}

export interface History extends PairHistory {
  readonly curated: Curated;
}

/** The day on which the event of an id is looked at. */
export type DayOf = (eventId: string) => Day;

/** What the fold needs to know of a source. */
export interface SourceView {
  readonly state: SourceState;
  /** Withdrawn, or its registration retracted: its evidence counts for nothing. */
  readonly stands: boolean;
  /** Last day on which it can have been published; null where unknown. */
  readonly publishedBy: Day | null;
  readonly disputes: readonly OpenDispute[];
}

/**
 * The one fold, for command handlers, projections and every replay: events to what was true on a day.
 * Pure: the clock, if any, is in `query.asOf`. What was *known* at some moment is the same call on the log cut there.
 * @param events in recording order; of each record all events, and those of the sources it cites
 * @param dayOf the day on which an event is looked at, for whoever lets them happen one by one
 */
export function history(events: readonly LedgerEvent[], query: HistoryQuery, dayOf: DayOf = () => query.asOf): History {
  const { curated, byStream, roots } = gather(events);
  const sources = new Map<string, SourceView>();
  for (const [stream, facts] of byStream) {
    const parsed = parseStream(stream);
    if (parsed?.category === 'source') sources.set(parsed.id, sourceView(parsed.id, facts));
  }
  const records = new Map(
    [...roots.keys()]
      .sort()
      .map((stream) => [
        stream,
        foldRecord(stream, roots.get(stream)!, byStream.get(stream) ?? [], (id) => sources.get(id), query, dayOf),
      ]),
  );
  const { asOf, minimumStanding } = query;
  return { asOf, minimumStanding, curated, sources, records };
}

/** Finds the view of a source; undefined where nothing is known of it. */
export type SourceOf = (sourceId: string) => SourceView | undefined;

/**
 * One record of a history, without folding the sources that it cites: the same as `records.get(root)` of the whole.
 * @param events of the record and of all that was merged with it, in recording order
 */
export function recordHistory(
  stream: string,
  events: readonly LedgerEvent[],
  sourceOf: SourceOf,
  query: HistoryQuery,
): { readonly root: string; readonly record: RecordHistory | undefined } {
  const { curated, byStream, roots } = gather(events);
  const root = rootOf(stream, curated.merges);
  const facts = roots.get(root);
  return {
    root,
    record: facts && foldRecord(root, facts, byStream.get(root) ?? [], sourceOf, query, () => query.asOf),
  };
}

/** Facts by the stream that they are of, and by the record that they fold under. */
function gather(events: readonly LedgerEvent[]) {
  const curated = curate(events);
  const byStream = groupByStream(curated.facts);
  const roots = new Map<string, CuratedFact[]>();
  for (const [stream, facts] of byStream) {
    // A record whose opener is taken back is out of all views, with whatever else was said of it.
    if (!opened(stream, facts) || facts.every((f) => f.retracted)) continue;
    const root = rootOf(stream, curated.merges);
    if (root !== stream && !opened(root, byStream.get(root) ?? [])) continue;
    roots.set(root, [...(roots.get(root) ?? []), ...facts]);
  }
  return { curated, byStream, roots };
}

/** @throws UnknownEventType: nothing may be skipped, so the fold stops */
function groupByStream(facts: readonly CuratedFact[]): Map<string, CuratedFact[]> {
  const groups = new Map<string, CuratedFact[]>();
  for (const fact of facts) {
    factType(fact.event.type);
    const group = groups.get(fact.event.stream);
    if (group) group.push(fact);
    else groups.set(fact.event.stream, [fact]);
  }
  return groups;
}

/** Follows merges to the record that events fold under; a cycle (refused when decided) ends where it began. */
export function rootOf(stream: string, merges: ReadonlyMap<string, string>): string {
  const category = parseStream(stream)?.category;
  let root = stream;
  for (const seen = new Set([stream]); category;) {
    const into = merges.get(root);
    const next = into === undefined ? undefined : streamName(category, into);
    if (next === undefined || seen.has(next)) break;
    seen.add(next);
    root = next;
  }
  return root;
}

const isOpener = ({ event }: CuratedFact) => factType(event.type).opens === true;

/** The opening events that stand. */
export const openersOf = (facts: readonly CuratedFact[]) => facts.filter((f) => isOpener(f) && !f.retracted);

/** The opening event that tells what a record is: of several, that of the highest rung knows best. */
const identityOf = (facts: readonly CuratedFact[]): CuratedFact | undefined =>
  openersOf(facts).sort((a, b) => factType(b.event.type).rank - factType(a.event.type).rank)[0];

/** The parties of a record, from the facts of its own stream. */
export function partiesOfRecord(stream: string, { facts }: Curated): readonly string[] {
  const { aggregate, id } = aggregateOfStream(stream);
  const identity = identityOf(facts);
  return identity || aggregate.needsNoOpener?.(id) ? aggregate.partiesOf(identity?.statement.data ?? {}, id) : [];
}

/** Whether an event can change which parties its record is of. */
export function mayChangeParties({ revision, type }: LedgerEvent): boolean {
  if (isCuration(type)) return type !== 'FactCorroborated' && type !== 'FactDisputed';
  return revision === 0 || factType(type).opens === true;
}

/** Whether a record is there: an opening event of it stands, or it needs none. */
export function opened(stream: string, facts: readonly CuratedFact[]): boolean {
  const { aggregate, id } = aggregateOfStream(stream);
  return openersOf(facts).length > 0 || aggregate.needsNoOpener?.(id) === true;
}

/** What a source's own stream tells of it. */
export const foldSource = (sourceId: string, events: readonly LedgerEvent[]): SourceView =>
  sourceView(sourceId, curate(events).facts);

function sourceView(sourceId: string, facts: readonly CuratedFact[]): SourceView {
  const aggregate = aggregateOf('source');
  const standing = facts.filter((f) => !f.retracted);
  const state = foldUndated(aggregate, sourceId, standing) as SourceState;
  const opener = openersOf(facts)[0];
  const published = opener && daysOf(opener)('publishedOn');
  return {
    state,
    stands: opener !== undefined && !state.withdrawn,
    publishedBy: published?.latest ?? null,
    disputes: standing.flatMap((f) => f.disputes),
  };
}

/** Sources and parties have no valid axis: what is known of them holds. */
function foldUndated(aggregate: Aggregate, id: string, facts: readonly CuratedFact[]): unknown {
  const undated = facts.map((f) => undatedFact(f));
  const identity = undated.find((f) => factType(f.type).opens);
  return undated.reduce((state, fact) => aggregate.evolve(state, fact), aggregate.initial(id, identity));
}

/** Of a field that is a date; see {@link Fact.daysOf}. */
const daysOf = (curated: CuratedFact) => (field: string) =>
  statedBounds(curated, `/data/${field}`, (curated.statement.data as Record<string, unknown>)[field]);

const undatedFact = (curated: CuratedFact): Fact => ({
  type: curated.event.type,
  data: curated.statement.data,
  occurredOn: null,
  endedOn: null,
  earliest: null,
  latest: recordedOn(curated.event),
  daysOf: daysOf(curated),
  standing: null,
  evidence: [],
  event: curated.event,
});

/** The UTC day on which the ledger came to know an event. */
export const recordedOn = (event: LedgerEvent): Day => event.metadata.recordedAt.slice(0, 10);

/** A fact's evidence and that of its corroborations. */
export const citationsOf = (fact: CuratedFact): Citation[] => [
  ...fact.event.body.evidence,
  ...fact.corroborations.flatMap((c) => c.body.evidence),
];

/** A fact with the days on which it can have happened, before it is looked at beside the others of its record. */
interface Bounded {
  readonly curated: CuratedFact;
  readonly rank: number;
  readonly bounds: FactBounds;
  /** What is cited of sources that stand. */
  readonly evidence: readonly Citation[];
  readonly standing: Standing | null;
}

function boundFactOf(curated: CuratedFact, sourceOf: SourceOf): Bounded {
  const { event, statement } = curated;
  const evidence = citationsOf(curated).filter(({ sourceId }) => sourceOf(sourceId)?.stands);
  const published = evidence.map(({ sourceId }) => sourceOf(sourceId)?.publishedBy ?? null);
  const stated = statedBounds(curated, '/occurredOn', statement.occurredOn);
  return {
    curated,
    rank: factType(event.type).rank,
    bounds: boundFact(stated, published, recordedOn(event)),
    evidence,
    standing: highestStanding(evidence.map((c) => c.standing as Standing)) ?? null,
  };
}

/** An opener is lowered to what came of it: a text was there by the day on which it was signed. */
function loweredBounds({ curated, rank, bounds }: Bounded, facts: readonly Bounded[]): FactBounds {
  if (!isOpener(curated)) return bounds;
  const later = facts
    .filter((f) => f.rank > rank && factType(f.curated.event.type).mayPrecede !== curated.event.type)
    .map((f) => f.bounds.latest);
  const latest = minDay(bounds.latest, ...later) ?? bounds.latest;
  const earliest = bounds.earliest !== null && bounds.earliest > latest ? latest : bounds.earliest;
  return { earliest, latest, clamped: bounds.clamped };
}

const whenOn = ({ earliest, latest }: FactBounds, asOf: Day): When =>
  latest <= asOf ? 'happened' : earliest === null || earliest <= asOf ? 'possible' : 'later';

// Field by field: the engine is slow at adding to what it spread, and a fold does little else.
const historyFact = (record: string, fact: Bounded, bounds: FactBounds, dayOf: DayOf): HistoryFact => ({
  type: fact.curated.event.type,
  data: fact.curated.statement.data,
  occurredOn: fact.curated.statement.occurredOn,
  endedOn: fact.curated.statement.endedOn,
  earliest: bounds.earliest,
  latest: bounds.latest,
  clamped: bounds.clamped,
  daysOf: daysOf(fact.curated),
  standing: fact.standing,
  evidence: fact.evidence,
  event: fact.curated.event,
  record,
  rank: fact.rank,
  position: fact.curated.event.position,
  curated: fact.curated,
  when: whenOn(bounds, dayOf(fact.curated.event.id)),
});

function foldRecord(
  stream: string,
  all: readonly CuratedFact[],
  own: readonly CuratedFact[],
  sourceOf: SourceOf,
  query: HistoryQuery,
  dayOf: DayOf,
): RecordHistory {
  const { category, id } = parseStream(stream)!;
  const aggregate = aggregateOf(category);
  const identity = identityOf(own);
  const standing = all.filter((f) => !f.retracted);
  const parties = aggregate.partiesOf(identity?.statement.data ?? {}, id);
  const { facts, unsupported, disputes, state, listed } = aggregate.dated
    ? foldFacts(stream, id, aggregate, identity, standing, sourceOf, query, dayOf)
    : foldUndatedRecord(id, aggregate, standing);
  return {
    stream,
    category,
    id,
    parties: [...parties],
    pairs: pairsAmong(parties),
    mergedFrom: [...new Set(all.map((f) => f.event.stream))].filter((s) => s !== stream).sort(),
    facts,
    unsupported,
    disputes,
    state,
    listed,
  };
}

type Folded = Pick<RecordHistory, 'facts' | 'unsupported' | 'disputes' | 'state' | 'listed'>;

const foldUndatedRecord = (id: string, aggregate: Aggregate, standing: readonly CuratedFact[]): Folded => ({
  facts: [],
  unsupported: [],
  disputes: standing.flatMap((f) => f.disputes),
  state: foldUndated(aggregate, id, standing),
  listed: true,
});

function foldFacts(
  stream: string,
  id: string,
  aggregate: Aggregate,
  identity: CuratedFact | undefined,
  standing: readonly CuratedFact[],
  sourceOf: SourceOf,
  { asOf, minimumStanding }: HistoryQuery,
  dayOf: DayOf,
): Folded {
  const bounded = standing.map((f) => boundFactOf(f, sourceOf));
  const kept = bounded.filter((f) => f.standing !== null && compareStanding(f.standing, minimumStanding) >= 0);
  const facts = validOrder(kept.map((f) => historyFact(stream, f, loweredBounds(f, kept), dayOf)));
  const happened = facts.filter((f) => f.when === 'happened');
  const opening = bounded.find((f) => f.curated === identity);
  const initial = aggregate.initial(id, opening && historyFact(stream, opening, opening.bounds, dayOf));
  const folded = happened.reduce((state, fact) => aggregate.evolve(state, fact), initial);
  const state = aggregate.on ? aggregate.on(folded, asOf) : folded;
  return {
    facts,
    unsupported: bounded.filter((f) => f.standing === null).map((f) => historyFact(stream, f, f.bounds, dayOf)),
    disputes: facts.flatMap((f) => f.curated.disputes),
    state,
    listed: aggregate.listed ? aggregate.listed(state) : happened.some((f) => factType(f.type).moves),
  };
}
