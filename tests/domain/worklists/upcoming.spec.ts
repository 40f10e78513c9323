import { describe, expect, test } from '@jest/globals';
import { addPeriod, parsePeriod } from '../../../src/domain/values/period.js';
import { holdsDuring } from '../../../src/domain/worklists/holds.js';
import { dueWhen, upcoming } from '../../../src/domain/worklists/upcoming.js';
import { act, exerciseData, ledgerWithSources, visitData } from '../../support/facts.js';
import { type Act, agreementOf } from '../../support/agreement.js';
import { evidence, type PureLedger } from '../../support/ledger.js';

/** `kind from..by when`, what is due within 90 days of a day. */
const due = (ledger: PureLedger, asOf: string, until = addPeriod(asOf, parsePeriod('P90D')!)) =>
  upcoming(ledger.history(asOf).records.values(), asOf, until).map(
    (item) => `${item.kind} ${item.from ?? ''}..${item.by ?? ''} ${dueWhen(item, asOf)}`,
  );

describe('what an agreement has ahead of it', () => {
  const IN_FORCE: Act[] = [
    ['SignAgreement', '2020-01-01'],
    ['BringIntoForce', '2020-03-01'],
  ];

  test('its expiry, until it has expired', () => {
    const ledger = agreementOf(...IN_FORCE, ['RecordTerms', '2020-01-01', { durationYears: 5, renewal: 'none' }]);
    expect(due(ledger, '2024-11-30')).toEqual([]);
    expect(due(ledger, '2025-02-01')).toEqual(['expiry 2025-03-01..2025-03-01 upcoming']);
    expect(due(ledger, '2025-03-02')).toEqual([]);
  });

  test('its tacit renewal, and the last day to denounce it before; then those of the next term', () => {
    const terms = { durationYears: 5, renewal: 'tacit', noticeMonths: 1 };
    const ledger = agreementOf(...IN_FORCE, ['RecordTerms', '2020-01-01', terms]);
    expect(due(ledger, '2025-01-20')).toEqual([
      'denunciation_deadline 2025-02-01..2025-02-01 upcoming',
      'tacit_renewal 2025-03-01..2025-03-01 upcoming',
    ]);
    expect(due(ledger, '2025-02-02')).toEqual(['tacit_renewal 2025-03-01..2025-03-01 upcoming']);
    expect(due(ledger, '2025-03-02', '2030-03-01')).toEqual([
      'denunciation_deadline 2030-02-01..2030-02-01 upcoming',
      'tacit_renewal 2030-03-01..2030-03-01 upcoming',
    ]);
  });

  test('its expiry, where it was denounced in time; its termination, where that has a day', () => {
    const terms: Act = ['RecordTerms', '2020-01-01', { durationYears: 5, renewal: 'tacit' }];
    const denounced = agreementOf(...IN_FORCE, terms, ['NotifyDenunciation', '2024-06-01', { by: 'MAR' }]);
    expect(due(denounced, '2025-02-01')).toEqual(['expiry 2025-03-01..2025-03-01 upcoming']);
    const dated = agreementOf(...IN_FORCE, ['NotifyDenunciation', '2024-06-01', { by: 'MAR', effectiveOn: '2025-02' }]);
    expect(due(dated, '2025-02-01')).toEqual(['termination 2025-02-28..2025-02-28 upcoming']);
    expect(due(dated, '2025-02-28')).toEqual([]);
  });

  test('a signature that was announced: to come, overdue once its last day has passed, gone once signed', () => {
    const ledger = agreementOf(['AnnounceSignature', '2025-01-01', { plannedFor: '2025-06' }]);
    expect(due(ledger, '2024-12-31', '2025-12-31')).toEqual([]);
    expect(due(ledger, '2025-03-31')).toEqual(['signature 2025-06-01..2025-06-30 upcoming']);
    expect(due(ledger, '2026-01-15')).toEqual(['signature 2025-06-01..2025-06-30 overdue']);
    ledger.given('SignAgreement', act({ agreementId: 'agr', occurredOn: '2025-06-10' }));
    expect(due(ledger, '2026-01-15')).toEqual([]);
  });

  test('consent that is awaited, since when, and whose', () => {
    const terms: Act = ['RecordTerms', '2025-01-01', { renewal: 'none', requiresRatification: true }];
    const ledger = agreementOf(['SignAgreement', '2025-02-01'], terms);
    ledger.given(
      'ExpressConsent',
      act({ agreementId: 'agr', occurredOn: '2025-03-01', party: 'PAK', means: 'ratification' }),
    );
    const items = upcoming(ledger.history('2025-06-01').records.values(), '2025-06-01', '2025-06-01');
    expect(items).toMatchObject([{ kind: 'consent', since: '2025-02-01', awaited: ['MAR'], by: null, type: 'Signed' }]);
  });
});

test('what a tacitly renewed agreement has ahead holds from the day asked for until its next day', () => {
  const terms: Act = ['RecordTerms', '2020-01-01', { durationYears: 5, renewal: 'tacit', noticeMonths: 1 }];
  const ledger = agreementOf(['SignAgreement', '2020-01-01'], ['BringIntoForce', '2020-03-01'], terms);
  const heldOn = (day: string) => holdsDuring(ledger.history(day).records.get('agreement-agr')!, day);
  expect(heldOn('2028-01-01')).toEqual({ from: '2028-01-01', until: '2030-02-01' });
  expect(heldOn('2030-02-02')).toEqual({ from: '2030-02-02', until: '2030-03-01' });
});

describe('what is planned', () => {
  const plan = (plannedFor?: string) => {
    const ledger = ledgerWithSources();
    ledger.given('PlanVisit', visitData({ occurredOn: '2024-12-01', ...(plannedFor !== undefined && { plannedFor }) }));
    return ledger;
  };

  test.each([
    ['2025-03-10', ['visit 2025-03-10..2025-03-10 upcoming']],
    ['2025', ['visit 2025-01-01..2025-12-31 upcoming']],
    ['2025-06', []],
    ['2025-04-30/2025-09-01', ['visit 2025-04-30..2025-09-01 upcoming']],
    ['2025-01', ['visit 2025-01-01..2025-01-31 overdue']],
    ['../2025-09', ['visit ..2025-09-30 upcoming']],
    ['2025-03/..', ['visit 2025-03-01.. open']],
    ['2025-06/..', []],
    [undefined, ['visit .. open']],
  ])('for %s, is shown where its days and the 90 from 2025-02-01 on overlap', (plannedFor, expected) => {
    expect(due(plan(plannedFor), '2025-02-01')).toEqual(expected);
  });

  test('a visit that was postponed is due on the new date; held or cancelled, on none', () => {
    const ledger = plan('2025-02-10');
    ledger.given('PostponeVisit', act({ visitId: 'vis', occurredOn: '2025-02-05', plannedFor: '2025-03' }));
    expect(due(ledger, '2025-02-20')).toEqual(['visit 2025-03-01..2025-03-31 upcoming']);
    ledger.given('HoldVisit', visitData({ occurredOn: '2025-03-05' }));
    expect(due(ledger, '2025-03-05')).toEqual([]);
    const cancelled = plan('2025-02-10');
    cancelled.given('CancelVisit', act({ visitId: 'vis', occurredOn: '2025-02-05' }));
    expect(due(cancelled, '2025-02-06')).toEqual([]);
  });

  test('while its date is disputed, it is due on any of the days', () => {
    const ledger = plan('2025-02-10');
    const alternatives = ['2025-02-10', '2025-03'].map((value) => ({ value, evidence: evidence('t') }));
    ledger.given('DisputeFact', { ...ledger.about('visit-vis'), path: '/data/plannedFor', alternatives });
    expect(due(ledger, '2025-02-20')).toEqual(['visit 2025-02-10..2025-03-31 upcoming']);
  });

  test('an exercise', () => {
    const ledger = ledgerWithSources();
    ledger.given('AnnounceExercise', exerciseData({ occurredOn: '2025-01-01', plannedFor: '2025-02-20' }));
    expect(due(ledger, '2025-02-01')).toEqual(['exercise 2025-02-20..2025-02-20 upcoming']);
    ledger.given('HoldExercise', exerciseData({ occurredOn: '2025-02-20' }));
    expect(due(ledger, '2025-02-20')).toEqual([]);
  });
});

test.each([
  ['P90D', '2026-01-31', '2026-05-01'],
  ['P1M', '2026-01-31', '2026-02-28'],
  ['P1Y6M', '2024-02-29', '2025-08-29'],
  ['P2W', '2026-01-31', '2026-02-14'],
])('%s after %s is %s', (text, day, expected) => {
  expect(addPeriod(day, parsePeriod(text)!)).toBe(expected);
});

test.each(['', 'P', '90', 'P90', 'PT5H', 'P1D1M', 'P-1D', 'P1W1D', '90D', 'P101Y', 'P99999D'])(
  '%s is no period',
  (text) => {
    expect(parsePeriod(text)).toBeUndefined();
  },
);
