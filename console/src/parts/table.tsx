import type { ReactNode } from 'react';
import { useMore } from './more';

interface Column<Row> {
  readonly label: string;
  readonly cell: (row: Row) => ReactNode;
}

interface TableProps<Row> {
  /** Told to those who do not see. */
  readonly caption: string;
  /** The first names the row. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

/** A table, of a long one the beginning, that becomes a list of its rows where it is narrow: so its roles are written out. */
export function Table<Row>({ caption, columns, rows, keyOf }: TableProps<Row>) {
  const [shown, more] = useMore(rows);
  return (
    <>
      <table role="table" className="table">
        <caption className="hidden">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ label }) => (
              <th key={label} role="columnheader" scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {shown.map((row) => (
            <tr key={keyOf(row)} role="row">
              {columns.map(({ label, cell }, i) =>
                i === 0 ? (
                  <th key={label} role="rowheader" scope="row">
                    {cell(row)}
                  </th>
                ) : (
                  <td key={label} role="cell" data-label={label}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {more}
    </>
  );
}
