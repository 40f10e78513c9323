import { evidence, type Data, PureLedger } from './ledger.js';

/**
 * Commands' data as short as a test wants it: a valid command of a small world, where a test changes only what it is about.
 * The world: MAR and PAK, one record of each category, named by its first letters, and the undated sources `s` and `t`.
 */
export const act = (more: Data = {}): Data => ({ occurredOn: null, evidence: evidence('s'), ...more });

export const agreementData = (more: Data = {}): Data =>
  act({
    agreementId: 'agr',
    parties: ['MAR', 'PAK'],
    title: { en: 'An agreement' },
    instrumentType: 'agreement',
    areas: [],
    ...more,
  });

export const visitData = (more: Data = {}): Data =>
  act({ visitId: 'vis', visitor: 'PAK', host: 'MAR', level: 'minister', kind: 'working', ...more });

export const meetingData = (more: Data = {}): Data =>
  act({ meetingId: 'mee', parties: ['MAR', 'PAK'], participants: [{ name: { en: 'A' }, party: 'MAR' }], ...more });

export const mechanismData = (more: Data = {}): Data =>
  act({ mechanismId: 'mec', parties: ['MAR', 'PAK'], name: { en: 'A committee' }, kind: 'committee', ...more });

export const exerciseData = (more: Data = {}): Data =>
  act({ exerciseId: 'exe', name: { en: 'An exercise' }, participants: ['MAR', 'PAK'], ...more });

export const sourceData = (more: Data = {}): Data => ({
  sourceId: 'u',
  title: { en: 'A source' },
  kind: 'news_article',
  language: 'en',
  ...more,
});

export const partyData = (more: Data = {}): Data => ({
  code: 'CSK',
  kind: 'former_state',
  names: { en: 'Czechoslovakia' },
  aliases: [],
  ...more,
});

/** A ledger with the sources `s` and `t`, and nothing else. */
export function ledgerWithSources(today?: string): PureLedger {
  const ledger = new PureLedger(today);
  ledger.source('s');
  ledger.source('t');
  return ledger;
}

/** A ledger with one record of each category, each undated. */
export function smallLedger(today?: string): PureLedger {
  const ledger = ledgerWithSources(today);
  ledger.given('DraftAgreement', agreementData());
  ledger.given('HoldVisit', visitData());
  ledger.given('HoldMeeting', meetingData());
  ledger.given('CreateMechanism', mechanismData());
  ledger.given('HoldExercise', exerciseData());
  return ledger;
}

export const without = (data: Data, field: string): Data =>
  Object.fromEntries(Object.entries(data).filter(([name]) => name !== field));
