import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { COLUMNS, EXPORTS } from '../../src/api/queries/exports.js';
import { act, agreementData, sourceData, visitData } from '../support/facts.js';
import { type Data, evidence } from '../support/ledger.js';
import { Clock, serveLedger, type ServedLedger } from '../support/server.js';

/** RFC 4180, by hand. */
function parseCsv(text: string): Record<string, string>[] {
  const lines: string[][] = [[]];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    lines.at(-1)!.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === '\r\n') lines.push([]);
  }
  const [header = [], ...rows] = lines.slice(0, -1);
  for (const row of rows) expect(row).toHaveLength(header.length);
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i]!])));
}

const lines = readFileSync('examples/morocco/commands.ndjson', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { commandId: string; type: string; data: Data });

let ledger: ServedLedger;
beforeAll(async () => {
  ledger = await serveLedger({
    now: new Clock('2026-11-23T10:00:00.000Z').now,
    settings: { partyNames: { MAR: { en: 'Kingdom of Morocco' } } },
  });
  for (const { commandId, type, data } of lines) await ledger.client.given(type, data, commandId);
});
afterAll(() => ledger.close());

const table = async (name: string, params = '') =>
  parseCsv(await ledger.client.read<string>(`/v1/exports/${name}.csv${params}`));

test('every column is told in docs/exports.md, and none else', () => {
  const told = readFileSync('docs/exports.md', 'utf8');
  for (const name of EXPORTS) {
    const section = told.split(/^## /m).find((part) => part.startsWith(`${name}.csv`)) ?? '';
    const names = [...section.matchAll(/^\| `([^|]+)` \|/gm)].flatMap(([, cell]) => cell!.split('`, `'));
    expect({ name, columns: names }).toEqual({
      name,
      columns: COLUMNS[name].filter((c) => !COLUMNS.visits.slice(-3).includes(c)),
    });
  }
});

describe('the dossier as tables', () => {
  test('agreements: what is unknown is empty, and each row cites its sources', async () => {
    const rows = await table('agreements');
    expect(rows.map((row) => row['agreement_id'])).toEqual([
      'aze-mar-military-technical-2024',
      'cze-mar-military-technical-2024',
      'mar-pak-defence-mou',
      'mar-pak-first-formal-agreement',
      'mar-pak-military-agreement-announced',
    ]);
    expect(rows[2]).toMatchObject({
      party_1: 'MAR',
      party_1_name: 'Kingdom of Morocco',
      party_1_cow: '600',
      party_2_cow: '770',
      title_is_descriptive: '1',
      signed: '1',
      signed_on: '',
      signed_earliest: '',
      signed_latest: '2026-11-23',
      sources: expect.stringContaining('(000_9a2af1eb5c71071b), line') as unknown,
      as_of: '2026-11-23',
      known_at: String(lines.length),
      minimum_standing: 'claimed',
    });
    expect(rows[4]).toMatchObject({ signed: '0', status: 'drafted' });
    expect(await table('agreements', '?minimumStanding=reported')).toHaveLength(3);
    expect(await table('agreements', '?asOf=2023-01-01')).toEqual([]);
  });

  test('visits, with their direction', async () => {
    const rows = await table('visits');
    expect(rows.find((row) => row['visit_id'] === 'pak-mar-defence-minister-visit')).toMatchObject({
      visitor: 'PAK',
      host: 'MAR',
      visitor_cow: '770',
      status: 'held',
      occurred_on: '',
      duration_days: '3',
    });
  });

  test('dyad-years: without declared coverage nothing is said to be none', async () => {
    const rows = await table('dyad-years');
    const years = rows.filter((row) => row['pair'] === 'AZE-MAR');
    expect(
      years.map(({ year, covered, stage, agreements_signed, agreements_in_force }) => [
        year,
        covered,
        stage,
        agreements_signed,
        agreements_in_force,
      ]),
    ).toEqual([
      ['2024', '0', 'signed', '1', ''],
      ['2025', '0', 'signed', '', ''],
      ['2026', '0', 'signed', '', ''],
    ]);
    expect(years.at(-1)).toMatchObject({ through: '2026-11-23', visits_1_to_2: '' });
  });

  test('it is sent as a file, and refuses what it can’t be asked', async () => {
    const { headers } = await ledger.client.get('/v1/exports/visits.csv?asOf=2025-01-01&knownAt=10');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(headers.get('content-disposition')).toBe('attachment; filename="mithaq-visits-2025-01-01-at-10.csv"');
    expect((await ledger.client.refused('/v1/exports/visits.csv?limit=3')).status).toBe(400);
    expect((await ledger.client.refused('/v1/exports/meetings.csv')).status).toBe(404);
  });

  test('no text of the record breaks a row, or is a formula', async () => {
    const { client } = ledger;
    await client.given('RegisterSource', sourceData({ sourceId: 'odd', title: { en: '=HYPERLINK("x"), a\r\nb' } }));
    const cited = { evidence: evidence('odd') };
    await client.given('DraftAgreement', agreementData({ title: { en: '@SUM("1",2)' }, ...cited }));
    const rows = await table('agreements');
    const row = rows.find((each) => each['agreement_id'] === 'agr')!;
    expect(row['title']).toBe(`'@SUM("1",2)`);
    expect(row['sources']).toBe(`'=HYPERLINK("x"), a\r\nb (odd), line 1`);
  });

  test('dyad-years: within coverage none is 0; what may have been in a year is told apart', async () => {
    const { client } = ledger;
    const told = { evidence: evidence('odd') };
    await client.given('DeclareCoverage', act({ pair: 'EGY-MAR', from: '2022-06', ...told }));
    const visit = { visitor: 'EGY', host: 'MAR', ...told };
    await client.given('HoldVisit', visitData({ ...visit, visitId: 'e1', occurredOn: '2024-02-01' }));
    await client.given('HoldVisit', visitData({ ...visit, visitId: 'e2', occurredOn: '2023-12/2024-01' }));
    await client.given(
      'DraftAgreement',
      agreementData({ agreementId: 'egy', parties: ['EGY', 'MAR'], areas: ['logistics', 'procurement'], ...told }),
    );
    await client.given('SignAgreement', act({ agreementId: 'egy', occurredOn: '2024-03-01', ...told }));
    await client.given('BringIntoForce', act({ agreementId: 'egy', occurredOn: '2025-03-01', ...told }));
    const rows = (await table('dyad-years')).filter((row) => row['pair'] === 'EGY-MAR');
    const columns = [
      'year',
      'covered',
      'stage',
      'visits_1_to_2',
      'visits_2_to_1',
      'visits_1_to_2_possible',
      'agreements_signed',
      'agreements_in_force',
      'dcad_areas_in_force',
    ];
    expect(rows.map((row) => columns.map((column) => row[column]).join(' '))).toEqual([
      '2022 0    0   ',
      '2023 1 none 0 0 1 0 0 ',
      '2024 1 signed 1 0 1 1 0 ',
      '2025 1 in_force 0 0 0 0 1 procurement',
      '2026 1 in_force 0 0 0 0 1 procurement',
    ]);
    expect(rows[2]!['sources']).toMatch(/^'=HYPERLINK/);
  });
});
