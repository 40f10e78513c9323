import type { Position } from '../event-store.js';
import { streams } from './definitions.js';
import { InvalidRequest } from './errors.js';
import { type EventFilter, eventFilter } from './event-filter.js';
import { streamName, toNumber } from './fields.js';

type Request = InstanceType<typeof streams.ReadReq>;
type Options = InstanceType<typeof streams.ReadReq.Options>;

/** Where to begin: at an end, or at a revision or a position. */
export type From<T> = 'start' | 'end' | T;

/** What is read: one stream, or all. */
export type Source =
  | { readonly stream: string; readonly from: From<number> }
  | { readonly stream?: never; readonly from: From<Position>; readonly filter: EventFilter | undefined };

/** A call of Read, understood. */
export interface ReadRequest {
  readonly source: Source;
  readonly direction: 'forwards' | 'backwards';
  /** How many events to give; a subscription has no count, and no end. */
  readonly count: number | 'subscription';
  /** Whether ids are wanted as two numbers. */
  readonly structuredIds: boolean;
}

/** @throws InvalidRequest */
export function readRequest(request: Request): ReadRequest {
  const options = request.getOptions();
  if (!options) throw new InvalidRequest('The options are missing');
  const backwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
  return {
    source: source(options),
    direction: backwards ? 'backwards' : 'forwards',
    count: options.hasSubscription() ? 'subscription' : toNumber(options.getCount()),
    structuredIds: options.getUuidOption()?.hasStructured() ?? false,
  };
}

function source(options: Options): Source {
  const one = options.getStream();
  if (one) {
    const from = one.hasEnd() ? 'end' : one.hasStart() ? 'start' : toNumber(one.getRevision());
    return { stream: streamName(one.getStreamIdentifier()), from };
  }
  const all = options.getAll();
  if (!all) throw new InvalidRequest('A read is of a stream or of all');
  const commit = all.getPosition()?.getCommitPosition() ?? '0';
  // Positions of a ledger begin at 1, so 0 is the start.
  const from = all.hasEnd() ? 'end' : commit === '0' ? 'start' : commit;
  return { from, filter: eventFilter(options) };
}
