import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { history } from '../../src/domain/history/history.js';
import { type Orderable, validOrder } from '../../src/domain/history/order.js';
import type { LedgerEvent } from '../../src/domain/event.js';
import { relationshipStatus } from '../../src/domain/relationship/status.js';
import type { Standing } from '../../src/domain/values/standing.js';
import { addDays } from '../../src/domain/values/day.js';
import { anyDay, anyStanding, anySteps, DAYS, play } from '../support/arbitraries.js';
import { act, agreementData, ledgerWithSources, mechanismData, visitData } from '../support/facts.js';
import { type Data, statusOf } from '../support/ledger.js';
import { pairsIn } from '../support/slice.js';

const PAIRS = ['MAR-PAK', 'MAR-TUR', 'PAK-TUR'];

/** The statuses of all pairs by the whole log. */
const statuses = (events: readonly LedgerEvent[], asOf: string, minimumStanding: Standing) => {
  const folded = history(events, { asOf, minimumStanding });
  return PAIRS.map((pair) => relationshipStatus(folded, pair, 24));
};

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

describe('any sequence of commands', () => {
  test('most of those that make sense are accepted', () => {
    const played = fc.sample(anySteps(40), { numRuns: 12, seed: 7 }).map((steps) => play(steps));
    const share = played.reduce((n, p) => n + p.accepted, 0) / played.reduce((n, p) => n + p.tried, 0);
    expect(share).toBeGreaterThan(0.5);
    const types = new Set(played.flatMap((p) => p.ledger.events.map((e) => e.type)));
    expect(types.size).toBeGreaterThan(30);
  });

  test('half of it nonsense, leaves a log that folds for every pair', () => {
    fc.assert(
      fc.property(anySteps(), anyDay, anyStanding, (steps, asOf, standing) => {
        const { ledger } = play(steps, true);
        for (const pair of new Set([...PAIRS, ...pairsIn(ledger.events)])) {
          const status = statusOf(ledger.events, pair, asOf, standing);
          expect(status.pair).toBe(pair);
          expect(status.flags.disputed).toBe(status.openDisputes.length > 0);
          expect(status.stage === 'none' && status.agreements.length > 0).toBe(false);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('is told of each pair by its slice as by the whole log, disputes of others apart', () => {
    fc.assert(
      fc.property(anySteps(), anyDay, anyStanding, (steps, asOf, standing) => {
        const { events } = play(steps).ledger;
        for (const whole of statuses(events, asOf, standing)) {
          const slice = statusOf(events, whole.pair, asOf, standing);
          const own = whole.openDisputes.filter((d) =>
            slice.openDisputes.some((o) => o.disputeEventId === d.disputeEventId),
          );
          expect(slice).toEqual({
            ...whole,
            openDisputes: own,
            flags: { ...whole.flags, disputed: own.length > 0 },
          });
        }
      }),
      { numRuns: 30 },
    );
  });

  test('is folded without touching an event, the same every time', () => {
    fc.assert(
      fc.property(anySteps(), anyDay, anyStanding, (steps, asOf, standing) => {
        const { events } = play(steps, false, (ledger) => deepFreeze(ledger.events.at(-1))).ledger;
        const text = JSON.stringify(statuses(events, asOf, standing));
        expect(JSON.stringify(statuses(JSON.parse(JSON.stringify(events)) as LedgerEvent[], asOf, standing))).toBe(
          text,
        );
      }),
      { numRuns: 30 },
    );
  });

  test('what was known at K is what the log cut there tells, whatever came after', () => {
    fc.assert(
      fc.property(anySteps(), anyDay, anyStanding, (steps, asOf, standing) => {
        const known: [number, unknown][] = [];
        const { ledger } = play(steps, false, ({ events }) =>
          known.push([events.length, statuses(events, asOf, standing)]),
        );
        for (const [position, then] of known) {
          expect(
            statuses(
              ledger.events.filter((e) => e.position <= position),
              asOf,
              standing,
            ),
          ).toEqual(then);
        }
      }),
      { numRuns: 12 },
    );
  });

  test('to retract an event is never to have recorded it', () => {
    fc.assert(
      fc.property(anySteps(), fc.nat(), anyDay, anyStanding, (steps, n, asOf, standing) => {
        const { ledger } = play(steps);
        const retractable = ledger.events.filter((e) => e.type !== 'FactRetracted' && e.type !== 'RecordMerged');
        const event = retractable[n % retractable.length]!;
        ledger.given('RetractFact', { stream: event.stream, targetEventId: event.id, reason: 'never was' });
        const without = ledger.events.filter((e) => e !== event).slice(0, -1);
        expect(statuses(ledger.events, asOf, standing)).toEqual(statuses(without, asOf, standing));
      }),
      { numRuns: 50 },
    );
  });
});

describe('the order of recording', () => {
  /** Dated acts, all on different days. */
  const ACTS: readonly [string, (day: string) => Data][] = [
    ['InitialAgreement', (occurredOn) => act({ agreementId: 'agr', occurredOn })],
    ['SignAgreement', (occurredOn) => act({ agreementId: 'agr', occurredOn })],
    ['BringIntoForce', (occurredOn) => act({ agreementId: 'agr', occurredOn })],
    ['RecordTerms', (occurredOn) => act({ agreementId: 'agr', occurredOn, durationYears: 1, renewal: 'none' })],
    ['RecordTerms', (occurredOn) => act({ agreementId: 'agr', occurredOn, durationYears: 2, renewal: 'none' })],
    ['ExpressConsent', (occurredOn) => act({ agreementId: 'agr', occurredOn, party: 'MAR', means: 'ratification' })],
    ['ApplyProvisionally', (occurredOn) => act({ agreementId: 'agr', occurredOn })],
    ['EndProvisionalApplication', (occurredOn) => act({ agreementId: 'agr', occurredOn })],
    ['RecordTerms', (occurredOn) => act({ agreementId: 'agr', occurredOn, durationYears: 1, renewal: 'tacit' })],
    ['RenewAgreement', (occurredOn) => act({ agreementId: 'agr', occurredOn })],
    ['RenewAgreement', (occurredOn) => act({ agreementId: 'agr', occurredOn, until: '2021-03-31' })],
    ['SuspendAgreement', (occurredOn) => act({ agreementId: 'agr', occurredOn })],
    ['ResumeAgreement', (occurredOn) => act({ agreementId: 'agr', occurredOn })],
    ['NotifyDenunciation', (occurredOn) => act({ agreementId: 'agr', occurredOn, by: 'MAR' })],
    [
      'NotifyDenunciation',
      (occurredOn) => act({ agreementId: 'agr', occurredOn, by: 'PAK', effectiveOn: '2020-11-30' }),
    ],
    ['WithdrawDenunciation', (occurredOn) => act({ agreementId: 'agr', occurredOn })],
    ['TerminateAgreement', (occurredOn) => act({ agreementId: 'agr', occurredOn })],
    ['ExpireAgreement', (occurredOn) => act({ agreementId: 'agr', occurredOn })],
    ['AbandonAgreement', (occurredOn) => act({ agreementId: 'agr', occurredOn })],
    ['ClassifyAreas', (occurredOn) => act({ agreementId: 'agr', occurredOn, areas: ['logistics'] })],
    ['ClassifyAreas', (occurredOn) => act({ agreementId: 'agr', occurredOn, areas: ['procurement'] })],
    ['PostponeVisit', (occurredOn) => act({ visitId: 'vis', occurredOn })],
    ['CancelVisit', (occurredOn) => act({ visitId: 'vis', occurredOn })],
    ['ConveneMechanism', (occurredOn) => act({ mechanismId: 'mec', occurredOn })],
    ['DissolveMechanism', (occurredOn) => act({ mechanismId: 'mec', occurredOn })],
    ['EstablishRelations', (occurredOn) => act({ pair: 'MAR-PAK', occurredOn })],
    ['SeverRelations', (occurredOn) => act({ pair: 'MAR-PAK', occurredOn })],
    ['RestoreRelations', (occurredOn) => act({ pair: 'MAR-PAK', occurredOn })],
  ];
  const dated = fc
    .shuffledSubarray([...ACTS.keys()], { minLength: 3 })
    .map((indexes) => indexes.map((index, i) => ({ index, day: addDays('2020-01-10', 13 * i) })));

  test('is of no matter where known days order the events', () => {
    fc.assert(
      fc.property(
        dated.chain((acts) => fc.tuple(fc.constant(acts), fc.shuffledSubarray(acts, { minLength: acts.length }))),
        fc.constantFrom(...DAYS, '2020-03-20', '2020-06-30', '2020-11-01', '2021-06-01', '2022-06-01'),
        ([inOrder, shuffled], asOf) => {
          const told = (acts: typeof inOrder) => {
            const ledger = ledgerWithSources();
            ledger.given('DraftAgreement', agreementData({ occurredOn: '2019' }));
            ledger.given('PlanVisit', visitData({ occurredOn: '2019' }));
            ledger.given('CreateMechanism', mechanismData({ occurredOn: '2019' }));
            for (const { index, day } of acts) {
              const [command, dataOf] = ACTS[index]!;
              ledger.given(command, dataOf(day), `act-${index}`);
            }
            const { records } = ledger.history(asOf);
            return [ledger.status('MAR-PAK', asOf), [...records.values()].map((r) => r.state)];
          };
          expect(told(shuffled)).toEqual(told(inOrder));
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('the valid order', () => {
  const day = fc.integer({ min: 1, max: 28 }).map((d) => `2024-02-${String(d).padStart(2, '0')}`);
  const anyOrderables: fc.Arbitrary<Orderable[]> = fc
    .array(fc.tuple(fc.option(day), day, fc.nat(4)), { maxLength: 40, size: 'max' })
    .map((items) =>
      items.map(([from, to, rank], i) => ({
        earliest: from !== null && from > to ? to : from,
        latest: from !== null && from > to ? from : to,
        rank,
        position: i + 1,
      })),
    );
  const precedes = (a: Orderable, b: Orderable) => b.earliest !== null && a.latest < b.earliest;

  /** As the sentence has it: of those that nothing unplaced precedes, the lowest by rank, earliest day, position. */
  function naive(items: readonly Orderable[]): Orderable[] {
    const unplaced = [...items];
    const ordered: Orderable[] = [];
    const lower = (a: Orderable, b: Orderable) => {
      if (a.rank !== b.rank) return a.rank < b.rank;
      if (a.earliest !== b.earliest) return a.earliest === null || (b.earliest !== null && a.earliest < b.earliest);
      return a.position < b.position;
    };
    while (unplaced.length > 0) {
      const free = unplaced.filter((b) => !unplaced.some((a) => precedes(a, b)));
      if (free.length === 0) throw new Error('a cycle');
      const next = free.reduce((least, b) => (lower(b, least) ? b : least));
      ordered.push(next);
      unplaced.splice(unplaced.indexOf(next), 1);
    }
    return ordered;
  }

  test('is what the sentence says', () => {
    fc.assert(
      fc.property(anyOrderables, (items) => {
        expect(validOrder(items)).toEqual(naive(items));
      }),
      { numRuns: 300 },
    );
  });

  test('places each once, and none before what precedes it', () => {
    fc.assert(
      fc.property(anyOrderables, (items) => {
        const ordered = validOrder(items);
        expect([...ordered].sort((a, b) => a.position - b.position)).toEqual(items);
        const wrong = ordered.filter((b, i) => ordered.slice(i + 1).some((a) => precedes(a, b)));
        expect(wrong).toEqual([]);
      }),
    );
  });

  test('does not look at the order in which it is given them', () => {
    fc.assert(
      fc.property(
        anyOrderables.chain((items) =>
          fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length })),
        ),
        ([items, shuffled]) => {
          expect(validOrder(shuffled)).toEqual(validOrder(items));
        },
      ),
    );
  });
});
