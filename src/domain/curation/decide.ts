import {
  checkReferences,
  checkStatement,
  evidenceReferences,
  publishedBefore,
  statementReferences,
} from '../checks.js';
import { type Command, type Decision, type NewEvent, reject, refuse, type World } from '../decision.js';
import { type LedgerEvent, streamName, type Warning } from '../event.js';
import { statedBounds } from '../history/bounds.js';
import { opened, partiesOfRecord } from '../history/history.js';
import { aggregateOfStream, factType } from '../registry.js';
import { asShape, checkShape, type Problem, type Shape } from '../shape/check-shape.js';
import { referencesIn } from '../shape/references.js';
import { PartialDateOrNull } from '../shape/rules.js';
import { canonicalJson } from '../values/canonical-json.js';
import { getAtPointer, setAtPointer } from '../values/json-pointer.js';
import { pairsAmong } from '../values/pair.js';
import { unreachable } from '../aggregate.js';
import { correctedStatement, factById, type Restated } from './corrections.js';
import { applyChange, type Curated, type CuratedFact, type Statement } from './curate.js';
import {
  curationEvents,
  type CurationEventType,
  type DisputeResolved,
  type FactCorrected,
  type FactDisputed,
  type FactRetracted,
  type RecordMerged,
} from './events.js';

class Dates {
  @PartialDateOrNull() occurredOn!: string | null;
  @PartialDateOrNull() endedOn!: string | null;
}

/** Decides what is said about facts. Its path, its values and its target are checked here, once; the fold trusts them. */
export function decideCuration(
  command: Command,
  type: CurationEventType,
  events: readonly LedgerEvent[],
  curated: Curated,
  world: World,
): Decision {
  const references = [
    ...evidenceReferences(command.body.evidence),
    ...referencesIn(asShape(curationEvents[type].data, command.body.data)),
  ];
  const cited = checkReferences(references, undefined, world);
  if (cited.problems.length > 0) return reject('conflict', cited.problems);
  const same = sameCuration(type, command, events, curated);
  if (same) return refuse('conflict', 'same-act', `Event ${same} says the same already`);
  const checked = checkCuration(command, type, events, curated, world);
  if ('rejection' in checked) return checked;
  const event: NewEvent = { type, body: command.body };
  return { events: [event], warnings: [...cited.warnings, ...checked.warnings] };
}

type Checked = { readonly warnings: readonly Warning[] } | Extract<Decision, { rejection: unknown }>;

function checkCuration(
  { stream, body }: Command,
  type: CurationEventType,
  events: readonly LedgerEvent[],
  curated: Curated,
  world: World,
): Checked {
  const { data } = body;
  const { targetEventId } = data as { targetEventId?: string };
  const fact = targetEventId === undefined ? undefined : factById(curated, targetEventId);
  const noFact = () =>
    refuse('not-found', 'no-such-event', `${stream} has no fact with this event id`, '/targetEventId');
  switch (type) {
    case 'FactCorroborated':
      return fact ? { warnings: [...ofRetracted(fact), ...toldBefore(fact, body, world)] } : noFact();
    case 'FactCorrected':
      return fact ? checkCorrection(data as FactCorrected, fact, curated, stream, world) : noFact();
    case 'FactDisputed':
      return fact ? checkDispute(data as FactDisputed, fact) : noFact();
    case 'DisputeResolved':
      return checkResolution(data as DisputeResolved, curated, stream, world);
    case 'FactRetracted':
      return checkRetraction(data as FactRetracted, events, curated);
    case 'RecordMerged':
      return checkMerge(data as RecordMerged, stream, curated, world);
    default:
      return unreachable(type);
  }
}

const ofRetracted = ({ event, retracted }: CuratedFact): Warning[] =>
  retracted ? [{ code: 'retracted-target', message: `${event.type} ${event.id} is retracted` }] : [];

/** A corroboration bounds the fact too: its source may have been published before the day that is stated. */
const toldBefore = (fact: CuratedFact, { evidence }: Command['body'], world: World): Warning[] =>
  publishedBefore(statedBounds(fact, '/occurredOn', fact.statement.occurredOn), evidence, world, '/evidence');

/** The same words about the same event again. A correction may come again, once another has undone it. */
function sameCuration(
  type: CurationEventType,
  { body }: Command,
  events: readonly LedgerEvent[],
  curated: Curated,
): string | undefined {
  if (type === 'FactCorrected') return undefined;
  const key = (b: Command['body']) => canonicalJson([b.data, b.evidence]);
  const act = key(body);
  return events.find((e) => e.type === type && !curated.retractions.has(e.id) && key(e.body) === act)?.id;
}

/** Null stands for an optional field that is absent. */
const valueAt = (statement: Statement, path: string): unknown => getAtPointer(statement, path) ?? null;
const same = (a: unknown, b: unknown) => canonicalJson(a) === canonicalJson(b);

/** Whether a path names a field of the event's shape: a value put there meets a field's rules, not "no such field". */
function namesField(fact: CuratedFact, statement: Statement, path: string): boolean {
  if (!path.startsWith('/data')) return factType(fact.event.type).aggregate.dated;
  const probe = setAtPointer(statement, path, 'probe') as Statement | undefined;
  if (!probe) return false;
  const checked = checkShape(factType(fact.event.type).data, probe.data, '/data');
  return checked.ok || !checked.problems.some((p) => p.rule === 'unknown-field' && isWithin(path, p.pointer));
}
const isWithin = (path: string, pointer: string) => path === pointer || path.startsWith(`${pointer}/`);

/** The rules that a statement breaks, as pointers into the statement. */
function shapeProblems(fact: CuratedFact, { data, ...dates }: Statement): Problem[] {
  const check = (shape: Shape, value: object, at: string) => {
    const checked = checkShape(shape, value, at);
    return checked.ok ? [] : checked.problems;
  };
  return [...check(Dates, dates, ''), ...check(factType(fact.event.type).data, data, '/data')];
}

const unknownPath = (pointer: string, path: string): Problem => ({
  pointer,
  rule: 'no-such-field',
  message: `${path} names no field of the event`,
});

function checkCorrection(
  { changes }: FactCorrected,
  fact: CuratedFact,
  curated: Curated,
  stream: string,
  world: World,
): Checked {
  let statement = fact.statement;
  for (const [i, { path, from, to }] of changes.entries()) {
    if (!namesField(fact, statement, path)) return reject('malformed', [unknownPath(`/changes/${i}/path`, path)]);
    const stands = valueAt(statement, path);
    if (!same(stands, from)) {
      const message = `What stands is ${JSON.stringify(stands)}`;
      return refuse('conflict', 'correction-mismatch', message, `/changes/${i}/from`);
    }
    statement = applyChange(statement, path, to);
  }
  const restated = correctedStatement({ targetEventId: fact.event.id, changes }, curated)!;
  return checkRestated(restated, curated, stream, world, (path) => {
    const i = changes.findIndex((c) => isWithin(path, c.path) || isWithin(c.path, path));
    return i < 0 ? '/changes' : `/changes/${i}/to`;
  });
}

/** A corrected fact must pass all that a new one must. */
function checkRestated(
  { fact, statement }: Restated,
  curated: Curated,
  stream: string,
  world: World,
  pointerTo: (path: string) => string,
): Checked {
  const malformed = shapeProblems(fact, statement).map((p) => ({ ...p, pointer: pointerTo(p.pointer) }));
  if (malformed.length > 0) return reject('malformed', malformed);
  const type = factType(fact.event.type);
  const members = type.opens ? undefined : partiesOfRecord(stream, curated);
  const named = checkReferences(statementReferences(type, stream, statement), members, world);
  const stated = checkStatement(type, stream, statement, world);
  // The checks speak in pointers of a command's data, where dates and data lie side by side.
  const at = <T extends { pointer?: string }>(found: readonly T[]): T[] =>
    found.map((f) => {
      const pointer = f.pointer ?? '';
      return { ...f, pointer: pointerTo(/^\/(occurredOn|endedOn)$/.test(pointer) ? pointer : `/data${pointer}`) };
    });
  const problems = at([...named.problems, ...stated.problems]);
  if (problems.length > 0) return reject('conflict', problems);
  return { warnings: [...ofRetracted(fact), ...at([...named.warnings, ...stated.warnings])] };
}

function checkDispute({ path, alternatives }: FactDisputed, fact: CuratedFact): Checked {
  if (!namesField(fact, fact.statement, path)) return reject('malformed', [unknownPath('/path', path)]);
  const problems = alternatives.flatMap(({ value }, i) =>
    shapeProblems(fact, applyChange(fact.statement, path, value)).map(({ rule, message }) => ({
      pointer: `/alternatives/${i}/value`,
      rule,
      message,
    })),
  );
  if (problems.length > 0) return reject('malformed', problems);
  const stands = valueAt(fact.statement, path);
  if (!alternatives.some(({ value }) => same(value, stands))) {
    const message = `What stands, ${JSON.stringify(stands)}, must be one of the alternatives`;
    return refuse('malformed', 'standing-value', message, '/alternatives');
  }
  return { warnings: ofRetracted(fact) };
}

function checkResolution(data: DisputeResolved, curated: Curated, stream: string, world: World): Checked {
  const dispute = curated.disputes.get(data.disputeEventId);
  const restated = correctedStatement(data, curated);
  if (!dispute || !restated) {
    return refuse('not-found', 'no-such-event', `${stream} has no dispute with this event id`, '/disputeEventId');
  }
  const checked = checkRestated(restated, curated, stream, world, () => '/value');
  if ('rejection' in checked) return checked;
  const warnings = [...checked.warnings];
  if (curated.resolved.has(data.disputeEventId)) {
    warnings.push({ code: 'already-resolved', message: 'The dispute was resolved before', pointer: '/disputeEventId' });
  }
  if (!dispute.alternatives.some(({ value }) => same(value, data.value))) {
    warnings.push({ code: 'no-alternative', message: 'The value is none of the alternatives', pointer: '/value' });
  }
  return { warnings };
}

function checkRetraction({ targetEventId }: FactRetracted, events: readonly LedgerEvent[], curated: Curated): Checked {
  const target = events.find((e) => e.id === targetEventId);
  if (!target) return refuse('not-found', 'no-such-event', 'The stream has no event with this id', '/targetEventId');
  if (target.type === 'FactRetracted' || target.type === 'RecordMerged') {
    const message = `A ${target.type} can't be retracted: record the fact again`;
    return refuse('conflict', 'not-retractable', message, '/targetEventId');
  }
  const again = curated.retractions.has(targetEventId);
  return {
    warnings: again ? [{ code: 'retracted-target', message: `${target.type} ${target.id} is retracted already` }] : [],
  };
}

function checkMerge({ intoId }: RecordMerged, stream: string, curated: Curated, world: World): Checked {
  const { aggregate } = aggregateOfStream(stream);
  const into = streamName(aggregate.category, intoId);
  if (!opened(stream, curated.facts)) return refuse('not-found', 'no-such-record', `${stream} is not recorded`);
  const own = pairsAmong(partiesOfRecord(stream, curated));
  if (own.length === 0)
    return refuse('conflict', 'merge-other-pair', `${stream} is of no pair: it can't be merged`, '/intoId');
  const target = world.records.get(into);
  if (!target) return refuse('not-found', 'no-such-record', `${into} is not recorded`, '/intoId');
  if ([into, ...target.mergedInto].includes(stream))
    return refuse('conflict', 'merge-cycle', `${into} is merged into ${stream}`, '/intoId');
  if (!own.some((pair) => target.pairs.includes(pair))) {
    const message = `A merge is within a pair: ${own.join(', ')}, not ${target.pairs.join(', ')}`;
    return refuse('conflict', 'merge-other-pair', message, '/intoId');
  }
  const before = curated.merges.get(stream);
  return {
    warnings: before === undefined ? [] : [{ code: 'merged-record', message: `It was merged into ${before} before` }],
  };
}
