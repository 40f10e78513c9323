import type { Database, SqlValue } from '../event-store/embedded/sqlite.js';

/*
 * Many rows in one statement: a statement a row costs more than the row. They go in as JSON, so a text may not have
 * U+0000 in it, which no command lets in either.
 */

/** @param into `INTO table`, or `OR IGNORE INTO table`; a row has a value for each column */
export function insertRows(
  db: Database,
  into: string,
  columns: readonly string[],
  rows: readonly (readonly SqlValue[])[],
): void {
  if (rows.length === 0) return;
  const values = columns.map((_, i) => `given ->> ${i}`).join(', ');
  // Materialised: else SQLite writes a row as text anew, and parses it, for each of its columns.
  db.prepare(
    `WITH row AS MATERIALIZED (SELECT value AS given FROM json_each(?))
     INSERT ${into} (${columns.join(', ')}) SELECT ${values} FROM row`,
  ).run(JSON.stringify(rows));
}

/** Deletes the rows that have one of these values in a column. */
export function deleteWhere(db: Database, table: string, column: string, values: readonly SqlValue[]): void {
  if (values.length === 0) return;
  db.prepare(`DELETE FROM ${table} WHERE ${column} IN (SELECT value FROM json_each(?))`).run(JSON.stringify(values));
}

/** The rows that have one of these values in a column. @param columns as after SELECT */
export function selectWhere<Row>(
  db: Database,
  columns: string,
  table: string,
  column: string,
  values: readonly SqlValue[],
): Row[] {
  if (values.length === 0) return [];
  return db
    .prepare(`SELECT ${columns} FROM ${table} WHERE ${column} IN (SELECT value FROM json_each(?))`)
    .all<Row>(JSON.stringify(values));
}
