/** A record of a CSV file: its fields by the names in the header, and the line of the file (from 1) on which it begins. */
export interface CsvRecord {
  readonly line: number;
  /** Undefined where the record has another number of fields than the header. */
  readonly fields: Readonly<Record<string, string>> | undefined;
}

export interface CsvFile {
  readonly header: readonly string[];
  readonly records: readonly CsvRecord[];
}

/** The file is no CSV; nothing of it can be trusted. */
export class CsvError extends Error {}

/** A quoted field with what follows it, or a plain one; `$` only at the end of the text. */
const FIELD = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r?\n|$)/y;

/**
 * Reads CSV as RFC 4180 has it, the first record being the header: quoted fields may hold commas, line breaks and doubled
 * quotes; lines end in CRLF or LF; a byte order mark is passed over, and so are empty lines.
 * @throws CsvError, with the line, at what RFC 4180 has no meaning for, and where there is no header
 */
export function readCsv(text: string): CsvFile {
  const [first, ...rest] = rowsOf(text.replace(/^\uFEFF/, ''));
  if (!first) throw new CsvError('is empty: the first line must name the columns');
  const header = first.cells.map((name) => name.trim());
  const records = rest.map(({ line, cells }): CsvRecord => {
    const fits = cells.length === header.length;
    return { line, fields: fits ? Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ''])) : undefined };
  });
  return { header, records };
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

function rowsOf(text: string): Row[] {
  const rows: Row[] = [];
  let [line, begun, cells]: [number, number, string[]] = [1, 1, []];
  for (FIELD.lastIndex = 0; FIELD.lastIndex < text.length || cells.length > 0;) {
    const [whole, quoted, plain, end] = FIELD.exec(text) ?? [];
    if (whole === undefined)
      throw new CsvError(`line ${line}: a quote that is out of place or never closed, or a carriage return alone`);
    cells.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    line += whole.split('\n').length - 1;
    if (end === ',') continue;
    const empty = cells.length === 1 && quoted === undefined && plain === '';
    if (!empty) rows.push({ line: begun, cells });
    [begun, cells] = [line, []];
  }
  return rows;
}
