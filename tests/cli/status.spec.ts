import { describe, expect, test } from '@jest/globals';
import { runs } from '../support/runs.js';
import fc from 'fast-check';
import type { StatusAnswer } from '../../src/cli/render/answers.js';
import { renderStatus } from '../../src/cli/render/status.js';
import { statusAnswer } from './answers.js';
import { anyLocalized, anyOptions, anyText, faults, linesOf, seen } from './terminal.js';

const options = { width: 80, colour: false, language: 'en' } as const;
const shown = (answer: StatusAnswer, more = {}) => linesOf(renderStatus(answer, { ...options, ...more })).map(seen);

describe('the status of a relationship', () => {
  test('is shown in full', () => {
    expect(shown(statusAnswer)).toEqual([
      'Morocco (المغرب) – Pakistan (باكستان)  MAR-PAK',
      'stage:      signed: an agreement is signed, none is in force',
      'flags:      disputed: sources contradict each other, see the open disputes',
      'as of:      2026-11-23',
      'known at:   position 12, recorded 2026-11-23T12:00:00.000Z',
      'counted:    everything, mere claims too (minimum standing: claimed)',
      'coverage:   not declared: what is not listed may be unknown rather than absent',
      'possible:   more may have happened by then, see below: 1',
      'rests on:   e2',
      '',
      'Agreements',
      '#  title                           type           status    standing  signed on',
      '1  Memorandum on defence           memorandum of  signed    reported  date',
      '   cooperation                     understanding                      unknown',
      '   mou',
      '   consent pending: PAK',
      '   disputed',
      'Claimed only, by unnamed or interested sources: not established',
      '2  [First agreement]               agreement      claimed:  claimed   on or',
      '   first                                          signed              before',
      '                                                                      2025-06-04',
      "[…] is the recorder's description: no source gives the title.",
      '',
      'Mechanisms',
      'name                   status   standing  sessions',
      'Follow-up              created  reported  0',
      'follow-up',
      'not known to have met',
      '',
      'Contacts',
      'visits:     1 (Morocco to Pakistan: none on record; Pakistan to Morocco: 1)',
      'the last in each direction, as far as the dates tell:',
      '  - Pakistan to Morocco, date unknown: asif',
      'meetings:   none on record',
      'exercises:  2',
      '',
      'Areas of cooperation',
      'area           named in agreements #',
      'Cybersecurity  1',
      'As far as the sources name them: never a complete list.',
      '',
      'Open disputes',
      '1. participants 1, rank (/data/participants/0/rank) of meeting-m',
      '   - Major General (اللواء)',
      '     by 000, lines 3-4 (reported)',
      '   - General',
      '     by 000, line 7 (reported): for this meeting',
      '   event e3, dispute d1',
      '',
      'Possible: may have happened by then, not counted',
      'what        when                      record and event',
      'visit held  2027-01-01 at the latest  visit-v',
      '                                      e4',
    ]);
  });

  test('is shown in Arabic, with every line in its place', () => {
    const lines = linesOf(renderStatus(statusAnswer, { ...options, language: 'ar', digits: 'arab' }));
    expect(lines[0]).toBe('\u200e\u2068المغرب\u2069\u200e (Morocco) – \u2068باكستان\u2069\u200e (Pakistan)  MAR-PAK');
    expect(lines.find((line) => line.includes('مذكرة'))).toBe(
      '\u200e\u2068١\u2069\u200e  \u2068مذكرة تفاهم بشأن التعاون\u2069\u200e        memorandum of  signed    reported  date',
    );
    expect(lines.map(seen)).toContain('  - باكستان to المغرب, date unknown: asif');
  });

  test('tells a missing signature from an unknown date', () => {
    const [first, mou] = statusAnswer.agreements;
    const signedOn = (status: string) =>
      shown({ ...statusAnswer, agreements: [{ ...mou!, status, consentPending: [], disputed: false }] }, { width: 120 })
        .find((line) => line.startsWith('1  '))
        ?.split(/ {2,}/)
        .at(-1);
    expect(['proposed', 'drafted', 'initialled', 'signed', 'in_force'].map(signedOn)).toEqual([
      '—',
      '—',
      '—',
      'date unknown',
      'date unknown',
    ]);
    expect(first?.signedOn).not.toBeNull();
  });

  test('says of an agreement what its status does not', () => {
    const [, mou] = statusAnswer.agreements;
    const lines = (more: object) => {
      const agreement = { ...mou!, consentPending: [], disputed: false, ...more };
      return shown({ ...statusAnswer, agreements: [agreement] }, { width: 120 }).map((line) => line.trim());
    };
    expect(lines({ provisionallyApplied: true })).toContain('provisionally applied');
    const denounced = lines({ status: 'in_force', denunciationPending: true, lastDay: '2030-03-01' });
    expect(denounced).toEqual(expect.arrayContaining(['denunciation pending', 'last day by its terms: 2030-03-01']));
    const ended = lines({ status: 'expired', lastDay: '2030-03-01', endedOn: '2030-03-01' });
    expect(ended).toContain('ended: 2030-03-01');
    expect(ended).not.toContain('last day by its terms: 2030-03-01');
    expect(lines({ status: 'terminated', endedOn: null })).toContain('ended: date unknown');
  });

  test('says how the parties are represented', () => {
    const lines = shown({ ...statusAnswer, representation: { MAR: 'embassy', PAK: 'charge_d_affaires' } });
    expect(lines).toContain('missions:   Morocco: embassy; Pakistan: charge d affaires');
  });

  test('says where nothing but claims holds the stage', () => {
    const but = 'but:        this rests on mere claims: nothing better is on record';
    expect(shown(statusAnswer)).not.toContain(but);
    const claims = statusAnswer.agreements.filter(({ standing }) => standing === 'claimed');
    expect(shown({ ...statusAnswer, agreements: claims })).toContain(but);
  });

  test('says that nothing is on record', () => {
    const nothing: StatusAnswer = {
      ...statusAnswer,
      parties: [
        { code: 'CSHH', names: {} },
        { code: 'MAR', names: { en: 'Morocco' } },
      ],
      knownAt: { position: '0', recordedAt: null },
      minimumStanding: 'reported',
      stage: 'none',
      flags: {},
      reasons: [],
      agreements: [],
      mechanisms: [],
      visits: { count: 0, byDirection: { 'CSHH>MAR': 0, 'MAR>CSHH': 0 }, last: [] },
      exercises: { count: 0 },
      areas: [],
      openDisputes: [],
      possible: [],
      coverageFrom: '2020',
    };
    expect(shown(nothing, { width: 100 })).toEqual([
      'CSHH – Morocco  MAR-PAK',
      'stage:      none: nothing that counts is on record',
      'flags:      none',
      'as of:      2026-11-23',
      'known at:   position 0',
      'counted:    what is reported by a publication in its own voice, or better (minimum standing:',
      '            reported)',
      'coverage:   meant to be complete from 2020',
      '',
      'Agreements',
      'none on record',
      '',
      'Mechanisms',
      'none on record',
      '',
      'Contacts',
      'visits:     none on record',
      'meetings:   none on record',
      'exercises:  none on record',
      '',
      'Areas of cooperation',
      'none on record',
    ]);
  });

  test('colours nothing that is not said in words', () => {
    const coloured = renderStatus(statusAnswer, { ...options, colour: true });
    expect(coloured.replace(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g'), '')).toBe(
      renderStatus(statusAnswer, options),
    );
  });

  test('keeps to the width, with isolates closed and no control characters, whatever the data', () => {
    const answer = fc.record({
      text: anyText,
      other: anyText,
      texts: anyLocalized,
      json: fc.jsonValue({ maxDepth: 3 }),
    });
    fc.assert(
      fc.property(answer, anyOptions, ({ text, other, texts, json }, each) => {
        const fact = { eventId: text, type: other, stream: text, earliest: null, latest: other };
        const alternatives = [json, texts].map((value) => ({
          value,
          evidence: [{ sourceId: text, locator: other, standing: text, note: other }],
        }));
        const rendered = renderStatus(
          {
            ...statusAnswer,
            pair: text,
            parties: [{ code: other, names: texts }],
            stage: text,
            flags: { [other]: true },
            reasons: [text, other],
            agreements: statusAnswer.agreements.map((agreement) => ({
              ...agreement,
              title: texts,
              agreementId: text,
              instrumentType: other,
              status: text,
              signedOn: other,
              consentPending: [text],
              provisionallyApplied: true,
              denunciationPending: true,
              lastDay: other,
              endedOn: text,
            })),
            mechanisms: [{ mechanismId: text, name: texts, status: other, sessions: 1 }],
            visits: { count: 1, byDirection: { [text]: 1 }, last: [{ visitId: text, occurredOn: other }] },
            areas: [{ code: text, agreementIds: [text, other] }],
            openDisputes: [{ disputeEventId: text, stream: other, path: `/data/${text}`, alternatives }],
            possible: [fact],
            unsupported: [fact],
            coverageFrom: text,
            representation: { [text]: other },
          },
          each,
        );
        expect(faults(rendered, each)).toEqual([]);
      }),
      runs(8),
    );
  });
});
