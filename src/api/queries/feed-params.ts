import { ValidateBy } from 'class-validator';
import { CATEGORIES, type Category } from '../../domain/event.js';
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
import type { FeedFilter } from '../../subscriptions/feed-filter.js';
import { PositionText } from './params.js';

/** A parameter that may be repeated, and may hold several values with commas between them. */
type Values = string | readonly string[];

const MAX_VALUES = 100;

const valuesOf = (given: Values): string[] => [given].flat().flatMap((text) => text.split(','));

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

/** Where the feed begins, and what is wanted of it. */
export class FeedParams {
  @Optional() @PositionText() after?: string;
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

/** @param params that were checked */
export function feedFilter({ pair, party, category, stream, type, minimumStanding }: FeedParams): FeedFilter {
  return {
    ...(pair !== undefined && { pairs: new Set(valuesOf(pair).map((text) => canonicalPair(text)!)) }),
    ...(party !== undefined && { parties: new Set(valuesOf(party)) }),
    ...(category !== undefined && { categories: new Set(valuesOf(category) as Category[]) }),
    ...(stream !== undefined && { streams: new Set(valuesOf(stream)) }),
    ...(type !== undefined && { types: new Set(valuesOf(type)) }),
    ...(minimumStanding !== undefined && { minimumStanding }),
  };
}
