import type { SearchAnswer, SearchItemAnswer, SearchMatchAnswer } from './answers.js';
import { dateSpan } from './dates.js';
import { labelled } from './query.js';
import { DESCRIPTIVE_LEGEND, titleLine } from './status-agreements.js';
import { hang, joined, type Line, plain, print, say, styled, usableWidth, value, wrap } from './spans.js';
import { localized } from './values.js';
import type { RenderOptions } from './text.js';
import { code, pathLine } from './words.js';

/** What a search found for a terminal: a block a record, with the texts by which it was found. */
export function renderSearch(answer: SearchAnswer, options: RenderOptions): string {
  const width = usableWidth(options);
  const { q, knownAt, items, next } = answer;
  const lines: Line[] = [
    ...wrap(styled(say`Search: ${q}`, 'strong'), width),
    ...labelled('known at', say`position ${knownAt.position}`, width),
    ...(items.some((item) => item.titleIsDescriptive) ? labelled('titles', [plain(DESCRIPTIVE_LEGEND)], width) : []),
    ...items.flatMap((item) => [[], ...itemLines(item, options, width)]),
  ];
  if (items.length === 0) lines.push([], [plain(next === null ? 'Nothing is found.' : 'Nothing is found so far.')]);
  if (next !== null) lines.push([], ...wrap(say`There is more: --cursor ${next}`, width));
  return print(lines, options);
}

function itemLines(item: SearchItemAnswer, options: RenderOptions, width: number): Line[] {
  const { category, stream, pairs, title, titleIsDescriptive, withdrawn, matches, more } = item;
  const called = localized(title, options);
  const head = [
    [code(category)],
    ...(called ? [titleLine(called, titleIsDescriptive)] : []),
    ...(pairs.length > 0 ? [[value(pairs.length > 3 ? `${pairs.slice(0, 3).join(', ')} …` : pairs.join(', '))]] : []),
    ...(withdrawn ? [[plain('withdrawn', 'bad')]] : []),
  ];
  return [
    ...wrap(styled(joined(head, '  '), 'strong'), width),
    ...hang([plain('  ')], [value(stream, 'faint')], 2, width),
    ...matches.flatMap((match) => matchLines(match, options, width)),
    ...(more ? [[plain('    and more of the same')]] : []),
  ];
}

function matchLines(match: SearchMatchAnswer, options: RenderOptions, width: number): Line[] {
  const { language, path, occurredOn, standing, disputed } = match;
  const where = [
    pathLine(path),
    ...(occurredOn === null ? [] : [[dateSpan(occurredOn, options)]]),
    ...(standing === null ? [] : [[code(standing)]]),
    ...(disputed ? [[plain('disputed', 'warn')]] : []),
  ];
  return [
    ...hang([plain('    ')], [value(marked(match), undefined, language ?? undefined)], 4, width),
    ...hang([plain('      ')], styled(joined(where, ', '), 'faint'), 6, width),
  ];
}

/** Marks within the text, and so within its isolate: the quotation marks turn with the direction (Bidi_Mirrored). */
function marked({ text, spans }: SearchMatchAnswer): string {
  let end = 0;
  const parts = spans.map(([from, to]) => {
    const part = `${text.slice(end, from)}‹${text.slice(from, to)}›`;
    end = to;
    return part;
  });
  return parts.join('') + text.slice(end);
}
