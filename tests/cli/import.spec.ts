import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { EXIT } from '../../src/cli/exit-codes.js';
import { importFile, type ImportReport } from '../../src/cli/import-file.js';
import { openLedger } from '../../src/cli/ledger.js';
import { LEDGER_STREAMS } from '../../src/domain/event.js';
import { EmbeddedEventStore } from '../../src/event-store/embedded/embedded-event-store.js';
import type { StoredEvent } from '../../src/event-store/event-store.js';
import { line } from '../support/bulk.js';
import { act, agreementData, sourceData, visitData } from '../support/facts.js';
import { serveLedger, settingsIn, temporaryDirectory } from '../support/server.js';
import { mithaq } from './mithaq.js';

let directory: string;
let file: string;
beforeEach(async () => {
  directory = await temporaryDirectory();
  file = join(directory, 'commands.ndjson');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const where = () => ['--store', join(directory, 'ledger.db'), '--views', join(directory, 'views.db')];
const importing = (...args: string[]) => mithaq('import', ...where(), ...args);
const write = (...lines: string[]) => writeFileSync(file, lines.map((l) => `${l}\n`).join(''));
const linesOf = (path: string) => readFileSync(path, 'utf8').split('\n').slice(0, -1);
const source = (id: string) => line(`register-${id}`, 'RegisterSource', sourceData({ sourceId: id }));
const sources = (count: number) => Array.from({ length: count }, (_, i) => source(`s${i}`));

async function events(): Promise<StoredEvent[]> {
  const store = await EmbeddedEventStore.open(join(directory, 'ledger.db'));
  const all = [];
  for await (const event of store.readAll({ streamPrefixes: LEDGER_STREAMS })) all.push(event);
  await store.close();
  return all;
}

/** That each of the lines was recorded once, and nothing else. */
async function expectRecordedOnce(lines: readonly string[]): Promise<void> {
  const expected = lines.map((l) => (JSON.parse(l) as { commandId: string }).commandId);
  const recorded = (await events()).map((e) => String(e.metadata['commandId']));
  expect(recorded.sort()).toEqual(expected.sort());
}

describe('mithaq import', () => {
  const good = [
    source('s'),
    line('d', 'DraftAgreement', agreementData({ areas: ['whatever'] })),
    line('p', 'PlanVisit', visitData({ areas: ['whatever', 'logistics'] })),
  ];
  const bad = [
    line('g', 'SignAgreement', act({ agreementId: 'nowhere' })),
    '{"commandId": "x",\r',
    line('c', 'DraftAgreement', agreementData({ agreementId: 'c', parties: ['MAR', 'MAR'] })),
  ];

  test('records a file, and says of each kind how many; again it records nothing', async () => {
    write(...good);
    const first = await importing(file);
    expect(first).toEqual({
      code: EXIT.ok,
      said: '',
      printed: '3 recorded, 0 recorded before, 0 refused\nwarnings: unknown-area 2\n',
    });
    const again = await importing(file, '--json');
    expect(again.code).toBe(EXIT.ok);
    expect(JSON.parse(again.printed)).toEqual({
      recorded: 0,
      repeated: 3,
      position: null,
      warnings: {},
      refused: 0,
      reasons: {},
      examples: [],
      refusedLines: null,
      refusedReasons: null,
      unknown: 0,
      interrupted: false,
      seconds: expect.any(Number) as unknown,
    });
    await expectRecordedOnce(good);
    expect(existsSync(join(directory, 'commands.refused.ndjson'))).toBe(false);
  });

  test('keeps what is refused, as it was, in a file that can be mended and imported; and the reasons beside it', async () => {
    const long = `{"commandId": "l", "type": "${'x'.repeat(200_000)}"}`;
    write(bad[0]!, good[0]!, '', bad[1]!, good[1]!, long, bad[2]!, good[2]!);
    const { code, printed } = await importing(file);
    expect(code).toBe(EXIT.refused);
    const [refused, reasons] = [
      join(directory, 'commands.refused.ndjson'),
      join(directory, 'commands.refused.reasons.ndjson'),
    ];
    expect(linesOf(refused)).toEqual([bad[0], bad[1], long, bad[2]]);
    expect(linesOf(reasons).map((l) => JSON.parse(l) as unknown)).toMatchObject([
      { line: 1, type: '/problems/not-found', errors: [{ rule: 'no-such-record' }] },
      { line: 4, type: '/problems/malformed', errors: [{ rule: 'json' }] },
      { line: 6, type: '/problems/too-large' },
      { line: 7, type: '/problems/malformed', errors: [{ rule: 'distinct', pointer: '/parties' }] },
    ]);
    expect(printed.split('\n')).toEqual([
      'line 1: refused: command: agreement-nowhere has not been recorded, or its opening event is retracted',
      expect.stringMatching(/^line 4: refused: The line must be JSON: /),
      'line 6: refused: A line is at most 65536 bytes of JSON',
      'line 7: refused: /parties: must be different parties',
      '3 recorded, 0 recorded before, 4 refused',
      'warnings: unknown-area 2',
      'refused: distinct 1, json 1, no-such-record 1, too-large 1',
      `The refused lines are in ${refused}, to be mended and imported; why, in ${reasons}`,
      '',
    ]);

    const mended = [line('g', 'SignAgreement', act({ agreementId: 'agr' })), source('x'), source('l'), bad[2]!];
    writeFileSync(refused, mended.join('\n'));
    const second = join(directory, 'second.ndjson');
    expect(await importing(refused, '--refused', second)).toMatchObject({ code: EXIT.refused });
    expect(linesOf(second)).toEqual([bad[2]]);
    await expectRecordedOnce([...good, ...mended.slice(0, 3)]);
  });

  test('reads the standard input', async () => {
    const child = startImport('-');
    child.stdin!.end(good.join('\n'));
    expect(await ended(child)).toMatchObject({
      code: EXIT.ok,
      printed: expect.stringContaining('3 recorded') as unknown,
    });
    await expectRecordedOnce(good);
  });

  test('in order, each is recorded in the file’s order', async () => {
    const lines = ['a', 'b', 'c'].flatMap((id) => [
      source(id),
      line(
        `d${id}`,
        'DraftAgreement',
        agreementData({ agreementId: id, evidence: [{ sourceId: id, locator: '1', standing: 'reported' }] }),
      ),
    ]);
    write(...lines);
    await importing(file, '--in-order');
    const recorded = (await events()).map((e) => e.metadata['commandId']);
    expect(recorded).toEqual(lines.map((l) => (JSON.parse(l) as { commandId: string }).commandId));
  });

  test('a file that can’t be read, or would take its own refused lines, is wrong use', async () => {
    write(...good);
    expect(await importing(join(directory, 'none'))).toMatchObject({ code: EXIT.usage });
    expect(await importing(directory)).toMatchObject({ code: EXIT.usage });
    expect(await importing(file, '--refused', file)).toMatchObject({ code: EXIT.usage });
    expect(linesOf(file)).toEqual(good);
  });

  test('into the ledger that a server has open', async () => {
    const ledger = await serveLedger();
    write(...good, ...bad);
    const { code, printed } = await mithaq('import', '--url', ledger.client.url, file);
    expect([code, printed]).toEqual([
      EXIT.refused,
      expect.stringContaining('3 recorded, 0 recorded before, 3 refused'),
    ]);
    expect((await mithaq('import', '--url', ledger.client.url, file)).printed).toContain(
      '0 recorded, 3 recorded before',
    );
    expect(linesOf(join(directory, 'commands.refused.ndjson'))).toEqual(bad);
    expect((await ledger.client.events()).length).toBe(3);
    await ledger.close();
    expect(await mithaq('import', '--url', ledger.client.url, file)).toMatchObject({ code: EXIT.unavailable });
  });
});

/** The command line in a process of its own, with its standard input open. */
function startImport(...args: string[]): ChildProcess {
  return spawn(process.execPath, ['dist/src/cli/main.js', 'import', ...where(), ...args], {
    env: { PATH: process.env['PATH'] },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

async function ended(
  child: ChildProcess,
): Promise<{ code: number | null; signal: string | null; printed: string; said: string }> {
  let [printed, said] = ['', ''];
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (printed += text));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { code, signal, printed, said };
}

/** Lines are answered in order: when this refused one is kept, all lines before it are recorded. */
const MARK = '{}';
async function marked(child: ChildProcess, path: string): Promise<void> {
  while (!existsSync(path)) {
    if (child.exitCode !== null) throw new Error(`The import ended with ${child.exitCode}`);
    await delay(5);
  }
}

describe('an import that is ended', () => {
  const lines = sources(600);
  const before = 400;
  const feed = (child: ChildProcess) => {
    const file = [...lines.slice(0, before), MARK, ...lines.slice(before)];
    // And no end: it could not be done before it is ended.
    child.stdin!.on('error', () => undefined).write(file.map((l) => `${l}\n`).join(''));
  };

  test('by SIGKILL goes on where it was: nothing is lost, nothing is there twice', async () => {
    const refused = join(directory, 'refused.ndjson');
    const child = startImport('-', '--refused', refused);
    const end = ended(child);
    feed(child);
    await marked(child, refused);
    child.kill('SIGKILL');
    expect(await end).toMatchObject({ signal: 'SIGKILL' });
    write(...lines);
    const { code, printed } = await importing(file, '--json');
    expect(code).toBe(EXIT.ok);
    const { recorded, repeated } = JSON.parse(printed) as ImportReport;
    expect(recorded + repeated).toBe(lines.length);
    expect(repeated).toBeGreaterThanOrEqual(before);
    await expectRecordedOnce(lines);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('by %s finishes what it read, and says how far it came', async (signal) => {
    const refused = join(directory, 'refused.ndjson');
    const child = startImport('-', '--refused', refused, '--json');
    const end = ended(child);
    feed(child);
    await marked(child, refused);
    child.kill(signal);
    const { code, printed } = await end;
    expect(code).toBe(EXIT.interrupted);
    const report = JSON.parse(printed) as ImportReport;
    expect(report).toMatchObject({ interrupted: true, refused: 1, unknown: 0 });
    expect(report.recorded).toBeGreaterThanOrEqual(before);
    await expectRecordedOnce(lines.slice(0, report.recorded));
  });
});

describe('a store that goes away in the middle', () => {
  const store = () => join(directory, 'ledger.db');

  async function startStore(port: number): Promise<{ readonly child: ChildProcess; readonly port: number }> {
    const child = spawn(process.execPath, ['dist/tests/support/endpoint.js', store(), String(port)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    return { child, port: Number(said) };
  }

  test('is waited for: the import ends by itself, nothing is lost, nothing is there twice', async () => {
    // Many more than an import has in hand at a time: with fewer, all may be recorded before the store is away.
    const lines = [
      ...sources(600),
      line('d', 'DraftAgreement', agreementData({ evidence: act().evidence })),
      source('s'),
    ];
    const ordered = [lines.at(-1)!, ...lines.slice(0, -1)];
    write(...ordered);
    let { child, port } = await startStore(0);
    const settings = settingsIn(directory, { store: `esdb://127.0.0.1:${port}?tls=false&defaultDeadline=2000` });
    const ledger = await openLedger(settings);
    const told: string[] = [];
    let restarted: Promise<unknown> | undefined;
    const restart = async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
      while (told.length === 0) await delay(5);
      ({ child, port } = await startStore(port));
    };
    let shown = 0;
    const progress = {
      show: () => {
        shown += 1;
        if (shown === 60) restarted = restart();
      },
      note: (text: string) => void told.push(text),
      end: () => undefined,
    };
    try {
      const report = await importFile(ledger, file, { progress });
      expect(report).toMatchObject({ refused: 0, unknown: 0, interrupted: false });
      expect(report.recorded + report.repeated).toBe(lines.length);
      expect(told[0]).toMatch(/Waiting for the ledger/);
      expect(told).toContain('The ledger answers again');
    } finally {
      await restarted;
      await ledger.close();
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await expectRecordedOnce(lines);
  });
});
