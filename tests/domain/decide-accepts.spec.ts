import { describe, expect, test } from '@jest/globals';
import { COMMAND_TYPES } from '../../src/domain/registry.js';
import { uuidV5 } from '../../src/domain/values/uuid.js';
import { EXAMPLES } from '../support/examples.js';
import { act, agreementData, exerciseData, smallLedger, sourceData, visitData, without } from '../support/facts.js';
import { type Data, evidence, type PureLedger } from '../support/ledger.js';

const agr = (more: Data = {}) => act({ agreementId: 'agr', ...more });
const aboutDraft = (ledger: PureLedger) => ledger.about('agreement-agr');

describe('a command is accepted', () => {
  test('there is an example of every command', () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual([...COMMAND_TYPES.keys()].sort());
  });

  test.each(Object.entries(EXAMPLES))('%s', (command, [type, dataFor]) => {
    const ledger = smallLedger();
    const data = dataFor(ledger);
    const before = ledger.events.length;
    const event = ledger.given(command, data);
    expect(ledger.events).toHaveLength(before + 1);
    expect(event.type).toBe(type);

    // What it records is what was sent: dates and evidence beside the data, the record's id in the stream's name alone.
    const { occurredOn = null, endedOn = null, evidence: cited = [], ...rest } = data;
    const entry = COMMAND_TYPES.get(command);
    const stated = without(rest, entry?.kind === 'fact' ? entry.fact.aggregate.idField : 'stream');
    expect(event.body).toEqual({ occurredOn, endedOn, evidence: cited, data: stated });
    expect(JSON.parse(JSON.stringify(event.body))).toEqual(event.body);
  });

  test('an opener without an id is recorded under UUIDv5 of the command id', () => {
    const ledger = smallLedger();
    expect(ledger.given('RegisterSource', without(sourceData(), 'sourceId'), 'cmd-1').stream).toBe(
      `source-${uuidV5('cmd-1')}`,
    );
    expect(ledger.given('ProposeAgreement', without(agreementData(), 'agreementId'), 'cmd-2').stream).toBe(
      `agreement-${uuidV5('cmd-2')}`,
    );
    expect(ledger.given('HoldExercise', without(exerciseData(), 'exerciseId'), 'cmd-3').stream).toBe(
      `exercise-${uuidV5('cmd-3')}`,
    );
  });

  test('null for an optional field is taken as left out, at any depth', () => {
    const ledger = smallLedger();
    const event = ledger.given(
      'SignAgreement',
      agr({
        endedOn: null,
        place: { name: { en: 'Rabat' }, country: null },
        witnesses: null,
        signatories: [{ party: 'MAR', mode: 'definitive', person: { name: null, office: { en: 'Minister' } } }],
        evidence: [{ ...evidence('s')[0], note: null }],
      }),
    );
    expect(event.body).toEqual({
      occurredOn: null,
      endedOn: null,
      evidence: evidence('s'),
      data: {
        place: { name: { en: 'Rabat' } },
        signatories: [{ party: 'MAR', mode: 'definitive', person: { office: { en: 'Minister' } } }],
      },
    });
  });

  test.each(['2026-01-15', '2026-01-16', '2026-01', '2026~', '2025/..', '../2026-01-16', '../2030', '2026/2030', null])(
    'a date that is not certain to lie after tomorrow: %s',
    (occurredOn) => {
      const ledger = smallLedger('2026-01-15');
      expect(ledger.record('HoldVisit', visitData({ visitId: 'new', occurredOn })).rejection).toBeUndefined();
    },
  );

  test('what lasts may end on the day it began, or on a day that may be it', () => {
    const ledger = smallLedger();
    const held = (visitId: string, occurredOn: string, endedOn: string) =>
      ledger.record('HoldVisit', visitData({ visitId, occurredOn, endedOn })).rejection;
    expect(held('v1', '2025-05-01', '2025-05-01')).toBeUndefined();
    expect(held('v2', '2025-05', '2025-05-01')).toBeUndefined();
    expect(held('v3', '2025-05-30', '2025-05')).toBeUndefined();
    expect(held('v4', '../2025-05-30', '2025-05-01')).toBeUndefined();
  });

  test('a record may have one opener of each type, in either order', () => {
    const ledger = smallLedger();
    ledger.given('ProposeAgreement', agreementData());
    ledger.given('PlanVisit', visitData());
    ledger.given('AnnounceExercise', exerciseData());
    expect(ledger.stream('visit-vis').map((e) => e.type)).toEqual(['VisitHeld', 'VisitPlanned']);
  });

  test('an opener may be recorded again once the first is retracted', () => {
    const ledger = smallLedger();
    ledger.given('RetractFact', { ...aboutDraft(ledger), reason: 'misread' });
    expect(ledger.given('DraftAgreement', agreementData()).revision).toBe(2);
    expect(ledger.history().records.get('agreement-agr')).toBeDefined();
  });

  test('the same act again, once the first is retracted', () => {
    const ledger = smallLedger();
    const signed = ledger.given('SignAgreement', agr());
    ledger.given('RetractFact', { stream: signed.stream, targetEventId: signed.id, reason: 'misread' });
    expect(ledger.record('SignAgreement', agr()).rejection).toBeUndefined();
  });
});
