import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { expectViews, refold } from '../../src/audit/refold/refold.js';
import { type LedgerViews, viewFiles, viewsIn } from '../../src/audit/refold/views.js';
import type { LedgerEvent } from '../../src/domain/event.js';
import { history } from '../../src/domain/history/history.js';
import { type RelationshipStatus, relationshipStatus } from '../../src/domain/relationship/status.js';
import { PairSlices } from '../../src/audit/refold/pair-slices.js';
import { exerciseData, sourceData } from '../support/facts.js';
import { PureLedger } from '../support/ledger.js';
import { TODAY } from '../support/projected.js';
import { randomLedger } from '../support/random-history.js';
import { pairsIn, sliceOf } from '../support/slice.js';

const question = { asOf: TODAY, knownAt: 40, dormantAfterMonths: 24 };

/** As JSON has it. */
const plain = (statuses: Iterable<RelationshipStatus>) =>
  JSON.parse(JSON.stringify([...statuses])) as RelationshipStatus[];
async function* each<T>(items: Iterable<T>): AsyncGenerator<T, void, undefined> {
  yield* await Promise.resolve(items);
}

describe('events, folded without an index', () => {
  test('make what the one fold makes of each pair’s slice', () => {
    fc.assert(
      fc.property(randomLedger(40), ({ events }) => {
        const query = { asOf: TODAY, minimumStanding: 'claimed' } as const;
        const expected = pairsIn(events)
          .map((pair) => relationshipStatus(history(sliceOf(events, pair), query), pair, question.dormantAfterMonths))
          .filter(({ records }) => records > 0);
        expect(plain(refold(events, question))).toEqual(plain(expected));
      }),
      { numRuns: Number(process.env['MITHAQ_TEST_RUNS'] ?? 40) },
    );
  });
});

test('a record that was merged into one of more parties counts for all of their pairs', () => {
  const ledger = new PureLedger();
  ledger.given('RegisterSource', sourceData({ sourceId: 's' }));
  ledger.given('HoldExercise', exerciseData({ exerciseId: 'three', participants: ['MAR', 'PAK', 'TUR'] }));
  ledger.given('HoldExercise', exerciseData({ exerciseId: 'two' }));
  const slice = () => new PairSlices(ledger.events).of('MAR-TUR').map(({ position }) => position);
  expect(slice()).toEqual([1, 2]);
  ledger.given('MergeRecord', { stream: 'exercise-two', intoId: 'three', reason: 'the same' });
  expect(slice()).toEqual([1, 2, 3, 4]);
});

/** A ledger that has several relationships, and what it tells of them. */
const events = fc.sample(randomLedger(40), { numRuns: 20, seed: 7 }).find((l) => pairsIn(l.events).length > 2)!.events;
const statuses = plain(refold(events, { ...question, knownAt: events.length }));
const asked = { ...question, knownAt: events.length };

const compared = (
  told: readonly object[],
  by: Partial<LedgerViews['question']> = {},
  log: readonly LedgerEvent[] = events,
) => expectViews(each(log), { question: { ...asked, ...by }, statuses: each(told as readonly RelationshipStatus[]) });

describe('the views of a ledger', () => {
  test('are what its events make', async () => {
    expect(await compared(statuses)).toBe(statuses.length);
  });

  test('of which one differs anywhere are not: the field is named', async () => {
    const [first, ...others] = statuses;
    const stage = first!.stage === 'none' ? 'signed' : 'none';
    await expect(compared([{ ...first!, stage }, ...others])).rejects.toThrow(
      `The view of ${first!.pair} is not what the events make: /stage is "${stage}", and should be "${first!.stage}"`,
    );
    await expect(compared([{ ...first!, more: 1 }, ...others])).rejects.toThrow('/more is 1, and should be nothing');
    const { reasons: _, ...less } = first!;
    await expect(compared([less, ...others])).rejects.toThrow('/reasons is nothing, and should be');
    await expect(compared([{ ...first!, reasons: {} }, ...others])).rejects.toThrow('/reasons is {}, and should be');
  });

  test('have each relationship, and no other', async () => {
    await expect(compared(statuses.slice(1))).rejects.toThrow(`There is no view of ${statuses[0]!.pair}`);
    await expect(compared([...statuses, { ...statuses[0]!, pair: 'XXX-YYY' }])).rejects.toThrow(
      'There is a view of XXX-YYY, and no event makes a record of it',
    );
    await expect(compared([...statuses, statuses[0]!])).rejects.toThrow(`There is a view of ${statuses[0]!.pair}`);
  });

  test('are of all events that are sealed', async () => {
    await expect(compared(statuses, { knownAt: 41 })).rejects.toThrow(`of 41 events, and ${events.length} are sealed`);
    await expect(compared(statuses, { asOf: '1900-01-01' })).rejects.toThrow('/asOf is');
  });

  test('are in a bundle as files, and read from it', async () => {
    const files = new Map<string, Buffer>();
    for await (const [path, text] of viewFiles({ question: asked, statuses: each(statuses) })) {
      files.set(path, Buffer.from(text));
    }
    const bundle = {
      read: (path: string) => Promise.resolve(files.get(path)),
      paths: () => Promise.resolve([...files.keys()]),
    };
    expect(await expectViews(each(events), await viewsIn(bundle))).toBe(statuses.length);
    const path = `views/relationships/${statuses[0]!.pair}.json`;
    const spoil = async (name: string, text: string) => {
      const before = files.get(name)!;
      files.set(name, Buffer.from(text));
      await expect(viewsIn(bundle).then((views) => expectViews(each(events), views))).rejects.toMatchObject({
        name: 'Unsound',
      });
      files.set(name, before);
    };
    await spoil(path, '{"pair": "XXX-YYY"}');
    await spoil(path, 'null');
    await spoil(path, '{');
    for (const text of ['null', '{}', '{"asOf": "2026"}', '{"asOf": "2026-01-01", "knownAt": 1}']) {
      await spoil('views/question.json', text);
    }
    files.delete('views/question.json');
    await expect(viewsIn(bundle)).rejects.toThrow('views/question.json is not there');
  });
});
