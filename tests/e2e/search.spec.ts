import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RecordAnswer, SearchAnswer, SearchItem } from '../../src/api/queries/answers.js';
import { encodeCursor, scopeOf } from '../../src/api/queries/cursor.js';
import { visitData } from '../support/facts.js';
import { type Data, evidence } from '../support/ledger.js';
import { type Answer, Clock, serveLedger, type ServedLedger } from '../support/server.js';

const lines = readFileSync('examples/morocco/commands.ndjson', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { commandId: string; type: string; data: Data });

let ledger: ServedLedger;
beforeAll(async () => {
  ledger = await serveLedger({ now: new Clock('2026-11-23T10:00:00.000Z').now });
  let position: string | null = null;
  for (const { commandId, type, data } of lines) position = (await ledger.client.given(type, data, commandId)).position;
  await ledger.client.read(`/v1/events?minPosition=${position}`);
});
afterAll(() => ledger.close());

const search = (q: string, more: Record<string, string> = {}) =>
  ledger.client.read<SearchAnswer>(`/v1/search?${new URLSearchParams({ q, ...more }).toString()}`);
const streams = ({ items }: SearchAnswer) => [...new Set(items.map((item) => item.stream))].sort();
const marked = ({ items }: SearchAnswer) =>
  items.flatMap((item) => item.matches.flatMap((m) => m.spans.map(([from, to]) => m.text.slice(from, to))));

const IN_RABAT = ['agreement-mar-pak-defence-mou', 'meeting-mar-pak-rabat-military-talks'];

describe('the dossier is searched in any script and spelling', () => {
  test('what is found says what matched, and leads to the record', async () => {
    const { items, ...answer } = await search('rabat', { kind: 'agreement' });
    expect(answer).toEqual({
      q: 'rabat',
      asOf: '2026-11-23',
      knownAt: { position: String(lines.length), recordedAt: '2026-11-23T10:00:00.000Z' },
      minimumStanding: 'claimed',
      next: null,
    });
    expect(items).toEqual([
      {
        stream: 'agreement-mar-pak-defence-mou',
        category: 'agreement',
        id: 'mar-pak-defence-mou',
        url: '/v1/agreements/mar-pak-defence-mou',
        title: {
          ar: 'مذكرة تفاهم بين المغرب وباكستان بشأن التعاون الدفاعي',
          en: 'Memorandum of understanding between Morocco and Pakistan on defence cooperation',
        },
        titleIsDescriptive: true,
        pairs: ['MAR-PAK'],
        withdrawn: false,
        rank: 'exact',
        matches: [
          {
            eventId: expect.any(String) as unknown,
            type: 'Signed',
            stream: 'agreement-mar-pak-defence-mou',
            path: '/data/place/name/en',
            language: 'en',
            kind: 'place',
            text: 'Rabat',
            spans: [[0, 5]],
            occurredOn: null,
            endedOn: null,
            standing: 'reported',
            disputed: false,
          },
        ],
        more: false,
      },
    ]);
    const record = await ledger.client.read<RecordAnswer>(items[0]!.url);
    expect(record.stream).toBe(items[0]!.stream);
  });

  test.each(['الرباط', 'رباط', 'الرِّبـــاط', 'ٱلرباط', 'rabat', 'RABAT', 'Räbat', '\u202bالرباط\u202c'])(
    '%s',
    async (q) => {
      expect(streams(await search(q))).toEqual(expect.arrayContaining(IN_RABAT));
    },
  );

  test.each([
    ['المغرب', 'party-MAR'],
    ['ألمغرب', 'party-MAR'],
    ['maroc', 'party-MAR'],
    ['Märóc', 'party-MAR'],
    ['pákistán', 'party-PAK'],
    ['پاکستان', 'party-PAK'],
    ['MAR', 'party-MAR'],
    ['نصرت ٢٤', 'exercise-nusrat-24'],
    ['نصرت-۲۴', 'exercise-nusrat-24'],
    ['pats ۲۰۲۴', 'exercise-pats-2024'],
    ['مُحمَّد كديح', 'visit-mar-pak-air-force-inspector-visit'],
    ['كديح محمد', 'visit-mar-pak-air-force-inspector-visit'],
    ['علي هامش', 'agreement-aze-mar-military-technical-2024'],
    ['على هامش', 'agreement-aze-mar-military-technical-2024'],
    ['اتفاقيه عسكريه', 'agreement-mar-pak-military-agreement-announced'],
    ['آصف', 'visit-pak-mar-defence-minister-visit'],
    ['اصف', 'visit-pak-mar-defence-minister-visit'],
    ['اذربيجان', 'party-AZE'],
    ['جعفري', undefined],
    ['jaafari', 'source-001_1ebee62d336f981a'],
    ['Həsənov', 'visit-aze-mar-defence-minister-visit'],
  ])('%s finds %s', async (q, stream) => {
    const found = streams(await search(q));
    if (stream === undefined) expect(found).toEqual([]);
    else expect(found).toContain(stream);
  });

  test('all of it before the start of a word, that before any part, and that before scattered words', async () => {
    const { items } = await search('مغرب', { limit: '500' });
    const order = items.map((item) => ['exact', 'word', 'part', 'words'].indexOf(item.rank));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect((await search('المغرب')).items[0]).toMatchObject({ stream: 'party-MAR', rank: 'exact' });
    expect((await search('الملكية القوات')).items[0]).toMatchObject({ rank: 'words' });
  });

  test('what matched is marked as it was written', async () => {
    expect(new Set(marked(await search('pakistan')))).toEqual(new Set(['Pakistan']));
    expect(new Set(marked(await search('تحول')))).toEqual(new Set(['تحوّل']));
  });

  test('a text that is disputed says so', async () => {
    const { items } = await search('Inspector General of the Royal Armed Forces', { kind: 'meeting' });
    expect(items).toMatchObject([
      { rank: 'exact', matches: [{ disputed: true, kind: 'person', standing: 'claimed' }] },
    ]);
  });

  test('filters', async () => {
    expect(streams(await search('maroc', { kind: 'party' }))).toEqual(['party-MAR']);
    expect(streams(await search('مراكش', { pair: 'aze-mar' }))).toEqual(['agreement-aze-mar-military-technical-2024']);
    expect(streams(await search('مراكش', { party: 'CZE' }))).toEqual(['agreement-cze-mar-military-technical-2024']);
    expect((await search('pakistan', { kind: 'person' })).items.length).toBeGreaterThan(0);
    expect(streams(await search('rabat', { kind: 'person' }))).toEqual([]);
    expect(streams(await search('rabat', { party: 'FRA' }))).toEqual([]);
  });
});

describe('pages', () => {
  test('follow one another, each thing once, by the link too', async () => {
    const whole = await search('باكستان', { limit: '500' });
    const items: SearchItem[] = [];
    let path: string | undefined = `/v1/search?q=${encodeURIComponent('باكستان')}&limit=3`;
    while (path !== undefined) {
      const { body, headers }: Answer<SearchAnswer> = await ledger.client.get<SearchAnswer>(path);
      items.push(...body.items);
      path = /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
      expect(path === undefined).toBe(body.next === null);
    }
    expect(items).toEqual(whole.items);
    expect(items.length).toBeGreaterThan(9);
  });

  test('leave out what was recorded since the first', async () => {
    const first = await search('islamabad', { limit: '1' });
    const { position } = await ledger.client.given('HoldVisit', {
      ...visitData({ visitId: 'later', places: [{ name: { en: 'Islamabad Islamabad' } }] }),
      evidence: evidence('000_9a2af1eb5c71071b'),
    });
    const now = await search('islamabad', { minPosition: position! });
    expect(streams(now)).toContain('visit-later');
    for (let page = first; page.next !== null;) {
      page = await search('islamabad', { limit: '1', cursor: page.next });
      expect(streams(page)).not.toContain('visit-later');
      expect(page.knownAt).toEqual(first.knownAt);
    }
  });

  test.each([
    ['of another search', () => search('باكستان', { limit: '1' }).then(({ next }) => next!)],
    [
      'of no place',
      () =>
        Promise.resolve(
          encodeCursor({
            after: 'best.1.1',
            position: 1,
            asOf: '2026-11-23',
            scope: scopeOf('search', { q: 'maroc' }),
          }),
        ),
    ],
  ])('a cursor %s is refused', async (_, cursor) => {
    const { status, body } = await ledger.client.refused(`/v1/search?q=maroc&cursor=${await cursor()}`);
    expect([status, body.errors]).toEqual([400, [expect.objectContaining({ parameter: 'cursor', rule: 'cursor' })]]);
  });
});
