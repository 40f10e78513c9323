import { expect, test } from '@jest/globals';
import { inBrowser } from './pages.js';

const PAIR = '/relationships/MAR-PAK';
const MANY = 50_000;

/** A history of visits, one after the other and over one another. */
function manyEntries(like: Readonly<Record<string, unknown>>) {
  const day = (n: number) => new Date(Date.UTC(1950, 0, 1) + n * 86_400_000).toISOString().slice(0, 10);
  return Array.from({ length: MANY }, (_, i) => {
    const from = (i * 7919) % 27_000;
    const stream = `visit-v${i}`;
    return {
      ...like,
      eventId: `e${i}`,
      type: 'VisitHeld',
      stream,
      record: stream,
      occurredOn: day(from),
      earliest: day(from),
      latest: day(from + (i % 9 === 0 ? 364 : 0)),
      when: 'happened',
      data: { visitor: 'MAR', host: 'PAK' },
      evidence: [],
    };
  });
}

inBrowser('what is drawn', (shown) => {
  const page = () => shown().page;
  const canvas = () => page().locator('.timeline canvas');

  /** What is told of the places on the canvas, row by row. */
  async function pointedAt(share: number): Promise<string[]> {
    await canvas().scrollIntoViewIfNeeded();
    const box = (await canvas().boundingBox())!;
    const told = new Set<string>();
    for (let y = 10; y < box.height; y += 11) {
      await page().mouse.move(box.x + box.width * share, box.y + y);
      // Once more, for what is told is drawn in the next frame.
      await page().evaluate('new Promise(requestAnimationFrame)');
      const text = await shown().text('.timeline .pointed');
      if (text !== '') told.add(text);
    }
    return [...told];
  }

  test('tells of each record that may have happened at a place, with its dates as they are known', async () => {
    await shown().go(`${PAIR}?lang=en`);
    // The end of 2024: the years of the exercises, and all that has no first day.
    const told = await pointedAt(0.38);
    expect(told).toHaveLength(12);
    expect(told).toContainEqual(expect.stringMatching(/^Nusrat-24 Exercise: 2024$/));
    expect(told).toContainEqual(expect.stringMatching(/^First formal agreement .*Signed: 4 June 2025 or before$/));
    // Now: what is bounded by June 2025 is over.
    expect(await pointedAt(0.93)).toHaveLength(8);
  });

  test('runs from right to left in Arabic', async () => {
    await shown().go(`${PAIR}?lang=ar`);
    expect(await pointedAt(0.07)).toHaveLength(8);
  });

  test('opens the record that is clicked on', async () => {
    await shown().go(`${PAIR}?lang=en`);
    await canvas().scrollIntoViewIfNeeded();
    const box = (await canvas().boundingBox())!;
    await page().mouse.click(box.x + box.width / 2, box.y + 26 + 11);
    await page().waitForURL('**/agreements/mar-pak-defence-mou?lang=en');
  });

  test('shows fifty thousand visits, and how long a frame takes is printed', async () => {
    const url = `${shown().ledger.client.url}/v1/relationships/MAR-PAK/history`;
    const history = (await (await fetch(url)).json()) as { entries: Readonly<Record<string, unknown>>[] };
    await page().route('**/v1/relationships/MAR-PAK/history?*', (route) =>
      route.fulfill({ json: { ...history, entries: manyEntries(history.entries[0]!), next: null } }),
    );
    // The answer alone is tens of megabytes.
    page().setDefaultTimeout(20_000);
    await shown().go(`${PAIR}?lang=en`);
    await canvas().scrollIntoViewIfNeeded();
    expect(await page().locator('*').count()).toBeLessThan(1_500);
    const box = (await canvas().boundingBox())!;
    await page().mouse.move(box.x + 600, box.y + 60);
    await page().keyboard.down('Control');
    for (let i = 0; i < 4; i += 1) await page().mouse.wheel(0, -120);
    await page().keyboard.up('Control');
    await page().evaluate(() => performance.clearMeasures('timeline drawn'));
    await page().mouse.down();
    for (let x = 600; x > 100; x -= 5) await page().mouse.move(box.x + x, box.y + 60);
    await page().mouse.up();
    const frames = await page().evaluate(() =>
      performance.getEntriesByName('timeline drawn').map(({ duration }) => duration),
    );
    expect(frames.length).toBeGreaterThan(10);
    const p95 = frames.sort((a, b) => a - b)[Math.floor(frames.length * 0.95)]!;
    process.stdout.write(
      `timeline of ${MANY} visits: ${frames.length} frames, 95 of 100 within ${p95.toFixed(1)} ms\n`,
    );
    await page().unroute('**/v1/relationships/MAR-PAK/history?*');
  });

  test('has no violation, nor has the network of all pairs, which leads to each of them', async () => {
    await shown().go(`${PAIR}?lang=ar`);
    expect(await shown().violations()).toEqual([]);
    await shown().go('/network?lang=en');
    expect(await shown().violations()).toEqual([]);
    const links = page().locator('svg.network a');
    expect(await links.locator('title').allTextContents()).toEqual([
      'Azerbaijan – Morocco: Signed',
      'Czechia – Morocco: Signed',
      'Morocco – Pakistan: Signed',
    ]);
    await links.nth(1).focus();
    await page().keyboard.press('Enter');
    await page().waitForURL('**/relationships/CZE-MAR?lang=en');
  });
});
