import { type ReactNode, use, useLayoutEffect, useMemo } from 'react';
import { IntlProvider, useIntl } from 'react-intl';
import { directionOf, type Locale, type MessageId, type Messages } from './locales';
import { usePreference } from './preferences';

const files: Readonly<Record<Locale, () => Promise<{ readonly default: Messages }>>> = {
  ar: () => import('./messages/ar.json'),
  en: () => import('./messages/en.json'),
  fr: () => import('./messages/fr.json'),
};

const loading = new Map<Locale, Promise<Messages>>();
const loaded = new Map<Locale, Messages>();

/** The messages of a language, loaded when they are first asked for. */
export function messagesOf(locale: Locale): Promise<Messages> {
  const messages = loading.get(locale) ?? files[locale]().then((file) => file.default);
  loading.set(locale, messages);
  void messages.then((ready) => loaded.set(locale, ready));
  return messages;
}

/** Whose way of writing dates is meant where a language has several: the day before the month. */
const REGIONS: Readonly<Record<Locale, string>> = { ar: 'ar', en: 'en-GB', fr: 'fr' };

/** The language of all that is in it, and the page's direction. Digits are Latin unless the reader chose otherwise. */
export function InLanguage({ locale, children }: { readonly locale: Locale; readonly children: ReactNode }) {
  // What is there is not waited for: React shows what it waited for a third of a second late.
  const messages = loaded.get(locale) ?? use(messagesOf(locale));
  const digits = usePreference('digits') === 'arab' && locale === 'ar' ? 'arab' : 'latn';
  // Before it is painted, or all of the page would jump to the other side.
  useLayoutEffect(() => {
    document.documentElement.lang = locale;
    document.documentElement.dir = directionOf(locale);
  }, [locale]);
  return (
    <IntlProvider key={locale} locale={`${REGIONS[locale]}-u-ca-gregory-nu-${digits}`} messages={messages}>
      {children}
    </IntlProvider>
  );
}

export interface TextOf {
  (id: MessageId, values?: Readonly<Record<string, string | number>>): string;
  /** With elements among its values. */
  rich: (id: MessageId, values: Readonly<Record<string, ReactNode>>) => ReactNode;
  /** The words for a code of an open list; the code itself, as words, where there are none. */
  code: (kind: string, code: string) => string;
  locale: Locale;
  /** With the calendar and the digits, for Intl. */
  tag: string;
}

/** The words of the page’s language. */
export function useText(): TextOf {
  const intl = useIntl();
  return useMemo(() => {
    const text = (id: MessageId, values?: Readonly<Record<string, string | number>>) =>
      intl.formatMessage({ id }, values);
    return Object.assign(text, {
      rich: (id: MessageId, values: Readonly<Record<string, ReactNode>>) =>
        intl.formatMessage({ id }, values as never) as ReactNode,
      code: (kind: string, code: string) => {
        const id = `${kind}.${code}`;
        return id in intl.messages ? text(id as MessageId) : code.replaceAll('_', ' ');
      },
      locale: intl.locale.slice(0, 2) as Locale,
      tag: intl.locale,
    });
  }, [intl]);
}
