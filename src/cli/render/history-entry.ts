import type { HistoryEntry } from './answers.js';
import { concludedWords, periodSpan } from './dates.js';
import { alternativeLines, citation, idList } from './evidence.js';
import type { Context } from './sentences/context.js';
import { tell } from './sentences/tell.js';
import { hang, type Line, plain, say, type Span, styled, value, widthOf } from './spans.js';
import { localDigits } from './text.js';
import { pathLine, standingWords } from './words.js';

/** How it is seen at a glance, and in words, whether something had happened by the day asked for. */
export const MARKERS = {
  happened: { mark: '*', words: 'had happened by then' },
  possible: { mark: '?', words: 'may have happened, not counted' },
  later: { mark: '>', words: 'later than that' },
  none: { mark: '-', words: 'has no place in time, or does not count' },
} as const;

const BEFORE: Readonly<Record<keyof typeof MARKERS, string>> = {
  happened: '',
  possible: 'may have happened: ',
  later: 'later: ',
  none: '',
};

/** Marker, and a date as `date unknown` or `2024-10-30`. */
const INDENT = 16;

/** An entry: when, what, how well it stands and by what evidence, and what was said of it since. */
export function entryLines(entry: HistoryEntry, context: Context, width: number): Line[] {
  const { sentence, details = [] } = tell(entry, context);
  const marker = MARKERS[entry.when ?? 'none'];
  const dated = entry.occurredOn !== null || entry.when !== null;
  const date = dated ? [periodSpan(entry.occurredOn, entry.endedOn, context.options)] : [];
  const head = styled(say`${plain(marker.mark)} ${date}`, 'strong');
  const body = capitalised([...prefixes(entry), ...sentence]);
  const label = (name: string, said: Line) => hang([], say`${plain(`${name}: `, 'faint')}${said}`, INDENT, width);
  return [
    // A longer date has a line for itself.
    ...(widthOf(head) < INDENT
      ? hang(head, body, INDENT, width)
      : [...hang([], head, 0, width), ...hang([], body, INDENT, width)]),
    ...details.flatMap(([name, said]) => {
      const line = said === undefined ? [] : 'text' in said ? [said] : said;
      return line.length > 0 ? label(name, line) : [];
    }),
    ...timeLines(entry, context, label),
    ...(entry.standing === null ? [] : label('standing', [value(standingWords(entry.standing))])),
    ...entry.evidence.flatMap((each) => label('evidence', citation(each))),
    ...saidSince(entry, context, width, label),
    ...hang([], styled(recordedLine(entry), 'faint'), INDENT, width),
  ];
}

type Label = (name: string, said: Line) => Line[];

/** What must be read before the sentence, so that nobody takes it for more than it is. */
function prefixes({ retractedBy, standing, when }: HistoryEntry): Span[] {
  return [
    ...(retractedBy === null ? [] : [plain('retracted: ', 'bad')]),
    ...(standing === 'claimed' ? [plain('claimed: ', 'warn')] : []),
    ...[BEFORE[when ?? 'none']].flatMap((words) => (words === '' ? [] : [plain(words, 'warn')])),
  ];
}

function capitalised([first, ...rest]: Line): Line {
  if (!first) return [];
  return [{ ...first, text: first.text.charAt(0).toUpperCase() + first.text.slice(1) }, ...rest];
}

function timeLines({ occurredOn, earliest, latest, when }: HistoryEntry, { options }: Context, label: Label): Line[] {
  const words = when === null ? undefined : concludedWords(occurredOn, earliest, latest);
  return words === undefined ? [] : label('when', [value(localDigits(words, options))]);
}

function saidSince(entry: HistoryEntry, { options }: Context, width: number, label: Label): Line[] {
  const { corroborations, corrections, disputes, retractedBy, warnings } = entry;
  return [
    ...(corroborations.length > 0 ? label('corroborated by', idList(corroborations)) : []),
    ...(corrections.length > 0 ? label('corrected by', idList(corrections)) : []),
    ...disputes.flatMap(({ disputeEventId, path, alternatives }) => [
      ...label('disputed', say`${pathLine(path)}, dispute ${disputeEventId}`),
      ...alternativeLines(alternatives, INDENT, options, width),
    ]),
    ...(retractedBy === null ? [] : label('retracted by', say`${retractedBy}`)),
    ...warnings.flatMap(({ code, message }) => label('warning', say`${message} (${code})`)),
  ];
}

function recordedLine({ eventId, stream, record, revision, position, recordedAt }: HistoryEntry): Line {
  const merged = record === stream ? undefined : say`, counted under ${record}`;
  return say`event ${eventId}, ${stream} ${String(revision)}${merged}, position ${String(position)}, recorded ${recordedAt}`;
}
