import { describe, expect, test } from '@jest/globals';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { COMMAND_CLASSES } from '../../../src/commands/command-classes.js';
import { asShape, type Shape } from '../../../src/domain/shape/check-shape.js';
import { fieldSchemas, type FieldSchema } from '../../../src/domain/shape/rules.js';
import { isSound } from '../../../src/domain/shape/sound.js';

/** What class-validator says, asked as `checkShape` asks it. */
const foundSound = (instance: object) =>
  validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false }).length === 0;

interface Told extends FieldSchema {
  readonly shape?: () => Shape;
  readonly items?: FieldSchema;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minItems?: number;
}

/** Values that a rule's JSON Schema allows, nearly all of which are sound: some rules say more than a schema can. */
function allowed(told: Told): fc.Arbitrary<unknown> {
  const { shape, items, enum: values, pattern, type, minItems = 0, description, format } = told;
  if (shape) return objectOf(shape());
  if (items) {
    const item = fc.oneof({ weight: 20, arbitrary: allowed(items) }, oddInList);
    return fc.uniqueArray(item, { minLength: minItems, maxLength: Math.max(2, minItems) });
  }
  if (values) return fc.constantFrom(...values);
  if (description === 'EDTF level 0 or 1') return fc.constantFrom('2020', '2020-02-28', '2021-05/2022');
  if (pattern !== undefined) return fc.constantFrom(...FORMED.filter((text) => new RegExp(pattern).test(text)));
  if (format === 'uri') return fc.constant('https://example.org/');
  if (type === 'integer') return fc.constantFrom(1, 2);
  if (type === 'object') return fc.constantFrom({ en: 'a' }, { en: 'a', fr: 'b' });
  return fc.constant(type === 'string' ? 'a' : true);
}

const FORMED = ['MAR', 'PAK', 'MAR-PAK', 'agreement-a', 'area', 'en', 'a', '/occurredOn', 'P6M', '0'.repeat(64)].concat(
  '2ed6657d-e927-568b-95e1-2665a8aea6a2',
);
const ODD = [null, '', 0, -1, false, [], [[]], {}, [null], [{}], { x: 1 }, 'a b'];
// JSON holds no undefined.
const oddInList = fc.constantFrom<unknown>(...ODD);
const odd = fc.constantFrom<unknown>(undefined, ...ODD);

/** Fields as the shape has them, now and then one of them odd, left out, or none of its own. */
function objectOf(shape: Shape): fc.Arbitrary<object> {
  const fields = [...fieldSchemas.entries(shape.prototype as object)];
  const sound = fc.record(Object.fromEntries(fields.map(([field, told]) => [field, allowed(told)])));
  const names = fields.map(([field]) => field);
  const oddField = fc.dictionary(fc.constantFrom('x', ...names), odd, { maxKeys: 1 });
  const seldom = <T>(value: fc.Arbitrary<T>) => fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, value);
  return fc.tuple(sound, seldom(oddField), seldom(fc.constantFrom(...names))).map(([all, more, left]) => {
    const some = Object.entries({ ...all, ...more }).filter(([field]) => field !== left);
    return Object.fromEntries(some);
  });
}

describe('what is sound is so by class-validator, and the other way round', () => {
  test.each([...COMMAND_CLASSES])('%s', (_, shape) => {
    fc.assert(
      fc.property(objectOf(shape), (data) => {
        const instance = asShape(shape, data);
        expect(isSound(instance)).toBe(foundSound(instance));
      }),
    );
  });
});
