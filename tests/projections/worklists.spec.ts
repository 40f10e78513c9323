import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { history, type HistoryQuery } from '../../src/domain/history/history.js';
import { addPeriod, parsePeriod } from '../../src/domain/values/period.js';
import { STANDINGS } from '../../src/domain/values/standing.js';
import { REVIEW_KINDS, review } from '../../src/domain/worklists/review.js';
import { DUE_KINDS, DUE_WHENS, dueWhen, upcoming } from '../../src/domain/worklists/upcoming.js';
import { holdsDuring } from '../../src/domain/worklists/holds.js';
import type { WorkItem } from '../../src/domain/worklists/work-item.js';
import {
  reviewPage,
  upcomingPage,
  type WorklistPage,
  type WorklistQuestion,
} from '../../src/projections/worklist-pages.js';
import { listedOf } from '../../src/projections/worklists.js';
import { ALL, appendAll, Projected, TODAY } from '../support/projected.js';
import { ledgerWithSources, visitData } from '../support/facts.js';
import type { PureLedger } from '../support/ledger.js';
import { randomLedger } from '../support/random-history.js';

/** More of them by hand: MITHAQ_TEST_RUNS=200. */
const RUNS = Number(process.env['MITHAQ_TEST_RUNS'] ?? 4);
const DAYS = [
  '2018-06-01',
  '2020-02-29',
  '2021-03-15',
  '2023-01-01',
  '2024-07-01',
  '2026-01-15',
  TODAY,
  '2026-02-02',
  '2027-06-01',
  '2031-01-01',
];
const PAIRS = ['MAR-PAK', 'MAR-TUR', 'PAK-TUR'];
const UNTIL = parsePeriod('P5Y')!;

const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

type Ask<Item> = (question: WorklistQuestion<never>) => Promise<WorklistPage<Item>>;

/** All pages of a list. */
async function all<Item extends WorkItem>(
  ask: Ask<Item>,
  question: Partial<WorklistQuestion<string>>,
): Promise<Item[]> {
  const items: Item[] = [];
  for (let after = ''; ;) {
    const base = { kind: undefined, pair: undefined, party: undefined, after, limit: 3 };
    const page = await ask({ ...base, ...question } as unknown as WorklistQuestion<never>);
    items.push(...page.items);
    if (!page.more) return items;
    after = page.items.at(-1)!.key;
  }
}

const at = (query: HistoryQuery, knownAt: number) => ({ query, knownAt });

/** Projects a ledger in parts, so that a row is there before what changes it comes; what was put off may stay so. */
async function whileProjecting(
  { events }: PureLedger,
  settled: boolean,
  check: (p: Projected) => Promise<unknown>,
): Promise<void> {
  const p = await Projected.open();
  try {
    await p.project(settled ? ALL : ALL.map((each) => ({ ...each, settle: () => false })));
    const part = Math.ceil(events.length / 2);
    for (let from = 0; from < events.length; from += part) {
      await appendAll(p.store, events.slice(from, from + part));
      await p.caughtUp();
    }
    await check(p);
  } finally {
    await p.close();
  }
}

const question = fc.record({
  asOf: fc.constantFrom(...DAYS),
  minimumStanding: fc.constantFrom(...STANDINGS),
  cut: fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100),
});
const questions = fc.array(question, { minLength: 12, maxLength: 12 });
const TODAY_ALL = { asOf: TODAY, minimumStanding: 'claimed' as const, cut: 1 };

describe('the lists of random histories', () => {
  test('are those of the pure fold, at any point on both axes, page by page', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(randomLedger(60), fc.boolean(), questions, (ledger, settled, asked) =>
        whileProjecting(ledger, settled, async ({ db }) => {
          const known = ledger.events.length;
          for (const { asOf, minimumStanding, cut } of [TODAY_ALL, ...asked]) {
            const position = Math.round(cut * known);
            const query: HistoryQuery = { asOf, minimumStanding };
            const { records } = history(ledger.events.slice(0, position), query);
            const toLookAt = plain(review(records.values()));
            const until = addPeriod(asOf, UNTIL);
            const due = plain(upcoming(records.values(), asOf, until));
            for (const { kind } of [...toLookAt, ...due]) seen.add(kind);
            const told = { asOf, minimumStanding, position };
            const found = await all((q) => reviewPage(db, q), at(query, position));
            expect({ ...told, items: found }).toEqual({ ...told, items: toLookAt });
            const ahead = await all((q) => upcomingPage(db, { ...q, until, when: undefined }), at(query, position));
            expect({ ...told, items: ahead }).toEqual({ ...told, items: due });
          }
        }),
      ),
      { numRuns: RUNS, interruptAfterTimeLimit: 12_000 },
    );
    if (RUNS > 50) expect([...REVIEW_KINDS, ...DUE_KINDS].filter((kind) => !seen.has(kind))).toEqual([]);
  });

  test('by kind, pair and party, and by when it is due, are what is so in the whole list', async () => {
    await fc.assert(
      fc.asyncProperty(randomLedger(60), question, (ledger, asked) =>
        whileProjecting(ledger, true, async ({ db }) => {
          const known = ledger.events.length;
          for (const { asOf, minimumStanding } of [TODAY_ALL, asked]) {
            const query: HistoryQuery = { asOf, minimumStanding };
            const until = addPeriod(asOf, UNTIL);
            const looked = await all((q) => reviewPage(db, q), at(query, known));
            const ahead = await all((q) => upcomingPage(db, { ...q, until, when: undefined }), at(query, known));
            for (const kind of REVIEW_KINDS) {
              const found = await all((q) => reviewPage(db, q), { ...at(query, known), kind });
              expect(found).toEqual(looked.filter((item) => item.kind === kind));
            }
            for (const kind of DUE_KINDS) {
              const found = await all((q) => upcomingPage(db, { ...q, until, when: undefined }), {
                ...at(query, known),
                kind,
              });
              expect(found).toEqual(ahead.filter((item) => item.kind === kind));
            }
            for (const when of DUE_WHENS) {
              const found = await all((q) => upcomingPage(db, { ...q, until, when }), at(query, known));
              expect(found).toEqual(ahead.filter((item) => dueWhen(item, asOf) === when));
            }
            const dated = <I extends WorkItem>(items: readonly I[]) => items.filter((i) => i.category !== 'source');
            for (const pair of PAIRS) {
              const found = await all((q) => reviewPage(db, q), { ...at(query, known), pair });
              expect(dated(found)).toEqual(dated(looked).filter((item) => item.pairs.includes(pair)));
              const due = await all((q) => upcomingPage(db, { ...q, until, when: undefined }), {
                ...at(query, known),
                pair,
              });
              expect(due).toEqual(ahead.filter((item) => item.pairs.includes(pair)));
            }
            const found = await all((q) => reviewPage(db, q), { ...at(query, known), party: 'TUR' });
            const ofParty = ({ pairs, stream }: WorkItem) =>
              stream === 'party-TUR' || pairs.some((p) => p.includes('TUR'));
            expect(dated(found)).toEqual(dated(looked).filter(ofParty));
          }
        }),
      ),
      { numRuns: RUNS, interruptAfterTimeLimit: 12_000 },
    );
  });

  test('hold on every day for which they are said to hold', () => {
    fc.assert(
      fc.property(randomLedger(60), fc.constantFrom(...DAYS), fc.constantFrom(...DAYS), ({ events }, day, other) => {
        const foldOn = (asOf: string) => history(events, { asOf, minimumStanding: 'claimed' }).records;
        const [then, later] = [foldOn(day), foldOn(other)];
        for (const [stream, record] of then) {
          const { from, until } = holdsDuring(record, day);
          expect(from <= day && day <= until).toBe(true);
          if (other < from || other > until) continue;
          expect({ stream, day, other, ...listedOf(later.get(stream), other) }).toEqual({
            stream,
            day,
            other,
            ...listedOf(record, day),
          });
        }
      }),
      { numRuns: RUNS * 20, interruptAfterTimeLimit: 12_000 },
    );
  });
});

test('what was recorded later is no duplicate of what was known before', async () => {
  const ledger = ledgerWithSources('2026-01-15');
  for (const visitId of ['v1', 'v2', 'v3']) ledger.given('HoldVisit', visitData({ visitId, occurredOn: '2025-03-01' }));
  await whileProjecting(ledger, true, async ({ db }) => {
    const query: HistoryQuery = { asOf: TODAY, minimumStanding: 'claimed' };
    const known = ledger.events.length;
    const others = async (position: number) =>
      (await all((q) => reviewPage(db, q), at(query, position))).map((item) => item.others.map((o) => o.stream));
    expect(await others(known)).toEqual([['visit-v2', 'visit-v1'], ['visit-v1']]);
    expect(await others(known - 1)).toEqual([['visit-v1']]);
    expect(await others(known - 2)).toEqual([]);
  });
});
