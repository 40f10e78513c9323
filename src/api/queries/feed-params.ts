import { ValidateBy } from 'class-validator';
import { CATEGORIES } from '../../domain/event.js';
import { EVENT_TYPES } from '../../domain/registry.js';
import {
  type FieldSchema,
  fieldSchemas,
  OneOf,
  Optional,
  PARTY_PATTERN,
  STREAM_PATTERN,
} from '../../domain/shape/rules.js';
import { canonicalPair } from '../../domain/values/pair.js';
import { STANDINGS, type Standing } from '../../domain/values/standing.js';
import { type FeedFilterFields, type Values, valuesOf } from '../../subscriptions/feed-filter.js';
import { PositionText } from './params.js';

const MAX_VALUES = 100;

const AnyOf =
  (name: string, message: string, items: FieldSchema, ok: (value: string) => boolean): PropertyDecorator =>
  (prototype, property) => {
    const validate = (given: unknown) => {
      if (![given].flat().every((text) => typeof text === 'string')) return false;
      const values = valuesOf(given as Values);
      return values.length <= MAX_VALUES && values.every(ok);
    };
    const defaultMessage = () => `each must be ${message}, at most ${MAX_VALUES} of them`;
    ValidateBy({ name, validator: { validate, defaultMessage } })(prototype, property);
    fieldSchemas.set(prototype, String(property), { type: 'array', maxItems: MAX_VALUES, items });
  };

const AnyOfThese = (values: readonly string[]) =>
  AnyOf('is-in', `one of ${values.join(', ')}`, { type: 'string', enum: values }, (v) => values.includes(v));
const AnyMatching = (name: string, message: string, pattern: RegExp) =>
  AnyOf(name, message, { type: 'string', pattern: pattern.source }, (v) => pattern.test(v));

/** What is wanted of the ledger's events. In a query a field may be repeated. */
export class FeedFilterParams implements FeedFilterFields {
  @Optional()
  @AnyOf(
    'pair',
    'two different party codes joined by -, such as MAR-PAK',
    { type: 'string' },
    (v) => canonicalPair(v) !== undefined,
  )
  pair?: Values;
  @Optional() @AnyMatching('party', 'a party code, ^[A-Z]{3,8}$', PARTY_PATTERN) party?: Values;
  @Optional() @AnyOfThese(CATEGORIES) category?: Values;
  @Optional() @AnyMatching('stream', 'a stream of the ledger, such as agreement-x', STREAM_PATTERN) stream?: Values;
  @Optional() @AnyOfThese(EVENT_TYPES) type?: Values;
  @Optional() @OneOf(STANDINGS) minimumStanding?: Standing;
}

/** The same, and where it begins. */
export class FeedParams extends FeedFilterParams {
  @Optional() @PositionText() after?: string;
}
