import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { problemOf, type ProblemDetails } from '../../src/api/problems.js';
import { executeLines } from '../../src/commands/bulk/execute-lines.js';
import { CommandRecorder, eventId } from '../../src/commands/command-recorder.js';
import { agreementData, sourceData, visitData } from '../support/facts.js';
import { type Data, evidence } from '../support/ledger.js';
import { MemoryEventStore } from '../support/memory-event-store.js';
import { NoIndex } from '../support/no-index.js';
import { randomFile } from '../support/random-file.js';
import { runs } from '../support/runs.js';

const NOW = () => new Date('2026-01-15T12:00:00.000Z');

interface Played {
  /** By line; without positions, which tell in which order lines of different streams were recorded. */
  readonly answers: unknown[];
  readonly streams: Record<string, unknown[]>;
  /** How many lines were under way at a time, at most. */
  readonly sideBySide: number;
}

async function play(lines: readonly string[], concurrency: number, store = new MemoryEventStore()): Promise<Played> {
  const recorder = new CommandRecorder(store, new NoIndex(), NOW);
  let [underWay, sideBySide] = [0, 0];
  const outcomes = executeLines(chunksOf(lines), {
    concurrency,
    execute: async ({ expectedRevision, ...request }) => {
      sideBySide = Math.max(sideBySide, (underWay += 1));
      return recorder.execute(request, { actor: 'test', expectedRevision }).finally(() => (underWay -= 1));
    },
  });
  const answers: unknown[] = [];
  for await (const { line, result, error } of outcomes) {
    const answer = result ? { ...result, position: null } : problemOf(error, 'urn:test');
    answers.push([line.number, answer]);
  }
  const streams: Record<string, unknown[]> = {};
  for (const { position: _, ...event } of store.events) (streams[event.stream] ??= []).push(event);
  return { answers, streams, sideBySide };
}

async function* chunksOf(lines: readonly string[]): AsyncIterable<Uint8Array> {
  await Promise.resolve();
  yield Buffer.from(lines.join('\n'));
}

/** Plays the lines one after the other, and side by side as the scheduler says: with the same result. */
async function compare(lines: readonly string[], shared: boolean, scheduler: fc.Scheduler) {
  const expected = await play(lines, 1);
  const takeTime = () => scheduler.schedule(Promise.resolve()).then(() => undefined);
  const { sideBySide, ...actual } = await scheduler.waitFor(play(lines, 16, new MemoryEventStore(takeTime, shared)));
  expect(actual).toEqual({ answers: expected.answers, streams: expected.streams });
  return { expected, sideBySide };
}

const file = (...commands: (readonly [type: string, data: Data])[]) =>
  commands.map(([type, data], i) => JSON.stringify({ commandId: `c${i}`, type, data }));
const source = ['RegisterSource', sourceData({ sourceId: 's' })] as const;
const child = ['DraftAgreement', agreementData({ agreementId: 'a', parentAgreementId: 'p' })] as const;
const parent = ['DraftAgreement', agreementData({ agreementId: 'p' })] as const;
const about = (line: number) => ({ stream: 'agreement-a', targetEventId: eventId('agreement-a', `c${line}`, 0) });
const correction = [
  'CorrectFact',
  { ...about(1), changes: [{ path: '/occurredOn', from: null, to: '2019' }], reason: 'x', evidence: evidence('s') },
] as const;
const dispute = [
  'DisputeFact',
  {
    ...about(1),
    path: '/occurredOn',
    alternatives: [null, '2018'].map((value) => ({ value, evidence: evidence('s') })),
  },
] as const;
const resolution = [
  'ResolveDispute',
  {
    stream: 'agreement-a',
    disputeEventId: eventId('agreement-a', 'c2', 0),
    value: '2018',
    reason: 'x',
    evidence: evidence('s'),
  },
] as const;
const visit = (visitId: string) => ['PlanVisit', visitData({ visitId })] as const;
const merge = (from: string, intoId: string) =>
  ['MergeRecord', { stream: `visit-${from}`, intoId, reason: 'x' }] as const;

describe('a file of commands, its lines side by side', () => {
  test('has the same answers and the same streams as one after the other', async () => {
    let [recorded, refused, crowd] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(randomFile(), fc.boolean(), fc.scheduler(), async (lines, shared, scheduler) => {
        const { expected, sideBySide } = await compare(lines, shared, scheduler);
        expect(expected.sideBySide).toBeLessThanOrEqual(1);
        crowd = Math.max(crowd, sideBySide);
        for (const [, answer] of expected.answers as [number, Partial<ProblemDetails>][]) {
          if (answer.status === undefined) recorded += 1;
          else refused += 1;
        }
      }),
      runs(30),
    );
    // The files say something, and the lines did go side by side.
    expect([recorded > 100, refused > 100, crowd > 4]).toEqual([true, true, true]);
  });

  // What these look at, they do not name.
  test.each([
    ['a correction after what the corrected fact names', file(source, child, parent, correction)],
    ['a correction before it', file(source, child, correction, parent)],
    ['a resolution after it', file(source, child, dispute, parent, resolution)],
    ['a resolution before it', file(source, child, dispute, resolution, parent)],
    [
      'merges that would run in a ring',
      file(
        source,
        ...['a', 'b', 'c', 'd'].map(visit),
        merge('a', 'b'),
        merge('d', 'c'),
        merge('b', 'd'),
        merge('c', 'a'),
      ),
    ],
  ])('%s', async (_, lines) => {
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.scheduler(), (shared, scheduler) =>
        compare(lines, shared, scheduler).then(() => undefined),
      ),
      runs(25),
    );
  });
});
