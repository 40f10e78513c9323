import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import type { SearchAnswer as ApiSearchAnswer } from '../../src/api/queries/answers.js';
import { CliError, EXIT } from '../../src/cli/exit-codes.js';
import { program } from '../../src/cli/program.js';
import type { SearchAnswer, SearchItemAnswer } from '../../src/cli/render/answers.js';
import { renderSearch } from '../../src/cli/render/search.js';
import { recordDossier } from '../support/copies.js';
import { serveLedger } from '../support/server.js';
import { runs } from '../support/runs.js';
import { anyLocalized, anyOptions, anyText, faults, linesOf, seen } from './terminal.js';

const options = { width: 80, colour: false, language: 'en' } as const;
const answer = (items: readonly SearchItemAnswer[], next: string | null = null): SearchAnswer => ({
  q: 'الرباط',
  knownAt: { position: '12', recordedAt: null },
  items,
  next,
});
const item = (more: Partial<SearchItemAnswer> = {}): SearchItemAnswer => ({
  stream: 'agreement-mou',
  category: 'agreement',
  title: { ar: 'مذكرة', en: 'Memorandum' },
  titleIsDescriptive: true,
  pairs: ['MAR-PAK'],
  withdrawn: false,
  matches: [
    {
      path: '/data/place/name/ar',
      language: 'ar',
      text: 'في الرباط',
      spans: [[3, 9]],
      occurredOn: '2024',
      standing: 'claimed',
      disputed: true,
    },
  ],
  more: true,
  ...more,
});

describe('what a search found', () => {
  test('is shown by record, with the text marked where it matched', () => {
    expect(linesOf(renderSearch(answer([item()], 'c1'), options)).map(seen)).toEqual([
      'Search: الرباط',
      'known at:   position 12',
      "titles:     […] is the recorder's description: no source gives the title.",
      '',
      'agreement  [Memorandum]  MAR-PAK',
      '  agreement-mou',
      '    في ‹الرباط›',
      '      place, name, ar (/data/place/name/ar), 2024, claimed, disputed',
      '    and more of the same',
      '',
      'There is more: --cursor c1',
    ]);
  });

  test('is isolated as a whole, marks and all, so that nothing changes places', () => {
    expect(renderSearch(answer([item()]), options)).toContain('\u2068في ‹الرباط›\u2069');
  });

  test('may be nothing, so far or at all', () => {
    expect(linesOf(renderSearch(answer([]), options)).at(-1)).toBe('Nothing is found.');
    expect(renderSearch(answer([], 'c1'), options)).toContain('Nothing is found so far.');
  });

  test('says of a source that it was withdrawn, and of many pairs a few', () => {
    const pairs = ['A-B', 'A-C', 'A-D', 'A-E'];
    const shown = renderSearch(answer([item({ title: null, withdrawn: true, pairs, matches: [] })]), options);
    expect(shown).toContain('agreement  A-B, A-C, A-D …  withdrawn');
  });

  test('keeps to the width, with isolates closed and no control characters, whatever is in it', () => {
    const spans = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 2 });
    fc.assert(
      fc.property(anyText, anyLocalized, anyText, spans, anyOptions, (text, title, path, at, each) => {
        const matches = [{ ...item().matches[0]!, text, path, language: path, spans: at }];
        const items = [item({ title, stream: text, category: path, matches })];
        expect(faults(renderSearch({ ...answer(items, path), q: text }, each), each)).toEqual([]);
      }),
      runs(15),
    );
  });
});

describe('mithaq search', () => {
  let directory: string;
  let where: string[];
  const printed: string[] = [];
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'mithaq-search-'));
    where = ['--store', join(directory, 'ledger.db'), '--views', join(directory, 'ledger.db.views')];
    await recordDossier(where[1]!);
  });
  afterAll(() => rmSync(directory, { recursive: true }));
  afterEach(() => void jest.restoreAllMocks());

  async function mithaq(...args: string[]): Promise<string> {
    printed.length = 0;
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
    jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
    await program().parseAsync(args, { from: 'user' });
    return printed.join('');
  }

  test('asks the ledger in a file', async () => {
    const lines = linesOf(await mithaq('search', 'محمد كديح', ...where, '--lang', 'ar')).map(seen);
    expect(lines).toContain('    ‹محمد كديح›');
    expect(lines).toContain('  visit-mar-pak-air-force-inspector-visit');
  });

  test('takes filters, and gives with --json what REST answers', async () => {
    const told = await mithaq(
      'search',
      'rabat',
      ...where,
      '--kind',
      'place',
      '--pair',
      'pak-mar',
      '--limit',
      '1',
      '--json',
    );
    const page = JSON.parse(told) as ApiSearchAnswer;
    expect(page.items.map((i) => [i.rank, i.url])).toEqual([['exact', '/v1/meetings/mar-pak-rabat-military-talks']]);
    const more = ['--kind', 'place', '--pair', 'pak-mar', '--limit', '5', '--cursor', page.next!, '--json'];
    const rest = JSON.parse(await mithaq('search', 'rabat', ...where, ...more)) as ApiSearchAnswer;
    expect(rest.items.map((i) => i.category)).toEqual(['agreement', 'visit']);
  });

  test('asks a server too', async () => {
    const served = await serveLedger();
    try {
      const page = JSON.parse(await mithaq('search', 'Māröc', '--url', served.client.url, '--json')) as ApiSearchAnswer;
      expect(page.items[0]?.stream).toBe('party-MAR');
      await expect(mithaq('search', '-', '--url', served.client.url)).rejects.toMatchObject({ code: EXIT.usage });
    } finally {
      await served.close();
    }
  });

  test.each([
    ['no letter', ['«-»']],
    ['an unknown kind', ['a', '--kind', 'ship']],
    ['no pair', ['a', '--pair', 'MAR']],
    ['a foreign cursor', ['a', '--cursor', 'x']],
  ])('with %s is refused as wrong use', async (_, args) => {
    const error = await mithaq('search', ...args, ...where).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CliError);
    expect((error as CliError).code).toBe(EXIT.usage);
  });
});
