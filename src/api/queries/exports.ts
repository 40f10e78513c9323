import { setImmediate as nextTurn } from 'node:timers/promises';
import { csvLine } from '../../domain/exports/csv.js';
import { dyadYears } from '../../domain/exports/dyad-years.js';
import { agreementRow, chosen, type Names, type Row, visitRow } from '../../domain/exports/tables.js';
import { streamName } from '../../domain/event.js';
import type { HistoryQuery, RecordHistory } from '../../domain/history/history.js';
import type { Database } from '../../event-store/embedded/sqlite.js';
import { foldRecordAt, pairHistoryAt, recordViewAt } from '../../projections/folds.js';
import { pairsFrom, recordIds } from '../../projections/history-index.js';
import { TURN_MS } from './in-turns.js';

/** The tables that can be exported. */
export const EXPORTS = ['dyad-years', 'agreements', 'visits'] as const;
export type ExportName = (typeof EXPORTS)[number];

/** A ledger at a point on both axes, and what its parties are called. */
export interface ExportPoint {
  readonly db: Database;
  readonly query: HistoryQuery;
  readonly knownAt: number;
  readonly partyNames: (code: string) => Readonly<Record<string, string>>;
}

/** Keys read at once. */
const STEP = 500;

function* keys(next: (after: string) => readonly string[]): Generator<string> {
  for (let some = next(''); some.length > 0; some = next(some.at(-1)!)) yield* some;
}

function namesAt({ db, query, knownAt, partyNames }: ExportPoint): Names {
  const titles = new Map<string, string | null>();
  const titleOf = (sourceId: string) => {
    const view = recordViewAt(db, streamName('source', sourceId), query, knownAt);
    return chosen(view?.['title'] as Record<string, string> | undefined)[0] as string | null;
  };
  return {
    party: (code) => chosen(partyNames(code))[0] as string | null,
    source: (sourceId) => {
      if (!titles.has(sourceId)) titles.set(sourceId, titleOf(sourceId));
      return titles.get(sourceId)!;
    },
  };
}

function* rowsOf(name: ExportName, point: ExportPoint): Generator<Row | undefined> {
  const { db, query, knownAt } = point;
  const names = namesAt(point);
  if (name === 'dyad-years') {
    for (const pair of keys((after) => pairsFrom(db, knownAt, after, STEP))) {
      const historyOn = (asOf: string) => pairHistoryAt(db, pair, { ...query, asOf }, knownAt);
      yield* dyadYears(historyOn, pair, query.asOf, names);
      yield undefined;
    }
    return;
  }
  const category = name === 'agreements' ? 'agreement' : 'visit';
  const rowOf: (record: RecordHistory, names: Names) => Row = name === 'agreements' ? agreementRow : visitRow;
  for (const id of keys((after) => recordIds(db, category, knownAt, after, STEP))) {
    const stream = streamName(category, id);
    const { record } = foldRecordAt(db, stream, query, knownAt);
    // A merged record is told as the one that it was merged into.
    yield record?.listed && record.stream === stream ? rowOf(record, names) : undefined;
  }
}

/** Text sent at once, in UTF-16 code units. */
const CHUNK = 16_384;

/** A table as CSV, in pieces, its header first; every row says at which point it was told. */
export async function* exportCsv(name: ExportName, point: ExportPoint): AsyncGenerator<string> {
  const { query, knownAt } = point;
  const at = { as_of: query.asOf, known_at: knownAt, minimum_standing: query.minimumStanding };
  let text = csvLine(COLUMNS[name]);
  let began = performance.now();
  for (const row of rowsOf(name, point)) {
    if (row) {
      const cells: Row = { ...row, ...at };
      text += csvLine(COLUMNS[name].map((column) => cells[column] ?? null));
    }
    if (text.length >= CHUNK) {
      yield text;
      text = '';
    }
    if (performance.now() - began >= TURN_MS) {
      await nextTurn();
      began = performance.now();
    }
  }
  if (text !== '') yield text;
}

const POINT = ['as_of', 'known_at', 'minimum_standing'];

/** The columns of each table, in order; docs/exports.md says what each means. */
export const COLUMNS: Readonly<Record<ExportName, readonly string[]>> = {
  'dyad-years': [
    ...['pair', 'year', 'party_1', 'party_2', 'party_1_name', 'party_2_name', 'party_1_cow', 'party_2_cow'],
    ...['through', 'covered', 'stage', 'severed', 'visits_1_to_2', 'visits_2_to_1'],
    ...['visits_1_to_2_possible', 'visits_2_to_1_possible', 'agreements_signed', 'agreements_signed_possible'],
    ...['agreements_in_force', 'dcad_areas_in_force', 'disputed', 'sources', ...POINT],
  ],
  agreements: [
    ...['agreement_id', 'party_1', 'party_2', 'party_1_name', 'party_2_name', 'party_1_cow', 'party_2_cow'],
    ...['title', 'title_language', 'title_is_descriptive', 'instrument_type', 'status', 'standing'],
    ...['signed', 'signed_on', 'signed_earliest', 'signed_latest', 'in_force_on', 'last_day', 'ended_on'],
    ...['consent_pending', 'areas', 'dcad_areas', 'disputed', 'sources', ...POINT],
  ],
  visits: [
    ...['visit_id', 'visitor', 'host', 'visitor_name', 'host_name', 'visitor_cow', 'host_cow', 'status', 'standing'],
    ...['level', 'kind', 'occurred_on', 'earliest', 'latest', 'ended_on', 'duration_days', 'planned_for'],
    ...['occasion', 'areas', 'disputed', 'sources', ...POINT],
  ],
};
