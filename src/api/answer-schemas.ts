import { warningSchema } from '../domain/event-schema.js';
import { CAUSES } from '../domain/history/diff.js';
import { HISTORY_ORDERS } from '../domain/history/entries.js';
import { CATEGORIES } from '../domain/event.js';
import { RANKS } from '../domain/search/search-terms.js';
import { TEXT_KINDS } from '../domain/search/searchable-texts.js';
import { STAGES } from '../domain/relationship/status.js';
import type { JsonSchema } from '../domain/shape/json-schema.js';
import { STANDINGS } from '../domain/values/standing.js';
import { REVIEW_KINDS } from '../domain/worklists/review.js';
import { DUE_KINDS, DUE_WHENS } from '../domain/worklists/upcoming.js';
import { GROUP_BEGINNINGS } from '../subscriptions/consumer-groups.js';
import { DROP_CODES } from '../subscriptions/feed-format.js';

/** JSON Schemas of the answers; those of commands and events come from their classes. More fields may be added to any. */
const text = { type: 'string' };
const textOrNull = { type: ['string', 'null'] };
const number = { type: 'integer' };
const flag = { type: 'boolean' };
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });
const object = (properties: Readonly<Record<string, JsonSchema>>, optional: readonly string[] = []): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});
const localizedOrNull = { type: ['object', 'null'], additionalProperties: text };
const standingOrNull = { type: ['string', 'null'], enum: [...STANDINGS, null] };

const knownAt = object({ position: text, recordedAt: textOrNull });
const resolved = { asOf: text, knownAt, minimumStanding: { enum: STANDINGS } };
const page = (item: string, more: Readonly<Record<string, JsonSchema>> = {}): JsonSchema =>
  object({ ...resolved, ...more, items: list(ref(item)), next: textOrNull });
const party = object({ code: text, names: { type: 'object', additionalProperties: text } });
const dispute = object({
  disputeEventId: text,
  stream: text,
  targetEventId: text,
  path: text,
  alternatives: list({ type: 'object' }),
});
const factSummary = object({ eventId: text, type: text, stream: text, earliest: textOrNull, latest: text });
const flags = object({ severed: flag, dormant: flag, disputed: flag });
const citation = object({ sourceId: text, locator: text, standing: { enum: STANDINGS }, note: text }, ['note']);

/** Why the feed ends. */
const dropped = { code: { enum: DROP_CODES }, reason: text };

/** What evidence cites, by its title too. */
const citedSource = object(
  {
    sourceId: text,
    locator: text,
    standing: { enum: STANDINGS },
    note: text,
    title: localizedOrNull,
    withdrawn: flag,
  },
  ['note'],
);

/** A fact of a record in a list. */
const recordFact = {
  stream: text,
  category: { enum: CATEGORIES },
  url: text,
  title: localizedOrNull,
  titleIsDescriptive: flag,
  pairs: list(text),
  direction: textOrNull,
  eventId: text,
  type: text,
  occurredOn: textOrNull,
  endedOn: textOrNull,
  earliest: textOrNull,
  latest: textOrNull,
  standing: standingOrNull,
  evidence: list(citedSource),
  position: number,
  recordedAt: text,
};

/** What an item of a list of things to do is about. */
const workItem = { ...recordFact, commands: list(text) };

const eventRef = object({
  eventId: text,
  type: text,
  stream: text,
  revision: number,
  position: number,
  recordedAt: text,
  actor: text,
});
const eventOrNull = { anyOf: [eventRef, { type: 'null' }] };
const axesPoint = object({ asOf: text, knownAt });

export const answerSchemas: Readonly<Record<string, JsonSchema>> = {
  Log: object({
    state: { enum: ['sealing', 'following', 'standing'] },
    reason: textOrNull,
    origin: textOrNull,
    sealed: text,
    root: textOrNull,
    keys: list(text),
    witnesses: list(object({ key: text, signed: text, reason: textOrNull })),
  }),
  InclusionProof: object({ position: text, index: number, leafHash: text, hashes: list(text), checkpoint: text }),
  ConsistencyProof: object({ first: number, second: number, hashes: list(text) }),
  Problem: object(
    {
      type: text,
      title: text,
      status: number,
      detail: text,
      instance: text,
      errors: list(
        object({ pointer: text, parameter: text, header: text, rule: text, message: text }, [
          'pointer',
          'parameter',
          'header',
        ]),
      ),
    },
    ['errors'],
  ),
  CommandResult: object({
    commandId: text,
    stream: text,
    revision: number,
    position: textOrNull,
    events: list(object({ eventId: text, type: text, revision: number })),
    warnings: list(warningSchema),
    repeated: flag,
  }),
  LineAnswer: object({ line: number, result: ref('CommandResult'), problem: ref('Problem') }, ['result', 'problem']),
  Stream: object({ stream: text, knownAt, revision: number, events: list(ref('Event')) }),
  CloudEvent: object(
    {
      specversion: { const: '1.0' },
      id: text,
      source: { type: 'string', format: 'uri' },
      type: text,
      subject: text,
      time: { type: 'string', format: 'date-time' },
      datacontenttype: { const: 'application/json' },
      dataschema: { type: 'string', format: 'uri' },
      position: text,
      revision: number,
      correlationid: text,
      causationid: text,
      traceparent: text,
      deliveryattempt: number,
      data: ref('Event'),
    },
    ['traceparent', 'deliveryattempt'],
  ),
  FeedCaughtUp: object({ position: text }),
  FeedDropped: object(dropped),
  FeedLine: {
    anyOf: [
      object({ feed: { enum: ['opened', 'caught-up', 'heartbeat'] }, position: text }),
      object({ feed: { const: 'dropped' }, ...dropped }),
    ],
  },
  ConsumerGroup: object({
    group: text,
    filter: { type: 'object' },
    from: { enum: GROUP_BEGINNINGS },
    maxRetries: number,
    ackTimeoutSeconds: number,
    workers: number,
    inFlight: number,
    parked: number,
    lag: { anyOf: [object({ events: number, seconds: { type: 'number' } }), { type: 'null' }] },
  }),
  ConsumerGroups: object({ groups: list(ref('ConsumerGroup')) }),
  GroupLine: {
    anyOf: [
      object({ feed: { const: 'joined' }, worker: text }),
      object({ feed: { const: 'heartbeat' }, position: text }),
      object({ feed: { const: 'dropped' }, ...dropped }),
    ],
  },
  GroupJoined: object({ worker: text }),
  Answered: object({ unknown: list(text) }),
  Parked: object({ parked: list(object({ reason: text, parkedAt: text, event: ref('Event') })) }),
  SchemaIndex: object({
    events: list(object({ name: text, schemaVersion: number, id: text, url: text, command: text })),
    commands: list(object({ name: text, schemaVersion: number, id: text, url: text, event: text })),
  }),
  Events: object({ knownAt, events: list(ref('Event')), next: textOrNull }),
  Relationship: object({
    ...resolved,
    pair: text,
    parties: list(party),
    records: number,
    stage: { enum: STAGES },
    flags,
    reasons: list(text),
    agreements: list(
      object({
        agreementId: text,
        title: localizedOrNull,
        titleIsDescriptive: flag,
        instrumentType: textOrNull,
        status: textOrNull,
        standing: standingOrNull,
        signedOn: textOrNull,
        areas: list(text),
        consentPending: list(text),
        provisionallyApplied: flag,
        denunciationPending: flag,
        lastDay: textOrNull,
        endedOn: textOrNull,
        disputed: flag,
      }),
    ),
    mechanisms: list(
      object({
        mechanismId: text,
        name: localizedOrNull,
        status: textOrNull,
        standing: standingOrNull,
        sessions: number,
      }),
    ),
    visits: object({
      count: number,
      byDirection: { type: 'object', additionalProperties: number },
      last: list(object({ visitId: text, visitor: text, host: text, occurredOn: textOrNull })),
    }),
    meetings: object({ count: number }),
    exercises: object({ count: number }),
    areas: list(object({ code: text, agreementIds: list(text) })),
    openDisputes: list(dispute),
    possible: list(factSummary),
    unsupported: list(factSummary),
    coverageFrom: textOrNull,
    representation: { type: 'object', additionalProperties: text },
  }),
  RelationshipItem: object({ pair: text, parties: list(party), stage: { enum: STAGES }, flags, records: number }),
  RelationshipPage: page('RelationshipItem', { dormantAfterMonths: number }),
  // The fields of its category are beside these. A party that is built in has none but the revision.
  Record: object({ stream: text, revision: number, listed: flag, pairs: list(text) }, ['stream', 'listed', 'pairs']),
  RecordPage: page('Record'),
  SearchItem: object({
    stream: text,
    category: { enum: CATEGORIES },
    id: text,
    url: text,
    title: localizedOrNull,
    titleIsDescriptive: flag,
    pairs: list(text),
    withdrawn: flag,
    rank: { enum: RANKS },
    matches: list(
      object({
        eventId: textOrNull,
        type: textOrNull,
        stream: textOrNull,
        path: text,
        language: textOrNull,
        kind: { enum: TEXT_KINDS },
        text,
        spans: list({ ...list(number), description: 'start and end in UTF-16 code units' }),
        occurredOn: textOrNull,
        endedOn: textOrNull,
        standing: standingOrNull,
        disputed: flag,
      }),
    ),
    more: flag,
  }),
  SearchPage: object({ q: text, ...resolved, items: list(ref('SearchItem')), next: textOrNull }),
  ReviewItem: object({
    kind: { enum: REVIEW_KINDS },
    ...workItem,
    disputeEventId: textOrNull,
    path: textOrNull,
    others: list(
      object({
        stream: text,
        title: localizedOrNull,
        titleIsDescriptive: flag,
        earliest: textOrNull,
        latest: textOrNull,
      }),
    ),
    more: flag,
  }),
  ReviewPage: page('ReviewItem'),
  DueItem: object({
    kind: { enum: DUE_KINDS },
    when: { enum: DUE_WHENS },
    from: textOrNull,
    by: textOrNull,
    plannedFor: textOrNull,
    since: textOrNull,
    awaited: list(text),
    ...workItem,
  }),
  UpcomingPage: object({ ...resolved, within: text, until: text, items: list(ref('DueItem')), next: textOrNull }),
  RefusedPage: object({
    items: list(
      object({
        number,
        refusedAt: text,
        actor: text,
        correlationId: textOrNull,
        commandId: textOrNull,
        type: text,
        data: {},
        kind: { enum: ['malformed', 'not-found', 'conflict', 'too-large', 'id-reused', 'stale-revision'] },
        reason: text,
        problems: list({ type: 'object' }),
      }),
    ),
    next: textOrNull,
  }),
  LatePage: object({
    ...resolved,
    days: number,
    items: list(object({ ...recordFact, lateBy: object({ atLeast: number, atMost: { type: ['integer', 'null'] } }) })),
    next: textOrNull,
  }),
  Diff: object({
    pair: text,
    parties: list(party),
    minimumStanding: { enum: STANDINGS },
    from: axesPoint,
    to: axesPoint,
    changes: list(
      object(
        {
          path: { ...text, description: 'JSON Pointer; an item of a list is named by its id' },
          before: { description: 'left out where there was no such field' },
          after: { description: 'left out where there is none any more' },
          cause: { enum: CAUSES },
          byTime: flag,
          events: list(eventRef),
        },
        ['before', 'after'],
      ),
    ),
  }),
  Blame: object(
    {
      ...resolved,
      pair: text,
      stream: text,
      fields: list(
        object(
          {
            path: { ...text, description: 'JSON Pointer into the view' },
            value: {},
            event: eventOrNull,
            reason: textOrNull,
            restores: eventOrNull,
            evidence: list(citedSource),
            before: { description: 'left out where there was no such field' },
          },
          ['before'],
        ),
      ),
    },
    ['pair', 'stream'],
  ),
  HistoryEntry: object({
    eventId: text,
    type: text,
    stream: text,
    record: text,
    position: number,
    revision: number,
    recordedAt: text,
    occurredOn: textOrNull,
    endedOn: textOrNull,
    earliest: textOrNull,
    latest: textOrNull,
    when: { type: ['string', 'null'], enum: ['happened', 'possible', 'later', null] },
    standing: standingOrNull,
    evidence: list(citation),
    data: { type: 'object' },
    corroborations: list(text),
    corrections: list(text),
    disputes: list(dispute),
    retractedBy: textOrNull,
    warnings: list(warningSchema),
  }),
  History: object(
    {
      ...resolved,
      pair: text,
      stream: text,
      parties: list(party),
      order: { enum: HISTORY_ORDERS },
      entries: list(ref('HistoryEntry')),
      next: textOrNull,
    },
    ['pair', 'stream'],
  ),
};
