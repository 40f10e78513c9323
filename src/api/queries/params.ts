import { ValidateBy } from 'class-validator';
import { HISTORY_ORDERS, type HistoryOrder } from '../../domain/history/entries.js';
import { checkShape, type Problem, type Shape } from '../../domain/shape/check-shape.js';
import { type FieldSchema, fieldSchemas, OneOf, Optional, Text } from '../../domain/shape/rules.js';
import { isDay } from '../../domain/values/day.js';
import { STANDINGS, type Standing } from '../../domain/values/standing.js';

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
const Count = (max: number) =>
  rule(
    'count',
    `must be a whole number from 1 to ${max}`,
    { type: 'integer', minimum: 1, maximum: max },
    (v) => /^\d{1,6}$/.test(v) && +v >= 1 && +v <= max,
  );
const PositionText = () =>
  rule('position', 'must be a position (digits)', { type: 'string', pattern: '^\\d{1,15}$' }, isPositionText);

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

export const invalidHeader = (header: string, message: string): InvalidParams =>
  new InvalidParams([{ pointer: `/${header}`, rule: header.toLowerCase(), message }], 'header');

/** Checks a query string's parameters, each of them known and given once. @throws InvalidParams */
export function readParams<T extends object>(shape: Shape<T>, query: unknown): T {
  const checked = checkShape(shape, query ?? {});
  if (!checked.ok) throw new InvalidParams(checked.problems);
  return checked.instance;
}
