import 'reflect-metadata';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';
import { checkPartialDate } from '../values/partial-date.js';
import { canonicalPair } from '../values/pair.js';
import { FieldMarks } from './field-marks.js';
import { markReference, type ReferenceKind } from './references.js';

/**
 * The field rules of the ledger's shapes: class-validator decorators, named in the domain's words. A class that wears
 * them is the one source of an event's TypeScript type, its validation and its JSON Schema.
 */

/** What a rule says of a value, as JSON Schema 2020-12; a nested shape is told by its class. */
export type FieldSchema = Readonly<Record<string, unknown>>;

/** The JSON Schema of each field, for `schemaOf`. */
export const fieldSchemas = new FieldMarks<FieldSchema>();

const schema =
  (told: FieldSchema): PropertyDecorator =>
  (prototype, property) =>
    fieldSchemas.set(prototype, String(property), {
      ...fieldSchemas.entries(prototype).get(String(property)),
      ...told,
    });

/** A custom rule: `name` is the rule's stable name in problem details and in the JSON Schema converters. */
const rule = (name: string, message: string, ok: (value: unknown) => boolean, options?: ValidationOptions) =>
  ValidateBy({ name, validator: { validate: ok, defaultMessage: () => message } }, options);

const all =
  (...decorators: PropertyDecorator[]): PropertyDecorator =>
  (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };

export const ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
export const PARTY_PATTERN = /^[A-Z]{3,8}$/;
/** As EventStoreDB and RFC 9562 write them; ours are version 5. */
export const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** BCP 47 in the forms that Unicode locale identifiers take: language, script, region, variants. */
const LANGUAGE_PATTERN = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*$/;
export const STREAM_PATTERN =
  /^(source|party|agreement|visit|meeting|mechanism|exercise|relationship)-[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
/** Longest single text; an event as a whole is bounded by the size of a command. */
export const MAX_TEXT = 4000;
export const MAX_ITEMS = 500;
/** A multinational exercise counts for every pair of its participants: 100 make 4,950 pairs. */
export const MAX_PARTICIPANTS = 100;

/** The fields that may be left out, for {@link toPlain}. */
export const optionalFields = new FieldMarks<true>();

/** The fields that hold texts, and whether by language: what can be searched, see {@link textsIn}. */
export const textFields = new FieldMarks<'localized' | 'plain'>();

const holdsText =
  (how: 'localized' | 'plain'): PropertyDecorator =>
  (prototype, property) =>
    textFields.set(prototype, String(property), how);

const given = (value: unknown) => value !== undefined && value !== null;

/** The fields that hold nested shapes, for {@link asShape}: one, or a list of them. */
export const nestedShapes = new FieldMarks<{ readonly shape: () => new () => object; readonly list: boolean }>();

/** May be left out. A null is taken as left out: that is how many serialisers write an absent field. */
export const Optional = (): PropertyDecorator =>
  all(
    ValidateIf((_, value) => given(value)),
    (prototype, property) => optionalFields.set(prototype, String(property), true),
  );

/** May be left out where the field `other` is given. */
export const RequiredWithout = (other: string): PropertyDecorator =>
  all(
    ValidateIf((object: Record<string, unknown>, value) => given(value) || !given(object[other])),
    (prototype, property) => optionalFields.set(prototype, String(property), true),
  );

/** A plain string, not empty, at most {@link MAX_TEXT} UTF-16 code units. */
export const Text = (max = MAX_TEXT): PropertyDecorator =>
  all(
    schema({ type: 'string', minLength: 1, maxLength: max }),
    holdsText('plain'),
    IsString(),
    Length(1, max, { message: `must be 1 to ${max} characters` }),
    rule('notBlank', 'must not be blank', (v) => typeof v !== 'string' || v.trim() !== ''),
  );

export const isLocalized = (value: unknown): value is LocalizedText =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length > 0 &&
  Object.entries(value).every(
    ([tag, text]) =>
      LANGUAGE_PATTERN.test(tag) && typeof text === 'string' && text.trim() !== '' && text.length <= MAX_TEXT,
  );

/** BCP 47 tag → text, at least one. */
export type LocalizedText = Record<string, string>;
const LOCALIZED = 'must be an object from BCP 47 language tags to texts, at least one, none blank';

export const Localized = (): PropertyDecorator =>
  all(
    schema({
      type: 'object',
      description: 'texts by BCP 47 language tag',
      minProperties: 1,
      propertyNames: { pattern: LANGUAGE_PATTERN.source },
      additionalProperties: { type: 'string', minLength: 1, maxLength: MAX_TEXT },
    }),
    holdsText('localized'),
    rule('localized', LOCALIZED, isLocalized),
  );

/** A list of plain values that are each distinct. */
const listOf = (min: number, max: number, items: FieldSchema): PropertyDecorator =>
  all(
    schema({ type: 'array', minItems: min, maxItems: max, items }),
    IsArray({ message: 'must be a list' }),
    ArrayMinSize(min, { message: `must have at least ${min} item${min === 1 ? '' : 's'}` }),
    ArrayMaxSize(max, { message: `must have at most ${max} items` }),
  );

/** Texts in any script that may repeat across languages: aliases. */
export const Texts = (): PropertyDecorator =>
  all(
    listOf(0, MAX_ITEMS, { type: 'string', minLength: 1, maxLength: MAX_TEXT }),
    holdsText('plain'),
    IsString({ each: true }),
    Length(1, MAX_TEXT, { each: true, message: `each must be 1 to ${MAX_TEXT} characters` }),
  );

/** A form of strings: what it is called, and what is said to a string that has it not. */
interface Form {
  readonly pattern: RegExp;
  readonly is: string;
  readonly message?: string;
}

const formSchema = ({ pattern, is }: Form): FieldSchema => ({
  type: 'string',
  pattern: pattern.source,
  description: is,
});

/** A string of a form. */
const matches = (form: Form): PropertyDecorator =>
  all(schema(formSchema(form)), IsString(), Matches(form.pattern, { message: form.message ?? `must be ${form.is}` }));

/** Strings of a form. */
const eachMatches = (form: Form, min: number, max: number): PropertyDecorator =>
  all(
    listOf(min, max, formSchema(form)),
    IsString({ each: true }),
    Matches(form.pattern, { message: `each ${form.message ?? `must be ${form.is}`}`, each: true }),
  );

const id = (refersTo?: ReferenceKind): Form => ({
  pattern: ID_PATTERN,
  is: `the id of a record${refersTo ? `, of category ${refersTo}` : ''}`,
  message: `must match ${ID_PATTERN.source}`,
});

/** The recorder's slug for a record. With a category it refers to a record of that kind. */
export const Id = (refersTo?: ReferenceKind): PropertyDecorator => all(matches(id(refersTo)), markReference(refersTo));

export const Ids = (refersTo?: ReferenceKind, min = 0): PropertyDecorator =>
  all(eachMatches(id(refersTo), min, MAX_ITEMS), markReference(refersTo));

const EVENT_ID: Form = { pattern: UUID_PATTERN, is: 'an event id (a UUID, lower case)' };

/** A UUID of an event. */
export const EventId = (): PropertyDecorator => matches(EVENT_ID);

export const EventIds = (min: number, max: number): PropertyDecorator => eachMatches(EVENT_ID, min, max);

export const StreamId = (): PropertyDecorator =>
  matches({ pattern: STREAM_PATTERN, is: 'a stream of the ledger, such as agreement-x' });

const partyCode = (kind: 'party' | 'member' | undefined) =>
  all(
    matches({
      pattern: PARTY_PATTERN,
      is:
        kind === 'member'
          ? 'the code of a party of the record'
          : 'a party code: ISO 3166-1 alpha-3 or a registered one',
      message: 'must be a party code, ^[A-Z]{3,8}$: ISO 3166-1 alpha-3 or a registered one',
    }),
    markReference(kind),
  );

/** @param options.named false where the code is being given, rather than named: it need not be known yet */
export const PartyCode = ({ named = true } = {}): PropertyDecorator => partyCode(named ? 'party' : undefined);

/** Two party codes, sorted, joined by `-`. */
export const Pair = (): PropertyDecorator =>
  all(
    schema(formSchema({ pattern: /^[A-Z]{3,8}-[A-Z]{3,8}$/, is: 'a pair of party codes, sorted, such as MAR-PAK' })),
    rule(
      'pair',
      'must be two different party codes, sorted and joined by -, such as MAR-PAK',
      (v) => typeof v === 'string' && canonicalPair(v) === v,
    ),
  );

/** A party that must be one of the record's own. */
export const Member = (): PropertyDecorator => partyCode('member');

/** Party codes, each once: the two parties of a bilateral act, or the participants of an exercise. */
export const PartyCodes = (min: number, max: number): PropertyDecorator =>
  all(
    eachMatches({ pattern: PARTY_PATTERN, is: 'a party code, ^[A-Z]{3,8}$' }, min, max),
    schema({ uniqueItems: true }),
    rule('distinct', 'must be different parties', (v) => !Array.isArray(v) || new Set(v).size === v.length),
    markReference('party'),
  );

export const OneOf = (values: readonly string[]): PropertyDecorator =>
  all(schema({ type: 'string', enum: values }), IsIn(values, { message: `must be one of ${values.join(', ')}` }));

/** A tag of BCP 47, in its usual case: `ar`, `zh-Hant`, `fr-MA`. */
export const Language = (): PropertyDecorator =>
  matches({ pattern: LANGUAGE_PATTERN, is: 'a BCP 47 language tag, such as ar' });

const CODE_PATTERN = /^[a-z][a-z0-9_]{0,63}$/;

/** A lower-case code of an open list. */
export const Code = (): PropertyDecorator =>
  matches({ pattern: CODE_PATTERN, is: 'a lower-case code such as embassy' });

/** Codes of areas of cooperation: lower case; an unknown one is taken with a warning. */
export const Areas = (): PropertyDecorator =>
  all(
    eachMatches({ pattern: CODE_PATTERN, is: 'a lower-case code such as joint_exercises' }, 0, MAX_ITEMS),
    schema({ uniqueItems: true }),
    rule('distinct', 'must not repeat an area', (v) => !Array.isArray(v) || new Set(v).size === v.length),
    markReference('area'),
  );

const DATE_RULES: Record<string, string> = {
  edtf: 'must be an EDTF date of level 0 or 1 (2024-10-30, 2024-10, 2024~, ../2025-06-04), without time or season',
  'impossible-date': 'must be a day that exists',
  'interval-backwards': 'must be an interval that does not run backwards',
  unbounded: 'must be closed on one side at least: what is open on both says nothing, and is null',
};
const dateRule = (name: string): PropertyDecorator =>
  rule(name, DATE_RULES[name] ?? 'must be a partial date', (value) => {
    const checked = typeof value === 'string' ? checkPartialDate(value) : undefined;
    // Each rule answers for its own failure; `edtf` also for whatever is no string at all.
    return checked ? checked.ok || checked.rule !== name : name !== 'edtf';
  });

/** A partial date: EDTF level 0 or 1. An interval is one unknown day within. */
export const PartialDateText = (): PropertyDecorator =>
  all(
    schema({ type: 'string', description: 'a partial date: EDTF, level 0 or 1' }),
    ...Object.keys(DATE_RULES).map(dateRule),
  );

/** A partial date that must be said, if only as null: an unknown date is stated, never left out. */
export const PartialDateOrNull = (): PropertyDecorator =>
  all(
    ValidateIf((_, value) => value !== null),
    PartialDateText(),
    schema({ type: ['string', 'null'] }),
  );

export const Flag = (): PropertyDecorator =>
  all(
    schema({ type: 'boolean' }),
    rule('boolean', 'must be true or false', (v) => typeof v === 'boolean'),
  );
export const True = (): PropertyDecorator =>
  all(
    schema({ const: true }),
    rule('true', 'must be true where it is given', (v) => v === true),
  );

/** A whole number within bounds, inclusive. */
export const Whole = (min: number, max: number): PropertyDecorator =>
  all(
    schema({ type: 'integer', minimum: min, maximum: max }),
    IsInt({ message: 'must be a whole number' }),
    Min(min),
    Max(max),
  );

export const Sha256 = (): PropertyDecorator =>
  matches({ pattern: /^[0-9a-f]{64}$/, is: 'a SHA-256 in lower-case hex' });

/** http or https, absolute. */
export const Url = (): PropertyDecorator =>
  all(
    schema({ type: 'string', format: 'uri', maxLength: 2000, description: 'an absolute http or https URL' }),
    rule('url', 'must be an absolute http or https URL', (v) => {
      if (typeof v !== 'string' || v.length > 2000) return false;
      return URL.canParse(v) && /^https?:$/.test(new URL(v).protocol);
    }),
  );

/** Any JSON value, null too, but said. */
export const AnyJson = (): PropertyDecorator =>
  all(
    schema({}),
    rule('present', 'must be given', (v) => v !== undefined),
  );

/** A JSON Pointer (RFC 6901) into `{occurredOn, endedOn, data}`. */
export const FactPath = (): PropertyDecorator =>
  matches({
    pattern: /^\/(occurredOn|endedOn|data(\/([^~/]|~[01])+)+)$/,
    is: 'a JSON Pointer to /occurredOn, /endedOn or a field under /data',
  });

const nests =
  (shape: () => new () => object, list: boolean): PropertyDecorator =>
  (prototype, property) =>
    nestedShapes.set(prototype, String(property), { shape, list });

/** One nested shape. */
export const One = (shape: () => new () => object): PropertyDecorator =>
  all(schema({ shape }), ValidateNested(), nests(shape, false));

/** A list of nested shapes. */
export const Many = (shape: () => new () => object, min = 0, max = MAX_ITEMS): PropertyDecorator =>
  all(listOf(min, max, { shape }), ValidateNested({ each: true }), nests(shape, true));
