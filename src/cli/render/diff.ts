import type { ChangeAnswer, DiffAnswer, EventRefAnswer, FieldChangeAnswer } from './answers.js';
import { dateSpan } from './dates.js';
import { pairHeading } from './parties.js';
import { countedLines, knownLine, labelled } from './query.js';
import { hang, type Line, plain, print, say, styled, truncate, usableWidth, value, wrap } from './spans.js';
import type { RenderOptions } from './text.js';
import { everyWording } from './values.js';
import { codeWords } from './words.js';

const CAUSES = {
  world: 'The world changed: so it would with what was known then',
  knowledge: 'Our knowledge changed: what was recorded meanwhile says so',
} as const;

/** What differs between two points, for a terminal: under each cause, what the same events did together. */
export function renderDiff(answer: DiffAnswer, options: RenderOptions): string {
  const width = usableWidth(options);
  const point = ({ asOf, knownAt }: DiffAnswer['from']) => say`${dateSpan(asOf, options)}, ${knownLine(knownAt)}`;
  const lines: Line[] = [
    ...wrap(styled(pairHeading(answer.pair, answer.parties, options), 'strong'), width),
    ...labelled('from', point(answer.from), width),
    ...labelled('to', point(answer.to), width),
    ...countedLines(answer.minimumStanding, width),
  ];
  for (const [cause, words] of Object.entries(CAUSES)) {
    const changes = answer.changes.filter((c) => c.cause === cause);
    if (changes.length > 0) lines.push([], ...wrap([plain(words, 'strong')], width));
    for (const together of byEvents(changes)) {
      lines.push(...doneBy(together[0]!, width), ...together.flatMap((c) => changeLines(c, options, width)));
    }
  }
  if (answer.changes.length === 0) lines.push([], [plain('Nothing differs.')]);
  return print(lines, options);
}

function byEvents(changes: readonly ChangeAnswer[]): ChangeAnswer[][] {
  const groups = new Map<string, ChangeAnswer[]>();
  for (const change of changes) {
    const key = JSON.stringify([change.byTime, change.events.map((e) => e.eventId)]);
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()];
}

const doneBy = ({ byTime, events }: ChangeAnswer, width: number): Line[] => [
  ...(byTime ? hang([plain('  ')], [plain('by time alone, as it follows from')], 2, width) : []),
  ...events.flatMap((event) => hang([plain('  ')], eventLine(event), 2, width)),
];

/** `Signed, agreement-mou 1, position 9, recorded …`, so that the event can be looked up. */
export const eventLine = ({ type, stream, revision, position, recordedAt, actor, eventId }: EventRefAnswer): Line =>
  say`${styled([value(codeWords(type))], 'strong')}, ${stream} ${revision}, position ${position}, recorded ${recordedAt} by ${actor}, event ${eventId}`;

/** Lines of a value that are shown; the answer as JSON has all. */
const MAX_LINES = 3;

/** A field, and what it was and is. */
export function changeLines(change: FieldChangeAnswer, options: RenderOptions, width: number): Line[] {
  const side = (mark: string, name: 'before' | 'after') =>
    name in change ? valueLines(say`      ${plain(mark)} `, change[name], options, width) : [];
  return [...hang([plain('    ')], [value(change.path)], 4, width), ...side('-', 'before'), ...side('+', 'after')];
}

export function valueLines(label: Line, json: unknown, options: RenderOptions, width: number): Line[] {
  const room = MAX_LINES * Math.max(2, width - 10);
  return hang(label, truncate(everyWording(json, options), room), 8, width);
}
