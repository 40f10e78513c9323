import { type Line, pad, plain, styled, widthOf, wrap } from './spans.js';

/** What stands in a row under a column: one or more lines, each wrapped on its own. */
export type TableCell = readonly Line[];

/** Cells, or one line across all columns. */
export type TableRow = readonly TableCell[] | { readonly note: Line };

export interface Table {
  readonly columns: readonly string[];
  /** The column that keeps its width as long as others can give. */
  readonly main: string;
  readonly rows: readonly TableRow[];
}

const GAP = 2;
/** A column is not made narrower than its longest word, up to this. */
const READABLE = 14;

const isNote = (row: TableRow): row is { readonly note: Line } => 'note' in row;
const textOf = (line: Line) => line.map(({ text }) => text).join('');

/**
 * A table in columns that shrink, the widest first and the main one last, until it fits `width`; cells are wrapped, never cut. Where even
 * that is unreadable, each row becomes a list of its fields.
 */
export function table({ columns, main, rows }: Table, width: number): Line[] {
  const header = columns.map((name): TableCell => [[plain(name)]]);
  const bodies = rows.filter((row): row is readonly TableCell[] => !isNote(row));
  const cellsOf = (column: number) => [header, ...bodies].flatMap((row) => row[column] ?? []);
  const natural = columns.map((_, i) => Math.max(1, ...cellsOf(i).map(widthOf)));
  const least = columns.map((_, i) => {
    const words = cellsOf(i).flatMap((line) =>
      textOf(line)
        .split(' ')
        .map((word) => widthOf([plain(word)])),
    );
    return Math.max(2, Math.min(READABLE, ...[natural[i]!, Math.max(1, ...words)]));
  });
  const widths = fit(natural, least, columns.indexOf(main), width - GAP * (columns.length - 1));
  if (widths === undefined) return rows.flatMap((row) => stacked(columns, row, width));
  return [
    ...rowLines(header, widths).map((line) => styled(line, 'faint')),
    ...rows.flatMap((row) => (isNote(row) ? wrap(row.note, width) : rowLines(row, widths))),
  ];
}

function fit(
  natural: readonly number[],
  least: readonly number[],
  main: number,
  available: number,
): number[] | undefined {
  const widths = [...natural];
  for (let over = widths.reduce((sum, each) => sum + each, 0) - available; over > 0; over -= 1) {
    const spare = widths.map((each, i) => (i !== main && each > least[i]! ? each : 0));
    const widest = Math.max(...spare);
    const giving = widest > 0 ? spare.indexOf(widest) : main;
    if (widths[giving]! <= least[giving]!) return undefined;
    widths[giving]! -= 1;
  }
  return widths;
}

function rowLines(row: readonly TableCell[], widths: readonly number[]): Line[] {
  const cells = widths.map((width, i) => (row[i] ?? []).flatMap((line) => wrap(line, width)));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, y) =>
    cells.flatMap((lines, i) => {
      const line = lines[y] ?? [];
      return i === widths.length - 1 ? line : pad(line, widths[i]! + GAP);
    }),
  );
}

/** `- title: …` and the other fields under it. */
function stacked(columns: readonly string[], row: TableRow, width: number): Line[] {
  if (isNote(row)) return wrap(row.note, width);
  return row.flatMap((cell, i) =>
    cell.flatMap((line, y) => {
      const label = y === 0 && columns[i] !== '' ? [plain(`${columns[i]}: `, 'faint')] : [];
      return wrap([...label, ...line], width - 2).map((part, z): Line => {
        const first = i === 0 && y === 0 && z === 0;
        return [plain(first ? '- ' : '  '), ...part];
      });
    }),
  );
}
