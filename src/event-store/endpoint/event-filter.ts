import type { StoredEvent } from '../event-store.js';
import { streams } from './definitions.js';
import { InvalidRequest } from './errors.js';

type Options = InstanceType<typeof streams.ReadReq.Options>;

/** Events that one call of EventStoreDB looks through before it says how far it has come, if the client does not say. */
const SEARCH_WINDOW = 32;

/** Which events of `$all` are wanted. */
export interface EventFilter {
  passes(event: StoredEvent): boolean;
  /** Where the filter is nothing but these: the store can do it. */
  readonly streamPrefixes?: readonly string[];
  /** A subscription says how far it has come each time it has looked at so many events. */
  readonly checkpointInterval: number;
}

/** @throws InvalidRequest */
export function eventFilter(options: Options): EventFilter | undefined {
  const filter = options.getFilter();
  if (!filter) return undefined;
  const byType = filter.getEventType();
  const expression = byType ?? filter.getStreamIdentifier();
  if (!expression) throw new InvalidRequest('A filter is of stream names or of event types');
  const matches = matcher(expression.getRegex(), expression.getPrefixList());
  return {
    passes: (event) => matches(byType ? event.type : event.stream),
    ...(byType || expression.getRegex() ? {} : { streamPrefixes: expression.getPrefixList() }),
    checkpointInterval: (filter.getMax() || SEARCH_WINDOW) * (filter.getCheckpointintervalmultiplier() || 1),
  };
}

function matcher(regex: string, prefixes: readonly string[]): (name: string) => boolean {
  if (!regex) {
    if (prefixes.length === 0) throw new InvalidRequest('A filter needs a prefix or an expression');
    return (name) => prefixes.some((prefix) => name.startsWith(prefix));
  }
  try {
    const expression = new RegExp(regex);
    return (name) => expression.test(name);
  } catch (cause) {
    throw new InvalidRequest((cause as Error).message, { cause });
  }
}
