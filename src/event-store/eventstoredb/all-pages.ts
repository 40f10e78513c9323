import { BACKWARDS, END, FORWARDS, type Position as NativePosition, START } from '@eventstore/db-client';
import { checkMaxCount } from '../checks.js';
import { InvalidPosition, type ReadAllOptions, type StoredEvent, StoreUnavailable } from '../event-store.js';
import { isUnknown } from './errors.js';
import { PAGE, type PageReader } from './page-reader.js';
import { compare, fromToken } from './position.js';
import { isSystemStream, toStoredEvent } from './stored-event.js';

/**
 * Reads `$all` without the server's own streams. This version of the client can't filter such a read on the server, so
 * the events of other streams come over the wire and are dropped here.
 */
export async function* readAllPages(
  reader: PageReader,
  options: ReadAllOptions,
): AsyncGenerator<StoredEvent, void, undefined> {
  const { streamPrefixes } = options;
  const backwards = options.direction === 'backwards';
  const given = options.fromPosition === undefined ? undefined : fromToken(options.fromPosition);
  let left = checkMaxCount(options.maxCount);
  let last: NativePosition | undefined;
  const passes = (stream: string) =>
    !isSystemStream(stream) && (!streamPrefixes || streamPrefixes.some((prefix) => stream.startsWith(prefix)));

  for (;;) {
    // Forwards a position is inclusive, so a page after the first begins with the event that ended the one before.
    const repeated = last && !backwards ? 1 : 0;
    const count = (streamPrefixes ? PAGE : Math.min(left, PAGE)) + repeated;
    const fromPosition = last ?? given ?? (backwards ? END : START);
    const page = await reader
      .page('read of $all', (client) =>
        client.readAll({ direction: backwards ? BACKWARDS : FORWARDS, fromPosition, maxCount: count }),
      )
      .catch((error: unknown) => {
        const noPosition = !last && options.fromPosition !== undefined && isFromNowhere(error);
        throw noPosition ? new InvalidPosition(options.fromPosition) : error;
      });
    for (const event of page) {
      if (last && compare(event.position, last) === 0) continue;
      if (!passes(event.streamId)) continue;
      yield toStoredEvent(event);
      if (--left === 0) return;
    }
    last = page.at(-1)?.position;
    if (!last || page.length < count) return;
  }
}

function isFromNowhere(error: unknown): boolean {
  return error instanceof StoreUnavailable && isUnknown(error.cause);
}
