import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { BlameAnswer, DiffAnswer, LateAnswer, RelationshipAnswer } from '../../src/api/queries/answers.js';
import { EXIT } from '../../src/cli/exit-codes.js';
import { openLedger } from '../../src/cli/ledger.js';
import { renderBlame } from '../../src/cli/render/blame.js';
import { renderDiff } from '../../src/cli/render/diff.js';
import { renderStep } from '../../src/cli/render/replay.js';
import { renderLate } from '../../src/cli/render/worklists.js';
import { replay, type ReplayOptions } from '../../src/cli/replay.js';
import type { LedgerEvent } from '../../src/domain/event.js';
import { loadSettings } from '../../src/settings.js';
import { recordDossier } from '../support/copies.js';
import { runs } from '../support/runs.js';
import { serveLedger } from '../support/server.js';
import { drafted, entry, historyAnswer, statusAnswer } from './answers.js';
import { mithaq } from './mithaq.js';
import { anyLocalized, anyOptions, anyText, faults, linesOf, seen } from './terminal.js';

const options = { width: 90, colour: false, language: 'en' } as const;
const event = {
  eventId: 'e9',
  type: 'FactCorrected',
  stream: 'agreement-mou',
  revision: 2,
  position: 9,
  recordedAt: '2026-11-24T09:00:00.000Z',
  actor: 'cli',
};
const point = { asOf: '2026-11-23', knownAt: { position: '9', recordedAt: '2026-11-24T09:00:00.000Z' } };
const EVENT = ['fact corrected, agreement-mou 2, position 9, recorded 2026-11-24T09:00:00.000Z by cli,', 'event e9'];

describe('in a terminal', () => {
  test('what differs stands under why, and what the same events did together', () => {
    const differs = {
      pair: 'MAR-PAK',
      parties: [],
      minimumStanding: 'claimed',
      from: { asOf: '2024-12-31', knownAt: { position: '0', recordedAt: null } },
      to: point,
      changes: [
        { path: '/relationship/stage', before: 'none', after: 'signed', cause: 'world', byTime: true, events: [event] },
        {
          path: '/records/agreement-mou/signedOn',
          before: null,
          after: '2026',
          cause: 'knowledge',
          byTime: false,
          events: [event],
        },
        { path: '/records/visit-v', after: { status: 'held' }, cause: 'knowledge', byTime: false, events: [event] },
      ],
    };
    expect(linesOf(renderDiff(differs, options)).map(seen)).toEqual([
      'MAR-PAK',
      'from:       2024-12-31, position 0',
      'to:         2026-11-23, position 9, recorded 2026-11-24T09:00:00.000Z',
      'counted:    everything, mere claims too (minimum standing: claimed)',
      '',
      'The world changed: so it would with what was known then',
      '  by time alone, as it follows from',
      ...EVENT.map((line) => `  ${line}`),
      '    /relationship/stage',
      '      - none',
      '      + signed',
      '',
      'Our knowledge changed: what was recorded meanwhile says so',
      ...EVENT.map((line) => `  ${line}`),
      '    /records/agreement-mou/signedOn',
      '      - none',
      '      + 2026',
      '    /records/visit-v',
      '      + status: held',
    ]);
    expect(linesOf(renderDiff({ ...differs, changes: [] }, options)).at(-1)).toBe('Nothing differs.');
  });

  test('fields stand under the event that gave them, with its evidence and what stood before', () => {
    const evidence = [{ sourceId: 's', locator: 'p. 4', standing: 'documented' }];
    const field = { reason: null, restores: null, evidence: [] };
    const fields = [
      { ...field, path: '/signedOn', value: '2026', event, before: null, reason: 'misprint', evidence },
      { ...field, path: '/stage', value: 'none', event: null },
      { ...field, path: '/status', value: 'signed', event, before: 'x', restores: { ...event, type: 'Signed' } },
    ];
    const answer = { stream: 'agreement-mou', ...point, minimumStanding: 'claimed', fields };
    expect(linesOf(renderBlame(answer, options)).map(seen).slice(4)).toEqual([
      '',
      'By no event: so it is where nothing is recorded',
      '    /stage',
      '        none',
      '',
      ...EVENT,
      '  because misprint',
      '  by s, p. 4 (documented)',
      '    /signedOn',
      '        2026',
      '      before: none',
      '',
      ...EVENT,
      '  restores signed, agreement-mou 2, position 9, recorded 2026-11-24T09:00:00.000Z by cli,',
      '           event e9',
      '    /status',
      '        signed',
      '      before: x',
    ]);
    expect(linesOf(renderBlame({ ...answer, fields: [] }, options)).at(-1)).toBe('No such field.');
  });

  test('all keep to the width, with isolates closed and no control characters, whatever the data', () => {
    const anyData = fc.record({ text: anyText, texts: anyLocalized, json: fc.jsonValue({ maxDepth: 3 }) });
    fc.assert(
      fc.property(anyData, anyOptions, ({ text, texts, json }, each) => {
        const by = { ...event, eventId: text, type: text, stream: text, actor: text };
        const knownAt = { position: text, recordedAt: text };
        const at = { asOf: text, knownAt };
        const change = { path: `/${text}`, before: json, after: texts, byTime: true, events: [by] };
        const changes = ['world', 'knowledge'].map((cause) => ({ ...change, cause }));
        const parties = [{ code: text, names: texts }];
        const evidence = [{ sourceId: text, locator: text, standing: text, note: text }];
        const item = {
          ...by,
          title: texts,
          titleIsDescriptive: true,
          pairs: [text],
          direction: text,
          occurredOn: text,
          standing: text,
          evidence,
        };
        const raw = {
          id: drafted.eventId,
          type: text,
          stream: text,
          revision: 0,
          position: 1,
          body: drafted,
          metadata: {},
        };
        for (const rendered of [
          renderDiff({ pair: text, parties, minimumStanding: text, from: at, to: at, changes }, each),
          renderBlame(
            {
              pair: text,
              ...at,
              minimumStanding: text,
              fields: [{ path: text, value: json, event: by, reason: text, restores: by, evidence, before: texts }],
            },
            each,
          ),
          renderLate(
            {
              ...at,
              minimumStanding: text,
              days: 1,
              items: [{ ...item, lateBy: { atLeast: 2, atMost: 3 } }],
              next: text,
            },
            each,
          ),
          renderStep(
            {
              place: 1,
              of: 2,
              event: raw,
              before: statusAnswer,
              state: { ...statusAnswer, stage: text, flags: { [text]: true } },
            },
            historyAnswer([drafted]),
            each,
          ),
        ]) {
          expect(faults(rendered, each)).toEqual([]);
        }
      }),
      runs(10),
    );
  });

  test('a step of a replay tells the event as it was recorded, and what it changed', () => {
    const since = entry('Signed', {}, { occurredOn: '2026-04-14', corrections: ['c1'], retractedBy: 'r1' });
    const body = { occurredOn: null, endedOn: null, evidence: [], data: {} };
    const raw = {
      id: since.eventId,
      type: 'Signed',
      stream: since.stream,
      revision: 1,
      position: 9,
      body,
      metadata: {},
    };
    const before = { ...statusAnswer, stage: 'negotiating' };
    const rendered = renderStep(
      { place: 2, of: 3, event: raw, before, state: { ...statusAnswer, asOf: '2027-01-01' } },
      historyAnswer([drafted, since]),
      options,
    );
    expect(linesOf(rendered).map(seen)).toEqual([
      '2 of 3',
      '-               Signed: [Memorandum on defence cooperation]',
      '                event event-of-Signed, agreement-mou 0, position 1, recorded',
      '                2026-11-23T12:00:00.000Z',
      '    /stage',
      '      - negotiating',
      '      + signed',
      'stage:      signed',
      'flags:      disputed: sources contradict each other, see the open disputes',
    ]);
  });
});

describe('mithaq diff, blame, replay and late', () => {
  let directory: string;
  let where: string[];
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'mithaq-axes-'));
    where = ['--store', join(directory, 'ledger.db'), '--views', join(directory, 'views.db')];
    await recordDossier(where[1]!);
  });
  afterAll(() => rmSync(directory, { recursive: true }));
  afterEach(() => void jest.restoreAllMocks());

  const json = async <A>(...args: string[]) => JSON.parse((await mithaq(...args, ...where, '--json')).printed) as A;

  test('ask the ledger in a file', async () => {
    const differs = await json<DiffAnswer>('diff', 'pak-mar', '--from', '2026-11-23@28', '--to', '2026-11-23@31');
    expect(differs.changes.find((c) => c.path === '/relationship/flags/disputed')).toMatchObject({
      cause: 'knowledge',
      events: [{ position: 29, type: 'FactDisputed' }],
    });
    const blamed = await json<BlameAnswer>('blame', 'agreement-mar-pak-defence-mou', '--path', '/status');
    expect(blamed.fields).toMatchObject([{ path: '/status', value: 'signed', event: { position: 9 } }]);
    const pair = await json<BlameAnswer>('blame', 'MAR-PAK', '--path', '/stage', '--known-at', '8');
    expect(pair.fields).toMatchObject([{ value: 'negotiating', event: { type: 'AgreementDrafted' } }]);
    const late = await json<LateAnswer>('late', '--days', '600', '--party', 'CZE');
    expect(late.items.map((i) => i.type)).toEqual(['Signed', 'AgreementDrafted']);
    for (const args of [['diff', 'MAR-PAK', '--from', '@28'], ['blame', 'MAR-PAK'], ['late']]) {
      expect((await mithaq(...args, ...where)).printed).toMatch(/^\S.*(\n.*)*position/);
    }
  });

  test('ask a server too, and give its refusals', async () => {
    const served = await serveLedger();
    try {
      const at = ['--url', served.client.url];
      expect((await mithaq('diff', 'MAR-PAK', '--from', '@', ...at)).printed).toContain('Nothing differs.');
      expect((await mithaq('blame', 'party-MAR', ...at)).printed).toContain('By no event');
      expect((await mithaq('blame', 'relationship-pak-mar', ...at)).printed).toContain('/stage');
      expect((await mithaq('late', ...at)).printed).toContain('Nothing.');
      expect(await mithaq('blame', 'visit-x', ...at)).toMatchObject({ code: EXIT.refused });
      expect(await mithaq('late', '--days', 'x', ...at)).toMatchObject({ code: EXIT.usage });
      expect((await mithaq('replay', 'MAR-PAK', ...at)).printed).toBe('');
    } finally {
      await served.close();
    }
  });

  test.each([
    ['diff', 'MAR-PAK'],
    ['diff', 'MAR-PAK', '--from', '2024'],
    ['blame', 'nothing'],
    ['blame', 'visit-'],
    ['replay', 'MAR'],
  ])('%s %s %s %s is refused as wrong use', async (...args) => {
    expect(await mithaq(...args, ...where)).toMatchObject({ code: EXIT.usage });
  });

  test('replay tells every event of the slice with the state after it', async () => {
    const { printed } = await mithaq('replay', 'MAR-PAK', ...where, '--json');
    const steps = linesOf(printed).map((line) => JSON.parse(line) as { event: LedgerEvent; state: RelationshipAnswer });
    expect(steps.map((s) => s.state.knownAt.position)).toEqual(steps.map((s) => String(s.event.position)));
    const stages = steps.map((s) => s.state.stage);
    expect([...new Set(stages)]).toEqual(['none', 'contact', 'negotiating', 'signed']);
    expect(steps.at(-1)?.event).toMatchObject({ type: 'FactDisputed', position: 31, metadata: { actor: 'cli' } });
    const shown = (await mithaq('replay', 'MAR-PAK', ...where)).printed;
    expect(linesOf(shown).filter((line) => /^\d+ of \d+$/.test(line))).toHaveLength(steps.length);
  });

  test('replay --step waits for a line after each, until it is q or there is none', async () => {
    const ledger = await openLedger(loadSettings({ MITHAQ_STORE: where[1], MITHAQ_VIEWS: where[3] }));
    try {
      const stepped = async (typed: string, more: ReplayOptions = {}) => {
        const printed: string[] = [];
        jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
        const asked = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
        await replay(ledger, 'MAR-PAK', {}, { step: true, ...more }, options, Readable.from([typed]));
        const questions = asked.mock.calls.length;
        jest.restoreAllMocks();
        return [printed.filter((text) => /^\d+ of /.test(text)).length, questions];
      };
      expect(await stepped('\n\nq\n\n')).toEqual([3, 3]);
      expect(await stepped('\n')).toEqual([2, 2]);
      expect(await stepped('\n'.repeat(23))).toEqual([24, 23]);
      expect(await stepped('', { step: false })).toEqual([24, 0]);
    } finally {
      await ledger.close();
    }
  });
});
