import { eventSchema, eventSchemaUri } from '../domain/event-schema.js';
import { EVENT_TYPES } from '../domain/registry.js';
import { type JsonSchema, schemaOf } from '../domain/shape/json-schema.js';
import { TYPE_PREFIX } from '../subscriptions/cloud-event.js';
import { LINES, SSE } from '../subscriptions/feed-format.js';
import { answerSchemas } from './answer-schemas.js';
import { GROUPS_PATH } from './consumer-groups.controller.js';
import { FEED_PATH, LAST_EVENT_ID } from './feed.controller.js';
import { FeedParams } from './queries/feed-params.js';
import { WorkerParams } from './queries/group-params.js';

export const ASYNCAPI_PATH = '/asyncapi.json';

const ref = (kind: 'schemas' | 'messages', name: string) => ({ $ref: `#/components/${kind}/${name}` });
const CHANNEL = 'events';
const GROUP_CHANNEL = 'group';

/** What the feed says of itself. */
const CONTROLS = {
  caughtUp: ['caught-up', 'All that was recorded when it was opened has been told', 'FeedCaughtUp'],
  dropped: ['dropped', 'It ends, and why', 'FeedDropped'],
  joined: ['joined', 'To a worker of a consumer group: what it is called when it answers', 'GroupJoined'],
  groupLine: ['feed', 'What the feed of a group says of itself as a line', 'GroupLine'],
  line: ['feed', `What it says of itself as a line, with \`Accept: ${LINES.mediaType}\``, 'FeedLine'],
} as const;

const FEED = `\`GET ${FEED_PATH}\`: Server-Sent Events (\`${SSE.mediaType}\`), each \`data\` a CloudEvent 1.0, or, with
\`Accept: ${LINES.mediaType}\`, a JSON object a line. First what is recorded, then what comes, once and in order.
docs/feed.md tells what a client should know.`;

const GROUP = `\`GET ${GROUPS_PATH}/{group}/events\`: the same for the workers of a group, each event to one of them, again until
one acknowledges it. docs/consumer-groups.md tells the rest.`;

/** The AsyncAPI description of the live feed: a message for each type of event, from the tables that it works by. */
export function asyncApi() {
  const { CloudEvent, FeedCaughtUp, FeedDropped, FeedLine, GroupJoined, GroupLine } = answerSchemas;
  const schemas: Record<string, JsonSchema> = {};
  const components = { schemas, refTo: (name: string) => `#/components/schemas/${name}` };
  const eventMessages = EVENT_TYPES.map((type) => [
    type,
    {
      name: TYPE_PREFIX + type,
      title: type,
      contentType: 'application/cloudevents+json',
      payload: cloudEventOf(CloudEvent!, type, eventSchema(type, components)),
    },
  ]);
  const controls = Object.entries(CONTROLS).map(([key, [name, summary, schema]]) => [
    key,
    { name, summary, contentType: 'application/json', payload: ref('schemas', schema) },
  ]);
  const messages = Object.fromEntries([...eventMessages, ...controls]) as Record<string, object>;
  const params = schemaOf(FeedParams, components);
  const refs = (...not: string[]) =>
    Object.fromEntries(
      Object.keys(messages)
        .filter((name) => !not.includes(name))
        .map((name) => [name, ref('messages', name)]),
    );
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Mithaq',
      version: '1',
      description: 'The live feed of an event-sourced ledger of what states agree on and do together.',
    },
    defaultContentType: 'application/json',
    channels: {
      [CHANNEL]: {
        address: FEED_PATH,
        description: FEED,
        messages: refs('joined', 'groupLine'),
      },
      [GROUP_CHANNEL]: {
        address: `${GROUPS_PATH}/{group}/events`,
        description: GROUP,
        parameters: { group: { description: 'The name of the group' } },
        messages: refs('caughtUp', 'line'),
      },
    },
    operations: {
      followEvents: {
        action: 'send',
        channel: { $ref: `#/channels/${CHANNEL}` },
        summary: `Every event, after the position in \`after\` or, where it is there, in \`${LAST_EVENT_ID}\``,
        bindings: { http: { method: 'GET', query: params, bindingVersion: '0.3.0' } },
      },
      workForGroup: {
        action: 'send',
        channel: { $ref: `#/channels/${GROUP_CHANNEL}` },
        summary: 'The events that are dealt to a worker',
        bindings: { http: { method: 'GET', query: schemaOf(WorkerParams, components), bindingVersion: '0.3.0' } },
      },
    },
    components: {
      messages,
      schemas: { ...schemas, FeedCaughtUp, FeedDropped, FeedLine, GroupJoined, GroupLine },
    },
  };
}

/** The generic CloudEvent, of one type. */
function cloudEventOf(generic: JsonSchema, type: string, data: JsonSchema): JsonSchema {
  const { properties, ...rest } = generic as { properties: Record<string, JsonSchema> };
  const own = { type: { const: TYPE_PREFIX + type }, dataschema: { const: eventSchemaUri(type) }, data };
  return { ...rest, properties: { ...properties, ...own } };
}
