import { type CurationEventType, curationEvents } from '../domain/curation/events.js';
import { COMMAND_TYPES, type FactTypeEntry } from '../domain/registry.js';
import type { Shape } from '../domain/shape/check-shape.js';
import {
  Id,
  Many,
  Optional,
  Pair,
  PartialDateOrNull,
  PartialDateText,
  PartyCode,
  StreamId,
} from '../domain/shape/rules.js';
import { Evidence } from '../domain/values/evidence.js';

/**
 * A class per command with its class-validator rules: the REST body, the bulk line and the OpenAPI schema. Each is made
 * of its event's data class and the fields that its aggregate adds, so that a new event type brings its command along.
 */
function decorate(shape: Shape, field: string, ...rules: PropertyDecorator[]): void {
  for (const rule of rules) rule(shape.prototype as object, field);
}

function idRules(fact: FactTypeEntry): PropertyDecorator[] {
  switch (fact.aggregate.category) {
    case 'relationship':
      return [Pair()];
    case 'party':
      return [PartyCode({ named: false })];
    default:
      // An opener may leave its id out: it is then made from the command's id.
      return fact.opens ? [Optional(), Id()] : [Id()];
  }
}

function factCommand(fact: FactTypeEntry): Shape {
  const shape = { [fact.command]: class extends fact.data {} }[fact.command]!;
  decorate(shape, fact.aggregate.idField, ...idRules(fact));
  if (fact.aggregate.dated) {
    decorate(shape, 'occurredOn', PartialDateOrNull());
    decorate(shape, 'endedOn', Optional(), PartialDateText());
    decorate(
      shape,
      'evidence',
      Many(() => Evidence, 1),
    );
  }
  return shape;
}

function curationCommand(command: string, type: CurationEventType): Shape {
  const { data, evidence } = curationEvents[type];
  const shape = { [command]: class extends data {} }[command]!;
  decorate(shape, 'stream', StreamId());
  if (evidence)
    decorate(
      shape,
      'evidence',
      Many(() => Evidence, 1),
    );
  return shape;
}

/** The class of every command, by name. */
export const COMMAND_CLASSES: ReadonlyMap<string, Shape> = new Map(
  [...COMMAND_TYPES].map(([name, type]) => [
    name,
    type.kind === 'fact' ? factCommand(type.fact) : curationCommand(name, type.type),
  ]),
);
