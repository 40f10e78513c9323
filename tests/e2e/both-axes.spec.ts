import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BlameAnswer, DiffAnswer, RecordAnswer, RelationshipAnswer } from '../../src/api/queries/answers.js';
import type { LedgerEvent } from '../../src/domain/event.js';
import { getAtPointer } from '../../src/domain/values/json-pointer.js';
import { type Data, evidence } from '../support/ledger.js';
import { Clock, serveLedger, type ServedLedger } from '../support/server.js';

const lines = readFileSync('examples/morocco/commands.ndjson', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { commandId: string; type: string; data: Data });

const MEETING = 'mar-pak-berrid-babar-qayyum-meeting';
const MOU = 'mar-pak-defence-mou';
const FIRST = 'mar-pak-first-formal-agreement';
const ARTICLE = '001_1ebee62d336f981a';
/** After the three disputes; the correction is 33, the resolution 34, the retraction 35. */
const DISPUTED = 31;
const DATED = 33;
const RESOLVED = 34;
const RETRACTED = 35;
const TODAY = '2026-11-25';

const clock = new Clock('2026-11-23T10:00:00.000Z');
let ledger: ServedLedger;
let events: LedgerEvent[];

/** A day for the dossier; a day later the memorandum is dated by its text, a rank is settled, a claim is taken back. */
beforeAll(async () => {
  ledger = await serveLedger({ now: clock.now });
  const { client } = ledger;
  for (const { commandId, type, data } of lines) await client.given(type, data, commandId);
  events = await client.events();
  const idOf = (stream: string, type: string, nth = 0) =>
    events.filter((e) => e.stream === stream && e.type === type)[nth]!.id;
  clock.set('2026-11-24T09:00:00.000Z');
  await client.given('RegisterSource', {
    sourceId: 'mou-text',
    title: { en: 'The memorandum' },
    kind: 'treaty_text',
    language: 'en',
  });
  await client.given('CorrectFact', {
    stream: `agreement-${MOU}`,
    targetEventId: idOf(`agreement-${MOU}`, 'Signed'),
    changes: [{ path: '/occurredOn', from: null, to: '2026-04-14' }],
    reason: 'the text bears its date',
    evidence: [{ sourceId: 'mou-text', locator: 'p. 4', standing: 'documented' }],
  });
  await client.given('ResolveDispute', {
    stream: `meeting-${MEETING}`,
    disputeEventId: idOf(`meeting-${MEETING}`, 'FactDisputed'),
    value: { ar: 'اللواء', en: 'Major General' },
    reason: 'as the delegation had it',
    evidence: evidence('mou-text', 'documented'),
  });
  await client.given('RetractFact', {
    stream: `agreement-${FIRST}`,
    targetEventId: idOf(`agreement-${FIRST}`, 'Signed'),
    reason: 'the text says no such thing',
  });
  events = await client.events();
  clock.set('2026-11-25T12:00:00.000Z');
});
afterAll(() => ledger.close());

const status = (query: string) => ledger.client.read<RelationshipAnswer>(`/v1/relationships/MAR-PAK?${query}`);
const diff = (from: string, to: string) =>
  ledger.client.read<DiffAnswer>(`/v1/relationships/MAR-PAK/diff?from=${from}&to=${to}`);
const blame = (of: string, query = '') => ledger.client.read<BlameAnswer>(`/v1/${of}/blame?${query}`);
const field = async (of: string, path: string, query = '') => {
  const { fields } = await blame(of, query);
  return fields.find((f) => f.path === path)!;
};
/** What changed at a path: why, from what to what, by which events. */
const at = ({ changes }: DiffAnswer, path: string) =>
  changes
    .filter((c) => c.path === path)
    .map(({ cause, before, after, events: by }) => [cause, before, after, by.map((e) => `${e.position} ${e.type}`)]);

describe('the three disputes', () => {
  test('are in the views of every day, once they are known', async () => {
    for (const asOf of ['2020-01-01', TODAY]) {
      const counts = await Promise.all(
        [28, 29, 30, 31].map(async (k) => (await status(`asOf=${asOf}&knownAt=${k}`)).openDisputes.length),
      );
      expect(counts).toEqual([0, 1, 2, 3]);
    }
  });

  test('are what our knowledge changed by: the world did not', async () => {
    const answer = await diff(`${TODAY}@28`, `${TODAY}@${DISPUTED}`);
    expect(new Set(answer.changes.map((c) => c.cause))).toEqual(new Set(['knowledge']));
    expect(at(answer, '/relationship/flags/disputed')).toEqual([['knowledge', false, true, ['29 FactDisputed']]]);
    expect(at(answer, `/records/meeting-${MEETING}/disputed`)).toEqual([
      ['knowledge', false, true, ['29 FactDisputed']],
    ]);
    const { id } = events[30]!;
    expect(at(answer, `/relationship/openDisputes/${id}`)).toMatchObject([
      ['knowledge', undefined, { path: '/data/publishedOn' }, ['31 FactDisputed']],
    ]);
  });

  test('are blamed on who disputed, by the evidence of the alternatives', async () => {
    const disputed = await field(`meetings/${MEETING}`, '/disputed', `knownAt=${DISPUTED}`);
    expect(disputed).toMatchObject({
      value: true,
      before: false,
      event: { position: 29, type: 'FactDisputed', actor: 'anonymous', recordedAt: '2026-11-23T10:00:00.000Z' },
    });
    expect(disputed.evidence.map((e) => [e.sourceId, e.locator, e.withdrawn])).toEqual([
      ['003_0f93b24e9498d076', 'line 7', false],
      ['003_0f93b24e9498d076', 'line 4', false],
    ]);
    expect(await field(`sources/${ARTICLE}`, '/disputed')).toMatchObject({ value: true, event: { position: 31 } });
  });
});

describe('the correction that dates the memorandum', () => {
  test('places it on the valid axis, as known since', async () => {
    const signedOn = async (query: string) =>
      (await status(query)).agreements.find((a) => a.agreementId === MOU)?.signedOn;
    expect(await signedOn(`asOf=${TODAY}&knownAt=${DISPUTED}`)).toBeNull();
    expect(await signedOn(`asOf=${TODAY}&knownAt=${DATED}`)).toBe('2026-04-14');
    // Before, it was possible on that day; since, it had happened.
    const possible = async (k: number) => (await status(`asOf=2026-05-01&knownAt=${k}`)).possible.map((f) => f.type);
    expect([await possible(DISPUTED), await possible(DATED)]).toMatchObject([
      expect.arrayContaining(['Signed']),
      expect.not.arrayContaining(['Signed']),
    ]);
  });

  test('is a change of our knowledge, and as known now the signature a change of the world', async () => {
    const path = `/records/agreement-${MOU}/signedOn`;
    expect(at(await diff(`${TODAY}@${DISPUTED}`, `${TODAY}@${DATED}`), path)).toEqual([
      ['knowledge', null, '2026-04-14', ['33 FactCorrected']],
    ]);
    expect(at(await diff(`2026-04-13@${DATED}`, `2026-04-14@${DATED}`), path)).toEqual([
      ['world', null, '2026-04-14', ['9 Signed']],
    ]);
    // Over both: that it happened was known before, but not when.
    const both = await diff(`2026-04-13@${DISPUTED}`, `${TODAY}@${DATED}`);
    expect(at(both, path)).toEqual([['knowledge', null, '2026-04-14', ['33 FactCorrected']]]);
    expect(at(both, `/records/agreement-${MOU}/status`)).toEqual([
      ['world', null, 'signed', ['8 AgreementDrafted', '9 Signed']],
    ]);
  });

  test('is blamed for the date, with its source and reason and the null before; not for the status', async () => {
    expect(await field(`agreements/${MOU}`, '/signedOn')).toMatchObject({
      value: '2026-04-14',
      before: null,
      event: { position: DATED, type: 'FactCorrected', recordedAt: '2026-11-24T09:00:00.000Z' },
      reason: 'the text bears its date',
      evidence: [{ sourceId: 'mou-text', title: { en: 'The memorandum' } }],
    });
    expect(await field(`agreements/${MOU}`, '/status')).toMatchObject({ event: { position: 9 }, before: 'drafted' });
    expect(await field(`agreements/${MOU}`, '/signedOn', `knownAt=${DISPUTED}`)).toMatchObject({
      value: null,
      event: { position: 8, type: 'AgreementDrafted' },
    });
  });
});

describe('the resolution', () => {
  const RANK = '/participants/0/rank/en';

  test('sets the rank of the view from then on, and closes the dispute', async () => {
    const meeting = (k: number) => ledger.client.read<RecordAnswer>(`/v1/meetings/${MEETING}?knownAt=${k}`);
    const [before, after] = [await meeting(DATED), await meeting(RESOLVED)];
    expect([getAtPointer(before, RANK), before.openDisputes.length]).toEqual(['General', 2]);
    expect([getAtPointer(after, RANK), after.openDisputes.length]).toEqual(['Major General', 1]);
  });

  test('is what changed, on one of the two axes only', async () => {
    const answer = await diff(`${TODAY}@${DATED}`, `${TODAY}@${RESOLVED}`);
    expect(at(answer, `/records/meeting-${MEETING}${RANK}`)).toEqual([
      ['knowledge', 'General', 'Major General', ['34 DisputeResolved']],
    ]);
    expect(answer.changes.every((c) => c.cause === 'knowledge' && c.events.every((e) => e.position === RESOLVED))).toBe(
      true,
    );
    const later = await diff(`${TODAY}@${RESOLVED}`, `2026-12-31@${RESOLVED}`);
    expect(later.changes).toEqual([]);
  });

  test('is blamed for the rank', async () => {
    expect(await field(`meetings/${MEETING}`, RANK)).toMatchObject({
      value: 'Major General',
      before: 'General',
      event: { type: 'DisputeResolved', position: RESOLVED },
      evidence: [{ sourceId: 'mou-text' }],
    });
  });
});

describe('the retraction', () => {
  test('takes the claimed signature out of every day, as known since', async () => {
    const of = async (query: string) => (await status(query)).agreements.find((a) => a.agreementId === FIRST)?.status;
    expect(await of(`asOf=2025-12-31&knownAt=${RESOLVED}`)).toBe('signed');
    expect(await of(`asOf=2025-12-31&knownAt=${RETRACTED}`)).toBe('drafted');
    expect(await of(`asOf=${TODAY}&knownAt=${RETRACTED}`)).toBe('drafted');
  });

  test('is the event of the change, and the field it leaves is blamed on it with what it restores', async () => {
    const path = `/records/agreement-${FIRST}/status`;
    expect(at(await diff(`${TODAY}@${RESOLVED}`, '@'), path)).toEqual([
      ['knowledge', 'signed', 'drafted', ['35 FactRetracted']],
    ]);
    expect(await field(`agreements/${FIRST}`, '/status')).toMatchObject({
      value: 'drafted',
      before: 'signed',
      event: { type: 'FactRetracted', position: RETRACTED },
      reason: 'the text says no such thing',
      restores: { type: 'AgreementDrafted', position: 13 },
      evidence: [{ sourceId: ARTICLE, standing: 'claimed' }],
    });
  });
});

describe('the blame of a pair', () => {
  test('has every field of its status, at its place, by an event of its slice or none', async () => {
    const [view, { fields, ...at }] = [await status(''), await blame('relationships/MAR-PAK')];
    expect(at).toMatchObject({ pair: 'MAR-PAK', asOf: TODAY, knownAt: { position: '35' }, minimumStanding: 'claimed' });
    for (const { path, value, event } of fields) {
      expect([path, getAtPointer(view, path)]).toEqual([path, value]);
      if (event) expect(events[event.position - 1]).toMatchObject({ id: event.eventId, type: event.type });
    }
    const by = Object.fromEntries(fields.map((f) => [f.path, f.event?.position ?? null]));
    expect(by).toMatchObject({ '/flags/severed': null, '/meetings/count': 20, '/stage': 9, '/pair': null });
  });

  test('may be of one field', async () => {
    const { fields } = await blame('relationships/MAR-PAK', 'path=/visits/byDirection');
    expect(fields.map((f) => f.path)).toEqual(['/visits/byDirection/MAR>PAK', '/visits/byDirection/PAK>MAR']);
    expect((await blame('relationships/MAR-PAK', 'path=/visit')).fields).toEqual([]);
  });

  test('of a party that is built in tells what no event gave', async () => {
    const { fields } = await blame('parties/MAR');
    expect(fields.find((f) => f.path === '/names/en')).toMatchObject({ value: 'Morocco', event: null, evidence: [] });
  });
});

describe('a question that can’t be read', () => {
  const refused = async (path: string) => {
    const { status: code, body } = await ledger.client.refused(`/v1/relationships/MAR-PAK/${path}`);
    return [code, (body.errors ?? []).map((e) => [e.parameter, e.rule])];
  };

  test.each([
    ['diff', [['from', 'required']]],
    ['diff?from=2024-12-31', [['from', 'point']]],
    ['diff?from=a@b@c', [['from', 'point']]],
    ['diff?from=2024-13-01@', [['from', 'day']]],
    ['diff?from=@yesterday', [['from', 'known-at']]],
    [
      'diff?from=x@y',
      [
        ['from', 'day'],
        ['from', 'known-at'],
      ],
    ],
    ['diff?from=@&to=@2024-01-01', [['to', 'known-at']]],
    ['diff?from=@&asOf=2024-01-01', [['asOf', 'unknown-field']]],
    ['blame?path=signedOn', [['path', 'json-pointer']]],
  ])('%s', async (path, errors) => {
    expect(await refused(path)).toEqual([400, errors]);
  });

  test('halves that are left out have their defaults', async () => {
    const { from, to } = await ledger.client.read<DiffAnswer>('/v1/relationships/MAR-PAK/diff?from=@12');
    expect([from, to]).toMatchObject([
      { asOf: TODAY, knownAt: { position: '12' } },
      { asOf: TODAY, knownAt: { position: '35' } },
    ]);
    const times = await diff('2024-12-31@2026-11-23T12:00:00Z', '2024-12-31@');
    expect([times.from, times.to]).toMatchObject([
      { asOf: '2024-12-31', knownAt: { position: '31' } },
      { asOf: '2024-12-31', knownAt: { position: '35' } },
    ]);
  });

  test('what is not there is not found, and pairs have one form', async () => {
    const code = async (path: string) => (await ledger.client.get(path)).status;
    expect(await code('/v1/agreements/none/blame')).toBe(404);
    expect(await code(`/v1/agreements/${MOU}/blame?knownAt=3`)).toBe(404);
    expect(await code('/v1/relationships/MAR-XXX/diff?from=@')).toBe(404);
    const moved = await ledger.client.get('/v1/relationships/pak-mar/diff?from=@12');
    expect([moved.status, moved.headers.get('location')]).toEqual([308, '/v1/relationships/MAR-PAK/diff?from=@12']);
  });
});
