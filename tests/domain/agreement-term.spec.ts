import { describe, expect, test } from '@jest/globals';
import { type Act, agreementOf, agreementOn, recordAct, statusOn } from '../support/agreement.js';
import { evidence, type Data } from '../support/ledger.js';

const IN_FORCE: Act = ['BringIntoForce', '2010-03-01'];
const terms = (more: Data, occurredOn: string | null = '2010-03-01'): Act => ['RecordTerms', occurredOn, more];
/** Terms of five years, that end on 1 March of 2015, 2020, 2025; to be denounced six months before. */
const TACIT = terms({ durationYears: 5, renewal: 'tacit', noticeMonths: 6 });
const EXPRESS = terms({ durationYears: 5, renewal: 'express' });
const denounced = (occurredOn: string | null, more: Data = {}): Act => [
  'NotifyDenunciation',
  occurredOn,
  { by: 'PAK', ...more },
];

describe('a denunciation, where the terms are renewed tacitly,', () => {
  test.each([
    ['2014-09-01', '2015-03-01'],
    ['2014-09-02', '2020-03-01'],
    ['2010-04-01', '2015-03-01'],
    ['2015-03-01', '2020-03-01'],
    ['2019-09-01', '2020-03-01'],
    ['2019-09', '2025-03-01'],
    ['2014', '2020-03-01'],
    ['2014-08/2014-09-01', '2015-03-01'],
  ])('of %s lets it expire after %s', (day, lastDay) => {
    const ledger = agreementOf(IN_FORCE, TACIT, denounced(day));
    const { id } = ledger.stream('agreement-agr').at(-1)!;
    expect(agreementOn(ledger, lastDay)).toMatchObject({ status: 'in_force', lastDay, denunciationPending: true });
    const [year, month] = lastDay.split('-');
    expect(agreementOn(ledger, `${year}-${month}-02`)).toMatchObject({
      status: 'expired',
      statusEventId: id,
      endedOn: lastDay,
      lastDay,
      denunciationPending: false,
    });
    expect(agreementOn(ledger, '2030-01-01').status).toBe('expired');
  });

  test('stands as its event does, and so does the expiry that it brings', () => {
    const claimed = { evidence: evidence('t', 'claimed') };
    const ledger = agreementOf(IN_FORCE, TACIT, denounced('2014-06', claimed));
    expect(agreementOn(ledger, '2016-01-01')).toMatchObject({ status: 'expired', standing: 'claimed' });
    expect(agreementOn(ledger, '2016-01-01', 'reported')).toMatchObject({ status: 'in_force', standing: 'reported' });
  });

  test('has until the deadline of the current term, which is told', () => {
    const ledger = agreementOf(IN_FORCE, TACIT, denounced('2022'));
    const deadline = (asOf: string) => agreementOn(ledger, asOf).denunciationDeadline;
    expect(deadline('2010-02-28')).toBeNull();
    expect(deadline('2010-03-01')).toBe('2014-09-01');
    expect(deadline('2015-03-01')).toBe('2014-09-01');
    expect(deadline('2015-03-02')).toBe('2019-09-01');
    expect(deadline('2020-03-02')).toBe('2024-09-01');
    // One stands.
    expect(deadline('2022-12-31')).toBeNull();
    expect(deadline('2025-03-02')).toBeNull();
  });

  test.each([
    [{ renewal: 'none', durationYears: 5, noticeMonths: 6 }, null],
    [{ renewal: 'express', durationYears: 5, noticeMonths: 6 }, null],
    [{ renewal: 'tacit' }, null],
    [{ renewal: 'tacit', durationYears: 5 }, '2015-03-01'],
    [{ renewal: 'tacit', expiresOn: '2012-08-31', noticeMonths: 6 }, '2012-02-29'],
  ])('the deadline of %j is %s', (more, deadline) => {
    expect(agreementOn(agreementOf(IN_FORCE, terms(more)), '2011-01-01').denunciationDeadline).toBe(deadline);
  });

  test('that came too late for a term that ran for a time no text tells stays pending', () => {
    const ledger = agreementOf(IN_FORCE, terms({ renewal: 'tacit', expiresOn: '2012' }), denounced('2013'));
    expect(agreementOn(ledger)).toMatchObject({ status: 'in_force', lastDay: null, denunciationPending: true });
  });

  test('that only may have come in time does not stop it', () => {
    const ledger = agreementOf(IN_FORCE, TACIT, denounced(null));
    expect(agreementOn(ledger, '2026-01-14')).toMatchObject({ status: 'in_force', denunciationPending: false });
    expect(agreementOn(ledger, '2026-01-15')).toMatchObject({ lastDay: '2030-03-01', denunciationPending: true });
  });
});

describe('a denunciation', () => {
  test('without terms and without a day stays pending', () => {
    const ledger = agreementOf(IN_FORCE, denounced('2015'));
    expect(agreementOn(ledger, '2014-12-31').denunciationPending).toBe(false);
    expect(agreementOn(ledger, '9999-12-31')).toMatchObject({
      status: 'in_force',
      denunciationPending: true,
      denunciations: [{ by: 'PAK', occurredOn: '2015' }],
    });
  });

  test('that names its day terminates it from then on', () => {
    const ledger = agreementOf(IN_FORCE, denounced('2015-01-01', { effectiveOn: '2015-07' }));
    const { id } = ledger.stream('agreement-agr').at(-1)!;
    expect(agreementOn(ledger, '2015-07-30')).toMatchObject({ status: 'in_force', denunciationPending: true });
    expect(agreementOn(ledger, '2015-07-31')).toMatchObject({
      status: 'terminated',
      statusEventId: id,
      endedOn: '2015-07',
      denunciationPending: false,
      lastDay: null,
      denunciationDeadline: null,
    });
    expect(ledger.status('MAR-PAK', '2015-07-31')).toMatchObject({ stage: 'contact', reasons: [id] });
  });

  test.each<[string, Act[]]>([
    ['drafted', []],
    ['signed', [['SignAgreement', '2012']]],
    ['suspended', [IN_FORCE, ['SuspendAgreement', '2012']]],
  ])('terminates what is %s too', (before, acts) => {
    const ledger = agreementOf(...acts, denounced('2015-01-01', { effectiveOn: '2016-01-01' }));
    expect(statusOn(ledger, '2015-12-31', '2016-01-01')).toEqual([`2015-12-31 ${before}`, '2016-01-01 terminated']);
  });

  test('lists its record by itself only from the day on which it takes effect', () => {
    const ledger = agreementOf(
      denounced('2015-01-01', { effectiveOn: '2016-01-01', evidence: evidence('t', 'documented') }),
    );
    const listed = (asOf: string) => ledger.status('MAR-PAK', asOf, 'documented').agreements.map((a) => a.status);
    expect([listed('2015-12-31'), listed('2016-01-01')]).toEqual([[], ['terminated']]);
  });

  test('whose day lies beyond the term, or before it ends: what comes first ends it', () => {
    const beyond = agreementOf(IN_FORCE, TACIT, denounced('2014-01-01', { effectiveOn: '2016-01-01' }));
    expect(statusOn(beyond, '2015-03-01', '2015-03-02', '2017-01-01')).toEqual([
      '2015-03-01 in_force',
      '2015-03-02 expired',
      '2017-01-01 expired',
    ]);
    const within = agreementOf(IN_FORCE, TACIT, denounced('2014-01-01', { effectiveOn: '2015-03-02' }));
    expect(statusOn(within, '2015-03-01', '2015-03-02')).toEqual(['2015-03-01 in_force', '2015-03-02 terminated']);
  });

  test('that takes effect before it was known of does so when it counts', () => {
    const ledger = agreementOf(IN_FORCE, denounced('2015-06-01', { effectiveOn: '2015-01-01' }));
    expect(statusOn(ledger, '2015-05-31', '2015-06-01')).toEqual(['2015-05-31 in_force', '2015-06-01 terminated']);
  });

  test('that is notified after the term has ended does not change how it ended', () => {
    const ledger = agreementOf(IN_FORCE, EXPRESS, denounced('2015-06-01', { effectiveOn: '2015-01-01' }));
    expect(statusOn(ledger, '2015-04-01', '2016-01-01')).toEqual(['2015-04-01 expired', '2016-01-01 expired']);
  });

  test('leaves the word to an event that says how it ended', () => {
    const ledger = agreementOf(IN_FORCE, TACIT, denounced('2014-01-01', { effectiveOn: '2015-01-01' }), [
      'TerminateAgreement',
      '2015-02-01',
      { ground: { en: 'By agreement' } },
    ]);
    expect(agreementOn(ledger, '2015-01-31')).toMatchObject({ status: 'terminated', endedOn: '2015-01-01' });
    expect(agreementOn(ledger)).toMatchObject({ endedOn: '2015-02-01', ground: { en: 'By agreement' } });
    const late = agreementOf(IN_FORCE, EXPRESS, ['TerminateAgreement', '2017']);
    expect(statusOn(late, '2016-01-01', '2018-01-01')).toEqual(['2016-01-01 expired', '2018-01-01 terminated']);
  });
});

describe('a withdrawal', () => {
  test('before it has had its effect takes a denunciation back', () => {
    const ledger = agreementOf(IN_FORCE, TACIT, denounced('2014-06-01'), ['WithdrawDenunciation', '2015-02-01']);
    expect(agreementOn(ledger, '2015-01-31')).toMatchObject({ denunciationPending: true, denunciationDeadline: null });
    expect(agreementOn(ledger, '2015-02-01')).toMatchObject({
      denunciationPending: false,
      denunciations: [],
      denunciationDeadline: '2014-09-01',
    });
    expect(agreementOn(ledger, '2015-03-02')).toMatchObject({ status: 'in_force', lastDay: '2020-03-01' });
  });

  test('after it brings nothing back', () => {
    const ledger = agreementOf(IN_FORCE, TACIT, denounced('2014-06-01'), ['WithdrawDenunciation', '2016-02-01']);
    expect(agreementOn(ledger).status).toBe('expired');
    const terminated = agreementOf(IN_FORCE, denounced('2014-06-01', { effectiveOn: '2015-01-01' }), [
      'WithdrawDenunciation',
      '2015-01-02',
    ]);
    expect(agreementOn(terminated).status).toBe('terminated');
  });

  test('that may have come before does', () => {
    for (const day of ['2015-01-01', '2014/2016', null]) {
      const ledger = agreementOf(IN_FORCE, denounced('2014-06-01', { effectiveOn: '2015-01-01' }), [
        'WithdrawDenunciation',
        day,
      ]);
      expect(agreementOn(ledger).status).toBe('in_force');
    }
  });

  test('takes back the last of two', () => {
    const ledger = agreementOf(IN_FORCE, denounced('2014-01-01', { by: 'MAR' }), denounced('2014-02-01'), [
      'WithdrawDenunciation',
      '2014-03-01',
    ]);
    expect(agreementOn(ledger)).toMatchObject({ denunciationPending: true, denunciations: [{ by: 'MAR' }] });
  });

  test('may be followed by another denunciation', () => {
    const ledger = agreementOf(
      IN_FORCE,
      TACIT,
      denounced('2014-01-01'),
      ['WithdrawDenunciation', '2014-02-01'],
      denounced('2014-03-01'),
    );
    expect(agreementOn(ledger).status).toBe('expired');
  });
});

describe('a renewal', () => {
  test('until a day gives it that last day', () => {
    const ledger = agreementOf(IN_FORCE, EXPRESS, ['RenewAgreement', '2014-12-01', { until: '2018' }]);
    expect(agreementOn(ledger, '2014-11-30').lastDay).toBe('2015-03-01');
    expect(agreementOn(ledger, '2014-12-01')).toMatchObject({ status: 'in_force', lastDay: '2018-12-31' });
    const force = ledger.stream('agreement-agr')[1]!;
    expect(agreementOn(ledger, '2018-12-31')).toMatchObject({ status: 'in_force', statusEventId: force.id });
    expect(agreementOn(ledger, '2019-01-01')).toMatchObject({ status: 'expired', endedOn: '2018-12-31' });
  });

  test('without a day is for as long as the term before, again and again', () => {
    const ledger = agreementOf(IN_FORCE, EXPRESS, ['RenewAgreement', '2014-12'], ['RenewAgreement', '2019-12']);
    const lastDays = ['2014-01-01', '2015-01-01', '2020-01-01'].map((day) => agreementOn(ledger, day).lastDay);
    expect(lastDays).toEqual(['2015-03-01', '2020-03-01', '2025-03-01']);
    expect(statusOn(ledger, '2025-03-01', '2025-03-02')).toEqual(['2025-03-01 in_force', '2025-03-02 expired']);
  });

  test('for a time that no text tells has no end that is known', () => {
    const ledger = agreementOf(IN_FORCE, terms({ expiresOn: '2015', renewal: 'express' }), ['RenewAgreement', '2014']);
    expect(agreementOn(ledger, '9999-12-31')).toMatchObject({ status: 'in_force', lastDay: null });
  });

  test('never shortens', () => {
    const ledger = agreementOf(IN_FORCE, EXPRESS, ['RenewAgreement', '2012', { until: '2013' }]);
    expect(agreementOn(ledger, '2014-01-01')).toMatchObject({ status: 'in_force', lastDay: '2015-03-01' });
  });

  test('of what is renewed tacitly goes on from the day it names', () => {
    const ledger = agreementOf(IN_FORCE, TACIT, ['RenewAgreement', '2014-12-01', { until: '2018-12-31' }]);
    expect(agreementOn(ledger, '2018-12-31').lastDay).toBe('2018-12-31');
    expect(agreementOn(ledger, '2019-01-01')).toMatchObject({
      lastDay: '2023-12-31',
      denunciationDeadline: '2023-06-30',
    });
  });

  test.each([null, '2014/2024'])('of an unknown day (%s) is of the first term that it can have been of', (day) => {
    const ledger = agreementOf(IN_FORCE, TACIT, ['RenewAgreement', day]);
    expect(agreementOn(ledger, '2026-02-01').lastDay).toBe('2030-03-01');
  });

  test('after it has expired by its terms brings it into force again', () => {
    const ledger = agreementOf(IN_FORCE, EXPRESS, ['RenewAgreement', '2016-06-01']);
    const { id } = ledger.stream('agreement-agr').at(-1)!;
    expect(statusOn(ledger, '2015-03-02', '2016-05-31', '2016-06-01', '2021-06-01', '2021-06-02')).toEqual([
      '2015-03-02 expired',
      '2016-05-31 expired',
      '2016-06-01 in_force',
      '2021-06-01 in_force',
      '2021-06-02 expired',
    ]);
    expect(agreementOn(ledger, '2016-06-01')).toMatchObject({ statusEventId: id, endedOn: null });
  });

  test('after an event that says it expired too, with no terms known', () => {
    const ledger = agreementOf(IN_FORCE, ['ExpireAgreement', '2015'], ['RenewAgreement', '2016', { until: '2020' }]);
    expect(statusOn(ledger, '2015-12-31', '2016-12-31', '2021-01-01')).toEqual([
      '2015-12-31 expired',
      '2016-12-31 in_force',
      '2021-01-01 expired',
    ]);
  });

  test('after a denunciation had its effect begins without it', () => {
    const ledger = agreementOf(IN_FORCE, TACIT, denounced('2014-01-01'), ['RenewAgreement', '2016-01-01']);
    expect(agreementOn(ledger, '2016-01-01')).toMatchObject({ status: 'in_force', denunciationPending: false });
    expect(agreementOn(ledger, '2022-01-01')).toMatchObject({ status: 'in_force', lastDay: '2026-01-01' });
  });

  test.each<Act>([
    ['TerminateAgreement', '2014'],
    ['SupersedeAgreement', '2014', { byAgreementId: 'b' }],
  ])('does not bring back what %s ended', (...end) => {
    const ledger = agreementOf(IN_FORCE, end, ['RenewAgreement', '2016', { until: '2020' }]);
    expect(agreementOn(ledger).status).toBe(agreementOn(ledger, '2015-01-01').status);
    const denouncedWithDay = agreementOf(IN_FORCE, denounced('2013', { effectiveOn: '2014' }), [
      'RenewAgreement',
      '2016',
    ]);
    expect(agreementOn(denouncedWithDay).status).toBe('terminated');
  });

  test('of what is only signed leaves it so', () => {
    const ledger = agreementOf(['SignAgreement', '2010'], ['RenewAgreement', '2014', { until: '2020' }]);
    expect(statusOn(ledger, '2015-01-01', '2021-01-01')).toEqual(['2015-01-01 signed', '2021-01-01 expired']);
  });
});

describe('terms that are replaced', () => {
  test('without a last day of their own leave a renewal as it is', () => {
    const ledger = agreementOf(
      IN_FORCE,
      EXPRESS,
      ['RenewAgreement', '2014', { until: '2020' }],
      terms({ durationYears: 5, renewal: 'tacit', noticeMonths: 3 }, '2016-01-01'),
    );
    expect(agreementOn(ledger, '2017-01-01')).toMatchObject({
      lastDay: '2020-12-31',
      denunciationDeadline: '2020-09-30',
    });
  });

  test('with one stand in its place', () => {
    const ledger = agreementOf(
      IN_FORCE,
      EXPRESS,
      ['RenewAgreement', '2014', { until: '2020' }],
      terms({ expiresOn: '2018-06-30', renewal: 'none' }, '2016-01-01'),
    );
    expect(statusOn(ledger, '2018-06-30', '2018-07-01')).toEqual(['2018-06-30 in_force', '2018-07-01 expired']);
  });

  test('that were told late and undated are those of the whole term', () => {
    const ledger = agreementOf(
      IN_FORCE,
      ['RenewAgreement', '2014-12-01'],
      terms({ durationYears: 5, renewal: 'none' }, null),
    );
    expect(agreementOn(ledger, '2026-01-14')).toMatchObject({ status: 'in_force', lastDay: null });
    // The renewal was of these terms: it counts from their last day.
    expect(agreementOn(ledger, '2026-01-15')).toMatchObject({ status: 'expired', lastDay: '2020-03-01' });
  });
});

describe('time', () => {
  test('runs while it is suspended, and a resumption gives none', () => {
    const ledger = agreementOf(IN_FORCE, EXPRESS, ['SuspendAgreement', '2014'], ['ResumeAgreement', '2016']);
    expect(statusOn(ledger, '2015-03-01', '2015-03-02', '2017-01-01')).toEqual([
      '2015-03-01 suspended',
      '2015-03-02 expired',
      '2017-01-01 expired',
    ]);
  });

  test('ends what is signed, where its last day is known and its entry into force is not', () => {
    const ledger = agreementOf(['SignAgreement', '2010'], terms({ expiresOn: '2012', renewal: 'none' }));
    expect(statusOn(ledger, '2012-12-31', '2013-01-01')).toEqual(['2012-12-31 signed', '2013-01-01 expired']);
  });

  test('counts from the last day on which it can have entered into force', () => {
    const ledger = agreementOf(['BringIntoForce', '2010'], EXPRESS);
    expect(agreementOn(ledger, '2012-01-01').lastDay).toBe('2015-12-31');
  });

  test.each<[string, Act, unknown[], string]>([
    ['expiresOn', terms({ expiresOn: '2012', renewal: 'none' }), ['2012', '2014'], '2015-01-01 expired'],
    ['until', ['RenewAgreement', '2011', { until: '2012' }], ['2012', '2014'], '2015-01-01 expired'],
    ['effectiveOn', denounced('2011', { effectiveOn: '2012' }), ['2012', '2015-01-01'], '2015-01-01 terminated'],
  ])('waits for the last day that a disputed date can mean: %s', (field, act, values, ended) => {
    const ledger = agreementOf(IN_FORCE, act);
    expect(statusOn(ledger, '2013-01-01')).not.toEqual(['2013-01-01 in_force']);
    const alternatives = values.map((value) => ({ value, evidence: evidence('t') }));
    ledger.given('DisputeFact', { ...ledger.about('agreement-agr', 2), path: `/data/${field}`, alternatives });
    expect(statusOn(ledger, '2013-01-01', '2014-12-31', '2015-01-01')).toEqual([
      '2013-01-01 in_force',
      '2014-12-31 in_force',
      ended,
    ]);
  });

  test('is told as it was known', () => {
    const ledger = agreementOf(IN_FORCE, TACIT);
    const known = ledger.events.length;
    expect(recordAct(ledger, denounced('2014-06-01')).rejection).toBeUndefined();
    expect(agreementOn(ledger, '2016-01-01').status).toBe('expired');
    expect(agreementOn(ledger, '2016-01-01', undefined, known).status).toBe('in_force');
  });
});
