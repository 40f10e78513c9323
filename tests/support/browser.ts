import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where Debian has it. */
const CHROMIUM = '/usr/bin/chromium';

/** Whether the tests in a browser can run. In CI, which says that it has one, a missing one is a failure. */
export function hasBrowser(): boolean {
  const there = existsSync(CHROMIUM);
  if (!there && process.env['MITHAQ_TEST_BROWSER']) throw new Error(`There is no ${CHROMIUM}, and CI is to have it`);
  if (!there) process.stderr.write(`There is no ${CHROMIUM}: the tests of the console in a browser are skipped\n`);
  return there;
}

/** A browser that asks nobody else for anything. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
