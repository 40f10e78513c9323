import { useIsFetching } from '@tanstack/react-query';
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef } from 'react';
import { useConnection } from './api/connection';
import { isLocale, type Locale, LOCALES, OWN_NAMES, preferredLocale } from './i18n/locales';
import { prefer, preference, usePreference } from './i18n/preferences';
import { InLanguage, useText } from './i18n/text';
import { PageLink } from './parts/page-link';
import { localeIn, type PageSearch, problemsIn, usePageSearch, useSearchChange } from './time/search';
import { PastBanner, TimeBar } from './time/time-bar';

/** The language of the address, or else the reader's. */
export const localeOf = (search: PageSearch): Locale =>
  localeIn(search) ?? preferredLocale(preference('lang'), navigator.languages);

/** What is around every page. */
export function Shell() {
  const locale = localeOf(usePageSearch());
  const theme = usePreference('theme') ?? 'system';
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return (
    <InLanguage locale={locale}>
      <Frame />
    </InLanguage>
  );
}

function Frame() {
  const text = useText();
  const problems = problemsIn(usePageSearch());
  const main = useRef<HTMLElement>(null);
  useFocusOnNewPage(main);
  return (
    <>
      <a className="skip" href="#main">
        {text('app.skip')}
      </a>
      <header className="masthead">
        <div className="wordmark">
          <PageLink to="/">{text('app.name')}</PageLink>
          <p>{text('app.subtitle')}</p>
        </div>
        <SearchBox />
        <Choices />
      </header>
      {problems.length === 0 && (
        <>
          <TimeBar />
          <PastBanner />
        </>
      )}
      <main id="main" ref={main} tabIndex={-1} aria-busy={useIsFetching() > 0}>
        {problems.length === 0 ? <Outlet /> : <BadAddress />}
      </main>
      <footer className="colophon">
        <ConnectionState />
        <PageLink to="/operate/streams">{text('operate.title')}</PageLink>
        <a href="/docs">{text('app.api')}</a>
      </footer>
    </>
  );
}

/** Where a page has come in place of another, those who hear it or use the keyboard are there too. */
function useFocusOnNewPage(main: { readonly current: HTMLElement | null }) {
  const { pathname } = useLocation();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current !== pathname) main.current?.focus({ preventScroll: true });
    before.current = pathname;
  }, [pathname, main]);
}

function SearchBox() {
  const text = useText();
  const { q } = usePageSearch();
  const navigate = useNavigate();
  const box = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const typed = box.current?.value.trim() ?? '';
    if (typed !== '') void navigate({ to: '/search', search: { q: typed } });
  };
  return (
    <form role="search" className="search" onSubmit={submit}>
      <input
        key={q ?? ''}
        ref={box}
        type="search"
        dir="auto"
        maxLength={200}
        defaultValue={q ?? ''}
        aria-label={text('search.label')}
        placeholder={text('search.hint')}
      />
      <button type="submit">{text('search.label')}</button>
    </form>
  );
}

const THEMES = ['system', 'light', 'dark'] as const;

function Choices() {
  const text = useText();
  const change = useSearchChange();
  const theme = usePreference('theme') ?? 'system';
  const digits = usePreference('digits') ?? 'latn';
  const speak = (lang: string) => {
    if (isLocale(lang)) prefer('lang', lang);
    change({ lang });
  };
  return (
    <div className="choices">
      <div role="group" aria-label={text('app.language')} className="languages">
        {LOCALES.map((each) => (
          <button key={each} type="button" lang={each} aria-pressed={each === text.locale} onClick={() => speak(each)}>
            {OWN_NAMES[each]}
          </button>
        ))}
      </div>
      <label>
        <span className="hidden">{text('app.theme')}</span>
        <select value={theme} onChange={({ target }) => prefer('theme', target.value)}>
          {THEMES.map((each) => (
            <option key={each} value={each}>
              {text(`app.theme.${each}`)}
            </option>
          ))}
        </select>
      </label>
      {text.locale === 'ar' && (
        <label>
          <span className="hidden">{text('app.digits')}</span>
          <select value={digits} onChange={({ target }) => prefer('digits', target.value)}>
            <option value="latn">0123</option>
            <option value="arab">٠١٢٣</option>
          </select>
        </label>
      )}
    </div>
  );
}

function ConnectionState() {
  const text = useText();
  const connection = useConnection();
  return (
    <p role="status" data-connection={connection}>
      {text(`app.${connection}`)}
    </p>
  );
}

/** What of the address can't be understood, and a way on. */
function BadAddress() {
  const text = useText();
  const problems = problemsIn(usePageSearch());
  const change = useSearchChange();
  const clear = () => change(Object.fromEntries(problems.map(({ name }) => [name, undefined])));
  return (
    <section role="alert" className="failure">
      <h1>{text('problem.address')}</h1>
      <ul>
        {problems.map(({ name, value }) => (
          <li key={name}>{text.rich(`problem.${name}`, { value: <bdi>{value}</bdi> })}</li>
        ))}
      </ul>
      <button type="button" onClick={clear}>
        {text('problem.clear')}
      </button>
    </section>
  );
}
