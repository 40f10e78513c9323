import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Change } from '../../src/domain/history/diff.js';
import { anyDay, anyStanding, anySteps, play } from '../support/arbitraries.js';
import { applied, byIds, diffOf, emptied, lookUpOf, viewAt } from '../support/axes.js';
import { act, agreementData, ledgerWithSources, visitData } from '../support/facts.js';
import type { PureLedger } from '../support/ledger.js';

const NOW = '2026-12-31';
const shown = ({ path, before, after, cause, byTime, events }: Change) => [
  `${cause}${byTime ? ' by time' : ''}: ${path}`,
  before,
  after,
  events.map((e) => e.type),
];
const lookUp = (ledger: PureLedger) => lookUpOf(ledger.events, 'MAR-PAK', 'claimed');
const differs = (ledger: PureLedger, from: readonly [string, number], to: readonly [string, number]) =>
  diffOf({ asOf: from[0], knownAt: from[1] }, { asOf: to[0], knownAt: to[1] }, lookUp(ledger));
/** Those at a path, in short. */
const at = (changes: readonly Change[], path: string) => changes.filter((c) => c.path === path).map(shown);

/** 1, 2: sources. 3: a draft. 4: its signature. 5: that its signature was later than told. */
function corrected(): PureLedger {
  const ledger = ledgerWithSources();
  ledger.given('DraftAgreement', agreementData({ occurredOn: '2020-01-01' }));
  const { id } = ledger.given('SignAgreement', act({ agreementId: 'agr', occurredOn: '2021-03-01' }));
  ledger.given('CorrectFact', {
    stream: 'agreement-agr',
    targetEventId: id,
    changes: [{ path: '/occurredOn', from: '2021-03-01', to: '2022-05-01' }],
    reason: 'misprint',
    evidence: [{ sourceId: 't', locator: '1', standing: 'documented' }],
  });
  return ledger;
}

describe('what differs between two points', () => {
  test('with the knowledge kept, the world changed, by what happened meanwhile', () => {
    const changes = differs(corrected(), ['2020-12-31', 4], ['2021-12-31', 4]);
    expect(at(changes, '/relationship/stage')).toEqual([
      ['world: /relationship/stage', 'negotiating', 'signed', ['Signed']],
    ]);
    expect(new Set(changes.map((c) => c.cause))).toEqual(new Set(['world']));
  });

  test('with the day kept, our knowledge changed, by what was recorded meanwhile', () => {
    const ledger = corrected();
    const changes = differs(ledger, ['2021-12-31', 4], ['2021-12-31', 5]);
    expect(at(changes, '/relationship/stage')).toEqual([
      ['knowledge: /relationship/stage', 'signed', 'negotiating', ['FactCorrected']],
    ]);
    expect(at(changes, '/records/agreement-agr/signedOn')).toEqual([
      ['knowledge: /records/agreement-agr/signedOn', '2021-03-01', null, ['FactCorrected']],
    ]);
    const { id, stream, revision, position, metadata } = ledger.events[4]!;
    expect(changes[0]!.events).toEqual([
      {
        eventId: id,
        type: 'FactCorrected',
        stream,
        revision,
        position,
        recordedAt: metadata.recordedAt,
        actor: 'test',
      },
    ]);
  });

  test('over both axes goes by the corner: the world with the knowledge of then, and then the knowledge', () => {
    const changes = differs(corrected(), ['2020-12-31', 4], ['2021-12-31', 5]);
    expect(at(changes, '/relationship/stage')).toEqual([
      ['world: /relationship/stage', 'negotiating', 'signed', ['Signed']],
      ['knowledge: /relationship/stage', 'signed', 'negotiating', ['FactCorrected']],
    ]);
  });

  test('back again, all is undone by the same events', () => {
    const ledger = corrected();
    const back = differs(ledger, ['2021-12-31', 5], ['2021-12-31', 3]);
    expect(at(back, '/records/agreement-agr/signatures')).toEqual([]);
    expect(at(differs(ledger, ['2022-12-31', 4], ['2022-12-31', 3]), '/relationship/stage')).toEqual([
      ['knowledge: /relationship/stage', 'signed', 'negotiating', ['Signed']],
    ]);
    expect(at(differs(ledger, ['2021-12-31', 4], ['2020-12-31', 4]), '/relationship/stage')).toEqual([
      ['world: /relationship/stage', 'signed', 'negotiating', ['Signed']],
    ]);
    expect(at(differs(ledger, ['2021-12-31', 4], ['2019-12-31', 4]), '/relationship/stage')).toEqual([
      ['world: /relationship/stage', 'signed', 'none', ['Signed', 'AgreementDrafted']],
    ]);
  });

  test('only what had a part in a field is named at it, though all happened on one day', () => {
    const ledger = ledgerWithSources();
    ledger.given('HoldVisit', visitData({ occurredOn: '2022-06-15' }));
    ledger.given('DraftAgreement', agreementData({ occurredOn: '2022-06-15' }));
    ledger.given('RecordNegotiation', act({ agreementId: 'agr', occurredOn: '2022-06-15' }));
    ledger.given('SignAgreement', act({ agreementId: 'agr', occurredOn: '2022-06-15' }));
    const changes = differs(ledger, ['2022-01-01', 6], [NOW, 6]);
    const types = (path: string) => changes.find((c) => c.path === path)?.events.map((e) => e.type);
    expect(types('/relationship/visits/count')).toEqual(['VisitHeld']);
    expect(types('/records/agreement-agr/signedOn')).toEqual(['Signed']);
    // The rungs on the way there have a part in the stage.
    expect(types('/relationship/stage')).toEqual(['AgreementDrafted', 'Signed']);
  });

  test('what time does alone is told so, with what it follows from', () => {
    const ledger = ledgerWithSources();
    ledger.given('DraftAgreement', agreementData({ occurredOn: '2019-01-01' }));
    ledger.given('SignAgreement', act({ agreementId: 'agr', occurredOn: '2019-02-01' }));
    ledger.given('BringIntoForce', act({ agreementId: 'agr', occurredOn: '2019-03-01' }));
    ledger.given(
      'RecordTerms',
      act({ agreementId: 'agr', occurredOn: '2019-03-01', expiresOn: '2020-03-01', renewal: 'none' }),
    );
    // It passes too, and has no part in that.
    ledger.given('HoldVisit', visitData({ occurredOn: '2020-02-01' }));
    const changes = differs(ledger, ['2020-01-01', 7], ['2021-01-01', 7]);
    expect(at(changes, '/relationship/agreements/agr/status')).toEqual([
      ['world by time: /relationship/agreements/agr/status', 'in_force', 'expired', ['TermsRecorded']],
    ]);
    expect(at(changes, '/records/agreement-agr/status')).toEqual([
      ['world by time: /records/agreement-agr/status', 'in_force', 'expired', ['TermsRecorded']],
    ]);
  });

  test('a record that comes to be known is told as a whole, with all that made it', () => {
    const changes = differs(corrected(), [NOW, 2], [NOW, 5]);
    expect(changes.filter((c) => c.path.startsWith('/records/')).map((c) => [c.path, 'before' in c])).toEqual([
      ['/records/agreement-agr', false],
    ]);
    expect(changes.find((c) => c.path === '/records/agreement-agr')!.events.map((e) => e.type)).toEqual([
      'AgreementDrafted',
      'Signed',
      'FactCorrected',
    ]);
  });
});

describe('of any history', () => {
  const anyPoints = fc.record({
    steps: anySteps(),
    standing: anyStanding,
    days: fc.tuple(anyDay, anyDay),
    known: fc.tuple(fc.nat(60), fc.nat(60)),
  });
  const pointsOf = ({ steps, standing, days, known }: typeof anyPoints extends fc.Arbitrary<infer T> ? T : never) => {
    const { events } = play(steps).ledger;
    const [from, to] = days.map((asOf, i) => ({ asOf, knownAt: Math.min(known[i]!, events.length) }));
    return { from: from!, to: to!, lookUp: lookUpOf(events, 'MAR-PAK', standing), events };
  };

  test('a point does not differ from itself', () => {
    fc.assert(
      fc.property(anyPoints, (given) => {
        const { from, lookUp: look } = pointsOf(given);
        expect(diffOf(from, from, look)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  test('the changes lead from the one view to the other, and each names events that it passed', () => {
    fc.assert(
      fc.property(anyPoints, (given) => {
        const { from, to, lookUp: look, events } = pointsOf(given);
        const changes = diffOf(from, to, look);
        expect(emptied(applied(byIds(viewAt(from, look)), changes))).toEqual(emptied(viewAt(to, look)));
        const [low, high] = [from.knownAt, to.knownAt].sort((a, b) => a - b) as [number, number];
        for (const change of changes) {
          const named = change.events.map((e) => events.find((other) => other.id === e.eventId)!);
          expect(named.every((e) => e.position <= (change.cause === 'world' ? from.knownAt : high))).toBe(true);
          if (change.cause === 'knowledge') {
            expect(named.length).toBeGreaterThan(0);
            expect(named.every((e) => e.position > low)).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('what a point of the way does not differ in on an axis is never put to that axis', () => {
    fc.assert(
      fc.property(anyPoints, (given) => {
        const { from, to, lookUp: look } = pointsOf(given);
        const causes = (changes: readonly Change[]) => changes.map((c) => c.cause);
        expect(causes(diffOf(from, { ...to, knownAt: from.knownAt }, look))).not.toContain('knowledge');
        expect(causes(diffOf(from, { ...to, asOf: from.asOf }, look))).not.toContain('world');
      }),
      { numRuns: 20 },
    );
  });
});
