import { createRequire } from 'node:module';
import { FORMAL_NAMES } from './formal-names.js';

/** The languages in which built-in parties are named. */
export const NAME_LANGUAGES = ['ar', 'en', 'fr'] as const;
type NameLanguage = (typeof NAME_LANGUAGES)[number];

/** A party that need not be registered: a country or territory of ISO 3166-1, by its alpha-3 code. */
export interface BuiltInParty {
  readonly code: string;
  readonly names: Readonly<Record<NameLanguage, string>>;
  /** Further names by which it is found, in any of the languages. */
  readonly aliases: readonly string[];
}

/**
 * The names shown are those of CLDR, which the platform carries (Intl.DisplayNames): it has the name in common use where
 * i18n-iso-countries has the formal or an older one (جمهورية التشيك, روسيا البيضاء, سوازيلاند; "Moldova, Republic of"). In
 * these six CLDR tells two apart or calls them otherwise than the United Nations and ISO 3166-1 do; theirs is given.
 * What a party is to be called is politics in the end: names can be overridden by configuration.
 */
const NAMED_BY_HAND: Readonly<Record<string, BuiltInParty['names']>> = {
  COD: {
    ar: 'جمهورية الكونغو الديمقراطية',
    en: 'Democratic Republic of the Congo',
    fr: 'République démocratique du Congo',
  },
  COG: { ar: 'الكونغو', en: 'Congo', fr: 'Congo' },
  HKG: { ar: 'هونغ كونغ', en: 'Hong Kong', fr: 'Hong Kong' },
  MAC: { ar: 'ماكاو', en: 'Macao', fr: 'Macao' },
  MMR: { ar: 'ميانمار', en: 'Myanmar', fr: 'Myanmar' },
  PSE: { ar: 'فلسطين', en: 'Palestine', fr: 'Palestine' },
};

/** In i18n-iso-countries, but not in ISO 3166-1 (XK and XKK are codes for users' own use): to be registered. */
const NOT_IN_ISO = new Set(['XKK']);

type CodeRow = readonly [alpha2: string, alpha3: string, numeric: string, iso3166_2: string];
interface NameFile {
  readonly countries: Readonly<Record<string, string | readonly string[]>>;
}

// The package's own entry loads all of its 78 languages; its data files are all that is wanted.
const require = createRequire(import.meta.url);
const codes = require('i18n-iso-countries/codes.json') as readonly CodeRow[];
const libraryNames = NAME_LANGUAGES.map((language) => require(`i18n-iso-countries/langs/${language}.json`) as NameFile);

const platformNames = (style: 'long' | 'short') =>
  NAME_LANGUAGES.map((language) => new Intl.DisplayNames(language, { type: 'region', style, fallback: 'none' }));
const long = platformNames('long');
const short = platformNames('short');

const parties: ReadonlyMap<string, BuiltInParty> = new Map(
  codes.filter(([, code]) => !NOT_IN_ISO.has(code)).map(([alpha2, code]) => [code, build(alpha2, code)]),
);

/** The built-in party of that ISO 3166-1 alpha-3 code. */
export function builtInParty(code: string): BuiltInParty | undefined {
  return parties.get(code);
}

/** All built-in parties, by code. */
export function allBuiltInParties(): readonly BuiltInParty[] {
  return [...parties.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

function build(alpha2: string, code: string): BuiltInParty {
  const library = libraryNames.map(({ countries }) => [countries[alpha2] ?? []].flat());
  const shown = (index: number) => long[index]?.of(alpha2) ?? library[index]?.[0] ?? code;
  const names = NAMED_BY_HAND[code] ?? { ar: shown(0), en: shown(1), fr: shown(2) };

  const others = [
    ...[...long, ...short].flatMap((platform) => platform.of(alpha2) ?? []),
    ...library.flat(),
    ...(FORMAL_NAMES[code] ?? []),
  ];
  const aliases = new Set(others);
  for (const name of Object.values(names)) aliases.delete(name);
  return { code, names, aliases: [...aliases] };
}
