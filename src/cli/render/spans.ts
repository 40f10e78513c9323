import {
  cleanText,
  type Direction,
  displayWidth,
  firstDirection,
  FSI,
  holdsRtl,
  languageDirection,
  LRM,
  MINIMUM_WIDTH,
  PDI,
  type RenderOptions,
  RLM,
} from './text.js';

/**
 * A line is built of spans and only printed at the end. Isolates and colours are no part of a span's text: so they are
 * never measured, and wrapping or cutting cannot tear one open.
 */
export interface Span {
  readonly text: string;
  /** Set where the text could be reordered by a terminal, and then it is isolated: the direction of the whole value. */
  readonly direction?: Direction | undefined;
  readonly style?: Style | undefined;
}

export type Line = readonly Span[];

const STYLES = { strong: '1', faint: '2', warn: '33', bad: '31', good: '32' } as const;
export type Style = keyof typeof STYLES;

/** Words of the renderer's own. */
export const plain = (text: string, style?: Style): Span => ({ text, style });

/**
 * A value from the data, made harmless.
 * @param language of the text, where known: an Arabic title that begins with a Latin name still runs to the left
 */
export function value(text: string, style?: Style, language?: string): Span {
  const clean = cleanText(text);
  if (!holdsRtl(clean)) return { text: clean, style };
  const known = language === undefined ? undefined : languageDirection(language);
  return { text: clean, style, direction: known ?? firstDirection(clean) ?? 'ltr' };
}

type Part = string | number | Span | Line | undefined;

/** A template for a line: what is written out is the renderer's own, what is put in is data, and undefined nothing. */
export function say(literals: TemplateStringsArray, ...parts: readonly Part[]): Line {
  return literals.flatMap((literal, i) => [plain(literal), ...spansOf(parts[i])]).filter(({ text }) => text !== '');
}

function spansOf(part: Part): Line {
  if (part === undefined) return [];
  if (typeof part === 'number') return [plain(String(part))];
  if (typeof part === 'string') return [value(part)];
  return 'text' in part ? [part] : part;
}

/** The lines one after another, with a separator between. */
export const joined = (lines: readonly Line[], separator: string): Line =>
  lines.flatMap((line, i) => (i === 0 ? line : [plain(separator), ...line]));

/** The line in that style, where a span has none of its own. */
export const styled = (line: Line, style: Style): Line => line.map((span) => ({ ...span, style: span.style ?? style }));

/** Columns that the line takes up. */
export const widthOf = (line: Line): number => line.reduce((width, { text }) => width + displayWidth(text), 0);

/** The columns to use. */
export const usableWidth = ({ width }: RenderOptions): number => Math.max(MINIMUM_WIDTH, Math.floor(width) || 0);

interface Cell {
  readonly text: string;
  readonly width: number;
  readonly span: Span;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** What a reader sees as characters: a letter with its marks, an emoji sequence. */
function cellsOf(line: Line): Cell[] {
  return line.flatMap((span) =>
    [...graphemes.segment(span.text)].flatMap(({ segment }): Cell[] => {
      const width = displayWidth(segment);
      // A run of Hangul or Indic parts can be one grapheme of any width: it must be divisible to fit a column.
      return width <= 2
        ? [{ text: segment, width, span }]
        : [...segment].map((text) => ({ text, width: displayWidth(text), span }));
    }),
  );
}

const isSpace = ({ text }: Cell) => /^[ \u2000-\u2006\u2008-\u200a\u3000]$/u.test(text);
const cellsWidth = (cells: readonly Cell[]) => cells.reduce((sum, { width }) => sum + width, 0);

function lineOf(cells: readonly Cell[]): Line {
  const line: { span: Span; text: string }[] = [];
  for (const { span, text } of cells) {
    const last = line.at(-1);
    if (last?.span === span) last.text += text;
    else line.push({ span, text });
  }
  return line.map(({ span, text }) => ({ ...span, text }));
}

/** Breaks a line at spaces into lines of at most `width` columns; a longer word at its hyphens, else anywhere. `width` ≥ 2. */
export function wrap(line: Line, width: number): Line[] {
  const lines: Line[] = [];
  let current: Cell[] = [];
  let used = 0;
  const emit = (count: number) => {
    lines.push(lineOf(current.slice(0, current.slice(0, count).findLastIndex((cell) => !isSpace(cell)) + 1)));
    const next = current.findIndex((cell, i) => i >= count && !isSpace(cell));
    current = next < 0 ? [] : current.slice(next);
    used = cellsWidth(current);
  };
  for (const cell of cellsOf(line)) {
    while (used + cell.width > width && current.length > 0) emit(isSpace(cell) ? current.length : breakIn(current));
    if (current.length === 0 && isSpace(cell)) continue;
    current.push(cell);
    used += cell.width;
  }
  if (current.length > 0 || lines.length === 0) emit(current.length);
  return lines;
}

/** How many cells to keep on a line that is full; it begins with no space. */
function breakIn(cells: readonly Cell[]): number {
  const space = cells.findLastIndex(isSpace);
  if (space >= 0) return space;
  const hyphen = cells.findLastIndex(({ text }) => /^[-_/]$/.test(text));
  return hyphen >= 0 ? hyphen + 1 : cells.length;
}

/** Cuts a line to at most `width` columns, and says so with an ellipsis. */
export function truncate(line: Line, width: number): Line {
  if (widthOf(line) <= width) return line;
  const kept: Cell[] = [];
  let used = 0;
  for (const cell of cellsOf(line)) {
    if (used + cell.width > width - 1) break;
    kept.push(cell);
    used += cell.width;
  }
  return width < 1 ? [] : [...lineOf(kept), plain('…')];
}

/** Fills a line up to `width` columns. The filling stands outside of every isolate, so that columns stay in place. */
export const pad = (line: Line, width: number): Line => {
  const missing = width - widthOf(line);
  return missing > 0 ? [...line, plain(' '.repeat(missing))] : line;
};

/** Wraps `body` to the right of `prefix`, with all its lines at the same indent. */
export function hang(prefix: Line, body: Line, indent: number, width: number): Line[] {
  const column = Math.max(indent, widthOf(prefix));
  return wrap(body, Math.max(2, width - column)).map((line, i) =>
    i === 0 ? [...pad(prefix, column), ...line] : [plain(' '.repeat(column)), ...line],
  );
}

/**
 * A span as the terminal gets it. A piece of a wrapped value may begin with a letter of the other direction: a mark then
 * gives it that of the whole. The mark after the isolate is for terminals that reorder but know no isolates: without it
 * two Arabic cells with spaces between would change places there.
 */
function printSpan({ text, direction, style }: Span, colour: boolean): string {
  let printed = text;
  if (direction !== undefined) {
    const own = firstDirection(text) ?? 'ltr';
    const mark = own === direction ? '' : direction === 'rtl' ? RLM : LRM;
    printed = `${FSI}${mark}${text}${PDI}${LRM}`;
  }
  return colour && style !== undefined ? `\u001b[${STYLES[style]}m${printed}\u001b[0m` : printed;
}

/**
 * A line as the terminal gets it. Where anything in it runs to the left, a mark at the start makes the line as a whole
 * run to the right, also where the terminal goes by the first letter (UAX #9, P2). A line without such a text gets no
 * marks at all, so that ids can be copied and searched for.
 */
function printLine(line: Line, { colour }: RenderOptions): string {
  const end = line.findLastIndex(({ text }) => text.trimEnd() !== '');
  const kept = line.slice(0, end + 1).map((span, i) => (i === end ? { ...span, text: span.text.trimEnd() } : span));
  const start = kept.some(({ direction }) => direction !== undefined) ? LRM : '';
  return start + kept.map((span) => printSpan(span, colour)).join('');
}

/** The lines as one text, with a line feed at the end of each. */
export const print = (lines: readonly Line[], options: RenderOptions): string =>
  lines.map((line) => `${printLine(line, options)}\n`).join('');
