import { describe, expect, test } from '@jest/globals';
import { agreed } from './aria.js';
import { inBrowser, inLanguages, type Language, LANGUAGES } from './pages.js';

const MOU = '/agreements/mar-pak-defence-mou';
const PAIR = '/relationships/MAR-PAK';

inBrowser('the console, with the dossier', (shown) => {
  const page = () => shown().page;
  const params = () => Object.fromEntries(new URL(page().url()).searchParams);

  describe('the overview', () => {
    test.each<[Language, string, readonly string[][]]>([
      [
        'en',
        'Relationships',
        [
          ['Azerbaijan – Morocco AZE-MAR', 'Signed', 'none', '3 records'],
          ['Czechia – Morocco CZE-MAR', 'Signed', 'none', '1 record'],
          ['Morocco – Pakistan MAR-PAK', 'Signed', 'Sources in dispute', '12 records'],
        ],
      ],
      [
        'fr',
        'Relations',
        [
          ['Azerbaïdjan – Maroc AZE-MAR', 'Signé', 'aucun', '3 dossiers'],
          ['Tchéquie – Maroc CZE-MAR', 'Signé', 'aucun', '1 dossier'],
          ['Maroc – Pakistan MAR-PAK', 'Signé', 'Sources contradictoires', '12 dossiers'],
        ],
      ],
      [
        'ar',
        'العلاقات',
        [
          ['أذربيجان – المغرب AZE-MAR', 'موقَّع', 'لا شيء', '3 سجلات'],
          ['التشيك – المغرب CZE-MAR', 'موقَّع', 'لا شيء', 'سجل واحد'],
          ['المغرب – باكستان MAR-PAK', 'موقَّع', 'مصادر متعارضة', '12 سجلًا'],
        ],
      ],
    ])('in %s', async (lang, caption, rows) => {
      await shown().go(`/?lang=${lang}`);
      expect(await shown().table(caption)).toEqual(rows);
      const html = page().locator('html');
      expect([await html.getAttribute('lang'), await html.getAttribute('dir')]).toEqual([
        lang,
        lang === 'ar' ? 'rtl' : 'ltr',
      ]);
    });
  });

  describe('a relationship', () => {
    const told = async (path: string) => {
      await shown().go(path);
      return shown().text();
    };

    test.each<[Language, readonly string[]]>([
      [
        'en',
        [
          'Morocco and Pakistan MAR-PAK Stage: Signed',
          'Signed Memorandum of understanding between Morocco and Pakistan on defence cooperation date unknown reported',
          'Signed First formal agreement between Morocco and Pakistan on security and military cooperation 4 June 2025 or before claimed',
          'Flags: Sources in dispute',
          'Morocco to Pakistan: 1 Pakistan to Morocco: 2',
          '3 open disputes',
          'Major General',
          'Claims, not established',
        ],
      ],
      [
        'fr',
        [
          'Maroc et Pakistan MAR-PAK Stade : Signé',
          '4 juin 2025 ou avant allégué',
          'Maroc vers Pakistan : 1 Pakistan vers Maroc : 2',
          '3 contradictions ouvertes',
          'Allégations non établies',
        ],
      ],
      [
        'ar',
        [
          'المغرب وباكستان MAR-PAK المرحلة: موقَّع',
          'توقيع مذكرة تفاهم بين المغرب وباكستان بشأن التعاون الدفاعي التاريخ غير معروف منشور',
          '4 يونيو 2025 أو قبله ادعاء',
          'من المغرب إلى باكستان: 1 من باكستان إلى المغرب: 2',
          '3 خلافات بين المصادر',
          'المفتش العام للقوات الجوية الملكية',
          'ادعاءات لم تثبت',
        ],
      ],
    ])('MAR-PAK reads in %s', async (lang, parts) => {
      const text = await told(`${PAIR}?lang=${lang}`);
      for (const part of parts) expect(text).toContain(part);
    });

    test('sets apart what is only claimed', async () => {
      await shown().go(`${PAIR}?lang=en`);
      const established = await shown().table('Agreements');
      expect(established).toEqual([
        [
          'Memorandum of understanding between Morocco and Pakistan on defence cooperation',
          'memorandum of understanding',
          'signed',
          'date unknown',
          'reported',
        ],
      ]);
      expect(await shown().table('Mechanisms')).toMatchObject([
        [expect.anything(), 'created', 'no session on record', 'reported'],
      ]);
      expect(await shown().table('Visits')).toHaveLength(3);
      expect(await shown().table('Meetings')).toHaveLength(1);
      expect(await shown().table('Exercises')).toEqual([
        ['Nusrat-24', 'Turkey', '2024', 'reported'],
        ['PATS 2024', 'Pakistan', '2024', 'reported'],
      ]);
      expect(await page().locator('.claims .claimed > li').count()).toBe(4);
    });

    test.each<[string, Language, string]>([
      ['AZE-MAR', 'en', 'signed 30 October 2024 reported'],
      ['CZE-MAR', 'en', 'signed 30 October 2024 reported'],
      ['AZE-MAR', 'fr', 'signé 30 octobre 2024 rapporté'],
      ['CZE-MAR', 'ar', 'موقَّع 30 أكتوبر 2024 منشور'],
    ])('%s reads in %s', async (pair, lang, part) => {
      expect(await told(`/relationships/${pair}?lang=${lang}`)).toContain(part);
    });
  });

  describe('the time bar answers', () => {
    const stageOf = async (path: string) => {
      await shown().go(path);
      return page().locator('.stage .current').getAttribute('data-stage');
    };

    test.each(['AZE-MAR', 'CZE-MAR'])(
      'that %s had nothing signed on 29 October 2024, and had on the next day',
      async (pair) => {
        expect(await stageOf(`/relationships/${pair}?lang=en&trueOn=2024-10-29`)).toBe('none');
        expect(await shown().text('.possible')).toContain('A text exists');
        expect(await shown().text('.banner')).toContain(
          'This page does not show the present. True on: 29 October 2024',
        );
        expect(await stageOf(`/relationships/${pair}?lang=en&trueOn=2024-10-30`)).toBe('signed');
      },
    );

    test('that MAR-PAK had nothing signed for certain at the end of 2024: the two signatures are possible', async () => {
      expect(await stageOf(`${PAIR}?lang=en&trueOn=2024-12-31`)).toBe('contact');
      const possible = await shown().text('.possible');
      expect(possible).toContain('Signed Memorandum of understanding');
      expect(possible).toContain('Signed First formal agreement');
      expect(await page().getByRole('table', { name: 'Agreements' }).count()).toBe(0);
    });

    test('what stands at least as reported', async () => {
      await shown().go(`${PAIR}?lang=en`);
      await page().getByLabel('Standing: at least').selectOption('reported');
      await page().getByRole('heading', { name: 'Claims, not established' }).waitFor({ state: 'detached' });
      expect(params()).toMatchObject({ standing: 'reported' });
      expect(await shown().table('Agreements')).toHaveLength(1);
      expect(await shown().table('Meetings')).toMatchObject([
        [
          'Abdellatif Loudiyi and Khawaja Muhammad Asif',
          expect.anything(),
          expect.anything(),
          expect.anything(),
          'reported',
        ],
      ]);
      expect(await shown().text()).not.toContain('contradict');
    });

    test('and goes there: as it stood on a day, as it was known then, now', async () => {
      await shown().go('/relationships/AZE-MAR?lang=en');
      await page().getByLabel('Day').fill('2024-10-29');
      await page().getByLabel('As it stood on').check();
      await page().locator('[data-stage=none]').waitFor();
      expect(params()).toEqual({ lang: 'en', trueOn: '2024-10-29' });
      await page().getByLabel('As it was known on').check();
      await page().getByText('before the first entry').first().waitFor();
      expect(params()).toEqual({ lang: 'en', trueOn: '2024-10-29', knownOn: '2024-10-29T23:59:59.999Z' });
      await page().getByRole('button', { name: 'Back to now' }).click();
      await page().locator('[data-stage=signed]').waitFor();
      expect(params()).toEqual({ lang: 'en' });
    });

    test('and steps along what was known, entry by entry', async () => {
      await shown().go(`${PAIR}?lang=en`);
      const previous = page().getByRole('button', { name: 'Previous entry' });
      await previous.click();
      await page().getByText('2 open disputes').waitFor();
      expect(params()).toMatchObject({ knownOn: '30' });
      // Entry 28 is of this pair, 21 to 26 are of others.
      await page().getByRole('slider').fill('19');
      await page().locator('.known .at', { hasText: 'entry 20' }).waitFor();
      await page().getByRole('slider').press('ArrowRight');
      await page().locator('.known .at', { hasText: 'Outcome of a visit linked' }).waitFor();
      expect(params()).toMatchObject({ knownOn: '27' });
    });

    test('and goes on by itself until all is known', async () => {
      await shown().go(`${PAIR}?lang=en&knownOn=30`);
      await page().getByText('2 open disputes').waitFor();
      await page().getByRole('button', { name: 'Play' }).click();
      await page().getByText('3 open disputes').waitFor();
      expect(params()).toEqual({ lang: 'en' });
      await page().getByRole('button', { name: 'Play', pressed: false }).waitFor();
    });

    test('by a link that has all of it, and says of a bad one what is wrong', async () => {
      await shown().go(`${PAIR}?lang=fr&trueOn=2024-12-31&knownOn=20&standing=reported`);
      expect(await shown().text('.banner')).toContain('31 décembre 2024');
      expect(await page().getByRole('link', { name: 'Nusrat-24' }).count()).toBeGreaterThan(0);
      await page().getByRole('link', { name: 'Nusrat-24' }).first().click();
      await page().getByRole('heading', { level: 1, name: 'Nusrat-24' }).waitFor();
      expect(params()).toEqual({ lang: 'fr', trueOn: '2024-12-31', knownOn: '20', standing: 'reported' });
      await shown().go('/?lang=en&trueOn=2024-02-30&knownOn=soon&standing=sure');
      expect(await shown().text('[role=alert]')).toMatch(
        /“2024-02-30” is no day.*“soon” is neither.*“sure” is no standing/,
      );
      await page().getByRole('button', { name: 'Show the page as it is now' }).click();
      await page().getByRole('table').waitFor();
      expect(params()).toEqual({ lang: 'en' });
    });
  });

  describe('an agreement', () => {
    test('shows the steps of its life, and those that are not on record', async () => {
      await shown().go(`${MOU}?lang=en`);
      const steps = await page().locator('.rail li').all();
      const read = await Promise.all(
        steps.map(async (step) => [await step.getAttribute('data-step'), await step.locator('strong').innerText()]),
      );
      expect(read).toEqual([
        ['missing', 'proposed'],
        ['done', 'drafted'],
        ['missing', 'initialled'],
        ['done', 'signed'],
        ['missing', 'in force'],
      ]);
      expect(await shown().text('.parties')).toBe('Morocco no record Pakistan no record');
      await shown().go('/agreements/mar-pak-military-agreement-announced?lang=en');
      expect(await shown().text('.rail')).toContain('signed Signature announced, not done');
    });

    test('gives the evidence of a value, and checks in the browser that it is in the log', async () => {
      await shown().go(`${MOU}?lang=en`);
      await page().getByRole('button', { name: 'Evidence 2 for: Status' }).click();
      const drawer = page().getByRole('dialog', { name: 'Evidence for: Status' });
      await drawer.waitFor();
      expect(params()).toMatchObject({ cite: '/status' });
      expect(await drawer.innerText()).toMatch(/Status\s+signed[^]*What stood before\s+drafted[^]*lines 3-4, 6/);
      await drawer.getByRole('button', { name: 'Check it here' }).click();
      await drawer.getByText('The root is signed').waitFor();
      const checked = await drawer.locator('.proof li').all();
      expect(await Promise.all(checked.map((each) => each.getAttribute('data-holds')))).toEqual(Array(4).fill('true'));
      // A link to the evidence opens it.
      const link = page().url();
      await shown().go('/?lang=en');
      await page().goto(link);
      await drawer.waitFor();
      await page().keyboard.press('Escape');
      await page().waitForURL((url) => !url.searchParams.has('cite'));
      await drawer.waitFor({ state: 'hidden' });
    });
  });

  test.each([
    ['overview', '/?', 'body'],
    ['relationship', `${PAIR}?`, 'main'],
    ['agreement', `${MOU}?`, 'main'],
  ])('the %s is told to those who hear it as was agreed on', async (name, path, part) => {
    for (const lang of LANGUAGES) {
      await shown().go(`${path}lang=${lang}`);
      const told = await page().locator(part).ariaSnapshot();
      expect(told).toBe(agreed(`${name}.${lang}`, told));
    }
  });

  test('another record has a page of its own', async () => {
    await shown().go('/meetings/mar-pak-berrid-babar-qayyum-meeting?lang=en');
    expect(await shown().text()).toMatch(/Meeting · MAR-PAK.*In dispute.*During the visit Pakistan to Morocco/);
    await shown().go('/sources/001_1ebee62d336f981a?lang=en');
    expect(await shown().text()).toMatch(/Published 4 June 2025.*17 November 2022/);
    await shown().go('/agreements/nothing?lang=en');
    expect(await shown().text()).toContain('There is nothing at this address');
    shown().faults.splice(0);
  });

  test('a search finds a name in any script', async () => {
    await shown().go('/?lang=ar');
    await page().getByRole('searchbox').fill('Berrid');
    await page().keyboard.press('Enter');
    await page().getByText('3 نتائج').waitFor();
    expect(await page().locator('mark').allInnerTexts()).toContain('Berrid');
  });

  test('the language and the appearance are the reader’s choice, and are kept', async () => {
    await shown().go('/');
    expect(await shown().text('h1')).toBe('Relationships');
    await page().getByRole('button', { name: 'العربية' }).click();
    await page().getByRole('heading', { level: 1, name: 'العلاقات' }).waitFor();
    expect(params()).toEqual({ lang: 'ar' });
    await page().getByLabel('المظهر').selectOption('dark');
    await shown().go('/');
    expect(await shown().text('h1')).toBe('العلاقات');
    const paper = () => page().evaluate<string>('getComputedStyle(document.documentElement).backgroundColor');
    expect(await paper()).toBe('rgb(21, 21, 19)');
    await page().getByLabel('المظهر').selectOption('light');
    expect(await paper()).toBe('rgb(253, 252, 250)');
    await page().evaluate('localStorage.clear()');
  });

  test('digits are the reader’s choice', async () => {
    await shown().go('/relationships/AZE-MAR?lang=ar');
    expect(await shown().text()).toContain('30 أكتوبر 2024');
    await page().getByLabel('الأرقام').selectOption('arab');
    await page().getByText('٣٠ أكتوبر ٢٠٢٤').first().waitFor();
    await page().getByLabel('الأرقام').selectOption('latn');
  });

  test('a reader without a mouse gets to the evidence and back', async () => {
    await shown().go('/?lang=en');
    const press = (...keys: string[]) =>
      keys.reduce((before, key) => before.then(() => page().keyboard.press(key)), Promise.resolve());
    const focused = () =>
      page().evaluate<string>('document.activeElement.innerText || document.activeElement.ariaLabel || ""');
    /** Goes on until it is there, as one does. */
    const tabTo = async (name: RegExp) => {
      for (let n = 0; n < 80 && !name.test(await focused()); n += 1) await press('Tab');
      expect(await focused()).toMatch(name);
    };
    await press('Tab');
    expect(await focused()).toBe('Skip to the page');
    await press('Enter');
    await tabTo(/^Morocco – Pakistan$/);
    await press('Enter');
    await page().getByRole('heading', { level: 1, name: 'Morocco and Pakistan' }).waitFor();
    await tabTo(/^Memorandum of understanding/);
    await press('Enter');
    await page().getByRole('heading', { level: 1, name: 'Memorandum of understanding' }).waitFor();
    await tabTo(/^1$/);
    await press('Enter');
    await page().getByRole('dialog').waitFor();
    expect(await focused()).toBe('Close');
    await press('Escape');
    await page().getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await focused()).toBe('1');
  });

  describe('everybody can use it', () => {
    const PAGES = [
      '/?',
      `${PAIR}?`,
      `${PAIR}?trueOn=2024-12-31&knownOn=20&order=recorded&`,
      `${MOU}?`,
      `${MOU}?cite=/signatures&`,
      '/visits/pak-mar-defence-minister-visit?',
      `${PAIR}/diff?trueOn=2024-12-31&knownOn=20&`,
      '/search?q=Berrid&',
      '/?trueOn=never&',
    ];

    test.each(inLanguages(PAGES))('at %s', async (path) => {
      for (const [width, colorScheme] of [
        [1280, 'light'],
        [390, 'dark'],
      ] as const) {
        await page().setViewportSize({ width, height: 900 });
        await page().emulateMedia({ colorScheme });
        if (width === 1280) await shown().go(path);
        expect(await shown().violations()).toEqual([]);
        // Nothing is wider than the page, or cut off.
        expect(
          await page().evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
        ).toBe(0);
      }
      await page().setViewportSize({ width: 1280, height: 900 });
      await page().emulateMedia({ colorScheme: 'light' });
    });
  });

  test('what is recorded appears without a reload, in the words of its date', async () => {
    await shown().go(`${PAIR}?lang=en`);
    await page().getByText('Live: what is recorded appears here').waitFor();
    await page().evaluate('window.loadedOnce = true');
    const evidence = [{ sourceId: '000_9a2af1eb5c71071b', locator: 'line 1', standing: 'reported' }];
    await shown().ledger.client.given('SignAgreement', {
      agreementId: 'mar-pak-military-agreement-announced',
      occurredOn: '2026-10-XX',
      evidence,
    });
    const signed = page().locator('.reasons li', { hasText: 'Military agreement' });
    await signed.waitFor();
    expect(await signed.innerText()).toContain('October 2026, day unknown');
    expect(await page().evaluate('window.loadedOnce')).toBe(true);
    // What was known before stays as it was.
    await page().getByRole('button', { name: 'Previous entry' }).click();
    await signed.waitFor({ state: 'detached' });
  });

  test.each<[string, Language, string]>([
    ['202X', 'en', 'between 2020 and 2029'],
    ['2024?', 'en', '2024 (uncertain)'],
    ['2024-05~', 'fr', 'vers mai 2024'],
    ['2024-05-01/2024-06', 'ar', 'بين 1 مايو 2024 ويونيو 2024'],
    ['2024-05-01/..', 'en', '1 May 2024 or later'],
    ['2024-XX', 'en', '2024, month unknown'],
    ['1999', 'fr', '1999'],
  ])('a date of %s is told in %s as no more exact than it is', async (occurredOn, lang, words) => {
    const exerciseId = `dated-${Buffer.from(occurredOn).toString('hex')}`;
    await shown().ledger.client.given('HoldExercise', {
      exerciseId,
      name: { en: 'An exercise' },
      participants: ['FRA', 'ESP'],
      occurredOn,
      evidence: [{ sourceId: '000_9a2af1eb5c71071b', locator: 'line 1', standing: 'reported' }],
    });
    await shown().ledger.client.read(`/v1/exercises/${exerciseId}`);
    await shown().go(`/exercises/${exerciseId}?lang=${lang}`);
    expect(await page().locator('.history .happened').first().innerText()).toBe(words);
  });

  test('a page does not jump while it loads', async () => {
    for (const path of ['/?lang=ar', `${PAIR}?lang=en`, `${MOU}?lang=fr`]) {
      await shown().go(path);
      const shift = await page().evaluate<number>(`new Promise((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) sum += value;
        }).observe({ type: 'layout-shift', buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(sum))));
      })`);
      process.stdout.write(`console: layout shift ${shift.toFixed(4)} at ${path}\n`);
      expect(shift).toBeLessThanOrEqual(0.05);
    }
  });
});
