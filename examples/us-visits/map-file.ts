import { hash } from 'node:crypto';
import type { PartyRegistered } from '../../src/domain/party/party.js';
import { parsePartialDate } from '../../src/domain/values/partial-date.js';
import { type CsvRecord, readCsv } from './csv.js';
import { type MappedVisit, mapRow, RowRefused } from './map-row.js';
import { REGISTERED } from './parties.js';
import { type Table, tableOf, TABLES } from './tables.js';

/** A line for `mithaq import`. */
export interface CommandLine {
  readonly commandId: string;
  readonly type: 'RegisterSource' | 'RegisterParty' | 'HoldVisit';
  readonly data: object;
}

/** What is said of a row beside its command: that there is none, or that it may repeat another. */
export interface Remark {
  /** Of the file, from 1; the header is line 1. */
  readonly line: number;
  readonly id: string;
  readonly outcome: 'refused' | 'possible-duplicate';
  readonly reason: string;
}

export interface MappedFile {
  readonly kind: string;
  readonly rows: number;
  readonly commands: readonly CommandLine[];
  readonly remarks: readonly Remark[];
}

interface Taken {
  readonly line: number;
  readonly id: string;
  readonly mapped: MappedVisit;
}

/** The file has other columns than those that are understood. */
export class UnknownTable extends Error {}

/**
 * Maps a file: its source, the parties that must be registered, and a visit for each row. The same file gives the same
 * commands, with the same ids. Each row is in the commands, or among the remarks as refused.
 * @throws CsvError, UnknownTable
 */
export function mapFile(text: string): MappedFile {
  const { header, records } = readCsv(text);
  const table = tableOf(header);
  if (!table) {
    const known = TABLES.map(({ columns }) => columns.join(',')).join(' or ');
    throw new UnknownTable(`its columns are ${header.join(',')}, not ${known}`);
  }
  const remarks: Remark[] = [];
  const taken = new Map<string, Taken>();
  for (const record of records) {
    const id = record.fields?.['id']?.trim() ?? '';
    try {
      taken.set(id, { line: record.line, id, mapped: mapRecord(record, header, table, taken) });
    } catch (error) {
      if (!(error instanceof RowRefused)) throw error;
      remarks.push({ line: record.line, id, outcome: 'refused', reason: error.message });
    }
  }
  const rows = [...taken.values()];
  remarks.push(...duplicates(rows));
  const commands = commandsOf(table, hash('sha256', text), rows);
  return { kind: table.kind, rows: records.length, commands, remarks };
}

function mapRecord(
  { fields }: CsvRecord,
  header: readonly string[],
  table: Table,
  taken: ReadonlyMap<string, Taken>,
): MappedVisit {
  if (!fields) throw new RowRefused(`it has not the ${header.length} fields that the header names`);
  const row = table.read(fields);
  const before = taken.get(row.id);
  if (before) throw new RowRefused(`its id, ${row.id}, is that of line ${before.line}`);
  return mapRow(row);
}

function commandsOf({ kind, title }: Table, contentSha256: string, rows: readonly Taken[]): CommandLine[] {
  const sourceId = `us-${kind}-${contentSha256.slice(0, 12)}`;
  const source: CommandLine = {
    commandId: `us-visits-source-${sourceId}`,
    type: 'RegisterSource',
    data: {
      sourceId,
      title: { en: title },
      kind: 'dataset',
      language: 'en',
      publisher: 'Office of the Historian, United States Department of State',
      contentSha256,
    },
  };
  const named = new Set(rows.flatMap(({ mapped: { visit } }) => [visit.visitor, visit.host]));
  const parties = Object.entries(REGISTERED)
    .filter(([code]) => named.has(code))
    .map(([code, party]: [string, PartyRegistered]): CommandLine => {
      return { commandId: `us-visits-party-${code}`, type: 'RegisterParty', data: { code, ...party } };
    });
  const visits = rows.map(({ id, mapped: { visit, notes } }): CommandLine => {
    const note = notes.length > 0 && { note: notes.join(' ') };
    const evidence = [{ sourceId, locator: `row id ${id}`, standing: 'reported', ...note }];
    const visitId = `us-${kind}-${id}`;
    return { commandId: `us-visits-${kind}-${id}`, type: 'HoldVisit', data: { visitId, ...visit, evidence } };
  });
  return [source, ...parties, ...visits];
}

/** Rows of the same persons with the same host in days that overlap: both are in, whether they are one is for a person to say. */
function duplicates(rows: readonly Taken[]): Remark[] {
  const remarks: Remark[] = [];
  const seen = new Map<string, Taken[]>();
  for (const row of rows) {
    const { visitor, host, delegation } = row.mapped.visit;
    const key = JSON.stringify([visitor, host, delegation]);
    const others = seen.get(key) ?? [];
    seen.set(key, [...others, row]);
    for (const other of others.filter((each) => overlap(each.mapped, row.mapped))) {
      const reason = `the same persons and host on the same days as row id ${other.id} (line ${other.line})`;
      remarks.push({ line: row.line, id: row.id, outcome: 'possible-duplicate', reason });
    }
  }
  return remarks;
}

/** The same first day, or days in common beyond the one on which one ends and the other begins. */
function overlap(a: MappedVisit, b: MappedVisit): boolean {
  const [x, y] = [daysOf(a), daysOf(b)];
  if (!x || !y) return false;
  return x.first === y.first || (x.first < y.last && y.first < x.last);
}

function daysOf({ visit: { occurredOn, endedOn } }: MappedVisit) {
  const first = parsePartialDate(occurredOn ?? '')?.earliest;
  const last = parsePartialDate(endedOn ?? occurredOn ?? '')?.latest;
  return first && last ? { first, last } : undefined;
}
