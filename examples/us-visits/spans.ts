import { parsePartialDate } from '../../src/domain/values/partial-date.js';

/** Days from and to which something holds, both inclusive; left out: without end. */
export interface Span {
  readonly from?: string;
  readonly until?: string;
}

/** Whether it may hold on a date. @param day a partial date (EDTF), or null where it is unknown: then it may */
export function mayHold({ from, until }: Span, day: string | null): boolean {
  const { earliest, latest } = parsePartialDate(day ?? '') ?? { earliest: null, latest: null };
  return !(from && latest && latest < from) && !(until && earliest && earliest > until);
}
