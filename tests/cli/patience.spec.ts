import { describe, expect, test } from '@jest/globals';
import { patiently } from '../../src/cli/patience.js';
import { UnknownEventType } from '../../src/domain/registry.js';
import { StoreUnavailable } from '../../src/event-store/event-store.js';

/** Answers that fail so many times, all commands taken together, before they come. */
function unanswered(times: number) {
  const tried: string[] = [];
  const told: string[] = [];
  const execute = (request: string): Promise<string> => {
    tried.push(request);
    return tried.length <= times ? Promise.reject(new StoreUnavailable('away')) : Promise.resolve(request);
  };
  return { tried, told, execute, tell: (text: string) => void told.push(text) };
}

describe('while nobody answers', () => {
  test('one tries for all until it is answered, then the others go on', async () => {
    const { tried, told, execute, tell } = unanswered(6);
    const insist = patiently(execute, { tell, firstPause: 0 });
    expect(await Promise.all(['a', 'b', 'c'].map(insist))).toEqual(['a', 'b', 'c']);
    expect(tried.join('')).toMatch(/^abcaaaa(bc|cb)$/);
    expect(told).toEqual([expect.stringMatching(/^away. Waiting/), 'The ledger answers again']);
  });

  test('what comes meanwhile waits too, and a refusal is an answer', async () => {
    const refusal = new Error('refused');
    let times = 0;
    const execute = (request: string) => {
      if (request === 'b') return Promise.resolve('b');
      return Promise.reject((times += 1) < 4 ? new StoreUnavailable('away') : refusal);
    };
    const told: string[] = [];
    const insist = patiently(execute, { tell: (text) => void told.push(text), firstPause: 0 });
    const order: string[] = [];
    const a = insist('a').catch((error: unknown) => order.push(String(error)));
    await Promise.resolve();
    await Promise.resolve();
    const b = insist('b').then((answer) => order.push(answer));
    await Promise.all([a, b]);
    expect(order.sort()).toEqual(['Error: refused', 'b']);
    expect([times, told]).toEqual([4, [expect.any(String), 'The ledger answers again']]);
  });

  test('nothing is said of a moment', async () => {
    const { told, execute, tell } = unanswered(1);
    expect(await patiently(execute, { tell, firstPause: 0 })('a')).toBe('a');
    expect(told).toEqual([]);
  });

  test('an end of the wait ends it, for all', async () => {
    const { tried, execute, tell } = unanswered(Infinity);
    const stopped = new AbortController();
    const insist = patiently(execute, { tell, firstPause: 1_000_000, signal: stopped.signal });
    const all = Promise.allSettled(['a', 'b'].map(insist));
    setImmediate(() => stopped.abort());
    expect((await all).map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
    expect(tried).toEqual(['a', 'b']);
  });

  test('what this version does not understand is not waited for', async () => {
    const execute = () => Promise.reject(new UnknownEventType('Newer'));
    await expect(patiently(execute, { tell: () => undefined })('a')).rejects.toThrow(UnknownEventType);
  });
});
