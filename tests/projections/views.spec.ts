import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AGREEMENT_STATUSES, type AgreementState } from '../../src/domain/agreement/state.js';
import { curationEvents } from '../../src/domain/curation/events.js';
import type { LedgerEvent } from '../../src/domain/event.js';
import { history, type HistoryQuery, rootOf } from '../../src/domain/history/history.js';
import { recordView } from '../../src/domain/history/record-view.js';
import { FACT_TYPES } from '../../src/domain/registry.js';
import { relationshipStatus } from '../../src/domain/relationship/status.js';
import { STANDINGS } from '../../src/domain/values/standing.js';
import { pairsFrom } from '../../src/projections/history-index.js';
import { pairLookUp, recordViewAt } from '../../src/projections/folds.js';
import { relationshipAt } from '../../src/projections/relationships.js';
import { share } from '../support/arbitraries.js';
import { exerciseData, smallLedger } from '../support/facts.js';
import { evidence } from '../support/ledger.js';
import { appendAll, DORMANT_AFTER, Projected, rowsOf, TODAY } from '../support/projected.js';
import { randomLedger } from '../support/random-history.js';
import { pairsIn, sliceOf } from '../support/slice.js';

/** JSON, as a row holds it. */
const plain = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

const pureStatus = (log: readonly LedgerEvent[], pair: string, query: HistoryQuery) =>
  plain(relationshipStatus(history(sliceOf(log, pair), query), pair, DORMANT_AFTER));

function pureRecord(log: readonly LedgerEvent[], stream: string, query: HistoryQuery) {
  const { records, curated } = history(log, query);
  const record = records.get(rootOf(stream, curated.merges));
  return plain(record && recordView(record));
}

/** More of them by hand: MITHAQ_TEST_RUNS=200. */
const RUNS = Number(process.env['MITHAQ_TEST_RUNS'] ?? 6);

const PAIRS = ['MAR-PAK', 'MAR-TUR', 'PAK-TUR'];
const DAYS = ['2018-06-01', '2020-02-29', '2021-03-15', '2023-01-01', '2024-07-01', '2026-01-15', TODAY, '2031-01-01'];

async function projected(events: readonly LedgerEvent[], check: (p: Projected) => unknown): Promise<void> {
  const p = await Projected.open();
  try {
    await p.project();
    // In parts, so that a row is there before what changes it comes.
    const part = Math.ceil(events.length / 4);
    for (let from = 0; from < events.length; from += part) {
      await appendAll(p.store, events.slice(from, from + part));
      await p.caughtUp();
    }
    await check(p);
  } finally {
    await p.close();
  }
}

describe('the views of random histories', () => {
  test('are of every type of event', () => {
    const histories = fc.sample(randomLedger(80), { numRuns: 40, seed: 3 });
    const types = new Set(histories.flatMap(({ events }) => events.map((e) => e.type)));
    const every = [...FACT_TYPES.keys(), ...Object.keys(curationEvents)];
    expect(every.filter((type) => !types.has(type))).toEqual([]);
    const agreements = histories.flatMap((l) =>
      [...l.history(TODAY).records.values()].filter((r) => r.category === 'agreement'),
    );
    const statuses = new Set(agreements.map((r) => (r.state as AgreementState).status));
    expect(AGREEMENT_STATUSES.filter((status) => !statuses.has(status))).toEqual([]);
  });

  test('each stored row is the pure fold at its day and its position', async () => {
    await fc.assert(
      fc.asyncProperty(randomLedger(40), ({ events }) =>
        projected(events, ({ db }) => {
          const found = db
            .prepare('SELECT * FROM relationship_view')
            .all<{ pair: string; as_of: string; position: number; view: string }>();
          for (const { pair, as_of, position, view } of found) {
            const query: HistoryQuery = { asOf: as_of, minimumStanding: 'claimed' };
            const pure = pureStatus(events.slice(0, position), pair, query);
            expect({ pair, position, view: JSON.parse(view) as unknown }).toEqual({ pair, position, view: pure });
          }
          expect(found.map(({ pair }) => pair).sort()).toEqual(pairsFrom(db, events.length, '', 100));
        }),
      ),
      { numRuns: RUNS, interruptAfterTimeLimit: 20_000 },
    );
  });

  test('a walk along the known axis, forth and back, folds what it passes and comes to what is there', async () => {
    const stops = fc.array(share, { minLength: 12, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(randomLedger(40), stops, fc.constantFrom(...DAYS), ({ events }, walk, asOf) =>
        projected(events, ({ db }) => {
          for (const pair of PAIRS) {
            const query = { asOf, minimumStanding: 'claimed' } as const;
            const { historyAt } = pairLookUp(db, { pair, ...query, dormantAfterMonths: DORMANT_AFTER });
            for (const stop of walk) {
              const position = Math.round(stop * events.length);
              const status = relationshipStatus(historyAt(query, position), pair, DORMANT_AFTER);
              expect(plain(status)).toEqual(pureStatus(events.slice(0, position), pair, query));
            }
          }
        }),
      ),
      { numRuns: RUNS, interruptAfterTimeLimit: 20_000 },
    );
  });

  test('a question at any point on both axes is answered as by the pure fold of the log cut there', async () => {
    const questions = fc.array(
      fc.record({
        asOf: fc.constantFrom(...DAYS),
        minimumStanding: fc.constantFrom(...STANDINGS),
        cut: share,
      }),
      { minLength: 6, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(randomLedger(40), questions, ({ events }, asked) =>
        projected(events, ({ db }) => {
          const streams = [...new Set(events.map((e) => e.stream))];
          for (const { asOf, minimumStanding, cut } of [
            { asOf: TODAY, minimumStanding: 'claimed' as const, cut: 1 },
            ...asked,
          ]) {
            const position = Math.round(cut * events.length);
            const log = events.slice(0, position);
            const query: HistoryQuery = { asOf, minimumStanding };
            const at = { asOf, minimumStanding, position };
            for (const pair of PAIRS) {
              const answer = plain(relationshipAt(db, pair, query, position, DORMANT_AFTER));
              expect({ ...at, pair, answer }).toEqual({ ...at, pair, answer: pureStatus(log, pair, query) });
            }
            for (const stream of streams) {
              const answer = plain(recordViewAt(db, stream, query, position));
              expect({ ...at, stream, answer }).toEqual({ ...at, stream, answer: pureRecord(log, stream, query) });
            }
            expect(pairsFrom(db, position, '', 100)).toEqual(expect.arrayContaining(pairsIn(log)));
          }
        }),
      ),
      { numRuns: RUNS, interruptAfterTimeLimit: 20_000 },
    );
  });

  test('built anew, in batches of another size, and with stops between, the rows are the same', async () => {
    await fc.assert(
      fc.asyncProperty(randomLedger(40), share, async ({ events }, at) => {
        const p = await Projected.open();
        try {
          const half = Math.round(at * events.length);
          await p.project();
          await appendAll(p.store, events.slice(0, half));
          await p.caughtUp();
          await p.stop(); // between two batches, wherever they were
          await appendAll(p.store, events.slice(half));
          await p.project();
          const views = (rows: Record<string, unknown[]>) =>
            // A row's position is that of the batch which computed it last.
            Object.fromEntries(
              Object.entries(rows).map(([table, all]) => [
                table,
                all.map((row) =>
                  String(row).replace(
                    /^relationship_view$|^worklist_record$/.test(table) ? /"position":\d+/ : /$^/,
                    '',
                  ),
                ),
              ]),
            );
          const first = views(rowsOf(p.db));
          await p.stop();
          await p.project(undefined, 'anew.db');
          expect(views(rowsOf(p.db))).toEqual(first);
          expect(p.progress.latest.checkpoint.position).toBe(events.length);
        } finally {
          await p.close();
        }
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: 20_000 },
    );
  });
});

describe('a source that was withdrawn', () => {
  test('changes the views of what it alone told, though nothing was written to these', async () => {
    const ledger = smallLedger();
    ledger.given('WithdrawSource', { sourceId: 's', reason: 'forged' });
    const query: HistoryQuery = { asOf: TODAY, minimumStanding: 'claimed' };
    const p = await Projected.open();
    try {
      await p.project();
      for (const event of ledger.events) {
        await appendAll(p.store, [event]);
        await p.caughtUp();
      }
      const { length } = ledger.events;
      expect(relationshipAt(p.db, 'MAR-PAK', query, length - 1, DORMANT_AFTER)).toMatchObject({ visits: { count: 1 } });
      expect(relationshipAt(p.db, 'MAR-PAK', query, length, DORMANT_AFTER)).toMatchObject({
        stage: 'none',
        visits: { count: 0 },
      });
      expect(recordViewAt(p.db, 'visit-vis', query, length)).toMatchObject({ listed: false });
    } finally {
      await p.close();
    }
  });
});

describe('what was known before a merge', () => {
  test('of a record that was merged later into one of another pair too, that pair holds nothing yet', async () => {
    const ledger = smallLedger();
    ledger.given('HoldExercise', exerciseData({ exerciseId: 'wide', participants: ['MAR', 'PAK', 'TUR'] }));
    const target = ledger.about('exercise-exe');
    const alternatives = [null, '2020'].map((value) => ({ value, evidence: evidence('s') }));
    ledger.given('DisputeFact', { ...target, path: '/occurredOn', alternatives });
    const before = ledger.events.length;
    ledger.given('MergeRecord', { stream: 'exercise-exe', intoId: 'wide', reason: 'the same' });
    await projected(ledger.events, ({ db }) => {
      const query: HistoryQuery = { asOf: TODAY, minimumStanding: 'claimed' };
      for (const position of [before, before + 1]) {
        const answer = plain(relationshipAt(db, 'MAR-TUR', query, position, DORMANT_AFTER));
        expect(answer).toEqual(pureStatus(ledger.events.slice(0, position), 'MAR-TUR', query));
      }
    });
  });
});

test('a dispute about a source is there from its position on, whichever way a walk comes', async () => {
  const ledger = smallLedger();
  const target = { stream: 'source-s', targetEventId: ledger.stream('source-s')[0]!.id };
  const alternatives = [null, '2024'].map((value) => ({ value, evidence: evidence('s') }));
  const { position } = ledger.given('DisputeFact', { ...target, path: '/data/publishedOn', alternatives });
  await projected(ledger.events, ({ db }) => {
    const query = { asOf: TODAY, minimumStanding: 'claimed' } as const;
    const { historyAt } = pairLookUp(db, { pair: 'MAR-PAK', ...query, dormantAfterMonths: DORMANT_AFTER });
    const counts = [position, position - 1, position].map(
      (at) => relationshipStatus(historyAt(query, at), 'MAR-PAK', DORMANT_AFTER).openDisputes.length,
    );
    expect(counts).toEqual([1, 0, 1]);
  });
});
