import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type {
  HistoryAnswer,
  Page,
  PartyRef,
  RecordAnswer,
  RelationshipAnswer,
  RelationshipItem,
} from '../../src/api/queries/answers.js';
import type { Data } from '../support/ledger.js';
import { Clock, serveLedger, type ServedLedger } from '../support/server.js';

interface Line {
  readonly commandId: string;
  readonly type: string;
  readonly data: Data;
}

const lines = readFileSync('examples/morocco/commands.ndjson', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Line);

const MOU = 'mar-pak-defence-mou';
const ANNOUNCED = 'mar-pak-military-agreement-announced';
const FIRST = 'mar-pak-first-formal-agreement';
const AZE = 'aze-mar-military-technical-2024';
const CZE = 'cze-mar-military-technical-2024';

describe('the Morocco dossier, through HTTP', () => {
  let ledger: ServedLedger;
  let position: string | null = null;

  beforeAll(async () => {
    ledger = await serveLedger({ now: new Clock('2026-11-23T10:00:00.000Z').now });
    for (const { commandId, type, data } of lines) {
      const answer = await ledger.client.given(type, data, commandId);
      expect(answer.warnings).toEqual([]);
      position = answer.position;
    }
    await ledger.client.read(`/v1/events?minPosition=${position}`);
  });
  afterAll(() => ledger.close());

  const status = (pair: string, query = '') =>
    ledger.client.read<RelationshipAnswer>(`/v1/relationships/${pair}${query}`);
  const agreements = ({ agreements: list }: RelationshipAnswer) =>
    Object.fromEntries(list.map((a) => [a.agreementId, [a.status, a.signedOn, a.standing]]));
  const signed = (answer: RelationshipAnswer) =>
    answer.agreements.filter((a) => a.status === 'signed').map((a) => a.agreementId);

  test('every command is one event', async () => {
    const events = await ledger.client.events();
    expect(events.map((e) => e.metadata.commandId)).toEqual(lines.map((l) => l.commandId));
    expect(events.map((e) => e.position)).toEqual(lines.map((_, i) => i + 1));
  });

  test('loaded again, every command gets its first answer and nothing is appended', async () => {
    for (const { commandId, type, data } of lines) {
      const { status: code, body } = await ledger.client.post(type, data, { 'idempotency-key': commandId });
      expect({ code, repeated: body.repeated }).toEqual({ code: 201, repeated: true });
    }
    expect(await ledger.client.events()).toHaveLength(lines.length);
  });

  describe('today, all that is known, whatever stands', () => {
    test('MAR-PAK', async () => {
      const answer = await status('MAR-PAK');
      expect(answer).toMatchObject({
        pair: 'MAR-PAK',
        asOf: '2026-11-23',
        knownAt: { position: String(lines.length), recordedAt: '2026-11-23T10:00:00.000Z' },
        minimumStanding: 'claimed',
        stage: 'signed',
        flags: { severed: false, dormant: false, disputed: true },
        visits: { count: 3, byDirection: { 'PAK>MAR': 2, 'MAR>PAK': 1 } },
        meetings: { count: 3 },
        exercises: { count: 2 },
        possible: [],
        unsupported: [],
        coverageFrom: null,
      });
      expect(agreements(answer)).toEqual({
        [MOU]: ['signed', null, 'reported'],
        [ANNOUNCED]: ['drafted', null, 'claimed'],
        [FIRST]: ['signed', '../2025-06-04', 'claimed'],
      });
      expect(answer.agreements.map((a) => a.agreementId)).toEqual([MOU, FIRST, ANNOUNCED].sort());
      expect(answer.mechanisms).toMatchObject([{ status: 'created', sessions: 0 }]);
      expect(answer.openDisputes.map(({ stream, path }) => `${stream} ${path}`).sort()).toEqual([
        'meeting-mar-pak-berrid-babar-qayyum-meeting /data/participants/0/office',
        'meeting-mar-pak-berrid-babar-qayyum-meeting /data/participants/0/rank',
        'source-001_1ebee62d336f981a /data/publishedOn',
      ]);
      expect(answer.parties).toMatchObject([
        { code: 'MAR', names: { ar: 'المغرب', en: 'Morocco', fr: 'Maroc' } },
        { code: 'PAK', names: { ar: 'باكستان', en: 'Pakistan', fr: 'Pakistan' } },
      ]);
    });

    test('MAR-PAK rests on signatures', async () => {
      const { reasons } = await status('MAR-PAK');
      const events = await ledger.client.events();
      expect(events.filter((e) => reasons.includes(e.id)).map((e) => [e.type, e.stream])).toEqual([
        ['Signed', `agreement-${MOU}`],
        ['Signed', `agreement-${FIRST}`],
      ]);
    });

    test('AZE-MAR', async () => {
      const answer = await status('AZE-MAR');
      expect(answer).toMatchObject({
        stage: 'signed',
        flags: { disputed: false },
        mechanisms: [],
        visits: { count: 1, byDirection: { 'AZE>MAR': 1, 'MAR>AZE': 0 } },
        meetings: { count: 1 },
        exercises: { count: 0 },
        openDisputes: [],
      });
      expect(agreements(answer)).toEqual({ [AZE]: ['signed', '2024-10-30', 'reported'] });
    });

    test('CZE-MAR', async () => {
      const answer = await status('CZE-MAR');
      expect(answer).toMatchObject({
        stage: 'signed',
        flags: { disputed: false },
        mechanisms: [],
        visits: { count: 0, byDirection: { 'CZE>MAR': 0, 'MAR>CZE': 0 }, last: [] },
        meetings: { count: 0 },
        exercises: { count: 0 },
        openDisputes: [],
      });
      expect(agreements(answer)).toEqual({ [CZE]: ['signed', '2024-10-30', 'reported'] });
    });

    test('exactly three pairs: none of AZE with CZE, none of Turkey', async () => {
      const { items, next } = await ledger.client.read<Page<RelationshipItem>>('/v1/relationships');
      expect(items.map((i) => [i.pair, i.stage])).toEqual([
        ['AZE-MAR', 'signed'],
        ['CZE-MAR', 'signed'],
        ['MAR-PAK', 'signed'],
      ]);
      expect(next).toBeNull();
    });

    test.each(['AZE-CZE', 'MAR-TUR', 'PAK-TUR', 'AZE-PAK', 'CZE-PAK'])('%s has nothing', async (pair) => {
      expect(await status(pair)).toMatchObject({ stage: 'none', records: 0, agreements: [], exercises: { count: 0 } });
    });

    test('the areas of the agreements, as listed', async () => {
      const { areas } = await status('CZE-MAR');
      expect(areas.map((a) => a.code)).toEqual([
        'cybersecurity',
        'defence_industry',
        'education_training',
        'expert_exchange',
        'joint_exercises',
        'military_health',
      ]);
    });
  });

  describe('with minimumStanding=reported', () => {
    test('MAR-PAK keeps one agreement, one meeting and no dispute', async () => {
      const answer = await status('MAR-PAK', '?minimumStanding=reported');
      expect(answer).toMatchObject({
        minimumStanding: 'reported',
        stage: 'signed',
        flags: { disputed: false },
        visits: { count: 3 },
        meetings: { count: 1 },
        exercises: { count: 2 },
        openDisputes: [],
      });
      expect(agreements(answer)).toEqual({ [MOU]: ['signed', null, 'reported'] });
      const { entries } = await ledger.client.read<HistoryAnswer>(
        '/v1/relationships/MAR-PAK/history?minimumStanding=reported',
      );
      expect(entries.filter((e) => e.type === 'MeetingHeld').map((e) => e.stream)).toEqual([
        'meeting-mar-pak-asif-loudiyi-meeting',
      ]);
    });

    test('with announced, nothing of MAR-PAK and one meeting of AZE-MAR', async () => {
      expect(await status('MAR-PAK', '?minimumStanding=announced')).toMatchObject({ stage: 'none', agreements: [] });
      expect(await status('AZE-MAR', '?minimumStanding=announced')).toMatchObject({
        stage: 'contact',
        agreements: [],
        visits: { count: 0 },
        meetings: { count: 1 },
      });
    });
  });

  describe('as of a day', () => {
    test.each([
      ['AZE-MAR', AZE],
      ['CZE-MAR', CZE],
    ])('%s has a signed agreement from 2024-10-30 on', async (pair, agreementId) => {
      const before = await status(pair, '?asOf=2024-10-29');
      const after = await status(pair, '?asOf=2024-10-30');
      expect(signed(before)).toEqual([]);
      expect(before.stage).toBe('none');
      expect(signed(after)).toEqual([agreementId]);
      expect(after).toMatchObject({ asOf: '2024-10-30', stage: 'signed' });
    });

    test('as of 2024-12-31 MAR-PAK has no signed agreement: both signatures are only possible', async () => {
      const answer = await status('MAR-PAK', '?asOf=2024-12-31');
      expect(signed(answer)).toEqual([]);
      expect(
        answer.possible
          .filter((p) => p.type === 'Signed')
          .map((p) => p.stream)
          .sort(),
      ).toEqual([`agreement-${MOU}`, `agreement-${FIRST}`].sort());
      expect(answer.exercises.count).toBe(2);
      expect(answer.stage).toBe('contact');
    });

    test('the first agreement is signed by the day that bounds it', async () => {
      expect(signed(await status('MAR-PAK', '?asOf=2025-06-03'))).toEqual([]);
      expect(signed(await status('MAR-PAK', '?asOf=2025-06-04'))).toEqual([FIRST]);
    });
  });

  describe('as it was known', () => {
    test('before the disputes there were none, and after each one more', async () => {
      const counts = await Promise.all(
        [28, 29, 30, 31].map(async (at) => (await status('MAR-PAK', `?knownAt=${at}`)).openDisputes.length),
      );
      expect(counts).toEqual([0, 1, 2, 3]);
    });

    test('before any of its facts a pair has nothing', async () => {
      expect(await status('CZE-MAR', '?knownAt=24')).toMatchObject({ stage: 'none', knownAt: { position: '24' } });
      expect(await status('CZE-MAR', '?knownAt=25')).toMatchObject({ stage: 'negotiating' });
      expect(await status('CZE-MAR', '?knownAt=26')).toMatchObject({ stage: 'signed' });
    });
  });

  describe('the history', () => {
    test('of CZE-MAR tells the two events in both orders, with their evidence', async () => {
      for (const order of ['valid', 'recorded']) {
        const answer = await ledger.client.read<HistoryAnswer>(`/v1/relationships/CZE-MAR/history?order=${order}`);
        const facts = answer.entries.filter((e) => !e.stream.startsWith('source-'));
        expect(facts.map((e) => [e.type, e.latest, e.when, e.standing])).toEqual([
          ['AgreementDrafted', '2024-10-30', 'happened', 'reported'],
          ['Signed', '2024-10-30', 'happened', 'reported'],
        ]);
        expect(facts.every((e) => e.evidence.every((c) => c.sourceId === '004_6550f63a35abb990'))).toBe(true);
      }
    });

    test('of MAR-PAK in recorded order has its sources and its disputes too', async () => {
      const { entries } = await ledger.client.read<HistoryAnswer>('/v1/relationships/MAR-PAK/history?order=recorded');
      const positions = entries.map((e) => e.position);
      expect(positions).toEqual([...positions].sort((a, b) => a - b));
      expect(entries.filter((e) => e.type === 'FactDisputed')).toHaveLength(3);
      expect(entries.filter((e) => e.type === 'SourceRegistered')).toHaveLength(4);
    });

    test('a claimed signature is told as claimed', async () => {
      const { entries } = await ledger.client.read<HistoryAnswer>('/v1/relationships/MAR-PAK/history');
      const signatures = entries.filter((e) => e.type === 'Signed').map((e) => [e.stream, e.standing]);
      expect(Object.fromEntries(signatures)).toEqual({
        [`agreement-${MOU}`]: 'reported',
        [`agreement-${FIRST}`]: 'claimed',
      });
    });
  });

  test('the memorandum by itself', async () => {
    const record = await ledger.client.read<RecordAnswer>(`/v1/agreements/${MOU}`);
    expect(record).toMatchObject({
      agreementId: MOU,
      instrumentType: 'memorandum_of_understanding',
      titleIsDescriptive: true,
      status: 'signed',
      standing: 'reported',
      pairs: ['MAR-PAK'],
      disputed: false,
    });
  });

  test('parties are shown by what the settings call them', async () => {
    const other = await serveLedger({ settings: { partyNames: { CZE: { en: 'Czech Republic' } } } });
    try {
      const { parties } = await other.client.read<{ parties: PartyRef[] }>('/v1/relationships/CZE-MAR');
      expect(parties[0]).toEqual({ code: 'CZE', names: { ar: 'التشيك', en: 'Czech Republic', fr: 'Tchéquie' } });
      expect(await other.client.read('/v1/parties/CZE')).toMatchObject({ names: parties[0]?.names });
    } finally {
      await other.close();
    }
  });
});
