import { describe, expect, test } from '@jest/globals';
import { inBrowser, inLanguages } from './pages.js';

const DIFF = '/relationships/MAR-PAK/diff';
const MOU = 'mar-pak-defence-mou';

inBrowser('the console, for those who audit and run the ledger', (shown) => {
  const page = () => shown().page;
  const params = () => Object.fromEntries(new URL(page().url()).searchParams);
  const button = (name: string) => page().getByRole('button', { name, exact: true });
  const region = (name: string) => page().getByRole('region', { name });

  describe('what changed between two points', () => {
    test('is in the world where the day moves and the knowledge is kept', async () => {
      await shown().go(`${DIFF}?lang=en&from=2024-10-29@20&to=2024-12-31@20`);
      expect(await region('Our knowledge changed').innerText()).toContain('Nothing differs.');
      await shown().go('/relationships/AZE-MAR/diff?lang=en&from=2024-10-29@&to=2024-10-30@');
      const world = await region('The world changed').innerText();
      expect(world).toMatch(/Stage\s+Nothing on record\s+Signed\s+A text exists, entry 23\s*Signed, entry 24/);
      expect(world).toMatch(/Date of signature\s+Nothing on record\.\s+30 October 2024/);
      expect(await region('Our knowledge changed').innerText()).toContain('0 changes');
    });

    test('is in our knowledge where that moves, with the events and their sources', async () => {
      await shown().go('/relationships/MAR-PAK?lang=en');
      await page().getByRole('link', { name: 'What changed between two points in time' }).click();
      await page().getByLabel('What we learned since entry').fill('27');
      await button('Compare').nth(1).click();
      const knowledge = region('Our knowledge changed');
      await knowledge.waitFor();
      expect(params()).toEqual({ lang: 'en', from: '@27' });
      expect(await region('The world changed').innerText()).toContain('Nothing differs.');
      await knowledge.getByText('Events and their sources').first().click();
      const told = await knowledge.innerText();
      expect(told).toMatch(/Sources in dispute\s+no\s+yes\s+Sources contradict each other, entry 29/);
      expect(told).toMatch(/Links to other agreements[^]*not there[^]*may be the same as/);
      expect(await knowledge.locator('details').nth(1).locator('li').allTextContents()).toEqual([
        expect.stringMatching(/entry 28, recorded 23 Nov 2026, 10:00 UTC.*line.*claimed/),
      ]);
      // An id is nothing to a reader.
      expect(told).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
      expect(told).toContain('2 changes more only repeat these');
    });

    test('is what came since, from a page of the past', async () => {
      await shown().go('/relationships/AZE-MAR?lang=en&trueOn=2024-10-29');
      await page().getByRole('link', { name: 'What changed between two points in time' }).click();
      expect(await region('The world changed').innerText()).toMatch(/Stage\s+Nothing on record\s+Signed/);
      expect(params()).toEqual({ lang: 'en', trueOn: '2024-10-29' });
    });

    test('is of any two points, and a wrong one is said to be so', async () => {
      await shown().go(`${DIFF}?lang=en`);
      await page().getByLabel('Since the day').fill('yesterday');
      await button('Compare').first().click();
      expect(await page().getByRole('alert').innerText()).toContain('A day is written 2024-10-30');
      await page().getByLabel('Since the day').fill('2025-06-04');
      await button('Compare').first().click();
      await page().getByText('From: 4 June 2025, with nothing known yet').waitFor();
      expect(params()).toEqual({ lang: 'en', from: '2025-06-04@2025-06-04T23:59:59.999Z' });
      await shown().go(`${DIFF}?lang=en&from=sometime`);
      expect(await shown().text('[role=alert]')).toContain('“sometime” is no point to compare from');
    });
  });

  describe('events', () => {
    const rows = () => page().locator('.rows .event-row');
    const positions = async () => (await rows().locator('[role=cell]:first-child').allInnerTexts()).map(Number);

    test('are listed the newest first, of a category or a pair', async () => {
      await shown().go('/operate/streams?lang=en');
      await page().getByText('31 events').waitFor();
      expect((await positions()).slice(0, 3)).toEqual([31, 30, 29]);
      await page().getByLabel('Category').selectOption('mechanism');
      await page().getByText('1 event', { exact: true }).waitFor();
      expect(await positions()).toEqual([10]);
      await page().getByLabel('Category').selectOption('');
      await page().getByRole('textbox', { name: 'Pair' }).fill('cze-mar');
      await button('Filter').click();
      await page().getByText('2 events', { exact: true }).waitFor();
      expect(params()).toEqual({ lang: 'en', pair: 'CZE-MAR' });
    });

    test('have a stream, and each its data, its cause and where it belongs', async () => {
      await shown().go(`/operate/streams/agreement-${MOU}?lang=en`);
      expect(await positions()).toEqual([9, 8]);
      await button('Signed').click();
      const drawer = page().getByRole('dialog', { name: 'Entry 9: Signed' });
      await drawer.getByText('No other event belongs to it.').waitFor();
      expect(params()).toEqual({ lang: 'en', event: '9' });
      const told = await drawer.innerText();
      expect(told).toMatch(/Correlation id\s+morocco-009-sign-agreement/);
      expect(JSON.parse(await drawer.locator('pre').innerText())).toMatchObject({ position: 9, type: 'Signed' });
    });

    test('appear as they are recorded, unless the page is held where it is', async () => {
      await shown().go('/operate/streams?lang=en');
      await page().getByText('Live: what is recorded appears here').waitFor();
      const register = (sourceId: string) =>
        shown().ledger.client.send('POST', '/v1/commands/RegisterSource', {
          headers: { 'content-type': 'application/json', 'x-correlation-id': 'two-together' },
          body: JSON.stringify({ sourceId, title: { en: sourceId }, kind: 'communique', language: 'en' }),
        });
      await register('first-live');
      await page().getByText('32 events').waitFor();
      expect((await positions())[0]).toBe(32);
      await button('Pause').click();
      expect(params()).toEqual({ lang: 'en', knownOn: '32' });
      await register('second-live');
      await shown().ledger.client.read('/v1/sources/second-live');
      expect((await positions())[0]).toBe(32);
      await button('Resume').click();
      await page().getByText('33 events').waitFor();
      // What was recorded together names each other.
      await rows().first().getByRole('button').click();
      await page().getByRole('dialog').getByText('same correlation', { exact: true }).waitFor();
      expect(await page().getByRole('dialog').innerText()).toContain('Entry 32: Source registered');
      await page().keyboard.press('Escape');
    });

    test('are few on the page however many there are', async () => {
      const many = 50_000;
      const recorded = (await shown().ledger.client.events())[0]!;
      await page().route(/\/v1\/relationships\?limit=1$/, async (route) => {
        const answer = (await (await route.fetch()).json()) as object;
        await route.fulfill({ json: { ...answer, knownAt: { position: String(many), recordedAt: null } } });
      });
      await page().route(/\/v1\/events\?/, (route) => {
        const after = Number(new URL(route.request().url()).searchParams.get('after'));
        const events = Array.from({ length: 100 }, (_, i) => ({ ...recorded, position: after + i + 1 }));
        return route.fulfill({ json: { knownAt: { position: String(many), recordedAt: null }, events, next: null } });
      });
      await shown().go('/operate/streams?lang=en');
      await page().getByText('50000 events').or(page().getByText('50,000 events')).waitFor();
      const nodes = () => page().evaluate<number>('document.querySelectorAll("*").length');
      const counted = [await nodes()];
      for (const part of [0.5, 1]) {
        await page().evaluate(`(() => { const list = document.querySelector('.event-list');
          list.scrollTop = list.scrollHeight * ${part}; })()`);
        await page()
          .locator(`.rows [aria-rowindex="${part === 1 ? many + 1 : many / 2 + 1}"]`)
          .waitFor();
        counted.push(await nodes());
      }
      expect(Math.max(...counted)).toBeLessThanOrEqual(1_500);
      await page().unrouteAll({ behavior: 'wait' });
    });
  });

  test('a projection is rebuilt when it is confirmed', async () => {
    await shown().go('/operate/projections?lang=en');
    expect(
      (await shown().table('Projections')).map(([name, position, lag, state]) => [name, position, lag, state]),
    ).toEqual(['history', 'relationships', 'search', 'worklists'].map((name) => [name, '33', 'up to date', 'goes on']));
    const row = page().getByRole('row', { name: 'search' });
    await row.getByRole('button', { name: 'Rebuild' }).click();
    await row.getByRole('button', { name: 'Cancel' }).click();
    expect((await shown().ledger.client.read('/health/ready'))['rebuild']).toBeNull();
    await row.getByRole('button', { name: 'Rebuild' }).click();
    await row.getByRole('button', { name: 'Rebuild' }).click();
    await page().getByText('Rebuilt: search').waitFor();
  });

  test('a projection that stands still is told with its reason', async () => {
    await page().route('**/health/ready', async (route) => {
      const health = (await (await route.fetch()).json()) as { projections: object[] };
      const stopped = { position: 9, eventId: 'e', reason: 'no such field' };
      const [first, ...others] = health.projections;
      const lag = { events: 24, seconds: 60 };
      const json = { ...health, projections: [{ ...first, position: 8, lag, stopped }, ...others] };
      await route.fulfill({ status: 503, json });
    });
    await shown().go('/operate/projections?lang=en');
    expect(await shown().text('main')).toContain('24 events behind, 60 seconds stopped at entry 9: no such field');
    await page().unrouteAll({ behavior: 'wait' });
    // The browser itself tells of a 503.
    expect(
      shown()
        .faults.splice(0)
        .every((fault) => /503/.test(fault)),
    ).toBe(true);
  });

  test('a consumer group shows what it put aside and why, and deals it out again', async () => {
    const { client } = shown().ledger;
    const headers = { 'content-type': 'application/json' };
    await client.send('PUT', '/v1/consumer-groups/archive', { headers, body: '{"filter":{"category":["visit"]}}' });
    const reason = 'the archive is closed';
    const parked = await takeOne(client.url, 'archive', { path: 'nacks', action: 'park', reason });
    await shown().go('/operate/groups?lang=en');
    await region('Parked by archive').getByText(reason).waitFor();
    expect(await shown().table('Consumer groups')).toMatchObject([
      ['archive', expect.stringContaining('category=visit, from the first event'), expect.anything(), '0', '0', '1'],
    ]);
    await button('Replay all of them').click();
    await button('Replay all of them').click();
    await page().getByText('a worker gets them as soon as one is there').waitFor();
    expect(await takeOne(client.url, 'archive', { path: 'acks' })).toBe(parked);
    await region('Parked by archive').waitFor({ state: 'detached' });
  });

  describe('the log', () => {
    const verdicts = async () =>
      Promise.all((await page().locator('.proof li').all()).map((each) => each.getAttribute('data-holds')));
    const check = async () => {
      await button('Check it here').click();
      await button('Check it here').and(page().locator(':enabled')).waitFor();
      await page().locator('.proof').waitFor();
    };

    test('is checked here: first by itself, then against what this browser kept', async () => {
      await shown().go('/operate/log?lang=en');
      expect(await shown().text('.particulars')).toMatch(/State sealed here Origin example.com\/ledger/);
      await check();
      expect(await verdicts()).toEqual(['true', 'true']);
      expect(await shown().text()).toContain('This browser had kept nothing');
      await shown().ledger.client.given('RegisterSource', {
        sourceId: 'sealed-later',
        title: { en: 'Sealed later' },
        kind: 'communique',
        language: 'en',
      });
      expect((await shown().ledger.client.get('/v1/log/entries/34/proof')).status).toBe(200);
      await check();
      await page().getByText('The 33 entries that this browser kept').waitFor();
      expect(await verdicts()).toEqual(['true', 'true', 'true', 'true']);
    });

    test('whose past was changed is found out, and what was kept stays', async () => {
      await page().evaluate(`(() => {
        const kept = JSON.parse(localStorage.getItem('mithaq.log'));
        const [origin, , ...rest] = kept.checkpoint.split('\\n');
        localStorage.setItem('mithaq.log', JSON.stringify({ ...kept, checkpoint: [origin, '12', ...rest].join('\\n') }));
      })()`);
      await shown().go('/operate/log?lang=en');
      await check();
      expect(await verdicts()).toEqual(['true', 'true', 'false', 'true']);
      expect(await shown().text()).toContain('What was kept before stays');
      expect(await page().evaluate(`localStorage.getItem('mithaq.log')`)).toContain('\\n12\\n');
    });
  });

  describe('everybody can use it', () => {
    const PAGES = [
      `${DIFF}?from=2024-10-29@20&`,
      '/operate/streams?',
      '/operate/streams?event=9&',
      '/operate/projections?',
      '/operate/groups?',
      '/operate/log?',
    ];

    test.each(inLanguages(PAGES))('at %s', async (path) => {
      await page().setViewportSize({ width: 1280, height: 900 });
      await page().emulateMedia({ colorScheme: 'light' });
      await shown().go(path);
      expect(await shown().violations()).toEqual([]);
      await page().setViewportSize({ width: 390, height: 900 });
      await page().emulateMedia({ colorScheme: 'dark' });
      expect(await shown().violations()).toEqual([]);
      expect(await page().evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(
        0,
      );
    });
  });
});

/** A worker that takes one event, answers it and leaves. @returns the event's id */
async function takeOne(
  url: string,
  group: string,
  { path, ...answer }: { path: 'acks' | 'nacks'; [name: string]: string },
) {
  const leave = new AbortController();
  const headers = { accept: 'application/x-ndjson' };
  const base = `${url}/v1/consumer-groups/${group}`;
  const joined = await fetch(`${base}/events?buffer=1`, { headers, signal: leave.signal });
  let told = '';
  try {
    for await (const chunk of joined.body!.pipeThrough(new TextDecoderStream())) {
      told += chunk;
      const lines = told.split('\n').slice(0, -1).filter(Boolean);
      const messages = lines.map((line) => JSON.parse(line) as { worker?: string; id?: string });
      const worker = messages.find((message) => message.worker)?.worker;
      const id = messages.find((message) => message.id)?.id;
      if (worker === undefined || id === undefined) continue;
      await fetch(`${base}/workers/${worker}/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ids: [id], ...answer }),
      });
      return id;
    }
  } finally {
    leave.abort();
  }
  return undefined;
}
