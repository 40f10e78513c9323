import type { BlameAnswer, BlamedField } from './answers.js';
import { eventLine, valueLines } from './diff.js';
import { citation } from './evidence.js';
import { queryLines } from './query.js';
import { hang, type Line, plain, print, say, styled, usableWidth, value, wrap } from './spans.js';
import type { RenderOptions } from './text.js';

/** Who made each field what it is, for a terminal: the fields that one event gave under that event, in their order. */
export function renderBlame(answer: BlameAnswer, options: RenderOptions): string {
  const width = usableWidth(options);
  const lines: Line[] = [
    ...wrap([value(answer.pair ?? answer.stream ?? 'blame', 'strong')], width),
    ...queryLines(answer, options, width),
  ];
  for (const fields of byEvent(answer.fields)) {
    lines.push([], ...giverLines(fields[0]!, width), ...fields.flatMap((f) => fieldLines(f, options, width)));
  }
  if (answer.fields.length === 0) lines.push([], [plain('No such field.')]);
  return print(lines, options);
}

function byEvent(fields: readonly BlamedField[]): BlamedField[][] {
  const groups = new Map<string, BlamedField[]>();
  for (const field of fields) {
    const key = JSON.stringify([field.event?.eventId, field.restores?.eventId]);
    groups.set(key, [...(groups.get(key) ?? []), field]);
  }
  const position = ([first]: BlamedField[]) => first?.event?.position ?? 0;
  return [...groups.values()].sort((a, b) => position(a) - position(b));
}

function giverLines({ event, reason, restores, evidence }: BlamedField, width: number): Line[] {
  if (!event) return wrap([plain('By no event: so it is where nothing is recorded', 'strong')], width);
  const told = (words: string, said: Line) => hang([plain(`  ${words} `, 'faint')], said, 5, width);
  return [
    ...wrap(eventLine(event), width),
    ...(reason === null ? [] : told('because', [value(reason)])),
    ...(restores ? told('restores', eventLine(restores)) : []),
    ...evidence.flatMap((each) => told('by', citation(each))),
  ];
}

const fieldLines = (field: BlamedField, options: RenderOptions, width: number): Line[] => [
  ...hang([plain('    ')], styled([value(field.path)], 'strong'), 4, width),
  ...valueLines(say`      `, field.value, options, width),
  ...('before' in field ? valueLines(say`      ${plain('before:', 'faint')} `, field.before, options, width) : []),
];
