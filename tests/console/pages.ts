import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { hasBrowser, openBrowser } from '../support/browser.js';
import type { Data } from '../support/ledger.js';
import { Clock, serveLedger, type ServedLedger, temporaryDirectory } from '../support/server.js';

export const LANGUAGES = ['ar', 'en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each path in a language, taking turns; in the long run in all of them. @param paths end with `?` or `&` */
export const inLanguages = (paths: readonly string[]): [path: string][] =>
  paths.flatMap((path, i) => {
    const all = process.env['MITHAQ_TEST_LONG'] !== undefined;
    const languages = all ? LANGUAGES : [LANGUAGES[i % LANGUAGES.length]!];
    return languages.map((lang): [string] => [`${path}lang=${lang}`]);
  });

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** An answer may lead to further questions: until nothing has been awaited for some frames. */
const IDLE = `new Promise((resolve) => {
  let frames = 0;
  const look = () => {
    frames = document.querySelector('main')?.ariaBusy === 'false' ? frames + 1 : 0;
    if (frames > 4) resolve();
    else requestAnimationFrame(look);
  };
  look();
})`;

/** The dossier in a ledger with a log, and a browser that looks at it. */
export class Console {
  /** What no page may do: errors, what the policy kept out, and what was asked of others than the ledger. */
  readonly faults: string[] = [];
  private constructor(
    readonly ledger: ServedLedger,
    private readonly browser: Browser,
    readonly page: Page,
  ) {
    page.on('pageerror', (error) => this.faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.faults.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(ledger.client.url)) this.faults.push(request.url());
    });
  }

  static async open(): Promise<Console> {
    const directory = await temporaryDirectory();
    const ledger = await serveLedger({
      now: new Clock('2026-11-23T10:00:00.000Z').now,
      settings: { tlog: join(directory, 'tlog'), tlogOrigin: 'example.com/ledger' },
    });
    const lines = readFileSync('examples/morocco/commands.ndjson', 'utf8').trim().split('\n');
    for (const line of lines) {
      const { commandId, type, data } = JSON.parse(line) as { commandId: string; type: string; data: Data };
      await ledger.client.given(type, data, commandId);
    }
    const browser = await openBrowser();
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'en-US' });
    // As long as a machine may need that does much else.
    page.setDefaultTimeout(20_000);
    return new Console(ledger, browser, page);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.ledger.close();
  }

  /** Goes to an address, and waits until what it asks for is there. */
  async go(path: string): Promise<void> {
    await this.page.goto(this.ledger.client.url + path);
    await this.settled();
  }

  /** Waits until nothing on the page is awaited. */
  async settled(): Promise<void> {
    await this.page.locator('main h1').first().waitFor();
    await this.page.evaluate(IDLE);
  }

  /** What is read in a part of the page, its spaces made one. */
  async text(selector = 'main'): Promise<string> {
    const text = await this.page.locator(selector).first().innerText();
    return text.replace(/\s+/g, ' ').trim();
  }

  /** The cells of a table, row by row. @param name its caption */
  async table(name: string): Promise<string[][]> {
    const rows = await this.page.getByRole('table', { name, exact: true }).locator('tbody tr').all();
    return Promise.all(
      rows.map(async (row) => (await row.locator('th, td').allInnerTexts()).map((text) => text.replace(/\s+/g, ' '))),
    );
  }

  /** What axe finds wrong with the page as it is. */
  async violations(): Promise<string[]> {
    await this.page.evaluate(`window.axe === undefined && (() => { ${AXE} })()`);
    const found = await this.page.evaluate<{ id: string; nodes: { html: string; failureSummary: string }[] }[]>(
      `axe.run(document, { resultTypes: ['violations'], preload: false }).then(({ violations }) => violations)`,
    );
    return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
  }
}

/** Tests in a browser that looks at the dossier; at their end no page may have done what none may do. Skipped where there is no browser. */
export function inBrowser(name: string, tests: (shown: () => Console) => void): void {
  (hasBrowser() ? describe : describe.skip)(name, () => {
    let shown: Console;
    beforeAll(async () => {
      shown = await Console.open();
    }, 60_000);
    afterAll(() => shown.close());

    tests(() => shown);

    test('nothing went wrong on any of these pages, and nobody else was asked', () => {
      expect(shown.faults).toEqual([]);
    });
  });
}
