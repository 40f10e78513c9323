import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReviewAnswer, UpcomingAnswer } from '../../src/api/queries/answers.js';
import { EXIT } from '../../src/cli/exit-codes.js';
import { program } from '../../src/cli/program.js';
import type { DueItemAnswer, ReviewItemAnswer } from '../../src/cli/render/answers.js';
import { renderReview, renderUpcoming } from '../../src/cli/render/worklists.js';
import { recordDossier } from '../support/copies.js';
import { runs } from '../support/runs.js';
import { serveLedger } from '../support/server.js';
import { anyLocalized, anyOptions, anyText, faults, linesOf, seen } from './terminal.js';

const options = { width: 90, colour: false, language: 'en' } as const;
const answer = {
  asOf: '2026-11-23',
  knownAt: { position: '12', recordedAt: null },
  minimumStanding: 'claimed',
  until: '2027-02-21',
};
const common = {
  stream: 'visit-v2',
  title: null,
  titleIsDescriptive: false,
  pairs: ['MAR-PAK'],
  direction: 'PAK>MAR',
  eventId: 'e1',
  type: 'VisitHeld',
  occurredOn: '2026-03',
  standing: 'reported',
  evidence: [{ sourceId: 's', locator: 'line 3', standing: 'reported' }],
  position: 12,
  recordedAt: '2026-11-23T12:00:00.000Z',
  commands: ['MergeRecord', 'CorrectFact'],
};
const reviewItem: ReviewItemAnswer = {
  ...common,
  kind: 'duplicate',
  disputeEventId: null,
  path: null,
  others: [{ stream: 'visit-v1', earliest: '2026-03-01', latest: '2026-03-01' }],
  more: true,
};
const dueItem: DueItemAnswer = {
  ...common,
  kind: 'consent',
  when: 'open',
  from: null,
  by: null,
  since: '2025-02-01',
  awaited: ['MAR', 'PAK'],
};

describe('the lists in a terminal', () => {
  test('what may be a duplicate names what it may be the same as, and what settles it', () => {
    expect(linesOf(renderReview({ ...answer, items: [reviewItem], next: 'c1' }, options)).map(seen)).toEqual([
      'To look at',
      'as of:      2026-11-23',
      'known at:   position 12',
      'counted:    everything, mere claims too (minimum standing: claimed)',
      '',
      'duplicate  PAK>MAR  MAR-PAK',
      '  visit-v2',
      '    may be the same as visit-v1, 2026-03-01',
      '    and more of them',
      '    visit held, 2026-03, reported',
      '    by s, line 3 (reported)',
      '    recorded 2026-11-23T12:00:00.000Z, position 12, event e1',
      '    settled by MergeRecord, CorrectFact',
      '',
      'There is more: --cursor c1',
    ]);
  });

  test('what is due is told by its days, what is overdue is flagged', () => {
    const head = (item: Partial<DueItemAnswer>) =>
      linesOf(renderUpcoming({ ...answer, items: [{ ...dueItem, ...item }], next: null }, options)).map(seen)[5];
    expect(head({})).toBe('since 2025-02-01  consent  PAK>MAR  MAR-PAK');
    expect(head({ since: null })).toBe('no day known  consent  PAK>MAR  MAR-PAK');
    const planned = { kind: 'visit', when: 'overdue', from: '2026-03-01', by: '2026-03-31' };
    expect(head(planned)).toBe('overdue: one day from 2026-03-01 to 2026-03-31  visit  PAK>MAR  MAR-PAK');
  });

  test('nothing is said to be nothing', () => {
    expect(linesOf(renderUpcoming({ ...answer, items: [], next: null }, options)).at(-1)).toBe('Nothing.');
  });

  test('keep to the width, with isolates closed and no control characters, whatever is in them', () => {
    fc.assert(
      fc.property(anyText, anyLocalized, anyOptions, (text, title, each) => {
        const odd = { title, stream: text, kind: text, type: text, eventId: text, commands: [text], direction: text };
        const cited = [{ sourceId: text, locator: text, standing: text, note: text }];
        const others = [{ stream: text, earliest: null, latest: null }];
        const review = { ...reviewItem, ...odd, evidence: cited, others, path: text };
        const due = { ...dueItem, ...odd, evidence: cited, awaited: [text, text] };
        expect(faults(renderReview({ ...answer, items: [review], next: text }, each), each)).toEqual([]);
        expect(faults(renderUpcoming({ ...answer, items: [due], next: text }, each), each)).toEqual([]);
      }),
      runs(15),
    );
  });
});

describe('mithaq review, upcoming and export-csv', () => {
  let directory: string;
  let where: string[];
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'mithaq-lists-'));
    where = ['--store', join(directory, 'ledger.db'), '--views', join(directory, 'views.db')];
    await recordDossier(where[1]!);
  });
  afterAll(() => rmSync(directory, { recursive: true }));
  afterEach(() => void jest.restoreAllMocks());

  async function mithaq(...args: string[]): Promise<string> {
    const printed: string[] = [];
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
    jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
    await program().parseAsync(args, { from: 'user' });
    return printed.join('');
  }

  test('ask the ledger in a file', async () => {
    const looked = JSON.parse(await mithaq('review', ...where, '--kind', 'disputed', '--json')) as ReviewAnswer;
    expect(looked.items).toHaveLength(3);
    expect(linesOf(await mithaq('review', ...where, '--kind', 'duplicate')).map(seen)).toContain(
      '    may be the same as agreement-mar-pak-defence-mou',
    );
    const due = JSON.parse(await mithaq('upcoming', ...where, '--within', 'P1Y', '--json')) as UpcomingAnswer;
    expect(due).toMatchObject({ within: 'P1Y', items: [{ kind: 'signature', when: 'open' }] });
    expect(await mithaq('upcoming', ...where)).toContain('no day known  signature');
    const table = await mithaq('export-csv', 'agreements', ...where, '--standing', 'reported');
    expect(table.split('\r\n').map((row) => row.split(',')[0])).toEqual([
      'agreement_id',
      'aze-mar-military-technical-2024',
      'cze-mar-military-technical-2024',
      'mar-pak-defence-mou',
      '',
    ]);
  });

  test('ask a server too, and give its refusals', async () => {
    const served = await serveLedger();
    try {
      const at = ['--url', served.client.url];
      expect(await mithaq('review', ...at)).toContain('Nothing.');
      expect(await mithaq('upcoming', ...at)).toContain('Nothing.');
      expect(await mithaq('export-csv', 'visits', ...at)).toMatch(/^visit_id,.*minimum_standing\r\n$/);
      await expect(mithaq('upcoming', ...at, '--within', '90')).rejects.toMatchObject({ code: EXIT.usage });
      await expect(mithaq('export-csv', 'visits', ...at, '--as-of', 'x')).rejects.toMatchObject({ code: EXIT.usage });
    } finally {
      await served.close();
    }
  });

  test.each([
    ['review', '--kind', 'odd'],
    ['upcoming', '--when', 'never'],
    ['upcoming', '--within', '90'],
    ['export-csv', 'meetings'],
  ])('%s %s %s is refused as wrong use', async (...args) => {
    await expect(mithaq(...args, ...where)).rejects.toMatchObject({ code: EXIT.usage });
  });
});
