import type { Statement } from './curation/curate.js';
import type { World } from './decision.js';
import { type Citation, streamName, type Warning } from './event.js';
import { boundFact } from './history/bounds.js';
import { aggregateOfStream, type FactTypeEntry } from './registry.js';
import { asShape, type Problem } from './shape/check-shape.js';
import { type Reference, referencesIn } from './shape/references.js';
import { knownArea } from './values/areas.js';
import { addDays } from './values/day.js';
import { Evidence } from './values/evidence.js';
import { parsePartialDate, type PartialDateBounds } from './values/partial-date.js';

/** What a check found: problems refuse the command, warnings are recorded with it. Pointers are into command data. */
export interface Findings {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Warning[];
}

export const evidenceReferences = (evidence: readonly Citation[]): Reference[] =>
  evidence.flatMap((citation, i) => referencesIn(asShape(Evidence, citation), `/evidence/${i}`));

/** What a statement names; of a pair's own stream, the two parties too. */
export function statementReferences(
  type: FactTypeEntry,
  stream: string,
  { data }: Pick<Statement, 'data'>,
): Reference[] {
  const { aggregate, id } = aggregateOfStream(stream);
  const own = aggregate.category === 'relationship' ? aggregate.partiesOf(data, id) : [];
  return [
    ...own.map((code): Reference => ({ kind: 'party', id: code, pointer: '/pair' })),
    ...referencesIn(asShape(type.data, data)),
  ];
}

/**
 * Unknown sources and parties, and parties that are none of the record's, are refused; unknown records and areas, and
 * withdrawn sources, are odd.
 * @param members the record's parties; undefined where the statement itself says who they are
 */
export function checkReferences(
  references: readonly Reference[],
  members: readonly string[] | undefined,
  world: World,
): Findings {
  const problems: Problem[] = [];
  const warnings: Warning[] = [];
  for (const { kind, id, pointer } of references) {
    switch (kind) {
      case 'source': {
        const source = world.sources.get(id);
        if (!source) problems.push({ pointer, rule: 'unknown-source', message: `Source ${id} is not registered` });
        else if (!source.stands)
          warnings.push({ code: 'withdrawn-source', message: `Source ${id} is withdrawn`, pointer });
        break;
      }
      case 'member':
      case 'party':
        if (!world.parties.has(id)) {
          problems.push({ pointer, rule: 'unknown-party', message: `Party ${id} is neither built in nor registered` });
        } else if (kind === 'member' && members && !members.includes(id)) {
          problems.push({
            pointer,
            rule: 'not-a-party',
            message: `${id} is not a party to it (${members.join(', ')})`,
          });
        }
        break;
      case 'own':
        break;
      case 'area':
        if (!knownArea(id))
          warnings.push({ code: 'unknown-area', message: `${id} is no known area of cooperation`, pointer });
        break;
      default:
        if (!world.records.has(streamName(kind, id))) {
          warnings.push({ code: 'unknown-record', message: `${streamName(kind, id)} is not recorded yet`, pointer });
        }
    }
  }
  return { problems, warnings };
}

/** Fields that state a day on which something happened, so that it can't lie in the future; plans carry `plannedFor`. */
const happenedFields = (type: FactTypeEntry, { occurredOn, endedOn, data }: Statement): [string, unknown][] => [
  ['/occurredOn', occurredOn],
  ['/endedOn', endedOn],
  ...(type.aggregate.category === 'source'
    ? [['/publishedOn', (data as { publishedOn?: string }).publishedOn] as [string, unknown]]
    : []),
];

/** What a statement says of days and of its own parties. */
export function checkStatement(type: FactTypeEntry, stream: string, statement: Statement, world: World): Findings {
  const problems: Problem[] = [];
  const tomorrow = addDays(world.today, 1);
  for (const [pointer, value] of happenedFields(type, statement)) {
    const earliest = typeof value === 'string' ? parsePartialDate(value)?.earliest : null;
    if (earliest && earliest > tomorrow) {
      const message = `${String(value)} is later than tomorrow (${tomorrow}, UTC): a plan is told in plannedFor`;
      problems.push({ pointer, rule: 'future-date', message });
    }
  }
  const parse = (text: string | null) => parsePartialDate(text ?? '');
  const [start, end] = [parse(statement.occurredOn)?.earliest, parse(statement.endedOn)?.latest];
  if (start && end && end < start) {
    problems.push({ pointer: '/endedOn', rule: 'interval-backwards', message: 'ends before it begins' });
  }
  const { aggregate, id } = aggregateOfStream(stream);
  const parties = type.opens ? aggregate.partiesOf(statement.data, id) : [];
  if (new Set(parties).size < parties.length) {
    problems.push({ pointer: '', rule: 'identical-parties', message: 'The two parties are the same' });
  }
  return { problems, warnings: outsideExistence(parties, statement, world) };
}

/** What is said to have happened after a source told of it, or after today. */
export function publishedBefore(
  stated: PartialDateBounds,
  evidence: readonly Citation[],
  world: World,
  pointer: string,
): Warning[] {
  const standing = evidence.flatMap(({ sourceId }) => world.sources.get(sourceId) ?? []).filter((s) => s.stands);
  const published = standing.map((s) => s.publishedBy);
  if (!boundFact(stated, published, world.today).clamped) return [];
  const message = 'A cited source was published before the day on which this is said to have happened';
  return [{ code: 'published-before', message, pointer }];
}

/** A party that was not there yet, or no longer, on any day that the date can mean. */
export function outsideExistence(parties: readonly string[], { occurredOn }: Statement, world: World): Warning[] {
  const stated = parsePartialDate(occurredOn ?? '');
  return parties.flatMap((code) => {
    const { existedFrom, existedUntil } = world.parties.get(code) ?? {};
    const from = parsePartialDate(existedFrom ?? '')?.earliest;
    const until = parsePartialDate(existedUntil ?? '')?.latest;
    const early = from && stated?.latest && stated.latest < from;
    const late = until && stated?.earliest && stated.earliest > until;
    return early || late
      ? [{ code: 'party-not-there', message: `${code} did not exist on ${occurredOn}`, pointer: '/occurredOn' }]
      : [];
  });
}
