import { describe, expect, jest, test } from '@jest/globals';
import { MithaqProblem } from '@mithaq/client';
import { sourceData } from '../support/facts.js';
import { clientOf, json, problem } from './fake-ledger.js';

const source = sourceData() as never;
const result = (position: string | null) => json({ commandId: 'c', position, events: [], warnings: [] }, 201);
const lost = () => Promise.reject(new TypeError('fetch failed'));

describe('what fails for now is tried again', () => {
  test('a command with its one id: after no answer, a 503 and a proxy’s 502', async () => {
    const failures = [lost, () => problem(503), () => new Response('<html>', { status: 502 })];
    const { client, asked } = clientOf((_, n) => failures[n - 1]?.() ?? result('7'));
    expect(await client.execute('RegisterSource', source)).toMatchObject({ position: '7' });
    expect(asked.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST', 'POST']);
    const ids = asked.map(({ headers }) => headers.get('idempotency-key'));
    expect(ids).toEqual(Array(4).fill(expect.stringMatching(/^[0-9a-f-]{36}$/)));
    expect(new Set(ids).size).toBe(1);
  });

  test('after waits that double up to a limit, at random, and at least what Retry-After says', async () => {
    const { client, waits } = clientOf((_, n) => (n === 3 ? problem(503, {}, { 'retry-after': '2' }) : lost()), {
      retries: 5,
      firstWaitMs: 100,
      maxWaitMs: 1000,
    });
    await expect(client.get('/v1/relationships')).rejects.toThrow('fetch failed');
    expect(waits).toEqual([50, 100, 2000 + 200, 400, 500]);
  });

  test('no more often than it is told; then the last failure is thrown', async () => {
    const { client, asked } = clientOf(() => problem(503), { retries: 2 });
    await expect(client.get('/v1/relationships')).rejects.toMatchObject({ status: 503 });
    expect(asked).toHaveLength(3);
  });

  test.each([400, 404, 409, 412, 413, 415, 422, 500])('%d is not', async (status) => {
    const { client, asked } = clientOf(() => problem(status));
    await expect(client.execute('RegisterSource', source)).rejects.toMatchObject({ status });
    expect(asked).toHaveLength(1);
  });

  test('an answer that takes too long is given up, and asked for again', async () => {
    jest.useFakeTimers();
    try {
      const silent = ({ signal }: { signal: AbortSignal }) =>
        new Promise<Response>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
      const { client, asked } = clientOf((now, n) => (n === 1 ? silent(now) : json({})), { timeoutMs: 1000 });
      const answer = client.get('/v1/relationships');
      await jest.advanceTimersByTimeAsync(999);
      expect(asked).toHaveLength(1);
      await jest.advanceTimersByTimeAsync(1);
      expect(await answer).toEqual({});
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });

  test('not after the caller has had enough', async () => {
    const caller = new AbortController();
    const { client, asked } = clientOf(() => {
      caller.abort(new Error('enough'));
      return lost();
    });
    await expect(client.get('/v1/relationships', {}, { signal: caller.signal })).rejects.toThrow('enough');
    expect(asked).toHaveLength(1);
  });
});

describe('a problem', () => {
  test('tells which rule what breaks', async () => {
    const errors = [{ pointer: '/sourceId', rule: 'id', message: 'must match' }];
    const { client } = clientOf(() => problem(400, { type: '/problems/malformed', errors }));
    const told: unknown = await client.execute('RegisterSource', source).catch((error: unknown) => error);
    expect(told).toBeInstanceOf(MithaqProblem);
    expect(told).toMatchObject({
      status: 400,
      type: '/problems/malformed',
      title: 'A title',
      detail: 'why',
      instance: 'urn:request:1',
      errors,
      message: '400 A title: why',
    });
  });

  test('is made of what something between says', async () => {
    const { client } = clientOf(() => new Response('<h1>No</h1>', { status: 403, statusText: 'Forbidden' }));
    await expect(client.get('/v1/relationships')).rejects.toMatchObject({
      ...{ status: 403, type: 'about:blank', title: 'Forbidden', detail: '<h1>No</h1>', errors: [] },
    });
  });
});

describe('what is asked', () => {
  test('has its parameters in the path and behind it', async () => {
    const { client, asked } = clientOf(() => json({}));
    await client.get('/v1/agreements/{id}', { id: 'a/b', asOf: '2025-01-01', knownAt: undefined as never });
    expect(asked[0]!.url.href).toBe('http://ledger.invalid/v1/agreements/a%2Fb?asOf=2025-01-01');
  });

  test('goes on over the pages, by cursor or by position', async () => {
    const answer = ({ url }: { url: URL }) =>
      json({ items: [], next: url.searchParams.has('cursor') || url.searchParams.has('after') ? null : 'n' });
    const { client, asked } = clientOf(answer);
    for await (const page of client.pages('/v1/relationships', { limit: 1 })) expect(page.items).toEqual([]);
    for await (const page of client.pages('/v1/events')) expect(page).toBeDefined();
    expect(asked.map(({ url }) => url.search)).toEqual(['?limit=1', '?limit=1&cursor=n', '', '?after=n']);
  });

  test('of a command are its revision, its correlation, and whether it is only decided', async () => {
    const { client, asked } = clientOf(() => result(null));
    await client.execute('RegisterSource', source, {
      ...{ commandId: 'mine', expectedRevision: 3, correlationId: 'work', dryRun: true },
    });
    const { url, headers } = asked[0]!;
    expect(url.search).toBe('?dryRun=true');
    expect(['idempotency-key', 'if-match', 'x-correlation-id'].map((name) => headers.get(name))).toEqual([
      ...['mine', '"3"', 'work'],
    ]);
    expect(client.position).toBeNull();
  });
});

describe('a client reads its own writes', () => {
  const answer = ({ method, headers }: { method: string; headers: Headers }) =>
    method === 'POST' ? result(headers.get('idempotency-key')) : json({});
  const minPositions = async (positions: readonly string[], options = {}) => {
    const { client, asked } = clientOf(answer, options);
    await client.get('/v1/relationships');
    for (const commandId of positions) await client.execute('RegisterSource', source, { commandId });
    await client.get('/v1/relationships');
    await client.get('/v1/relationships', { minPosition: '3' });
    await client.get('/v1/schemas');
    client.position = null;
    await client.get('/v1/relationships');
    return asked.filter(({ method }) => method === 'GET').map(({ url }) => url.searchParams.get('minPosition'));
  };

  test.each([
    ['10', ['9', '10', '8']],
    ['10/7', ['9/9', '10/6', '10/7', '10/5', '8/8']],
    ['9007199254740994/1', ['9007199254740993/2', '9007199254740994/1']],
  ])('each question waits for the highest position, %s, unless it says for which, or can’t wait', async (at, all) => {
    expect(await minPositions(all)).toEqual([null, at, '3', null, null]);
  });

  test('unless it is not to', async () => {
    expect(await minPositions(['9'], { readYourWrites: false })).toEqual([null, null, '3', null, null]);
  });
});
