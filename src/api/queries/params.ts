import { ValidateBy } from 'class-validator';
import { CATEGORIES, type Category } from '../../domain/event.js';
import { HISTORY_ORDERS, type HistoryOrder } from '../../domain/history/entries.js';
import { checkShape, type Problem, type Shape, toPlain } from '../../domain/shape/check-shape.js';
import { type FieldSchema, fieldSchemas, OneOf, Optional, PartyCode, Text } from '../../domain/shape/rules.js';
import { searchTerms } from '../../domain/search/search-terms.js';
import type { TextKind } from '../../domain/search/searchable-texts.js';
import { isDay } from '../../domain/values/day.js';
import { canonicalPair } from '../../domain/values/pair.js';
import { parsePeriod } from '../../domain/values/period.js';
import { STANDINGS, type Standing } from '../../domain/values/standing.js';
import { REVIEW_KINDS, type ReviewKind } from '../../domain/worklists/review.js';
import { DUE_KINDS, DUE_WHENS, type DueKind, type DueWhen } from '../../domain/worklists/upcoming.js';

const rule =
  (name: string, message: string, schema: FieldSchema, ok: (value: string) => boolean): PropertyDecorator =>
  (prototype, property) => {
    const validate = (v: unknown) => typeof v === 'string' && ok(v);
    ValidateBy({ name, validator: { validate, defaultMessage: () => message } })(prototype, property);
    fieldSchemas.set(prototype, String(property), schema);
  };

/** RFC 3339, with a zone. */
const RFC_3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;
export const isPositionText = (text: string): boolean => /^\d{1,15}$/.test(text);

const DayText = () => rule('day', 'must be a day, YYYY-MM-DD', { type: 'string', format: 'date' }, isDay);
const KnownAtText = () =>
  rule(
    'knownAt',
    'must be a position (digits) or a time with its zone (RFC 3339)',
    { type: 'string' },
    (v) => isPositionText(v) || (RFC_3339.test(v) && isDay(v.slice(0, 10)) && !Number.isNaN(Date.parse(v))),
  );
export const Count = (max: number): PropertyDecorator =>
  rule(
    'count',
    `must be a whole number from 1 to ${max}`,
    { type: 'integer', minimum: 1, maximum: max },
    (v) => /^\d{1,6}$/.test(v) && +v >= 1 && +v <= max,
  );
export const PositionText = (): PropertyDecorator =>
  rule('position', 'must be a position (digits)', { type: 'string', pattern: '^\\d{1,15}$' }, isPositionText);

const PairText = () =>
  rule(
    'pair',
    'must be two different party codes joined by -, such as MAR-PAK',
    { type: 'string' },
    (v) => canonicalPair(v) !== undefined,
  );
/** Longest that can be searched for, in UTF-16 code units. */
export const MAX_SEARCH = 200;
const SearchText = () =>
  rule(
    'search-text',
    `must be 1 to ${MAX_SEARCH} characters, with a letter or a digit among them`,
    { type: 'string', minLength: 1, maxLength: MAX_SEARCH },
    (v) => v.length <= MAX_SEARCH && searchTerms(v) !== undefined,
  );

const PeriodText = () =>
  rule(
    'period',
    'must be a period in days, weeks, months or years (ISO 8601), such as P90D, of a century at most',
    { type: 'string', pattern: '^P.+$' },
    (v) => parsePeriod(v) !== undefined,
  );

export const MAX_PAGE = 500;

/** `minPosition`: the view must have got there; the token is the store's, from a command's answer. */
export class WaitParams {
  @Optional() @Text(200) minPosition?: string;
}

/** What was known, and when. */
export class KnownParams extends WaitParams {
  @Optional() @KnownAtText() knownAt?: string;
}

/** A point on both axes, and how well facts must stand. */
export class TimeParams extends KnownParams {
  @Optional() @DayText() asOf?: string;
  @Optional() @OneOf(STANDINGS) minimumStanding?: Standing;
}

export class ListParams extends TimeParams {
  @Optional() @Count(MAX_PAGE) limit?: string;
  @Optional() @Text(1000) cursor?: string;
}

export class PartyListParams extends ListParams {
  /** Any of its names, in any script and spelling. */
  @Optional() @Text(200) name?: string;
}

/** Whom or what a text must speak of, or the category of its record. */
export const SEARCH_KINDS = ['person', 'place', ...CATEGORIES] as const;

/** A search is of what is known now: it takes no point in time. */
export class SearchParams extends WaitParams {
  @SearchText() q!: string;
  @Optional() @OneOf(SEARCH_KINDS) kind?: Exclude<TextKind, 'text'> | Category;
  @Optional() @PairText() pair?: string;
  @Optional() @PartyCode({ named: false }) party?: string;
  @Optional() @Count(MAX_PAGE) limit?: string;
  @Optional() @Text(1000) cursor?: string;
}

export class ReviewParams extends ListParams {
  @Optional() @OneOf(REVIEW_KINDS) kind?: ReviewKind;
  @Optional() @PairText() pair?: string;
  @Optional() @PartyCode({ named: false }) party?: string;
}

export class UpcomingParams extends ListParams {
  @Optional() @PeriodText() within?: string;
  @Optional() @OneOf(DUE_KINDS) kind?: DueKind;
  @Optional() @OneOf(DUE_WHENS) when?: DueWhen;
  @Optional() @PairText() pair?: string;
  @Optional() @PartyCode({ named: false }) party?: string;
}

export class HistoryParams extends ListParams {
  @Optional() @OneOf(HISTORY_ORDERS) order?: HistoryOrder;
}

export class EventListParams extends KnownParams {
  @Optional() @PositionText() after?: string;
  @Optional() @Count(MAX_PAGE) limit?: string;
}

/** A query parameter or a header of a request is not what it should be. */
export class InvalidParams extends Error {
  override readonly name = 'InvalidParams';
  /** As problem details tell them: by name, not by a pointer into the body. */
  readonly errors: readonly { readonly rule: string; readonly message: string; readonly [where: string]: string }[];

  constructor(problems: readonly Problem[], where: 'parameter' | 'header' = 'parameter') {
    super(problems.map((p) => `${p.pointer.slice(1)}: ${p.message}`).join('; '));
    this.errors = problems.map(({ pointer, rule, message }) => ({ [where]: pointer.slice(1), rule, message }));
  }
}

/** A body that is no command is not what it should be. */
export class InvalidBody extends Error {
  override readonly name = 'InvalidBody';
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(({ pointer, message }) => `${pointer || 'The body'} ${message}`).join('; '));
  }
}

/** Checks a body against its shape; none at all is an empty one. @throws InvalidBody */
export function readBody<T extends object>(shape: Shape<T>, body: unknown): T {
  const checked = checkShape(shape, body ?? {});
  if (!checked.ok) throw new InvalidBody(checked.problems);
  return toPlain(checked.instance);
}

export const invalidHeader = (header: string, message: string): InvalidParams =>
  new InvalidParams([{ pointer: `/${header}`, rule: header.toLowerCase(), message }], 'header');

/** Checks a query string's parameters, each of them known and given once. @throws InvalidParams */
export function readParams<T extends object>(shape: Shape<T>, query: unknown): T {
  const checked = checkShape(shape, query ?? {});
  if (!checked.ok) throw new InvalidParams(checked.problems);
  return checked.instance;
}
