import type { StreamAnswer } from './answers.js';
import { joined, type Line, plain, print, say, styled, usableWidth, value, wrap } from './spans.js';
import { escapeText, type RenderOptions } from './text.js';

/** A stream as it was recorded, with every field, for a terminal: much like YAML, for reading only. */
export function renderStream(answer: StreamAnswer, options: RenderOptions): string {
  const width = usableWidth(options);
  const { stream, revision, events, ...more } = answer;
  const lines = [
    ...wrap(styled(say`${raw(stream)}, revision ${raw(revision)}`, 'strong'), width),
    ...fields(more, 0, width),
    ...events.flatMap((event): Line[] => {
      const { id, type, revision: at, position, ...rest } = event;
      return [
        [],
        ...wrap(styled(say`${raw(type)}, revision ${raw(at)}, position ${raw(position)}`, 'strong'), width),
        ...fields({ id, ...rest }, 1, width),
      ];
    }),
  ];
  return print(lines, options);
}

const isScalar = (json: unknown) => typeof json !== 'object' || json === null;
const isEmpty = (json: object) => Object.keys(json).length === 0;

/** A text that would be taken for something else, or not be seen whole. */
const misleads = (text: string) => text.trim() !== text || /^(?:$|["[{-]|(?:null|true|false|[\d.]+)$)/.test(text);

/** A scalar as it is; quoted and escaped where it would not be seen for what it is. */
function raw(json: unknown): Line {
  if (typeof json !== 'string') return [value(String(json))];
  if (escapeText(json) === json && !misleads(json)) return [value(json)];
  return [value(`"${escapeText(json.replace(/["\\]/g, '\\$&'))}"`)];
}

/** Deep data must not be pushed off the screen. */
const indentOf = (depth: number, width: number) => Math.min(depth * 2, Math.floor(width / 2));

function entry(label: Line, json: unknown, depth: number, width: number): Line[] {
  const indent = indentOf(depth, width);
  const inline = inlineValue(json);
  const head = inline ? say`${label} ${inline}` : label;
  const lines = wrap(head, width - indent - 2).map((line, i): Line => [
    plain(' '.repeat(i === 0 ? indent : indent + 2)),
    ...line,
  ]);
  return inline ? lines : [...lines, ...block(json as object, depth + 1, width)];
}

/** What fits behind its label: a scalar, a list of them, or nothing at all. */
function inlineValue(json: unknown): Line | undefined {
  if (isScalar(json)) return raw(json);
  if (isEmpty(json as object)) return [plain(Array.isArray(json) ? '[]' : '{}')];
  if (!Array.isArray(json) || !json.every(isScalar)) return undefined;
  return say`[${joined(json.map(raw), ', ')}]`;
}

const fields = (object: object, depth: number, width: number): Line[] =>
  Object.entries(object).flatMap(([key, field]) =>
    entry([value(escapeText(key), 'faint'), plain(':', 'faint')], field, depth, width),
  );

function block(json: object, depth: number, width: number): Line[] {
  if (!Array.isArray(json)) return fields(json, depth, width);
  return json.flatMap((item: unknown) => {
    if (inlineValue(item)) return entry([plain('-')], item, depth, width);
    const [first, ...rest] = block(item as object, depth + 1, width);
    if (!first) return [];
    // The item's first field stands beside its dash.
    return [dashed(first, indentOf(depth, width), indentOf(depth + 1, width)), ...rest];
  });
}

function dashed(line: Line, indent: number, inner: number): Line {
  const [space, ...rest] = line;
  return inner - indent < 2 ? line : [{ ...space!, text: `${' '.repeat(indent)}- ` }, ...rest];
}
