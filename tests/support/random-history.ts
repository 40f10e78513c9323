import fc from 'fast-check';
import { type Data, evidence, PureLedger } from './ledger.js';

/** Days before the ledgers of these tests record anything, and forms that widen them. */
const date = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('2019-05-01', '2020-02-29', '2021-12-31', '2022-06-15', '2025-12-31') },
  { weight: 2, arbitrary: fc.constantFrom('2020', '2021-03', '2022~', '../2023-01-01', '2019-01-01/2024-01-01') },
  { weight: 1, arbitrary: fc.constant(null) },
);
const SOURCES = ['s1', 's2', 's3'];
const PARTIES = ['MAR', 'PAK', 'TUR'];
const STANDINGS = ['claimed', 'reported', 'documented'] as const;

const cited = fc
  .tuple(fc.constantFrom(...SOURCES), fc.constantFrom(...STANDINGS))
  .map(([source, standing]) => evidence(source, standing));
const dated = fc.record({ occurredOn: date, evidence: cited });
const id = fc.constantFrom('a', 'b', 'c');
const two = fc.uniqueArray(fc.constantFrom(...PARTIES), { minLength: 2, maxLength: 2 });

/** What a command says; whom it is about may depend on what is recorded by then. */
type Step = (ledger: PureLedger) => { type: string; data: Data };
const fixed = (type: string, data: fc.Arbitrary<Data>): fc.Arbitrary<Step> =>
  data.map((d) => () => ({ type, data: d }));
const said = (type: string, more: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Step> =>
  fixed(
    type,
    fc.tuple(dated, fc.record(more)).map(([d, m]) => ({ ...d, ...m })),
  );

const title = fc.constant({ en: 'An agreement' });
const agreement = {
  agreementId: id,
  parties: two,
  title,
  instrumentType: fc.constant('agreement'),
  areas: fc.constant([]),
};
const visit = fc.record({ visitId: id, level: fc.constant('minister'), kind: fc.constant('working') });

/** About some event, or some record, of those that are there. */
const about = (make: (pick: <T>(items: readonly T[]) => T, ledger: PureLedger) => { type: string; data: Data }) =>
  fc.infiniteStream(fc.nat(1_000_000)).map((picks): Step => (ledger) => {
    const pick = <T>(items: readonly T[]): T => items[picks.next().value! % items.length]!;
    return make(pick, ledger);
  });

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: said('DraftAgreement', agreement) },
  { weight: 1, arbitrary: said('ProposeAgreement', agreement) },
  { weight: 4, arbitrary: said('SignAgreement', { agreementId: id }) },
  { weight: 2, arbitrary: said('BringIntoForce', { agreementId: id }) },
  {
    weight: 3,
    arbitrary: fixed(
      'HoldVisit',
      fc.tuple(dated, visit, two).map(([d, v, [visitor, host]]) => ({ ...d, ...v, visitor, host })),
    ),
  },
  { weight: 2, arbitrary: said('HoldMeeting', { meetingId: id, parties: two, participants: fc.constant([]) }) },
  {
    weight: 3,
    arbitrary: said('HoldExercise', {
      exerciseId: id,
      name: fc.constant({ en: 'An exercise' }),
      participants: fc.uniqueArray(fc.constantFrom(...PARTIES), { minLength: 2 }),
    }),
  },
  {
    weight: 2,
    arbitrary: said('CreateMechanism', {
      mechanismId: id,
      parties: two,
      name: fc.constant({ en: 'A committee' }),
      kind: fc.constant('committee'),
    }),
  },
  { weight: 1, arbitrary: said('ConveneMechanism', { mechanismId: id }) },
  { weight: 1, arbitrary: said('SeverRelations', { pair: two.map((p) => [...p].sort().join('-')) }) },
  {
    weight: 2,
    arbitrary: about((pick) => ({ type: 'WithdrawSource', data: { sourceId: pick(SOURCES), reason: 'x' } })),
  },
  {
    weight: 3,
    arbitrary: about((pick, { events }) => {
      const target = pick(events);
      return { type: 'RetractFact', data: { stream: target.stream, targetEventId: target.id, reason: 'x' } };
    }),
  },
  {
    weight: 2,
    arbitrary: about((pick, { events }) => {
      const { stream, id: targetEventId } = pick(events);
      return {
        type: 'CorroborateFact',
        data: { stream, targetEventId, evidence: evidence(pick(SOURCES), 'documented') },
      };
    }),
  },
  {
    weight: 3,
    arbitrary: about((pick, { events }) => {
      const { stream, id: targetEventId, body } = pick(events);
      const changes = [{ path: '/occurredOn', from: body.occurredOn, to: pick(['2018', null, '2024-01-01']) }];
      return {
        type: 'CorrectFact',
        data: { stream, targetEventId, changes, reason: 'x', evidence: evidence(pick(SOURCES)) },
      };
    }),
  },
  {
    // The correction that moves a record to another pair.
    weight: 3,
    arbitrary: about((pick, { events }) => {
      const openers = events.filter((e) => 'parties' in e.body.data || 'participants' in e.body.data);
      const { stream, id: targetEventId, body } = pick(openers.length > 0 ? openers : events);
      const field = 'parties' in body.data ? 'parties' : 'participants';
      const to = pick([
        ['MAR', 'PAK'],
        ['MAR', 'TUR'],
        ['PAK', 'TUR'],
      ]);
      const changes = [{ path: `/data/${field}`, from: (body.data as Data)[field] ?? null, to }];
      return {
        type: 'CorrectFact',
        data: { stream, targetEventId, changes, reason: 'x', evidence: evidence(pick(SOURCES)) },
      };
    }),
  },
  {
    weight: 3,
    arbitrary: about((pick, { events }) => {
      const { stream, id: targetEventId, body } = pick(events);
      const alternatives = [body.occurredOn, '2017', '2016'].map((value) => ({
        value,
        evidence: evidence(pick(SOURCES)),
      }));
      return { type: 'DisputeFact', data: { stream, targetEventId, path: '/occurredOn', alternatives } };
    }),
  },
  {
    weight: 4,
    arbitrary: about((pick, { events }) => {
      const { stream } = pick(events);
      return { type: 'MergeRecord', data: { stream, intoId: pick(['a', 'b', 'c']), reason: 'x' } };
    }),
  },
);

/** Ledgers as histories of commands make them: what is refused leaves no trace, and days go by between some. */
export const randomLedger = (maxLength = 40): fc.Arbitrary<PureLedger> =>
  fc
    .array(fc.tuple(step, fc.constantFrom('2026-01-15', '2026-01-16', '2026-01-17')), { minLength: 5, maxLength })
    .map((steps) => {
      const ledger = new PureLedger();
      for (const source of SOURCES) ledger.source(source, source === 's2' ? '2023-01-01' : undefined);
      for (const [next, today] of steps) {
        ledger.today = today;
        const { type, data } = next(ledger);
        try {
          ledger.record(type, data);
        } catch {
          // Malformed for what was picked: recorded nothing.
        }
      }
      return ledger;
    });
