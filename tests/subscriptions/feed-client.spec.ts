import { expect, jest, test } from '@jest/globals';
import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { FeedDropped } from '../../src/subscriptions/feed-client.js';
import type { FeedEvent, FeedPages } from '../../src/subscriptions/feed-pages.js';
import { LINES } from '../../src/subscriptions/feed-format.js';
import { LiveFeed } from '../../src/subscriptions/live-feed.js';

const MESSAGE = Buffer.from(`${JSON.stringify('x'.repeat(1000))}\n`);
const KNOWN = 10_000;

/** A long ledger whose events are all alike. */
class Pages implements Pick<FeedPages, 'after'> {
  asked = 0;
  after(position: number, upTo: number): FeedEvent[] {
    this.asked += 1;
    return Array.from({ length: Math.min(64, upTo - position) }, (_, i) => {
      const event = { position: position + i + 1, message: () => MESSAGE };
      return event as unknown as FeedEvent;
    });
  }
}

function feedOf(limits: { stallMs: number; graceMs: number }, pages = new Pages()) {
  const onDrop = jest.fn();
  const feed = new LiveFeed({
    pages: pages as unknown as FeedPages,
    limits: { heartbeatMs: 10_000, ...limits },
    onDrop,
  });
  feed.advance(KNOWN);
  return { feed, pages, onDrop, open: () => feed.open({ after: 0, filter: {}, format: LINES }) };
}

test('a client that takes nothing has no more written for it than a buffer, and one that does gets all meanwhile', async () => {
  const { feed, open } = feedOf({ stallMs: 60_000, graceMs: 0 });
  const [idle, reading] = [open(), open()];
  let bytes = 0;
  idle.read(0);
  reading.on('data', (chunk: Buffer) => (bytes += chunk.length));
  while (bytes < KNOWN * MESSAGE.length) await nextTurn();
  expect(idle.readableLength).toBeGreaterThan(MESSAGE.length);
  expect(idle.readableLength).toBeLessThan(16 * 1024 + MESSAGE.length);
  idle.destroy();
  reading.destroy();
  await Promise.all([once(idle, 'close'), once(reading, 'close')]);
  expect(feed.size).toBe(0);
  feed.close();
});

test('one that is dropped is told why, if it takes that in time', async () => {
  const { feed, open, onDrop } = feedOf({ stallMs: 0, graceMs: 60_000 });
  const client = open();
  client.read(0);
  while (onDrop.mock.calls.length === 0) await nextTurn();
  let text = '';
  for await (const chunk of client) text += String(chunk);
  expect(JSON.parse(text.trimEnd().split('\n').at(-1)!)).toEqual({
    feed: 'dropped',
    code: 'too-slow',
    reason: 'Nothing of what was sent was taken for 0 seconds',
  });
  expect(feed.size).toBe(0);
  feed.close();
});

test('one that does not take it is cut off', async () => {
  const { feed, open } = feedOf({ stallMs: 0, graceMs: 0 });
  const client = open();
  client.read(0);
  const [error] = (await once(client, 'error')) as [unknown];
  expect(error).toBeInstanceOf(FeedDropped);
  expect(feed.size).toBe(0);
  feed.close();
});

test('where the events can’t be read it ends with that, and for nobody else', async () => {
  const pages = new Pages();
  const { feed, open, onDrop } = feedOf({ stallMs: 60_000, graceMs: 60_000 }, pages);
  const after = jest.spyOn(pages, 'after').mockImplementationOnce(() => {
    throw new Error('The disk is gone');
  });
  const [failed, other] = [open(), open()];
  let bytes = 0;
  other.on('data', (chunk: Buffer) => (bytes += chunk.length));
  let text = '';
  for await (const chunk of failed) text += String(chunk);
  expect(text).toContain('"code":"failed"');
  expect(onDrop).toHaveBeenCalledWith(expect.stringContaining('The disk is gone'));
  while (bytes < KNOWN * MESSAGE.length) await nextTurn();
  expect(after).toHaveBeenCalled();
  feed.close();
});

test('a feed that was closed ends at once for whoever still comes', async () => {
  const { feed, open } = feedOf({ stallMs: 60_000, graceMs: 60_000 });
  feed.close();
  let text = '';
  for await (const chunk of open()) text += String(chunk);
  expect(text).toContain('"code":"closing"');
});
