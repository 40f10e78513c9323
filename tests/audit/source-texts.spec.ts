import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../../src/audit/verify/bundle.js';
import { linesNamed, SourceTexts } from '../../src/audit/verify/source-texts.js';
import type { LedgerEvent } from '../../src/domain/event.js';
import { EXIT } from '../../src/cli/exit-codes.js';
import { mithaq } from '../cli/mithaq.js';
import { agreementData, sourceData } from '../support/facts.js';
import { line } from '../support/bulk.js';
import { temporaryDirectory } from '../support/server.js';

const TEXT = 'A headline\nThe minister of defence received his counterpart.\r\nوقّع الجانبان مذكرة تفاهم.\n';

let directory: string;
const at = (name: string) => join(directory, name);
beforeAll(async () => {
  directory = await temporaryDirectory();
  await mkdir(at('texts/more'), { recursive: true });
  await writeFile(at('texts/more/a.txt'), TEXT);
  await writeFile(at('texts/other.txt'), 'not what was registered');
  const lines = [
    line('1', 'RegisterSource', sourceData({ sourceId: 's', contentSha256: sha256(TEXT) })),
    line('2', 'RegisterSource', sourceData({ sourceId: 'other', contentSha256: sha256('what was registered') })),
    line('3', 'RegisterSource', sourceData({ sourceId: 'gone', contentSha256: sha256('nowhere') })),
    line('4', 'RegisterSource', sourceData({ sourceId: 'bare' })),
    line(
      '5',
      'DraftAgreement',
      agreementData({
        evidence: [
          { sourceId: 's', locator: 'lines 2-3', standing: 'reported' },
          { sourceId: 's', locator: 'page 4', standing: 'claimed' },
          { sourceId: 's', locator: 'line 9', standing: 'claimed' },
          { sourceId: 'gone', locator: 'line 1', standing: 'claimed' },
        ],
      }),
    ),
  ];
  await writeFile(at('commands.ndjson'), lines.map((l) => `${l}\n`).join(''));
  const store = ['--store', at('ledger.db'), '--views', at('views.db')];
  await mithaq('import', at('commands.ndjson'), ...store, '--in-order');
  await mithaq('export', '--to', at('bundle'), ...store);
});
afterAll(() => rm(directory, { recursive: true }));

test.each([
  ['line 4', [4]],
  ['lines 3, 7-8', [3, 7, 8]],
  ['line 5, sentence 1; lines 7-9', [5, 7, 8, 9]],
  ['line 20, sentences 1-2', [20]],
  ['page 4', undefined],
  ['line', undefined],
  ['line 4 and more', undefined],
])('the locator %j names lines %j', (locator, lines) => {
  expect(linesNamed(locator)).toEqual(lines);
});

test('however many lines it says, no more are looked for than any text has', () => {
  expect(linesNamed('lines 1-999999999')).toHaveLength(1000);
});

describe('mithaq sources check', () => {
  const check = (...args: string[]) => mithaq('sources', 'check', at('texts'), '--log', at('bundle'), ...args);

  test('tells of each source whether its text is held, and ends otherwise where one is another', async () => {
    const { code, printed, said } = await check();
    expect(printed).toBe(
      `held     s  ${at('texts/more/a.txt')}\ndiffers  other  ${at('texts/other.txt')}\nmissing  gone\nno-hash  bare\n`,
    );
    expect([code, said]).toEqual([EXIT.unsound, 'Of 1 of the sources you hold another text']);
  });

  test('shows the very lines that a fact’s evidence names', async () => {
    const { printed } = await check('--fact', 'agreement-agr@0');
    expect(printed.split('\n\n')[1]).toBe(
      [
        'agreement-agr@0 AgreementDrafted',
        '  reported by s, lines 2-3:',
        '      2  The minister of defence received his counterpart.',
        '      3  وقّع الجانبان مذكرة تفاهم.',
        '  claimed by s, page 4: the locator names no lines',
        '  claimed by s, line 9: the text has 4 lines only',
        '  claimed by gone, line 1: its text is not among those that you hold',
        '',
      ].join('\n'),
    );
    expect(JSON.parse((await check('--json')).printed)).toMatchObject({
      sources: [{ state: 'held' }, {}, {}, {}],
      facts: [],
    });
    expect((await check('--fact', 'agreement-none')).code).toBe(EXIT.refused);
  });
});

test('a source that is cited before it is registered has no text', async () => {
  const texts = await SourceTexts.in(at('texts'));
  const event = {
    body: { evidence: [{ sourceId: 's', locator: 'line 1', standing: 'claimed' }] },
  } as unknown as LedgerEvent;
  expect(texts.cited(event)).toMatchObject([{ lines: null }]);
});
