import type { HistoryAnswer, HistoryEntry, StatusAnswer } from '../../src/cli/render/answers.js';

const parties = [
  { code: 'MAR', names: { ar: 'المغرب', en: 'Morocco', fr: 'Maroc' } },
  { code: 'PAK', names: { ar: 'باكستان', en: 'Pakistan', fr: 'Pakistan' } },
];
const common = {
  pair: 'MAR-PAK',
  parties,
  asOf: '2026-11-23',
  knownAt: { position: '12', recordedAt: '2026-11-23T12:00:00.000Z' },
  minimumStanding: 'claimed',
};
const mou = { ar: 'مذكرة تفاهم بشأن التعاون الدفاعي', en: 'Memorandum on defence cooperation' };
const evidence = [{ sourceId: '000', locator: 'lines 3-4', standing: 'reported' }];

export const statusAnswer: StatusAnswer = {
  ...common,
  stage: 'signed',
  flags: { severed: false, dormant: false, disputed: true },
  reasons: ['e2'],
  agreements: [
    {
      agreementId: 'first',
      title: { ar: 'أول اتفاقية', en: 'First agreement' },
      titleIsDescriptive: true,
      instrumentType: 'agreement',
      status: 'signed',
      standing: 'claimed',
      signedOn: '../2025-06-04',
      areas: [],
      consentPending: [],
      disputed: false,
    },
    {
      agreementId: 'mou',
      title: mou,
      titleIsDescriptive: false,
      instrumentType: 'memorandum_of_understanding',
      status: 'signed',
      standing: 'reported',
      signedOn: null,
      areas: ['cybersecurity'],
      consentPending: ['PAK'],
      disputed: true,
    },
  ],
  mechanisms: [
    { mechanismId: 'follow-up', name: { en: 'Follow-up' }, status: 'created', standing: 'reported', sessions: 0 },
  ],
  visits: {
    count: 1,
    byDirection: { 'MAR>PAK': 0, 'PAK>MAR': 1 },
    last: [{ visitId: 'asif', visitor: 'PAK', host: 'MAR', occurredOn: null }],
  },
  meetings: { count: 0 },
  exercises: { count: 2 },
  areas: [{ code: 'cybersecurity', agreementIds: ['mou'] }],
  openDisputes: [
    {
      disputeEventId: 'd1',
      stream: 'meeting-m',
      targetEventId: 'e3',
      path: '/data/participants/0/rank',
      alternatives: [
        { value: { ar: 'اللواء', en: 'Major General' }, evidence },
        { value: { en: 'General' }, evidence: [{ ...evidence[0]!, locator: 'line 7', note: 'for this meeting' }] },
      ],
    },
  ],
  possible: [{ eventId: 'e4', type: 'VisitHeld', stream: 'visit-v', earliest: null, latest: '2027-01-01' }],
  unsupported: [],
  coverageFrom: null,
};

/** An entry, with what the test is about. */
export const entry = (type: string, data: HistoryEntry['data'], more: Partial<HistoryEntry> = {}): HistoryEntry => ({
  eventId: `event-of-${type}`,
  type,
  stream: 'agreement-mou',
  record: more.stream ?? 'agreement-mou',
  position: 1,
  revision: 0,
  recordedAt: '2026-11-23T12:00:00.000Z',
  occurredOn: null,
  endedOn: null,
  earliest: null,
  latest: '2026-11-23',
  when: 'happened',
  standing: 'reported',
  evidence,
  data,
  corroborations: [],
  corrections: [],
  disputes: [],
  retractedBy: null,
  warnings: [],
  ...more,
});

/** The opener that gives the agreement of the other entries its title. */
export const drafted = entry('AgreementDrafted', {
  parties: ['MAR', 'PAK'],
  title: mou,
  titleIsDescriptive: true,
  instrumentType: 'memorandum_of_understanding',
  areas: ['cybersecurity'],
});

export const historyAnswer = (
  entries: readonly HistoryEntry[],
  order: HistoryAnswer['order'] = 'valid',
): HistoryAnswer => ({ ...common, order, entries });
