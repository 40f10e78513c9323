import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { ReviewAnswer, UpcomingAnswer } from '../../src/api/queries/answers.js';
import { visitData } from '../support/facts.js';
import { type Data, evidence } from '../support/ledger.js';
import { Clock, serveLedger, type ServedLedger } from '../support/server.js';

const lines = readFileSync('examples/morocco/commands.ndjson', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { commandId: string; type: string; data: Data });

const clock = new Clock('2026-11-23T10:00:00.000Z');
let ledger: ServedLedger;
beforeAll(async () => {
  ledger = await serveLedger({ now: clock.now });
  for (const { commandId, type, data } of lines) await ledger.client.given(type, data, commandId);
});
afterAll(() => ledger.close());

const review = (params = '') => ledger.client.read<ReviewAnswer>(`/v1/review${params}`);
const upcoming = (params = '') => ledger.client.read<UpcomingAnswer>(`/v1/upcoming${params}`);
const refusals = async (path: string) => (await ledger.client.refused(path)).body.errors?.map((e) => e['parameter']);

describe('what there is to look at in the dossier', () => {
  test('three disputes, what is only claimed, and two agreements that may be one, the newest first', async () => {
    const { items, ...answer } = await review();
    expect(answer).toEqual({
      asOf: '2026-11-23',
      knownAt: { position: String(lines.length), recordedAt: '2026-11-23T10:00:00.000Z' },
      minimumStanding: 'claimed',
      next: null,
    });
    expect(items.map(({ kind, stream, position }) => `${position} ${kind} ${stream}`)).toEqual([
      '31 disputed source-001_1ebee62d336f981a',
      '30 disputed meeting-mar-pak-berrid-babar-qayyum-meeting',
      '29 disputed meeting-mar-pak-berrid-babar-qayyum-meeting',
      '28 duplicate agreement-mar-pak-military-agreement-announced',
      '20 claimed meeting-mar-pak-berrid-babar-qayyum-meeting',
      '19 claimed meeting-mar-pak-rabat-military-talks',
      '14 claimed agreement-mar-pak-first-formal-agreement',
      '13 claimed agreement-mar-pak-first-formal-agreement',
      '12 claimed agreement-mar-pak-military-agreement-announced',
      '11 claimed agreement-mar-pak-military-agreement-announced',
    ]);
    expect(items[0]).toMatchObject({ pairs: ['MAR-PAK'], path: '/data/publishedOn', commands: ['ResolveDispute'] });
    expect(items[0]!.evidence[0]).toMatchObject({
      sourceId: '001_1ebee62d336f981a',
      title: { ar: expect.any(String) as unknown },
    });
    expect(items[3]).toMatchObject({
      url: '/v1/agreements/mar-pak-military-agreement-announced',
      others: [{ stream: 'agreement-mar-pak-defence-mou', titleIsDescriptive: true }],
      commands: ['MergeRecord', 'LinkAgreement', 'CorrectFact'],
    });
  });

  test('by the end of 2024, what may have happened', async () => {
    const { items } = await review('?asOf=2024-12-31&kind=possible&pair=pak-mar&minimumStanding=reported');
    expect(items.map(({ stream, type }) => `${stream} ${type}`)).toContain('agreement-mar-pak-defence-mou Signed');
    expect(
      items.every(
        ({ kind, pairs, standing }) => kind === 'possible' && pairs.includes('MAR-PAK') && standing !== 'claimed',
      ),
    ).toBe(true);
  });

  test('as known when nobody had disputed anything yet, and of parties that nothing is to be looked at of', async () => {
    expect((await review('?knownAt=28&kind=disputed')).items).toEqual([]);
    expect((await review('?party=AZE')).items).toEqual([]);
  });

  test('page by page it is the same, whatever is recorded meanwhile', async () => {
    const whole = (await review()).items;
    const found = [];
    for (let next: string | null = ''; next !== null;) {
      const page: ReviewAnswer = await review(`?limit=3${next === '' ? '' : `&cursor=${next}`}`);
      found.push(...page.items);
      next = page.next;
      const visit = {
        visitId: `more-${found.length}`,
        occurredOn: '2020',
        evidence: evidence(lines[0]!.data['sourceId'] as string, 'claimed'),
      };
      await ledger.client.given('HoldVisit', visitData(visit));
    }
    expect(found).toEqual(whole);
    expect((await review('?kind=duplicate')).items[0]).toMatchObject({ direction: 'PAK>MAR', more: false });
  });

  test('what it can’t be asked is refused by name', async () => {
    expect(await refusals('/v1/review?kind=odd&pair=MAR&party=x')).toEqual(['kind', 'pair', 'party']);
    const { next } = await review('?limit=1');
    expect(await refusals(`/v1/review?limit=1&kind=claimed&cursor=${next}`)).toEqual(['cursor']);
  });
});

describe('what is to come', () => {
  test('of the dossier, a signature that was announced for no day', async () => {
    const { items, ...answer } = await upcoming();
    expect(answer).toMatchObject({ asOf: '2026-11-23', within: 'P90D', until: '2027-02-21', next: null });
    expect(items).toMatchObject([
      {
        kind: 'signature',
        when: 'open',
        from: null,
        by: null,
        stream: 'agreement-mar-pak-military-agreement-announced',
        commands: ['SignAgreement', 'AnnounceSignature', 'AbandonAgreement'],
      },
    ]);
  });

  test('a visit is due, and once its day has passed overdue, though nothing was recorded meanwhile', async () => {
    const source = lines[0]!.data['sourceId'] as string;
    await ledger.client.given(
      'PlanVisit',
      visitData({ visitId: 'soon', plannedFor: '2026-12', evidence: evidence(source) }),
    );
    expect((await upcoming('?kind=visit')).items).toMatchObject([
      { when: 'upcoming', from: '2026-12-01', by: '2026-12-31' },
    ]);
    expect((await upcoming('?within=P7D&kind=visit')).items).toEqual([]);
    clock.set('2027-01-01T08:00:00.000Z');
    expect((await upcoming('?when=overdue')).items).toMatchObject([
      { stream: 'visit-soon', when: 'overdue', direction: 'PAK>MAR' },
    ]);
    expect((await upcoming('?when=upcoming')).items).toEqual([]);
  });

  test('what it can’t be asked is refused by name', async () => {
    expect(await refusals('/v1/upcoming?within=90&kind=x&when=never')).toEqual(['within', 'kind', 'when']);
  });
});
