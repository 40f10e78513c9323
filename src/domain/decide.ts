import {
  checkReferences,
  checkStatement,
  evidenceReferences,
  outsideExistence,
  publishedBefore,
  statementReferences,
} from './checks.js';
import { correctedStatement } from './curation/corrections.js';
import { curate, type Curated, type CuratedFact, statementOf } from './curation/curate.js';
import { decideCuration } from './curation/decide.js';
import { curationEvents } from './curation/events.js';
import { type Command, type Decision, reject, refuse, type World } from './decision.js';
import type { LedgerEvent, Warning } from './event.js';
import { statedBounds } from './history/bounds.js';
import { opened, openersOf, partiesOfRecord } from './history/history.js';
import { certainlyBefore, type OnRecord, type Stated } from './oddity.js';
import { builtInParty } from './party/iso-3166.js';
import { aggregateOfStream, COMMAND_TYPES, factType, type FactTypeEntry } from './registry.js';
import { asShape } from './shape/check-shape.js';
import { type Reference, referencesIn } from './shape/references.js';
import { ID_PATTERN } from './shape/rules.js';
import { canonicalJson } from './values/canonical-json.js';
import { parsePartialDate, type PartialDateBounds } from './values/partial-date.js';

/**
 * The decider: a command, the events of its stream, and what the handler looked up, to events or a rejection.
 * Pure, and the same for every command: what differs between them is in the rows of the aggregates' event types.
 * Rejections are few and hard; all else that looks odd is taken, with a warning, because real records are odd.
 */
export function decide(command: Command, events: readonly LedgerEvent[], world: World): Decision {
  const type = COMMAND_TYPES.get(command.type);
  if (!type) return refuse('malformed', 'unknown-command', `${command.type} is not a command`);
  const curated = curate(events);
  return type.kind === 'fact'
    ? decideFact(command, type.fact, curated, world)
    : decideCuration(command, type.type, events, curated, world);
}

/** What a command names that its own stream does not tell: the handler looks these up for the {@link World}. */
export function referencesOf(command: Command, events: readonly LedgerEvent[]): Reference[] {
  // What a correction puts in place is not checked yet: a name that can't be one names nothing.
  return everythingNamed(command, events).filter(({ id }) => ID_PATTERN.test(id));
}

function everythingNamed(command: Command, events: readonly LedgerEvent[]): Reference[] {
  const type = COMMAND_TYPES.get(command.type);
  if (!type) return [];
  const evidence = evidenceReferences(command.body.evidence);
  if (type.kind === 'fact') {
    const stated = statementReferences(type.fact, command.stream, command.body);
    return [...evidence, ...stated, ...ownParties(type.fact, command, events)];
  }
  const data = referencesIn(asShape(curationEvents[type.type].data, command.body.data));
  const into = mergeTarget(command);
  const corrected = correctedStatement(command.body.data, curate(events));
  const restated =
    corrected && statementReferences(factType(corrected.target.type), command.stream, corrected.statement);
  return [...evidence, ...data, ...into, ...(restated ?? [])];
}

/** The parties of the record that an act is of, where they may not have been there: what is built in has no such dates. */
function ownParties(type: FactTypeEntry, { stream, body }: Command, events: readonly LedgerEvent[]): Reference[] {
  if (!isAct(type) || body.occurredOn === null) return [];
  return partiesOfRecord(stream, curate(events))
    .filter((id) => !builtInParty(id))
    .map((id) => ({ kind: 'own', id, pointer: '/occurredOn' }));
}

/** Whether the parties did something; an opener says itself who they are. */
const isAct = ({ opens, moves, act }: FactTypeEntry): boolean => !opens && (moves === true || act === true);

function mergeTarget({ type, stream, body }: Command): Reference[] {
  const { intoId } = body.data as { intoId?: string };
  if (type !== curationEvents.RecordMerged.command || intoId === undefined) return [];
  return [{ kind: aggregateOfStream(stream).aggregate.category, id: intoId, pointer: '/intoId' }];
}

function decideFact(command: Command, type: FactTypeEntry, curated: Curated, world: World): Decision {
  const { stream, body } = command;
  const openers = openersOf(curated.facts);
  if (type.opens) {
    if (openers.some(({ event }) => event.type === type.type)) {
      return refuse('conflict', 'already-opened', `${stream} has its ${type.type} already: correct or corroborate it`);
    }
  } else if (!opened(stream, curated.facts)) {
    return refuse('not-found', 'no-such-record', `${stream} has not been recorded, or its opening event is retracted`);
  }
  const parties = type.opens ? undefined : partiesOfRecord(stream, curated);
  const named = checkReferences(world.named, parties, world);
  const stated = checkStatement(type, stream, body, world);
  const refusals = [...named.problems, ...stated.problems];
  if (refusals.length > 0) return reject('conflict', refusals);
  const same = sameAct(type.type, command, curated);
  if (same) {
    return refuse('conflict', 'same-act', `The same act stands as event ${same}: corroborate it instead`);
  }
  return {
    events: [{ type: type.type, body }],
    warnings: [
      ...named.warnings,
      ...stated.warnings,
      ...(isAct(type) ? outsideExistence(parties ?? [], body, world) : []),
      ...oddities(type, command, curated, world),
    ],
  };
}

/** The same type and canonical data with its dates, evidence aside, as recorded or as corrected. */
function sameAct(type: string, { body }: Command, curated: Curated): string | undefined {
  const key = ({ occurredOn, endedOn, data }: { occurredOn: string | null; endedOn: string | null; data: object }) =>
    canonicalJson([occurredOn, endedOn, data]);
  const others = curated.facts.filter((f) => !f.retracted && f.event.type === type);
  if (others.length === 0) return undefined;
  const act = key(body);
  return others.find((f) => key(f.statement) === act || key(statementOf(f.event)) === act)?.event.id;
}

function oddities(type: FactTypeEntry, { stream, body }: Command, curated: Curated, world: World): Warning[] {
  const warnings: Warning[] = [];
  const warn = (code: string, message: string, pointer?: string) =>
    warnings.push({ code, message, ...(pointer !== undefined && { pointer }) });
  const standing = curated.facts.filter((f) => !f.retracted);
  const stated = parsePartialDate(body.occurredOn ?? '') ?? { earliest: null, latest: null };

  if (type.aggregate.dated) warnings.push(...publishedBefore(stated, body.evidence, world, '/occurredOn'));
  if (curated.merges.has(stream)) {
    warn('merged-record', `${stream} was merged into ${curated.merges.get(stream)}: this counts there`);
  }
  if (type.opens) {
    const other = openersOf(curated.facts)[0];
    const { aggregate, id } = aggregateOfStream(stream);
    const partiesIn = (data: object) => [...aggregate.partiesOf(data, id)].sort().join('-');
    if (other && partiesIn(other.statement.data) !== partiesIn(body.data)) {
      warn('other-parties', `${other.event.type} of the same record names other parties`);
    }
    if (aggregate.needsNoOpener?.(id))
      warn('built-in', `${id} is built in: this overrides what is built in of it`, '/code');
  } else {
    if (type.moves && !type.recurs && standing.some((f) => f.event.type === type.type)) {
      warn('repeated', `The record has another ${type.type}`);
    }
    const act: Stated = { type: type.type, data: body.data, days: stated };
    const record: OnRecord = { id: aggregateOfStream(stream).id, acts: standing.map(statedOf) };
    for (const odd of type.odd ?? []) if (odd.when(act, record)) warn(odd.code, odd.message, odd.pointer);
  }
  if (type.moves) {
    for (const fact of standing.filter((f) => isOutOfOrder(type, stated, f))) {
      const order = factType(fact.event.type).rank > type.rank ? 'after' : 'before';
      warn('out-of-order', `This is dated ${order} ${fact.event.type} (${fact.statement.occurredOn})`, '/occurredOn');
    }
  }
  return warnings;
}

const statedOf = (fact: CuratedFact): Stated => ({
  type: fact.event.type,
  data: fact.statement.data,
  days: statedBounds(fact, '/occurredOn', fact.statement.occurredOn),
});

/** Whether a fact is dated against the ranks; what may recur has no order among its like. */
function isOutOfOrder(type: FactTypeEntry, days: PartialDateBounds, fact: CuratedFact): boolean {
  const { moves, recurs, rank } = factType(fact.event.type);
  if (!moves || (recurs && type.recurs)) return false;
  const other = statedOf(fact).days;
  return rank > type.rank ? certainlyBefore(other, days) : rank < type.rank && certainlyBefore(days, other);
}
