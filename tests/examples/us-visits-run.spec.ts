import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandLine } from '../../examples/us-visits/map-file.js';
import { openLedger } from '../../src/cli/ledger.js';
import { loadSettings } from '../../src/settings.js';

const PROGRAM = 'dist/examples/us-visits/main.js';

// Invented rows, in the form of the records.
const VISITS = `\uFEFFid,start,end,visitor,from_id,from_name,host,description\r
1,1990-03-01,1990-03-02,President Novak,czechoslovakia,Czechoslovakia,united-states,"Official visit. Said ""hello"",\r
and left."\r
2,1990-03-01,1990-02-01,King Olaf,norway,Norway,united-states,Ends before it starts.\r
`;
const TRAVELS = `id,role,name,start,end,country_id,country,locale,remarks
1,president,A. B. Traveller,1990-11-17,1990-11-17,czechoslovakia,Czechoslovakia,Prague,Met with President Novak.
2,secretary,C. D. Traveller,1993-01-17,1993-01-17,czechoslovakia,Czechoslovakia,Prague,After its end.
`;

describe('the program', () => {
  let directory: string;
  const at = (name: string) => join(directory, name);
  const run = (...args: readonly string[]) => spawnSync(process.execPath, [PROGRAM, ...args], { encoding: 'utf8' });

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'us-visits-'));
    writeFileSync(at('visits.csv'), VISITS);
    writeFileSync(at('travels.csv'), TRAVELS);
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  test('writes what the ledger takes, and the second time finds recorded before', async () => {
    const { status, stdout, stderr } = run('--report', at('report'), at('visits.csv'), at('travels.csv'));
    expect(status).toBe(0);
    expect(stderr).toMatch(/visits\.csv: 2 rows: 1 visits, 1 refused, 0 possible duplicates/);
    expect(JSON.parse(readFileSync(at('report'), 'utf8'))).toMatchObject({
      file: 'foreign-leader-visits',
      line: 4,
      id: '2',
      outcome: 'refused',
    });

    const ledger = await openLedger(loadSettings({ MITHAQ_STORE: at('ledger'), MITHAQ_VIEWS: at('views') }));
    const record = async () => {
      const results = [];
      for (const line of stdout.trim().split('\n')) results.push(await ledger.record(JSON.parse(line) as CommandLine));
      return results;
    };
    try {
      const first = await record();
      // Two sources, a party that both files name, three visits.
      expect(first.map(({ repeated }) => repeated)).toEqual([false, false, false, false, false, false]);
      expect(first.map(({ warnings }) => warnings.map(({ code }) => code))).toEqual([
        ...[[], [], [], [], []],
        ['party-not-there'],
      ]);
      expect((await record()).map(({ repeated }) => repeated)).toEqual([true, true, true, true, true, true]);
    } finally {
      await ledger.close();
    }
  });

  test('writes nothing of what it can’t read, and says why', () => {
    writeFileSync(at('other.csv'), 'a,b\n1,2\n');
    writeFileSync(at('latin.csv'), Buffer.from('id,start\n1,caf\xe9\n', 'latin1'));
    for (const [name, reason] of [
      ['other.csv', /its columns are a,b, not id,start,end,visitor/],
      ['latin.csv', /not valid for encoding utf-8/],
      ['missing.csv', /no such file/],
    ] as const) {
      const { status, stdout, stderr } = run(at('visits.csv'), at(name));
      expect({ name, status, stdout }).toEqual({ name, status: 2, stdout: '' });
      expect(stderr).toMatch(reason);
    }
    expect(run().status).not.toBe(0);
  });
});
