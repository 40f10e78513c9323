import type { HistoryAnswer, HistoryEntry } from './answers.js';
import { pairHeading } from './parties.js';
import { entryLines, MARKERS } from './history-entry.js';
import { knownYear } from './dates.js';
import { labelled, queryLines } from './query.js';
import { contextOf } from './sentences/context.js';
import { joined, type Line, plain, print, say, styled, usableWidth, value, wrap } from './spans.js';
import { DESCRIPTIVE_LEGEND } from './status-agreements.js';
import { localDigits, type RenderOptions } from './text.js';

/** A history as a timeline for a terminal: a block an entry, under the year or the day of recording. */
export function renderHistory(answer: HistoryAnswer, options: RenderOptions): string {
  const width = usableWidth(options);
  const context = contextOf(answer, options);
  const lines: Line[] = [...headLines(answer, options, width)];
  let group: string | undefined;
  for (const entry of answer.entries) {
    const own = groupOf(entry, answer.order);
    lines.push([]);
    if (own !== group) lines.push(...wrap([value(localDigits(own, options), 'strong')], width));
    group = own;
    lines.push(...entryLines(entry, context, width));
  }
  if (answer.entries.length === 0) lines.push([], [plain('Nothing on record.')]);
  if (answer.next) lines.push([], ...wrap(say`More entries follow, from ${answer.next}.`, width));
  return print(lines, options);
}

function headLines(answer: HistoryAnswer, options: RenderOptions, width: number): Line[] {
  const { pair, stream, parties, order, entries } = answer;
  const heading = pair === undefined ? say`${stream ?? 'history'}` : pairHeading(pair, parties, options);
  const told = order === 'valid' ? 'as things happened' : 'as the ledger came to know them';
  return [
    ...wrap(styled(heading, 'strong'), width),
    ...labelled('order', [plain(told)], width),
    ...queryLines(answer, options, width),
    ...labelled('marks', marksLine(order), width),
    ...(entries.some(({ data }) => data.titleIsDescriptive === true)
      ? labelled('titles', [plain(DESCRIPTIVE_LEGEND)], width)
      : []),
  ];
}

/** In valid order everything has its place in time. */
const marksLine = (order: HistoryAnswer['order']): Line =>
  joined(
    Object.values(MARKERS).flatMap((marker) =>
      order === 'valid' && marker === MARKERS.none ? [] : [[plain(`${marker.mark} ${marker.words}`)]],
    ),
    '; ',
  );

/** In recorded order the years of what happened would alternate: there the day of recording groups. */
const groupOf = ({ earliest, latest, recordedAt }: HistoryEntry, order: HistoryAnswer['order']): string =>
  order === 'recorded' ? `recorded on ${recordedAt.slice(0, 10)}` : (knownYear(earliest, latest) ?? 'year not known');
