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

const member = fc.constantFrom('MAR', 'PAK');
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const upon = (type: string, more: Record<string, fc.Arbitrary<unknown>> = {}) =>
  said(type, { agreementId: id, ...more });

/** The rest of an agreement's life, as odd as it comes. */
const lived: fc.Arbitrary<Step> = fc.oneof(
  upon('ClassifyAreas', { areas: fc.constantFrom(['logistics'], ['procurement', 'cybersecurity']) }),
  upon('RecordNegotiation'),
  upon('AnnounceSignature', { plannedFor: maybe(fc.constant('2027')) }),
  upon('InitialAgreement'),
  upon('SignAgreement', {
    signatories: fc.uniqueArray(
      fc.record({
        party: member,
        mode: fc.constantFrom('definitive', 'ad_referendum', 'subject_to_ratification'),
      }),
      { maxLength: 2, selector: ({ party }) => party },
    ),
  }),
  upon('ConfirmSignature', { party: member }),
  upon('ApproveDomestically', { party: member, organ: fc.constant({ en: 'Parliament' }) }),
  upon('ExpressConsent', { party: member, means: fc.constantFrom('ratification', 'accession') }),
  upon('ApplyProvisionally'),
  upon('EndProvisionalApplication'),
  upon('RecordTerms', {
    renewal: fc.constantFrom('tacit', 'express', 'none'),
    expiresOn: maybe(fc.constantFrom('2021-06', '2024')),
    durationYears: maybe(fc.integer({ min: 1, max: 3 })),
    noticeMonths: maybe(fc.constantFrom(0, 3, 12)),
    requiresRatification: maybe(fc.boolean()),
  }),
  upon('AmendAgreement', { summary: fc.constant('Article 3'), amendingAgreementId: maybe(id) }),
  upon('RenewAgreement', { until: maybe(fc.constantFrom('2023', '2026-01-20', '2030/..')) }),
  upon('SuspendAgreement'),
  upon('ResumeAgreement'),
  upon('NotifyDenunciation', { by: member, effectiveOn: maybe(fc.constantFrom('2020', '2025', '2026-01-20')) }),
  upon('WithdrawDenunciation'),
  upon('TerminateAgreement'),
  upon('ExpireAgreement'),
  upon('SupersedeAgreement', { byAgreementId: id }),
  upon('AbandonAgreement'),
  upon('PublishText', { language: fc.constantFrom('ar', 'fr') }),
  upon('RegisterAgreement', { registry: fc.constant('UNTS'), number: fc.constantFrom('1', '2') }),
  upon('AssertBindingness', { party: member, binding: fc.boolean() }),
  upon('LinkAgreement', { toAgreementId: id, relation: fc.constantFrom('follows', 'replaces') }),
);

const exerciseOf = {
  exerciseId: id,
  name: fc.constant({ en: 'An exercise' }),
  participants: fc.uniqueArray(fc.constantFrom(...PARTIES), { minLength: 2 }),
};
const pair = two.map((p) => [...p].sort().join('-'));

/** Acts that add to the other records, and what of these is only planned. */
const besides: fc.Arbitrary<Step> = fc.oneof(
  fixed('RegisterSource', fc.constant({ sourceId: 's4', title: { en: 's4' }, kind: 'dataset', language: 'en' })),
  fixed('RegisterParty', fc.constant({ code: 'CSK', kind: 'former_state', names: { en: 'C' }, aliases: [] })),
  fixed('AddPartyAlias', fc.record({ code: member, alias: fc.constantFrom('A', 'B') })),
  fixed(
    'PlanVisit',
    fc.tuple(dated, visit, two).map(([d, v, [visitor, host]]) => ({ ...d, ...v, visitor, host, plannedFor: '2027' })),
  ),
  said('PostponeVisit', { visitId: id, plannedFor: maybe(fc.constant('2028')) }),
  said('CancelVisit', { visitId: id }),
  said('LinkOutcome', { visitId: id, agreementIds: fc.constant(['a']), mechanismIds: fc.constant([]) }),
  said('AnnounceExercise', exerciseOf),
  said('CancelExercise', { exerciseId: id }),
  said('AdoptWorkPlan', { mechanismId: id }),
  said('RecordProgramme', { mechanismId: id, title, status: fc.constantFrom('proposed', 'completed') }),
  said('ChangeMandate', { mechanismId: id, mandate: title }),
  said('DissolveMechanism', { mechanismId: id }),
  said('EstablishRelations', { pair }),
  said('RestoreRelations', { pair }),
  said('ChangeRepresentation', { pair, by: member, level: fc.constantFrom('embassy', 'none') }),
  said('DeclareCoverage', { pair, from: fc.constantFrom('1956', '2000') }),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: said('DraftAgreement', agreement) },
  { weight: 1, arbitrary: said('ProposeAgreement', agreement) },
  { weight: 4, arbitrary: upon('SignAgreement') },
  { weight: 3, arbitrary: upon('BringIntoForce') },
  { weight: 22, arbitrary: lived },
  { weight: 14, arbitrary: besides },
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
    arbitrary: said('HoldExercise', exerciseOf),
  },
  {
    weight: 4,
    arbitrary: said('CreateMechanism', {
      mechanismId: id,
      parties: two,
      name: fc.constant({ en: 'A committee' }),
      kind: fc.constant('committee'),
    }),
  },
  { weight: 1, arbitrary: said('ConveneMechanism', { mechanismId: id }) },
  { weight: 1, arbitrary: said('SeverRelations', { pair }) },
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
  {
    weight: 2,
    arbitrary: about((pick, { events }) => {
      const disputes = events.filter((e) => e.type === 'FactDisputed');
      const { stream, id: disputeEventId } = pick(disputes.length > 0 ? disputes : events);
      return {
        type: 'ResolveDispute',
        data: { stream, disputeEventId, value: pick(['2017', '2016']), reason: 'x', evidence: evidence(pick(SOURCES)) },
      };
    }),
  },
);

/** Ledgers as histories of commands make them: what is refused leaves no trace, and days go by between some. */
export const randomLedger = (maxLength = 40): fc.Arbitrary<PureLedger> =>
  fc
    .array(fc.tuple(step, fc.constantFrom('2026-01-15', '2026-01-16', '2026-01-17')), {
      minLength: 5,
      maxLength,
      size: 'max',
    })
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
