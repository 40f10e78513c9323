import { canonicalPair } from '../../domain/values/pair.js';
import { EventIds, One, OneOf, Optional, Text, Whole } from '../../domain/shape/rules.js';
import { NACK_ACTIONS, type NackAction } from '../../event-store/persistent-subscriptions.js';
import { GROUP_BEGINNINGS, type GroupDefinition } from '../../subscriptions/consumer-groups.js';
import { valuesOf } from '../../subscriptions/feed-filter.js';
import { FeedFilterParams } from './feed-params.js';
import { Count, MAX_PAGE } from './params.js';

/** EventStoreDB takes any; this one needs no encoding anywhere. */
export const GROUP_NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** As EventStoreDB has them where it is told nothing else. */
const DEFAULTS = { from: 'start', maxRetries: 10, ackTimeoutSeconds: 30 } as const;

/** What a group is made with. All of it may be left out: then it is of every event, from the first one on. */
export class ConsumerGroupBody {
  @Optional() @One(() => FeedFilterParams) filter?: FeedFilterParams;
  @Optional() @OneOf(GROUP_BEGINNINGS) from?: GroupDefinition['from'];
  @Optional() @Whole(0, 1000) maxRetries?: number;
  @Optional() @Whole(1, 3600) ackTimeoutSeconds?: number;
}

/** The same said in one way only, so that two of them can be compared. */
export function groupDefinition({ filter = {}, ...rest }: ConsumerGroupBody): GroupDefinition {
  const { minimumStanding, ...fields } = filter;
  const lists = Object.entries(fields).map(([field, given]) => {
    const values = valuesOf(given as string[]).map((value) => (field === 'pair' ? canonicalPair(value)! : value));
    return [field, [...new Set(values)].sort()];
  });
  return {
    ...DEFAULTS,
    ...rest,
    filter: { ...(Object.fromEntries(lists) as object), ...(minimumStanding !== undefined && { minimumStanding }) },
  };
}

const MAX_IDS = 1000;

/** Events that a worker has handled. */
export class AcksBody {
  @EventIds(1, MAX_IDS) ids!: string[];
}

/** Events that it has not. */
export class NacksBody extends AcksBody {
  @OneOf(NACK_ACTIONS) action!: NackAction;
  @Text(1000) reason!: string;
}

/** How many events a worker may have unanswered. */
export class WorkerParams {
  @Optional() @Count(1000) buffer?: string;
}

export class ParkedParams {
  @Optional() @Count(MAX_PAGE) limit?: string;
}
