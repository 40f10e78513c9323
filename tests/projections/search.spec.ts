import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { LedgerEvent } from '../../src/domain/event.js';
import { history } from '../../src/domain/history/history.js';
import { rankOf, RANKS, searchTerms } from '../../src/domain/search/search-terms.js';
import { searchableTexts } from '../../src/domain/search/searchable-texts.js';
import { foldText } from '../../src/domain/values/text-folding.js';
import { search, type SearchPlace, type SearchQuery } from '../../src/projections/search.js';
import { hitAfter } from '../../src/projections/search-entries.js';
import { agreementData, ledgerWithSources, meetingData, sourceData, visitData } from '../support/facts.js';
import { type Data, evidence, PureLedger } from '../support/ledger.js';
import { appendAll, Projected, rowsOf, TODAY } from '../support/projected.js';

let p: Projected;
beforeEach(async () => {
  p = await Projected.open();
});
afterEach(() => p.close());

const END = 1_000_000;

const asked = (q: string, more: Partial<SearchQuery> = {}): SearchQuery => ({
  terms: searchTerms(q)!,
  kind: undefined,
  scopes: [],
  upTo: END,
  limit: 50,
  after: undefined,
  ...more,
});

/** All pages: rank, stream, and the paths by which it was found. */
function found(q: string, more: Partial<SearchQuery> = {}): (readonly [string, string, ...string[]])[] {
  const all: (readonly [string, string, ...string[]])[] = [];
  let after: SearchPlace | undefined;
  do {
    const page = search(p.db, asked(q, { ...more, after }));
    expect(page.items.length).toBeLessThanOrEqual(more.limit ?? 50);
    for (const { rank, stream, hits } of page.items) all.push([rank, stream, ...hits.map((h) => h.path)]);
    after = page.next;
  } while (after);
  return all;
}

async function recorded(ledger: PureLedger, from = 0): Promise<void> {
  await appendAll(p.store, ledger.events.slice(from));
  await p.caughtUp();
}

const count = (table: string) => p.db.prepare(`SELECT count(*) AS n FROM ${table}`).get<{ n: number }>()!.n;

/** A text for each that is used, a place in the index for each text, and nothing else. */
function expectNoBloat(): void {
  const used = p.db.prepare('SELECT count(DISTINCT text) AS n FROM search_hit').get<{ n: number }>()!.n;
  expect([count('search_text'), count('search_gram'), count('search_gram_docsize')]).toEqual([used, used, used]);
  const wrong = p.db.prepare('SELECT id FROM search_text WHERE id <> (SELECT min(at) FROM search_hit WHERE text = id)');
  expect(wrong.all()).toEqual([]);
  expect(count('search_record')).toBe(
    p.db.prepare('SELECT count(DISTINCT record) AS n FROM search_hit').get<{ n: number }>()!.n,
  );
}

describe('before anything is recorded', () => {
  test('the parties that are built in are found, by code and by any name', async () => {
    await p.project();
    for (const q of ['MAR', 'Maroc', 'ٱلمَغْرِب', 'MOROCCO', 'المملكة المغربية']) {
      expect(found(q).filter(([rank]) => rank === 'exact')).toEqual([['exact', 'party-MAR', expect.any(String)]]);
    }
    expect(found('پاکستان')[0]).toEqual(['exact', 'party-PAK', '/names/ar']);
    expectNoBloat();
  });
});

describe('what was recorded', () => {
  let ledger: PureLedger;
  const names = (...all: string[]) => ({ delegation: all.map((en) => ({ name: { en } })) });
  beforeEach(async () => {
    ledger = ledgerWithSources();
    ledger.given('HoldVisit', visitData({ ...names('Zorgal Bint'), occasion: { ar: 'يوم الزُّهُور' } }));
    ledger.given(
      'HoldMeeting',
      meetingData({ participants: [{ name: { en: 'Zorgal Bint' } }], parties: ['MAR', 'TUR'] }),
    );
    await p.project();
    await recorded(ledger);
  });

  test('is found at once, the newest record first', () => {
    expect(found('zorgal')).toEqual([
      ['word', 'meeting-mee', '/data/participants/0/name/en'],
      ['word', 'visit-vis', '/data/delegation/0/name/en'],
    ]);
    expect(found('الزهور')).toEqual([['word', 'visit-vis', '/data/occasion/ar']]);
    expectNoBloat();
  });

  test('and corrected is found by what stands, no more by what did', async () => {
    const from = [{ name: { en: 'Zorgal Bint' } }];
    const to = [{ name: { en: 'Kvantil Bint' } }];
    const changes = [{ path: '/data/delegation', from, to }];
    const before = ledger.events.length;
    ledger.given('CorrectFact', { ...ledger.about('visit-vis'), changes, reason: 'r', evidence: evidence('t') });
    await recorded(ledger, before);
    expect(found('zorgal').map(([, stream]) => stream)).toEqual(['meeting-mee']);
    expect(found('kvantil').map(([, stream]) => stream)).toEqual(['visit-vis']);
    expectNoBloat();
  });

  test('and retracted is not found', async () => {
    const before = ledger.events.length;
    for (const stream of ['visit-vis', 'meeting-mee'])
      ledger.given('RetractFact', { ...ledger.about(stream), reason: 'r' });
    await recorded(ledger, before);
    expect(found('zorgal')).toEqual([]);
    expectNoBloat();
  });

  test('and corroborated stands as well as its best evidence', async () => {
    const before = ledger.events.length;
    ledger.given('CorroborateFact', { ...ledger.about('visit-vis'), evidence: evidence('t', 'documented') });
    await recorded(ledger, before);
    const { items } = search(p.db, asked('zorgal'));
    expect(items.map(({ stream, hits }) => [stream, hits[0]?.standing])).toEqual([
      ['meeting-mee', 'reported'],
      ['visit-vis', 'documented'],
    ]);
    expectNoBloat();
  });

  test('and told by a withdrawn source alone is not found; the source is, and is said to be withdrawn', async () => {
    const before = ledger.events.length;
    ledger.given('WithdrawSource', { sourceId: 's', reason: 'Forgery proven' });
    await recorded(ledger, before);
    expect(found('zorgal')).toEqual([]);
    expect(search(p.db, asked('forgery')).items).toMatchObject([{ stream: 'source-s', withdrawn: true }]);
    expectNoBloat();
  });

  test('and merged is found as the record that it was merged into', async () => {
    const before = ledger.events.length;
    ledger.given('HoldVisit', visitData({ visitId: 'other' }));
    ledger.given('MergeRecord', { stream: 'visit-vis', intoId: 'other', reason: 'r' });
    await recorded(ledger, before);
    const { items } = search(p.db, asked('zorgal'));
    expect(items.map(({ stream, hits }) => [stream, hits[0]?.event?.stream])).toEqual([
      ['visit-other', 'visit-vis'],
      ['meeting-mee', 'meeting-mee'],
    ]);
    expectNoBloat();
  });

  test('is filtered by kind, category, pair and party', () => {
    const streams = (more: Partial<SearchQuery>) => found('zorgal', more).map(([, stream]) => stream);
    expect(streams({ kind: 'person' })).toEqual(['meeting-mee', 'visit-vis']);
    expect(streams({ kind: 'place' })).toEqual([]);
    expect(streams({ kind: 'visit' })).toEqual(['visit-vis']);
    expect(streams({ scopes: ['MAR-TUR'] })).toEqual(['meeting-mee']);
    expect(streams({ scopes: ['PAK'] })).toEqual(['visit-vis']);
    expect(streams({ scopes: ['MAR'] })).toEqual(['meeting-mee', 'visit-vis']);
    expect(streams({ scopes: ['MAR-PAK', 'TUR'] })).toEqual([]);
    expect(found('morocco', { scopes: ['MAR'], kind: 'party' }).map(([, stream]) => stream)).toContain('party-MAR');
  });

  test('after the position at which a list began is left out of its pages', () => {
    const [visit] = ledger.stream('visit-vis');
    expect(found('zorgal', { upTo: visit!.position }).map(([, stream]) => stream)).toEqual(['visit-vis']);
  });

  test('and a party that was registered, or is built in and has an alias since', async () => {
    const before = ledger.events.length;
    ledger.given('AddPartyAlias', { code: 'MAR', alias: 'Zorgalia' });
    await recorded(ledger, before);
    expect(found('zorgalia')).toEqual([['exact', 'party-MAR', '/data/alias']]);
    expect(found('maroc')[0]).toEqual(['exact', 'party-MAR', '/names/fr']);
    ledger.given('RetractFact', { ...ledger.about('party-MAR'), reason: 'r' });
    await recorded(ledger, before + 1);
    expect(found('zorgalia')).toEqual([]);
    expect(found('maroc')[0]).toEqual(['exact', 'party-MAR', '/names/fr']);
    expectNoBloat();
  });
});

test('a place that many records have is found for the few of a pair', async () => {
  const ledger = ledgerWithSources();
  const places = [{ name: { en: 'Zorgal' } }];
  ledger.given('HoldVisit', visitData({ visitId: 'rare', visitor: 'TUR', places }));
  for (let n = 0; n < 250; n += 1) ledger.given('HoldVisit', visitData({ visitId: `v${n}`, places }));
  await p.project();
  await recorded(ledger);
  expect(search(p.db, asked('zorgal', { scopes: ['MAR-TUR'] }))).toMatchObject({
    items: [{ stream: 'visit-rare' }],
    next: undefined,
  });
  expect(found('zorgal', { scopes: ['MAR-PAK'], limit: 100 })).toHaveLength(250);
  expect(found('zorgal', { limit: 100 })).toHaveLength(251);
});

test('a page looks at so many texts and records and no more, and the next goes on', async () => {
  const ledger = new PureLedger();
  ledger.given('RegisterSource', sourceData({ title: { en: 'Beforexq' } }));
  for (let n = 0; n < 6; n += 1) {
    const aliases = Array.from({ length: 500 }, (_, i) => `xq1 ${n}v${i}`);
    ledger.given('RegisterParty', { code: `XX${'ABCDEF'[n]}`, kind: 'organisation', names: { en: `N${n}` }, aliases });
  }
  ledger.given('RegisterSource', sourceData({ sourceId: 'part', title: { en: 'Beforexq1' } }));
  await p.project();
  await recorded(ledger);
  const pages = (query: Partial<SearchQuery>) => {
    const items: number[] = [];
    for (let after: SearchPlace | undefined, n = 0; n === 0 || after; n += 1) {
      const page = search(p.db, asked('xq1', { ...query, after }));
      items.push(page.items.length);
      after = page.next;
    }
    return items;
  };
  // 3,000 texts at the start of a word, each with its record; then the same 3,000 are passed over for a part.
  expect(pages({ kind: 'place' })).toEqual([0, 0, 0, 0, 0]);
  expect(pages({ kind: 'source' })).toEqual([0, 0, 0, 1, 0]);
  expect(found('xq1', { limit: 400 })).toHaveLength(3001);
});

/** Names of few words, so that texts meet: with variants that fold alike, and words that begin with one another. */
const WORDS = ['zorga', 'Zorgá', 'zor', 'قرطزب', 'القرطزب', 'قرطزبي', 'x', 'xq', '摩洛哥', 'wazorw'];
const name = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
const QUERIES = ['zorga', 'zor', 'orga', 'قرطزب', 'القرطزب', 'x', 'xq', 'zo', '洛哥', 'zorga x', 'x zorga', 'qqq'];

type Step = readonly [choice: number, record: number, name: string];
const steps = fc.array(fc.tuple(fc.nat(9), fc.nat(2), name), { minLength: 8, maxLength: 30, size: 'max' });

function play(all: readonly Step[]): PureLedger {
  const ledger = ledgerWithSources();
  for (const [choice, record, text] of all) {
    const id = 'abc'[record]!;
    const cited = { evidence: evidence(choice % 2 === 0 ? 's' : 't') };
    const target = ledger.events[(choice * 7 + record * 3 + text.length) % ledger.events.length]!;
    const about = { stream: target.stream, targetEventId: target.id };
    const commands: [string, Data][] = [
      ['HoldVisit', visitData({ visitId: id, ...cited, delegation: [{ name: { en: text, fr: `${text} x` } }] })],
      ['HoldVisit', visitData({ visitId: id, ...cited, places: [{ name: { en: text } }], occasion: { en: text } })],
      ['DraftAgreement', agreementData({ agreementId: id, ...cited, title: { ar: text } })],
      ['SignAgreement', { agreementId: id, occurredOn: null, ...cited, occasion: { en: text } }],
      ['HoldMeeting', meetingData({ meetingId: id, ...cited, outcome: { en: text } })],
      ['RegisterSource', sourceData({ sourceId: id, title: { en: text }, author: text })],
      ['RetractFact', { ...about, reason: 'r' }],
      ['MergeRecord', { stream: target.stream, intoId: id, reason: 'r' }],
      ['CorrectFact', { ...about, ...cited, reason: 'r', changes: [correction(target, text)] }],
      ['WithdrawSource', { sourceId: choice % 3 === 0 ? 't' : id, reason: 'r' }],
    ];
    try {
      ledger.record(...commands[choice]!);
    } catch {
      // Malformed: a correction of what has no such field.
    }
  }
  return ledger;
}

function correction({ body }: LedgerEvent, text: string): Data {
  const data = body.data as Data;
  const field = ['title', 'occasion', 'outcome'].find((each) => data[each] !== undefined) ?? 'occasion';
  return { path: `/data/${field}`, from: data[field] ?? null, to: { en: text } };
}

/** What a search must find, from the pure fold: slow and plain. */
function pureSearch(events: readonly LedgerEvent[], q: string): string[] {
  const terms = searchTerms(q)!;
  const { records } = history(events, { asOf: TODAY, minimumStanding: 'claimed' });
  const hits = [...records.values()].flatMap((record) => {
    const own = events.filter((e) => e.stream === record.stream);
    return searchableTexts(record, own).map(({ position, ordinal, text }) => ({
      at: hitAfter(position - 1) + ordinal,
      folded: foldText(text),
      stream: record.stream,
      since: own[0]?.position ?? 0,
    }));
  });
  const first = (folded: string) => Math.min(...hits.filter((h) => h.folded === folded).map((h) => h.at));
  const matching = hits.flatMap(({ folded, stream, since }) => {
    const rank = rankOf(folded, terms);
    return rank ? [{ rank: RANKS.indexOf(rank), text: first(folded), stream, since }] : [];
  });
  matching.sort((a, b) => a.rank - b.rank || b.text - a.text || b.since - a.since);
  return [...new Set(matching.map(({ rank, text, stream }) => `${RANKS[rank]} ${text} ${stream}`))].map((found) =>
    found.replace(/ \d+ /, ' '),
  );
}

test('finds what the pure fold of the log has, in order and in pages, however it was indexed', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.integer({ min: 1, max: 4 }), async (all, parts) => {
      const { events } = play(all);
      const own = await Projected.open();
      await p.close();
      p = own;
      await p.project();
      const size = Math.ceil(events.length / parts);
      for (let from = 0; from < events.length; from += size) {
        await appendAll(p.store, events.slice(from, from + size));
        await p.caughtUp();
      }
      for (const q of QUERIES) {
        const pages = found(q, { limit: 2 }).map(([rank, stream]) => `${rank} ${stream}`);
        const recordedOnly = pages.filter((line) => !line.includes('party-'));
        expect({ q, found: recordedOnly }).toEqual({ q, found: pureSearch(events, q) });
      }
      expectNoBloat();
      const rows = rowsOf(p.db);
      await p.stop();
      await p.project(undefined, 'anew.db');
      const anew = rowsOf(p.db);
      for (const table of ['search_text', 'search_hit', 'search_record', 'search_scope']) {
        expect(anew[table]).toEqual(rows[table]);
      }
    }),
    { numRuns: Number(process.env['MITHAQ_TEST_RUNS'] ?? 8), interruptAfterTimeLimit: 20_000 },
  );
});
