import { describe, expect, test } from '@jest/globals';
import { agreementOn } from '../support/agreement.js';
import { act, agreementData, partyData } from '../support/facts.js';
import { type Data, PureLedger } from '../support/ledger.js';

/**
 * Records of two-party treaties as collections have them, invented: odd in every way that real ones are. Each is taken;
 * what is odd is warned of; and nothing is made up to put it right.
 */
interface Treaty {
  readonly parties?: readonly [string, string];
  /** What the record says, in the order of its columns: the act, its date, what else; and the warnings that it gets. */
  readonly acts: readonly (readonly [command: string, occurredOn: string | null, more?: Data, ...warned: string[]])[];
  /** The status on days; none before the ledger can say any. */
  readonly status: Readonly<Record<string, string>>;
  readonly state?: object;
}

const at = (place: string): Data => ({ place: { name: { en: place } } });
const by = (party: string): Data => ({ signatories: [{ party, mode: 'definitive' }] });

const TREATIES: Readonly<Record<string, Treaty>> = {
  'of 1703, the year of signature alone': {
    parties: ['GBR', 'PRT'],
    acts: [
      ['SignAgreement', '1703', at('Lisbon')],
      ['BringIntoForce', '1703-12-27'],
    ],
    status: { '1703-12-26': 'none', '1703-12-27': 'in_force', '2026-01-15': 'in_force' },
    state: { signedOn: '1703', inForceOn: '1703-12-27' },
  },
  'in force before its signature': {
    acts: [
      ['SignAgreement', '1921-05-12'],
      ['BringIntoForce', '1921-04-01', {}, 'out-of-order /occurredOn'],
    ],
    status: { '1921-03-31': 'none', '1921-04-01': 'in_force', '1921-05-12': 'in_force' },
    state: { signedOn: '1921-05-12', inForceOn: '1921-04-01' },
  },
  'signed in two places on a day': {
    acts: [
      ['SignAgreement', '1954-03-02', at('Paris')],
      ['SignAgreement', '1954-03-02', at('Bern'), 'repeated'],
    ],
    status: { '1954-03-02': 'signed' },
    state: { signatures: [at('Paris'), at('Bern')] },
  },
  'signed by the one, and weeks later by the other': {
    acts: [
      ['SignAgreement', '1954-03-02', { ...at('Rabat'), ...by('MAR') }],
      ['SignAgreement', '1954-03-20', { ...at('Karachi'), ...by('PAK') }, 'repeated'],
      ['BringIntoForce', '1954-03-20'],
    ],
    status: { '1954-03-02': 'signed', '1954-03-19': 'signed', '1954-03-20': 'in_force' },
    state: { signedOn: '1954-03-02', signatures: [by('MAR'), by('PAK')] },
  },
  'without a date of signature': {
    acts: [
      ['SignAgreement', null, at('Copenhagen')],
      ['BringIntoForce', '1890-01-01'],
    ],
    status: { '1889-12-31': 'none', '1890-01-01': 'in_force' },
    state: { signedOn: null, signatures: [at('Copenhagen')] },
  },
  'without any date: it counts from when it is known of': {
    acts: [
      ['SignAgreement', null],
      ['BringIntoForce', null],
    ],
    status: { '2026-01-14': 'none', '2026-01-15': 'in_force' },
    state: { signedOn: null, inForceOn: null },
  },
  'in decades, not days': {
    acts: [
      ['SignAgreement', '1800/1810'],
      ['BringIntoForce', '../1815'],
    ],
    status: { '1805-01-01': 'none', '1810-12-31': 'signed', '1815-12-31': 'in_force' },
    state: { signedOn: '1800/1810', inForceOn: '../1815' },
  },
  'terminated, and never in force': {
    acts: [
      ['SignAgreement', '1903-01-22'],
      ['TerminateAgreement', '1903-08-12', { ground: { en: 'The senate refused it' } }, 'not-in-force'],
    ],
    status: { '1903-08-11': 'signed', '1903-08-12': 'terminated' },
    state: { inForceOn: null, endedOn: '1903-08-12' },
  },
  'of which only its end is known': {
    acts: [['TerminateAgreement', '1930', {}, 'not-in-force']],
    status: { '1929-12-31': 'none', '1930-12-31': 'terminated' },
    state: { signedOn: null, inForceOn: null, endedOn: '1930' },
  },
  'terminated before its signature': {
    acts: [
      ['SignAgreement', '1935-01-01'],
      ['TerminateAgreement', '1934-01-01', {}, 'not-in-force', 'out-of-order /occurredOn'],
    ],
    status: { '1934-01-01': 'terminated', '1935-01-01': 'terminated' },
  },
  'of a term that was over before': {
    acts: [
      ['SignAgreement', '1960-06-01'],
      ['RecordTerms', '1960-06-01', { expiresOn: '1959-12-31', renewal: 'none' }, 'backwards /expiresOn'],
    ],
    status: { '1960-05-31': 'none', '1960-06-01': 'expired' },
  },
  'ratified before its signature, as it is told last': {
    acts: [
      ['ExpressConsent', '1850-01-01', { party: 'MAR', means: 'ratification' }],
      ['SignAgreement', '1850-02-01', {}, 'out-of-order /occurredOn'],
      ['BringIntoForce', '1849-12-01', {}, 'out-of-order /occurredOn', 'out-of-order /occurredOn'],
    ],
    status: { '1849-12-01': 'in_force', '1850-02-01': 'in_force' },
  },
  'of ten years, by terms of no date: they count from when they are known of': {
    acts: [
      ['SignAgreement', '1960-06-01'],
      ['BringIntoForce', '1960-06-01'],
      ['RecordTerms', null, { durationYears: 10, renewal: 'none' }],
    ],
    status: { '1970-06-02': 'in_force', '2026-01-14': 'in_force', '2026-01-15': 'expired' },
    state: { endedOn: '1970-06-01' },
  },
  'of ten years, by terms of the day of its text': {
    acts: [
      ['SignAgreement', '1960-06-01'],
      ['BringIntoForce', '1960-06-01'],
      ['RecordTerms', '1960-06-01', { durationYears: 10, renewal: 'none' }],
    ],
    status: { '1970-06-01': 'in_force', '1970-06-02': 'expired' },
    state: { endedOn: '1970-06-01' },
  },
  'superseded by one that is not recorded': {
    acts: [
      ['SignAgreement', '1880-01-01'],
      ['BringIntoForce', '1880-06-01'],
      ['SupersedeAgreement', '1900-01-01', { byAgreementId: 'later' }, 'unknown-record /byAgreementId'],
    ],
    status: { '1899-12-31': 'in_force', '1900-01-01': 'superseded' },
    state: { supersededBy: [{ byAgreementId: 'later' }] },
  },
  'in two registries': {
    acts: [
      ['SignAgreement', '1930-01-01'],
      ['RegisterAgreement', '1931', { registry: 'LNTS', number: '2415' }],
      ['RegisterAgreement', null, { registry: 'UNTS', number: 'II-7' }],
    ],
    status: { '1931-01-01': 'signed' },
    // The undated one may be of any day, so it stands first.
    state: { registrations: [{ number: 'II-7' }, { number: '2415' }] },
  },
  'of a party that was no longer there when it signed': {
    parties: ['CSK', 'MAR'],
    acts: [
      ['SignAgreement', '1992-12-31'],
      ['BringIntoForce', '1993-04-01', {}, 'party-not-there /occurredOn'],
      ['RecordTerms', '1993-04-01', { durationYears: 10, renewal: 'tacit' }],
      ['RegisterAgreement', '1995', { registry: 'UNTS', number: 'I-9' }],
    ],
    status: { '1992-12-31': 'signed', '1993-04-01': 'in_force' },
  },
};

/** The record with each of its acts, and what was warned of. */
function recorded({ parties = ['MAR', 'PAK'], acts }: Treaty): { ledger: PureLedger; warned: string[][] } {
  const ledger = new PureLedger();
  ledger.source('s');
  ledger.given('RegisterParty', partyData({ existedFrom: '1918-10-28', existedUntil: '1992-12-31' }));
  const draft = ledger.given('DraftAgreement', agreementData({ parties, instrumentType: 'treaty' }));
  expect(draft.metadata.warnings).toEqual([]);
  const warned = acts.map(([command, occurredOn, more]) => {
    const { metadata } = ledger.given(command, act({ agreementId: 'agr', occurredOn, ...more }));
    return metadata.warnings.map(({ code, pointer = '' }) => `${code} ${pointer}`.trim());
  });
  return { ledger, warned };
}

describe('an old treaty', () => {
  test.each(Object.entries(TREATIES))('%s', (_, treaty) => {
    const { ledger, warned } = recorded(treaty);
    expect(warned).toEqual(treaty.acts.map(([, , , ...expected]) => expected));
    const days = Object.keys(treaty.status);
    expect(Object.fromEntries(days.map((day) => [day, agreementOn(ledger, day).status ?? 'none']))).toEqual(
      treaty.status,
    );
    expect(agreementOn(ledger)).toMatchObject(treaty.state ?? {});
  });

  test('that is to end in years to come says so in its terms; its end has not happened', () => {
    const { ledger } = recorded({ acts: [['SignAgreement', '2020-01-01']], status: {} });
    const end = ledger.record('TerminateAgreement', act({ agreementId: 'agr', occurredOn: '2030-01-01' }));
    expect(end.rejection?.problems).toMatchObject([{ rule: 'future-date', pointer: '/occurredOn' }]);
    ledger.given('RecordTerms', act({ agreementId: 'agr', expiresOn: '2030-01-01', renewal: 'none' }));
    expect(agreementOn(ledger, '2030-01-01').status).toBe('signed');
    expect(agreementOn(ledger, '2030-01-02').status).toBe('expired');
  });
});

describe('a party’s existence', () => {
  test('is asked of what its pair does, too, and of no report or registration', () => {
    const ledger = new PureLedger();
    ledger.source('s');
    ledger.given('RegisterParty', partyData({ existedUntil: '1992-12-31' }));
    const severed = ledger.given('SeverRelations', act({ pair: 'CSK-MAR', occurredOn: '1994-01-01' }));
    expect(severed.metadata.warnings.map(({ code }) => code)).toEqual(['party-not-there']);
    const covered = ledger.given(
      'DeclareCoverage',
      act({ pair: 'CSK-MAR', from: '1994-01-01', occurredOn: '1994-01-01' }),
    );
    expect(covered.metadata.warnings).toEqual([]);
  });
});
