import {
  getMetadataStorage,
  type ValidationArguments,
  ValidationTypes,
  type ValidatorConstraintInterface,
} from 'class-validator';

type Shape = new () => object;

/** A field's rules as class-validator has them, gathered once. */
interface FieldRules {
  /** Where one of these says no, nothing else is asked of the field. */
  readonly conditions: readonly ((object: object, value: unknown) => boolean)[];
  readonly rules: readonly Rule[];
  readonly nests: boolean;
}

interface Rule {
  readonly each: boolean;
  readonly constraint: ValidatorConstraintInterface;
  readonly told: Pick<ValidationArguments, 'targetName' | 'property' | 'constraints'>;
}

const gathered = new WeakMap<Shape, ReadonlyMap<string, FieldRules>>();

function rulesOf(shape: Shape): ReadonlyMap<string, FieldRules> {
  let fields = gathered.get(shape);
  if (!fields) gathered.set(shape, (fields = gather(shape)));
  return fields;
}

function gather(shape: Shape): ReadonlyMap<string, FieldRules> {
  const storage = getMetadataStorage();
  const all = storage.getTargetValidationMetadatas(shape, '', false, false);
  const fields = [...new Set(all.map((m) => m.propertyName))];
  return new Map(
    fields.map((property): [string, FieldRules] => {
      const ofType = (type: string) => all.filter((m) => m.propertyName === property && m.type === type);
      const rules = ofType(ValidationTypes.CUSTOM_VALIDATION).flatMap(({ each, constraints, constraintCls }) =>
        storage.getTargetValidatorConstraints(constraintCls).map(({ instance }): Rule => {
          return { each, constraint: instance, told: { targetName: shape.name, property, constraints } };
        }),
      );
      const conditions = ofType(ValidationTypes.CONDITIONAL_VALIDATION).map(
        ({ constraints }) => constraints[0] as FieldRules['conditions'][number],
      );
      return [property, { conditions, rules, nests: ofType(ValidationTypes.NESTED_VALIDATION).length > 0 }];
    }),
  );
}

/**
 * Whether class-validator would find nothing wrong with an instance of a shape, by the very rules that it was given, but
 * without its gathering them, and an error object for each field, at every validation. What is wrong it says itself.
 */
export function isSound(instance: object): boolean {
  const fields = rulesOf(instance.constructor as Shape);
  for (const property of Object.keys(instance)) if (!fields.has(property)) return false;
  for (const [property, field] of fields) {
    const value = (instance as Record<string, unknown>)[property];
    if (!field.conditions.every((applies) => applies(instance, value))) continue;
    if (!field.rules.every((rule) => keeps(rule, instance, value))) return false;
    if (field.nests && value !== undefined && !nestedSound(value)) return false;
  }
  return true;
}

function keeps({ each, constraint, told }: Rule, object: object, value: unknown): boolean {
  const { targetName, property, constraints } = told;
  // Not spread: it is made for each rule of each field, and a spread costs more than most rules.
  const asked: ValidationArguments = { targetName, property, constraints, object, value };
  return each && Array.isArray(value)
    ? value.every((item) => constraint.validate(item, asked) === true)
    : constraint.validate(value, asked) === true;
}

const nestedSound = (value: unknown): boolean =>
  Array.isArray(value) ? value.every(isSoundObject) : isSoundObject(value);

const isSoundObject = (value: unknown): boolean => typeof value === 'object' && value !== null && isSound(value);
