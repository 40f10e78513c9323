import { ValidateBy } from 'class-validator';
import { CATEGORIES, type Category } from '../../domain/event.js';
import { HISTORY_ORDERS, type HistoryOrder } from '../../domain/history/entries.js';
import { checkShape, type Problem, type Shape, toPlain } from '../../domain/shape/check-shape.js';
import { type FieldSchema, fieldSchemas, OneOf, Optional, PartyCode, Text } from '../../domain/shape/rules.js';
import { searchTerms } from '../../domain/search/search-terms.js';
import type { TextKind } from '../../domain/search/searchable-texts.js';
import { isDay } from '../../domain/values/day.js';
import { pointerTokens } from '../../domain/values/json-pointer.js';
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
const isKnownAt = (v: string) =>
  isPositionText(v) || (RFC_3339.test(v) && isDay(v.slice(0, 10)) && !Number.isNaN(Date.parse(v)));
const KnownAtText = () =>
  rule('knownAt', 'must be a position (digits) or a time with its zone (RFC 3339)', { type: 'string' }, isKnownAt);

/** The halves of a point on both axes, `asOf@knownAt`; one that is left out has its default. */
export function pointParams(text: string): Pick<TimeParams, 'asOf' | 'knownAt'> {
  const at = text.indexOf('@');
  const [asOf, knownAt] = [text.slice(0, at), text.slice(at + 1)];
  return { ...(asOf !== '' && { asOf }), ...(knownAt !== '' && { knownAt }) };
}

const POINT: FieldSchema = { type: 'string', pattern: '^[^@]*@[^@]*$' };
/** Each half has its own rule, so that a refusal says which is wrong. */
const PointText = (): PropertyDecorator => (prototype, property) => {
  const whole = (v: string) => v.split('@').length === 2;
  const half = (name: 'asOf' | 'knownAt', ok: (v: string) => boolean) => (v: string) =>
    !whole(v) || ok(pointParams(v)[name] ?? '') || pointParams(v)[name] === undefined;
  const rules = [
    rule('point', 'must be asOf@knownAt, of which either may be left out: 2024-12-31@12, @12', POINT, whole),
    rule('day', 'must have a day, YYYY-MM-DD, before its @', POINT, half('asOf', isDay)),
    rule(
      'knownAt',
      'must have a position (digits) or a time (RFC 3339) after its @',
      POINT,
      half('knownAt', isKnownAt),
    ),
  ];
  for (const each of rules) each(prototype, property);
};

const PointerText = () =>
  rule(
    'json-pointer',
    'must be a JSON Pointer, such as /signedOn',
    { type: 'string' },
    (v) => v !== '' && pointerTokens(v) !== undefined,
  );
export const Count = (max: number, min = 1): PropertyDecorator =>
  rule(
    'count',
    `must be a whole number from ${min} to ${max}`,
    { type: 'integer', minimum: min, maximum: max },
    (v) => /^\d{1,6}$/.test(v) && +v >= min && +v <= max,
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

export class RefusedParams {
  @Optional() @Count(MAX_PAGE) limit?: string;
  @Optional() @PositionText() before?: string;
}

export class UpcomingParams extends ListParams {
  @Optional() @PeriodText() within?: string;
  @Optional() @OneOf(DUE_KINDS) kind?: DueKind;
  @Optional() @OneOf(DUE_WHENS) when?: DueWhen;
  @Optional() @PairText() pair?: string;
  @Optional() @PartyCode({ named: false }) party?: string;
}

/** Two points on both axes. */
export class DiffParams extends WaitParams {
  @PointText() from!: string;
  @Optional() @PointText() to?: string;
  @Optional() @OneOf(STANDINGS) minimumStanding?: Standing;
}

export class BlameParams extends TimeParams {
  /** Only this field, and what is in it. */
  @Optional() @PointerText() path?: string;
}

export const MAX_DAYS = 100_000;
export class LateParams extends ListParams {
  @Optional() @Count(MAX_DAYS, 0) days?: string;
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
