import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { CommandLine } from '../commands/bulk/command-line.js';
import { COMMAND_CLASSES } from '../commands/command-classes.js';
import { MAX_TEXT_BYTES } from '../commands/parse-command.js';
import { plural } from '../domain/event.js';
import { anyEventSchema } from '../domain/event-schema.js';
import { COMMAND_TYPES } from '../domain/registry.js';
import type { Shape } from '../domain/shape/check-shape.js';
import { type JsonSchema, schemaOf } from '../domain/shape/json-schema.js';
import { answerSchemas } from './answer-schemas.js';
import { ASYNCAPI_PATH } from './asyncapi.js';
import { LINES, SSE } from '../subscriptions/feed-format.js';
import { GROUPS_PATH } from './consumer-groups.controller.js';
import { FEED_PATH, LAST_EVENT_ID } from './feed.controller.js';
import { LOG_PATH, TLOG_PATH, TLOG_PROOF } from './log.controller.js';
import { ACCEPT_DATETIME } from './memento.js';
import { PROBLEM_TYPES, type ProblemType } from './problems.js';
import { FeedParams } from './queries/feed-params.js';
import { ConsistencyParams } from './queries/log-params.js';
import { AcksBody, ConsumerGroupBody, NacksBody, ParkedParams, WorkerParams } from './queries/group-params.js';
import { REFUSED_PATH } from './refused-commands.controller.js';
import { RECORD_CATEGORIES } from './queries.controller.js';
import { EXPORTS } from './queries/exports.js';
import {
  BlameParams,
  DiffParams,
  EventListParams,
  HistoryParams,
  KnownParams,
  LateParams,
  ListParams,
  PartyListParams,
  RefusedParams,
  ReviewParams,
  SearchParams,
  TimeParams,
  UpcomingParams,
} from './queries/params.js';
import { BULK_PATH, NDJSON } from './request-bodies.js';
import { recordedBy, SCHEMA_KINDS, SCHEMA_TYPE, SCHEMAS_PATH } from './schemas.js';

const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });
const content = (schema: JsonSchema, type = 'application/json') => ({ content: { [type]: { schema } } });
const problems = (...types: ProblemType[]) =>
  Object.fromEntries(
    types.map((type) => {
      const { status, title, meaning } = PROBLEM_TYPES[type];
      return [status, { description: `${title}. ${meaning}`, ...content(ref('Problem'), 'application/problem+json') }];
    }),
  );

const header = (name: string, description: string, schema: JsonSchema = { type: 'string' }) => ({
  name,
  in: 'header' as const,
  description,
  schema,
});

function commandPath(name: string, records: string) {
  return {
    post: {
      tags: ['commands'],
      operationId: name,
      summary: `Records ${records}`,
      parameters: [
        header('Idempotency-Key', 'The command’s id. The same again gives the first answer; made if absent.'),
        header('If-Match', 'The stream’s revision as a strong entity tag: refused with 412 if it has moved on.'),
        header('X-Correlation-Id', 'Ties commands together.'),
        { name: 'dryRun', in: 'query', description: 'Decide and record nothing.', schema: { type: 'boolean' } },
      ],
      requestBody: { required: true, ...content(ref(name)) },
      responses: {
        201: {
          description: 'Recorded, now or when it first came.',
          headers: {
            ETag: { schema: { type: 'string' }, description: 'The stream’s revision.' },
            Location: { schema: { type: 'string' } },
            'Idempotency-Key': { schema: { type: 'string' } },
          },
          ...content(ref('CommandResult')),
        },
        200: { description: 'A dry run: what would be recorded.', ...content(ref('CommandResult')) },
        ...problems(
          'malformed',
          'not-found',
          'rejected',
          'stale-revision',
          'too-large',
          'unsupported-media-type',
          'key-reused',
          'unavailable',
        ),
      },
    },
  };
}

const BULK = `One command a line; blank lines are passed over. A line of the answer for each, in order, while more are still
being sent: read it as you send, or both wait. Each is decided on what the lines before it recorded. One that is refused
stops no other. After a 503 nothing more of the request is recorded: send it again, whole or from that line on. What was
recorded is then repeated, and appends nothing. There is no limit to the whole; a line is at most ${MAX_TEXT_BYTES} bytes.`;

const bulkPath = {
  [BULK_PATH]: {
    post: {
      tags: ['commands'],
      operationId: 'executeLines',
      summary: 'Records many commands, one a line',
      description: BULK,
      parameters: [header('X-Correlation-Id', 'Ties all of them together.')],
      requestBody: { required: true, description: 'Each line.', ...content(ref('CommandLine'), NDJSON) },
      responses: {
        200: { description: 'Each line: what became of a line that was sent.', ...content(ref('LineAnswer'), NDJSON) },
        ...problems('malformed', 'unsupported-media-type'),
      },
    },
  },
};

const PARAMETERS: Readonly<Record<string, string>> = {
  asOf: 'As it was true on this day; default today (UTC).',
  knownAt: 'As it was known: a position (digits) or a time (RFC 3339); default all.',
  minimumStanding: 'Only facts that stand at least so well.',
  minPosition: 'Wait until the view holds this position (from a command’s answer); with Prefer: wait=seconds.',
  limit: 'Items on a page.',
  cursor: 'From the last page’s `next`; pins the page to the point where the list began.',
  order: 'As things happened, or as they came to be known.',
  from: 'From this point on both axes, `asOf@knownAt`; either may be left out, and has its default: `2024-12-31@12`.',
  to: 'To this point; default `@`: today, all that is known.',
  path: 'Only this field and what is in it: a JSON Pointer into the view.',
  days: 'Recorded more than so many days after it happened, for certain; default 30.',
  after: 'Events after this position.',
  before: 'Those before this number.',
  first: 'The earlier size of the log: a position.',
  second: 'The later size; default all that is sealed.',
  name: 'Any name of a party, in any script and spelling.',
  q: 'Any part of a text, in any script and spelling; shorter than three letters, the beginning of a word.',
  kind: 'Only this kind; of a search, only texts about persons or places, or only records of a category.',
  pair: 'Only records of this pair.',
  party: 'Only records of this party, and the party.',
  within: 'How far ahead from `asOf`: a period (ISO 8601) of days, weeks, months or years; default P90D.',
  category: 'Only events of these categories of streams.',
  stream: 'Only events of these streams.',
  type: 'Only events of these types.',
  buffer: 'How many events it may have that it has not answered; default 10.',
  when: 'Only what is overdue, only what is to come, or only what has no last day.',
};

const anObject = content({ type: 'object' });

/** A GET that takes no parameters but those in its path. @param answer its content */
const plain = (path: string, summary: string, answer: object, ...others: ProblemType[]) => ({
  [path]: {
    get: {
      tags: ['service'],
      summary,
      parameters: pathParameters(path),
      responses: { 200: { description: summary, ...answer }, ...problems(...others) },
    },
  },
});

const pathParameters = (path: string) =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name: name!,
    in: 'path' as const,
    required: true,
    schema: { type: 'string' },
  }));

function queryParameters(params: Shape) {
  const { properties, required } = schemaOf(params, { schemas: {}, refTo: () => '' }) as {
    properties: Record<string, JsonSchema>;
    required: readonly string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query' as const,
    description: PARAMETERS[name] ?? name,
    ...(required.includes(name) && { required: true }),
    ...(schema['type'] === 'array' && { style: 'form' as const, explode: false }),
    schema,
  }));
}

const WAIT = header('Prefer', 'How long to wait for `minPosition`: `wait=seconds`.');

function query(path: string, summary: string, params: Shape, answer: JsonSchema, type?: string) {
  return { [path]: { get: queryOperation(path, summary, params, content(answer, type)) } };
}

function queryOperation(path: string, summary: string, params: Shape, answer: object, ...headers: object[]) {
  const inPath = pathParameters(path);
  return {
    tags: ['queries'],
    summary,
    parameters: [...inPath, ...queryParameters(params), WAIT, ...headers],
    responses: {
      200: { description: summary, ...answer },
      ...problems('malformed', 'unavailable', ...(inPath.length > 0 ? (['not-found'] as const) : [])),
    },
  };
}

const AT = `As it was known at this time, instead of \`knownAt\`, beside which it is passed over: RFC 7089, Memento.`;
const MEMENTO_HEADERS = {
  'Memento-Datetime': 'Since when all was known that is in it; where what is answered never changes.',
  'Content-Location': 'Where that is answered.',
  Link: 'The view’s own URL, which negotiates (`original timegate`), and that of the `memento`.',
  Vary: 'Where it negotiates.',
};

/** A view, which negotiates the time. */
function view(path: string, summary: string, schema: string) {
  const headers = Object.fromEntries(
    Object.entries(MEMENTO_HEADERS).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  );
  const answer = { headers, ...content(ref(schema)) };
  return { [path]: { get: queryOperation(path, summary, TimeParams, answer, header(ACCEPT_DATETIME, AT)) } };
}

const FEED = `First what is recorded, then what comes, in order, without an end. It begins after \`after\`, or, where it is there,
after the header \`${LAST_EVENT_ID}\`. The parameters that take several values may also be repeated: an event must match
one value of each parameter that is given. docs/feed.md tells what a client should know.`;

/** What a feed sends. @param line what it says of itself as a line @param others the same as Server-Sent Events */
const messages = (line: string, ...others: string[]) => ({
  description: `Each message: the \`data\` of a Server-Sent Event, or with \`Accept: ${LINES.mediaType}\` a line.`,
  content: {
    [SSE.mediaType]: { schema: { anyOf: [ref('CloudEvent'), ...others.map(ref)] } },
    [LINES.mediaType]: { schema: { anyOf: [ref('CloudEvent'), ref(line)] } },
  },
});

const feedPath = {
  [FEED_PATH]: {
    get: {
      tags: ['queries'],
      operationId: 'followEvents',
      summary: 'The live feed: every event, once and in order, as CloudEvents',
      description: FEED,
      parameters: [
        ...queryParameters(FeedParams),
        header(LAST_EVENT_ID, 'The last `id` that was seen: a position.', { type: 'string', pattern: '^\\d{1,15}$' }),
      ],
      responses: {
        200: messages('FeedLine', 'FeedCaughtUp', 'FeedDropped'),
        ...problems('malformed', 'unavailable'),
      },
    },
  },
};

const group = pathParameters('{group}');

/** An operation of consumer groups. @param answer what 200, 201, 202 or 204 says */
const groupOperation = <P extends object>(
  operationId: string,
  summary: string,
  parameters: P[],
  responses: Readonly<Record<number, { readonly description: string; readonly content?: object }>>,
  { body, also = [] }: { readonly body?: string; readonly also?: readonly ProblemType[] } = {},
) => ({
  tags: ['consumer groups'],
  operationId,
  summary,
  parameters,
  ...(body !== undefined && { requestBody: { ...content(ref(body)) } }),
  responses: { ...responses, ...problems(...also, 'unavailable') },
});

const told = (description: string, schema: string) => ({ description, ...content(ref(schema)) });

const groupPaths = {
  [GROUPS_PATH]: {
    get: groupOperation('listConsumerGroups', 'The consumer groups', [], { 200: told('By name', 'ConsumerGroups') }),
  },
  [`${GROUPS_PATH}/{group}`]: {
    get: groupOperation(
      'getConsumerGroup',
      'A consumer group: what it is, who works for it, how far it is behind',
      group,
      { 200: told('The group', 'ConsumerGroup') },
      { also: ['not-found'] },
    ),
    put: groupOperation(
      'createConsumerGroup',
      'Makes a consumer group; the same again changes nothing',
      group,
      { 201: told('It was made', 'ConsumerGroup'), 200: told('It is there, as the same', 'ConsumerGroup') },
      { body: 'ConsumerGroupBody', also: ['malformed', 'rejected'] },
    ),
    delete: groupOperation(
      'deleteConsumerGroup',
      'Deletes a consumer group, with what it has parked; its workers are dropped',
      group,
      { 204: { description: 'It is gone' } },
      { also: ['not-found'] },
    ),
  },
  [`${GROUPS_PATH}/{group}/events`]: {
    get: groupOperation(
      'joinConsumerGroup',
      'Works for a group: the events that are dealt to this worker, to be acknowledged one by one or together',
      [...group, ...queryParameters(WorkerParams)],
      {
        200: messages('GroupLine', 'GroupJoined', 'FeedDropped'),
      },
      { also: ['malformed', 'not-found'] },
    ),
  },
  ...Object.fromEntries(
    [
      ['acks', 'acknowledge', 'AcksBody', 'These events were handled'] as const,
      [
        'nacks',
        'refuse',
        'NacksBody',
        'These events were not handled: try them again, park them, or pass them over',
      ] as const,
    ].map(([path, operationId, body, summary]) => [
      `${GROUPS_PATH}/{group}/workers/{worker}/${path}`,
      {
        post: groupOperation(
          operationId,
          summary,
          pathParameters('{group}{worker}'),
          { 200: told('Taken, but for those that the worker does not hold, or no more', 'Answered') },
          { body, also: ['malformed', 'not-found'] },
        ),
      },
    ]),
  ),
  [`${GROUPS_PATH}/{group}/parked`]: {
    get: groupOperation(
      'parkedEvents',
      'What a group has parked, the oldest first, and why',
      [...group, ...queryParameters(ParkedParams)],
      { 200: told('Parked', 'Parked') },
      { also: ['malformed', 'not-found'] },
    ),
  },
  [`${GROUPS_PATH}/{group}/parked/replay`]: {
    post: groupOperation(
      'replayParked',
      'Deals out again all that is parked',
      group,
      { 202: told('The group; it is parked until it is handled', 'ConsumerGroup') },
      { also: ['not-found'] },
    ),
  },
};

const readiness = {
  '/health/ready': {
    get: {
      tags: ['service'],
      summary: 'Whether the store can be read and every view goes on; else what does not, and why',
      responses: {
        200: { description: 'All go on', ...anObject },
        503: { description: 'Something does not', ...anObject },
      },
    },
  },
};

const rebuilding = {
  '/v1/projections/{name}/rebuild': {
    post: {
      tags: ['service'],
      operationId: 'rebuild',
      summary: 'Makes a projection anew; the old one answers until then. Readiness tells how far it is',
      parameters: pathParameters('{name}'),
      responses: {
        202: { description: 'It has begun', headers: { Location: { schema: { type: 'string' } } }, ...anObject },
        ...problems('not-found', 'unavailable'),
      },
    },
  },
};

const aText = (type: string) => content({ type: 'string' }, type);
const bytes = content({ type: 'string', format: 'binary' }, 'application/octet-stream');

const logPaths = {
  ...plain(
    LOG_PATH,
    'The transparency log: how far the ledger is sealed, and by whom',
    content(ref('Log')),
    'not-found',
  ),
  ...plain(
    `${LOG_PATH}/entries/{position}`,
    'The bytes that an event’s leaf was made of',
    content({ type: 'object' }),
    'not-found',
    'unavailable',
  ),
  ...plain(
    `${LOG_PATH}/entries/{position}/proof`,
    `That an event is in the log; with \`Accept: ${TLOG_PROOF}\` as a C2SP tlog-proof`,
    { content: { ...content(ref('InclusionProof')).content, ...aText(TLOG_PROOF).content } },
    'not-found',
    'unavailable',
  ),
  ...query(
    `${LOG_PATH}/consistency`,
    'That what was sealed once is the beginning of what was sealed later',
    ConsistencyParams,
    ref('ConsistencyProof'),
  ),
  ...plain(`${TLOG_PATH}/checkpoint`, 'The log’s checkpoint, a C2SP signed note', aText('text/plain'), 'not-found'),
  ...plain(
    `${TLOG_PATH}/tile/{path}`,
    'A tile of the log, at its path of C2SP tlog-tiles, such as `0/x001/234` or `entries/x001/234.p/17`',
    bytes,
    'not-found',
  ),
};

const schemaPaths = {
  ...plain(SCHEMAS_PATH, 'The JSON Schemas of all events and commands', content(ref('SchemaIndex'))),
  ...SCHEMA_KINDS.map((kind) =>
    plain(
      `${SCHEMAS_PATH}/${kind}/{name}`,
      kind === 'events' ? 'The JSON Schema of an event' : 'The JSON Schema of a command’s data',
      content({ type: 'object' }, SCHEMA_TYPE),
      'not-found',
    ),
  ).reduce((all, some) => ({ ...all, ...some }), {}),
};

/** The OpenAPI description, from the tables that the ledger itself works by. */
export function openApi(): OpenAPIObject {
  const schemas: Record<string, JsonSchema> = { ...answerSchemas };
  const components = { schemas, refTo: (name: string) => `#/components/schemas/${name}` };
  schemas['CommandLine'] = schemaOf(CommandLine, components);
  for (const [name, shape] of COMMAND_CLASSES) schemas[name] = schemaOf(shape, components);
  for (const shape of [ConsumerGroupBody, AcksBody, NacksBody]) schemas[shape.name] = schemaOf(shape, components);
  schemas['Event'] = anyEventSchema(components);
  const records = RECORD_CATEGORIES.map((category) => ({
    ...query(`/v1/${plural(category)}`, `The ${plural(category)}`, ListParams, ref('RecordPage')),
    ...view(`/v1/${plural(category)}/{id}`, `One ${category}`, 'Record'),
    ...query(`/v1/${plural(category)}/{id}/history`, `The ${category}’s history`, HistoryParams, ref('History')),
    ...query(`/v1/${plural(category)}/{id}/blame`, `Who made each field of it what it is`, BlameParams, ref('Blame')),
  }));
  const exports = EXPORTS.map((name) =>
    query(
      `/v1/exports/${name}.csv`,
      `A table for statistics, ${name}: docs/exports.md tells its columns`,
      TimeParams,
      { type: 'string' },
      'text/csv',
    ),
  );
  const paths = {
    ...bulkPath,
    ...Object.fromEntries(
      [...COMMAND_TYPES].map(([n, type]) => [`/v1/commands/${n}`, commandPath(n, recordedBy(type))]),
    ),
    ...query('/v1/relationships', 'The pairs that have a record', ListParams, ref('RelationshipPage')),
    ...view('/v1/relationships/{pair}', 'What two parties have with each other', 'Relationship'),
    ...query('/v1/relationships/{pair}/history', 'How it came to be', HistoryParams, ref('History')),
    ...query(
      '/v1/relationships/{pair}/diff',
      'What differs between two points: because the world changed, or our knowledge',
      DiffParams,
      ref('Diff'),
    ),
    ...query('/v1/relationships/{pair}/blame', 'Who made each field of it what it is', BlameParams, ref('Blame')),
    ...records.reduce((all, some) => ({ ...all, ...some }), {}),
    ...query('/v1/parties', 'The parties, built in and registered', PartyListParams, ref('RecordPage')),
    ...view('/v1/parties/{code}', 'One party', 'Record'),
    ...query('/v1/parties/{code}/history', 'The party’s history', HistoryParams, ref('History')),
    ...query('/v1/parties/{code}/blame', 'Who made each field of it what it is', BlameParams, ref('Blame')),
    ...query(
      '/v1/search',
      'The records that a name, title or other text of theirs finds',
      SearchParams,
      ref('SearchPage'),
    ),
    ...query('/v1/review', 'What a person should look at, the newest first', ReviewParams, ref('ReviewPage')),
    ...query(
      '/v1/upcoming',
      'What is due, by date, and what was and has no outcome',
      UpcomingParams,
      ref('UpcomingPage'),
    ),
    ...query(
      REFUSED_PATH,
      'The commands that were refused lately, the latest first',
      RefusedParams,
      ref('RefusedPage'),
    ),
    ...query('/v1/late', 'What was recorded long after it happened, the newest first', LateParams, ref('LatePage')),
    ...query('/v1/streams/{stream}', 'A stream’s events, as recorded', KnownParams, ref('Stream')),
    ...query('/v1/events', 'All events in the order of the ledger', EventListParams, ref('Events')),
    ...feedPath,
    ...groupPaths,
    ...exports.reduce((all, some) => ({ ...all, ...some }), {}),
    ...logPaths,
    ...schemaPaths,
    ...plain(ASYNCAPI_PATH, 'The live feed’s AsyncAPI description', anObject),
    ...plain('/health/live', 'The process answers', anObject),
    ...readiness,
    ...plain('/metrics', 'Figures for Prometheus', content({ type: 'string' }, 'text/plain')),
    ...rebuilding,
    ...plain('/problems/{type}', 'What a problem type means', anObject, 'not-found'),
  };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Mithaq',
      version: '1',
      description: 'An event-sourced ledger of what states agree on and do together, with its evidence.',
    },
    paths,
    components: { schemas },
  };
}

/** Serves the description at /openapi.json and a page to try it on at /docs. */
export function serveOpenApi(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, openApi, { jsonDocumentUrl: 'openapi.json', yamlDocumentUrl: 'openapi.yaml' });
}
