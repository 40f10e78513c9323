import type {
  DueItemAnswer,
  LateItemAnswer,
  LateListAnswer,
  ReviewListAnswer,
  UpcomingListAnswer,
  WorkItemAnswer,
} from './answers.js';
import { boundsWords, dateSpan } from './dates.js';
import { citation, idList } from './evidence.js';
import { type Query, queryLines } from './query.js';
import { titleLine } from './status-agreements.js';
import { hang, joined, type Line, plain, print, say, styled, usableWidth, value, wrap } from './spans.js';
import { localDigits, type RenderOptions } from './text.js';
import { localized } from './values.js';
import { code, codeWords, counted, pathLine } from './words.js';

/** Citations of an item that are shown; the answer as JSON has all. */
const MAX_CITED = 3;

/** What to look at, for a terminal: a block an item. */
export const renderReview = (answer: ReviewListAnswer, options: RenderOptions): string =>
  rendered('To look at', answer, options, (item, width) => [
    ...headLines([code(item.kind)], item, options, width),
    ...(item.path === null ? [] : hang([plain('    ')], pathLine(item.path), 4, width)),
    ...item.others.flatMap((other) => {
      const days = boundsWords(other.earliest, other.latest);
      const when = days === undefined ? undefined : say`, ${value(localDigits(days, options))}`;
      return hang([plain('    ')], say`may be the same as ${other.stream}${when}`, 4, width);
    }),
    ...(item.more ? [[plain('    and more of them')]] : []),
    ...footLines(item, item.disputeEventId ?? item.eventId, options, width),
  ]);

/** What is due, for a terminal: a block an item. */
export const renderUpcoming = (answer: UpcomingListAnswer, options: RenderOptions): string =>
  rendered(`Due by ${answer.until}, and before`, answer, options, (item, width) => [
    ...headLines([...dueLine(item, options), plain('  '), code(item.kind)], item, options, width),
    ...(item.awaited.length > 0 ? hang([plain('    ')], say`of ${idList(item.awaited)}`, 4, width) : []),
    ...footLines(item, item.eventId, options, width),
  ]);

/** What was recorded late, for a terminal: a block an item. */
export const renderLate = (answer: LateListAnswer, options: RenderOptions): string =>
  rendered(`Recorded more than ${counted(answer.days, 'day')} after it happened`, answer, options, (item, width) => [
    ...headLines([value(localDigits(lateWords(item), options))], item, options, width),
    ...footLines({ ...item, commands: [] }, item.eventId, options, width),
  ]);

function lateWords({ lateBy: { atLeast, atMost } }: LateItemAnswer): string {
  if (atMost === null) return `${counted(atLeast, 'day')} at least`;
  return atMost === atLeast ? counted(atLeast, 'day') : `${atLeast} to ${counted(atMost, 'day')}`;
}

function dueLine({ when, from, by, since }: DueItemAnswer, options: RenderOptions): Line {
  const days = boundsWords(from, by);
  const told = days ?? (since === null ? 'no day known' : `since ${since}`);
  const flag = when === 'overdue' ? [plain('overdue: ', 'warn')] : [];
  return [...flag, value(localDigits(told, options))];
}

function rendered<Item>(
  heading: string,
  answer: Query & { readonly items: readonly Item[]; readonly next: string | null },
  options: RenderOptions,
  itemLines: (item: Item, width: number) => Line[],
): string {
  const width = usableWidth(options);
  const lines: Line[] = [
    ...wrap(styled([value(heading)], 'strong'), width),
    ...queryLines(answer, options, width),
    ...answer.items.flatMap((item) => [[], ...itemLines(item, width)]),
  ];
  if (answer.items.length === 0) lines.push([], [plain('Nothing.')]);
  if (answer.next !== null) lines.push([], ...wrap(say`There is more: --cursor ${answer.next}`, width));
  return print(lines, options);
}

type Told = Omit<WorkItemAnswer, 'kind'>;

function headLines(what: Line, item: Omit<Told, 'commands'>, options: RenderOptions, width: number): Line[] {
  const { title, titleIsDescriptive, direction, pairs, stream } = item;
  const called = localized(title, options);
  const head = [
    what,
    ...(called ? [titleLine(called, titleIsDescriptive)] : []),
    ...(direction === null ? [] : [[value(direction)]]),
    ...(pairs.length === 0 ? [] : [[value(pairs.length > 3 ? `${pairs.slice(0, 3).join(', ')} …` : pairs.join(', '))]]),
  ];
  return [
    ...wrap(styled(joined(head, '  '), 'strong'), width),
    ...hang([plain('  ')], [value(stream, 'faint')], 2, width),
  ];
}

function footLines(item: Told, eventId: string, options: RenderOptions, width: number): Line[] {
  const { type, occurredOn, standing, evidence, position, recordedAt, commands } = item;
  const said = [
    [value(codeWords(type))],
    [dateSpan(occurredOn, options)],
    ...(standing === null ? [] : [[code(standing)]]),
  ];
  return [
    ...hang([plain('    ')], joined(said, ', '), 4, width),
    ...evidence.slice(0, MAX_CITED).flatMap((each) => hang([plain('    by ', 'faint')], citation(each), 7, width)),
    ...(evidence.length > MAX_CITED ? [[plain('    and others')]] : []),
    ...hang(
      [plain('    ')],
      styled(say`recorded ${recordedAt}, position ${String(position)}, event ${eventId}`, 'faint'),
      4,
      width,
    ),
    ...(commands.length === 0
      ? []
      : hang([plain('    ')], styled(say`settled by ${idList(commands)}`, 'faint'), 4, width)),
  ];
}
