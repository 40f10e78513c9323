import type en from './messages/en.json';

export const LOCALES = ['ar', 'en', 'fr'] as const;
export type Locale = (typeof LOCALES)[number];

export type MessageId = keyof typeof en;
export type Messages = Readonly<Record<MessageId, string>>;

/** Each language’s own name for itself. */
export const OWN_NAMES: Readonly<Record<Locale, string>> = { ar: 'العربية', en: 'English', fr: 'Français' };

export const isLocale = (text: unknown): text is Locale => LOCALES.includes(text as Locale);

export const directionOf = (locale: Locale): 'rtl' | 'ltr' => (locale === 'ar' ? 'rtl' : 'ltr');

/** In which order a reader of a language is given texts in others. */
const READS: Readonly<Record<Locale, readonly string[]>> = {
  ar: ['ar', 'en', 'fr'],
  en: ['en', 'fr', 'ar'],
  fr: ['fr', 'en', 'ar'],
};

export type Wordings = Readonly<Record<string, string>>;

/** The wording to show to a reader, with its language; undefined where there is none. */
export function wordingFor(wordings: Wordings, locale: Locale): readonly [language: string, text: string] | undefined {
  const language = [...READS[locale], ...Object.keys(wordings)].find((each) => wordings[each] !== undefined);
  return language === undefined ? undefined : [language, wordings[language]!];
}

/** The first of the reader's languages that the console has. */
export function preferredLocale(stored: string | null, languages: readonly string[]): Locale {
  if (isLocale(stored)) return stored;
  return languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLocale) ?? 'en';
}
