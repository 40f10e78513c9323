import type { EventData, ExpectedRevision } from './event-store.js';

/**
 * What every event store refuses before it looks at the stream, so that what one takes the others take too.
 * @throws RangeError
 */
export function checkAppend(stream: string, events: readonly EventData[], expected: ExpectedRevision): void {
  checkName('stream', stream);
  if (events.length === 0) throw new RangeError('There is nothing to append');
  if (typeof expected === 'number') checkRevision(expected);
  for (const { id, type } of events) {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) {
      throw new RangeError(`"${id}" is not a lower-case UUID`);
    }
    checkName('type', type);
  }
}

/** Whether a stream or a type can have this name: it has to come back as it was. */
export function isName(name: string): boolean {
  return name !== '' && !name.includes('\0') && !/\p{Surrogate}/u.test(name);
}

/** @throws RangeError */
export function checkRevision(revision: number): void {
  if (!Number.isSafeInteger(revision) || revision < 0) throw new RangeError(`${revision} is not a revision`);
}

/** The count to read, Infinity if none is given. @throws RangeError */
export function checkMaxCount(maxCount = Infinity): number {
  const valid = maxCount === Infinity || (Number.isSafeInteger(maxCount) && maxCount > 0);
  if (!valid) throw new RangeError(`${maxCount} is not a count of events`);
  return maxCount;
}

function checkName(what: string, name: string): void {
  if (!isName(name)) throw new RangeError(`${JSON.stringify(name)} can not be the name of a ${what}`);
}
