import { findPartiesByName } from '../../src/domain/party/party-names.js';
import type { PartyRegistered } from '../../src/domain/party/party.js';
import { mayHold, type Span } from './spans.js';

/**
 * Who is meant by a country's name in the records. Where today's state is in law the one that bore the name (Burma, Zaire,
 * the Federal Republic of Germany), it is that state, by its ISO 3166-1 code. Where it is not (a state that was dissolved,
 * merged, or annexed), the party is registered. Whatever a name leaves open is in the evidence's note.
 */

/** The parties that ISO 3166-1 has not, or no longer. Dates only where they are certain (EDTF). */
export const REGISTERED: Readonly<Record<string, PartyRegistered>> = {
  // The Netherlands Antilles: ISO 3166-1 had ANT until 2010. A country of the Kingdom of the Netherlands, no state.
  ANT: {
    kind: 'territory',
    names: { en: 'Netherlands Antilles', fr: 'Antilles néerlandaises' },
    aliases: [],
    existedFrom: '1954-12-15',
    existedUntil: '2010-10-09',
  },
  CSK: {
    kind: 'former_state',
    names: { en: 'Czechoslovakia', fr: 'Tchécoslovaquie', ar: 'تشيكوسلوفاكيا' },
    aliases: [],
    existedFrom: '1918-10-28',
    existedUntil: '1992-12-31',
  },
  DDR: {
    kind: 'former_state',
    names: { en: 'German Democratic Republic', fr: 'République démocratique allemande' },
    aliases: ['East Germany', 'GDR'],
    existedFrom: '1949-10-07',
    existedUntil: '1990-10-02',
  },
  // One of the two entities of Bosnia and Herzegovina since the Washington Agreement: no state.
  FBIH: {
    kind: 'territory',
    names: { en: 'Federation of Bosnia and Herzegovina' },
    aliases: ['Bosnian Federation'],
    existedFrom: '1994-03-18',
  },
  // Kingdom until 1893, then under a provisional government and a republic; annexed by the United States in 1898.
  HAWAII: {
    kind: 'former_state',
    names: { en: 'Hawaii' },
    aliases: ['Kingdom of Hawaii', 'Republic of Hawaii', 'Hawaiian Islands'],
    existedUntil: '1898-08-12',
  },
  // A British colony; neither its declaration of independence (1965) nor Zimbabwe Rhodesia (1979) was recognised.
  RHO: {
    kind: 'territory',
    names: { en: 'Southern Rhodesia' },
    aliases: ['Rhodesia', 'Zimbabwe Rhodesia'],
    existedUntil: '1980-04-17',
  },
  // The southern State of Vietnam, from 1955 Republic of Vietnam. Today's Vietnam goes on from the north.
  RVN: {
    kind: 'former_state',
    names: { en: 'Republic of Vietnam' },
    aliases: ['South Vietnam', 'State of Vietnam'],
    existedFrom: '1949',
    existedUntil: '1975-04-30',
  },
  // Until 2003 Federal Republic of Yugoslavia: not the state that broke up in 1992 (Security Council resolution 777).
  SCG: {
    kind: 'former_state',
    names: { en: 'Serbia and Montenegro', fr: 'Serbie-et-Monténégro' },
    aliases: ['Federal Republic of Yugoslavia', 'Serbia-Montenegro'],
    existedFrom: '1992-04-27',
    existedUntil: '2006-06',
  },
  SUN: {
    kind: 'former_state',
    names: { en: 'Soviet Union', fr: 'Union soviétique', ar: 'الاتحاد السوفيتي' },
    aliases: ['U.S.S.R.', 'USSR', 'Union of Soviet Socialist Republics'],
    existedFrom: '1922-12-30',
    existedUntil: '1991-12-26',
  },
  // Independent from 9 December 1961; united with Zanzibar in a new state, today's Tanzania.
  TANGANYK: {
    kind: 'former_state',
    names: { en: 'Tanganyika' },
    aliases: [],
    existedFrom: '1961-12-09',
    existedUntil: '1964-04-26',
  },
  // XKX is a code for users' own use, in use for it at large. Recognised by the publisher of the records, not by all.
  XKX: {
    kind: 'state',
    names: { en: 'Kosovo', fr: 'Kosovo', ar: 'كوسوفو' },
    aliases: ['Republic of Kosovo'],
    existedFrom: '2008-02-17',
  },
  // North Yemen; united with the south in a new state.
  YAR: {
    kind: 'former_state',
    names: { en: 'Yemen Arab Republic' },
    aliases: ['North Yemen'],
    existedFrom: '1962-09-26',
    existedUntil: '1990-05-21',
  },
  YUG: {
    kind: 'former_state',
    names: { en: 'Yugoslavia', fr: 'Yougoslavie', ar: 'يوغوسلافيا' },
    aliases: ['Kingdom of Serbs, Croats and Slovenes', 'Socialist Federal Republic of Yugoslavia'],
    existedFrom: '1918-12-01',
    existedUntil: '1992',
  },
};

/** Parts of states, and what no state recognised: whoever heads them is no head of state. */
const NO_STATES = new Set(['ANT', 'FBIH', 'NCL', 'PYF', 'RHO']);
export const isState = (code: string): boolean => !NO_STATES.has(code);

interface Meant extends Span {
  readonly code: string;
}

/** Names that the ledger's own look-up does not know, or that meant different states in their time. */
const NAMES: Readonly<Record<string, string | readonly Meant[]>> = {
  'Afghanistan (Interim Authority)': 'AFG',
  'Bosnian Federation': 'FBIH',
  Burma: 'MMR',
  'Burma (Myanmar)': 'MMR',
  Byelorussia: 'BLR',
  Ceylon: 'LKA',
  'Ceylon (Sri Lanka)': 'LKA',
  'China, People’s Republic of': 'CHN',
  // The government of China until the People's Republic; since then that of Taiwan.
  'China, Republic of': [
    { code: 'CHN', until: '1949-09-30' },
    { code: 'TWN', from: '1949-10-01' },
  ],
  'Republic of China': [
    { code: 'CHN', until: '1949-09-30' },
    { code: 'TWN', from: '1949-10-01' },
  ],
  'Congo, Democratic Republic of': 'COD',
  'Congo, Republic of': 'COG',
  'Cuba (Provisional Government)': 'CUB',
  Czechoslovakia: 'CSK',
  'Czechoslovakia (government-in-exile)': 'CSK',
  'Dahomey (Benin)': 'BEN',
  'Democratic Republic of the Congo (Zaire)': 'COD',
  'Denmark (Greenland)': 'DNK',
  'East Timor': 'TLS',
  'France (Provisional Government)': 'FRA',
  'German Democratic Republic': 'DDR',
  'Germany, Federal Republic of': 'DEU',
  Hawaii: 'HAWAII',
  'Holy See': 'VAT',
  'Israel (Provisional Government)': 'ISR',
  'Khmer Republic (Cambodia)': 'KHM',
  Kirghizia: 'KGZ',
  Korea: 'KOR',
  'Korea, North': 'PRK',
  'Korea, South': 'KOR',
  Kosovo: 'XKX',
  'Kyrgyz Republic': 'KGZ',
  Macedonia: 'MKD',
  'Macedonia, Former Yugoslav Republic of': 'MKD',
  // Malaysia is the Federation of Malaya, enlarged and renamed in 1963.
  Malaya: 'MYS',
  'Muscat & Oman': 'OMN',
  'Netherlands Antilles': 'ANT',
  'Palestinian Authority': 'PSE',
  'Poland (government-in-exile)': 'POL',
  // Until 2006 a republic within the state that was received.
  Serbia: [
    { code: 'SRB', until: '1918-11-30' },
    { code: 'YUG', from: '1918-12-01', until: '1992-04-26' },
    { code: 'SCG', from: '1992-04-27', until: '2006-06-04' },
    { code: 'SRB', from: '2006-06-05' },
  ],
  'Serbia and Montenegro': 'SCG',
  'Serbia-Montenegro (Kosovo)': 'SCG',
  'Siam (Thailand)': 'THA',
  'Somali Republic': 'SOM',
  Somoa: 'WSM',
  'Southern Rhodesia (Zimbabwe)': 'RHO',
  'St. Christopher and Nevis': 'KNA',
  'St. Kitts and Nevis': 'KNA',
  'St. Vincent and the Grenadines': 'VCT',
  Swaziland: 'SWZ',
  Tanganyika: 'TANGANYK',
  'U.S.S.R.': 'SUN',
  'Union of South Africa': 'ZAF',
  'United Kingdom (Northern Ireland)': 'GBR',
  'United Kingdom (Wales)': 'GBR',
  'Upper Volta': 'BFA',
  'Upper Volta (Burkina Faso)': 'BFA',
  // The records' Vietnam is that of Saigon as long as there was one. A visit to Hanoi before 1976 would be to another.
  Vietnam: [
    { code: 'RVN', from: '1949-01-01', until: '1975-04-30' },
    { code: 'VNM', from: '1976-07-02' },
  ],
  'West Bank': 'PSE',
  'Western Samoa': 'WSM',
  Yemen: [
    { code: 'YAR', from: '1962-09-26', until: '1990-05-21' },
    { code: 'YEM', from: '1990-05-22' },
  ],
  'Yemen Arab Republic': 'YAR',
  Yugoslavia: [
    { code: 'YUG', until: '1992-04-26' },
    { code: 'SCG', from: '1992-04-27', until: '2003-02-03' },
  ],
  'Yugoslavia (Kosovo)': 'SCG',
  'Zimbabwe Rhodesia': 'RHO',
};

/** Their own country, at home or overseas: to go there is no visit to another state. */
const OWN = new Set(['USA', 'ASM', 'GUM', 'MNP', 'PRI', 'UMI', 'VIR']);

const NOWHERE: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^Antarctica$/, 'no state is host in Antarctica: claims to it are suspended (Antarctic Treaty, art. IV)'],
  [/\b(at sea|waters|ocean|airspace|in flight)\b/i, 'no state is host at sea, or in the air'],
];

export type PartyMeant = { readonly code: string } | { readonly refused: string };

/** @param day a partial date (EDTF), or null where it is unknown */
export function partyMeant(name: string, day: string | null): PartyMeant {
  if (name === '') return { refused: 'no country is named' };
  const nowhere = NOWHERE.find(([pattern]) => pattern.test(name));
  if (nowhere) return { refused: `${name}: ${nowhere[1]}` };
  const known = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
  const codes =
    known === undefined
      ? findPartiesByName(name, [])
      : typeof known === 'string'
        ? [known]
        : [...new Set(known.filter((span) => mayHold(span, day)).map(({ code }) => code))];
  const [code] = codes;
  if (code === undefined) {
    const when = known === undefined ? '' : ` at that date (${day ?? 'unknown'})`;
    return { refused: `no party is known by the name ${name}${when}` };
  }
  if (codes.length > 1) return { refused: `${name} may be ${codes.join(' or ')} at that date (${day ?? 'unknown'})` };
  if (OWN.has(code)) return { refused: `${name} is the United States itself, or a territory of its own` };
  return { code };
}

interface Circumstance extends Span {
  readonly code: string;
  readonly place?: RegExp;
  readonly note: string;
}

/** What a reader must know of a party at the time, lest the code say too much. */
const CIRCUMSTANCES: readonly Circumstance[] = [
  { code: 'CHN', until: '1949-09-30', note: 'China was the Republic of China.' },
  {
    code: 'DEU',
    from: '1945-05-08',
    until: '1949-09-20',
    note: 'Germany was occupied, without a government of its own.',
  },
  {
    code: 'DEU',
    from: '1949-09-21',
    until: '1990-10-02',
    place: /Berlin/,
    note: 'West Berlin stood under France, the United Kingdom and the United States, not under the Federal Republic.',
  },
  { code: 'EGY', from: '1958-02-22', until: '1961-09-28', note: 'Egypt and Syria were the United Arab Republic.' },
  { code: 'MAR', from: '1912-03-30', until: '1956-03-01', note: 'Morocco was under French and Spanish protectorates.' },
  { code: 'NAM', until: '1990-03-20', note: 'Namibia was not yet independent (21 March 1990).' },
  {
    code: 'PAN',
    from: '1904-02-26',
    until: '1979-09-30',
    place: /Balboa|Cristobal/,
    note: 'Balboa and Cristobal lay in the Canal Zone, which the United States administered.',
  },
  { code: 'PHL', until: '1946-07-03', note: 'The Philippines were not yet independent (4 July 1946).' },
  { code: 'PLW', until: '1994-09-30', note: 'Palau was a trust territory that the United States administered.' },
  { code: 'PSE', note: 'PSE is the code of ISO 3166-1; the row is no statement on statehood.' },
  { code: 'SUR', until: '1975-11-24', note: 'Suriname was a country of the Kingdom of the Netherlands.' },
  { code: 'TUN', from: '1881-05-12', until: '1956-03-19', note: 'Tunisia was a French protectorate.' },
];

/** @param place as the row has it */
export const circumstances = (party: string, day: string | null, place: string): string[] =>
  CIRCUMSTANCES.filter((each) => each.code === party && mayHold(each, day) && (each.place?.test(place) ?? true)).map(
    ({ note }) => `Recorder: ${note}`,
  );
