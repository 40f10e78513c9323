import stringWidth from 'string-width';

/** How to render; a renderer knows nothing else of the terminal. */
export interface RenderOptions {
  /** Columns. Below `MINIMUM_WIDTH`, that is used. */
  readonly width: number;
  readonly colour: boolean;
  /** Of the texts in the data; the renderer's own words are English. */
  readonly language: 'en' | 'ar' | 'fr';
  /** Of counts and dates (CLDR numbering systems), never of ids and locators; `latn` if left out. */
  readonly digits?: 'latn' | 'arab';
}

/** Narrower than this nothing is readable, and a wide character might not fit. */
export const MINIMUM_WIDTH = 24;

export type Direction = 'ltr' | 'rtl';

/** Left-to-right mark: an invisible letter of that direction. */
export const LRM = '\u200e';
/** Right-to-left mark. */
export const RLM = '\u200f';
/** First strong isolate: what follows, up to the PDI, is laid out by itself (UAX #9, X5c). */
export const FSI = '\u2068';
/** Pop directional isolate. */
export const PDI = '\u2069';

/** Columns that the text takes up; combining marks, isolates and other invisible characters take none. */
export const displayWidth = (text: string): number => stringWidth(text);

/** Embeddings, overrides and isolates (UAX #9), and the deprecated format characters that Unicode says to ignore. */
const DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u206f]/gu;
const LINE_BREAKS = /\r\n|[\t\n\v\f\r\u0085\u2028\u2029]/gu;

/**
 * Makes a text from the data harmless: it cannot move the cursor, start an escape sequence, or reorder what stands
 * around it. A control character becomes its picture (U+2400 on), because hiding it would hide an attempt; direction
 * controls are left out, as many texts copied from the web hold them. Marks and joiners stay, as scripts need them, and
 * do no harm within an isolate.
 */
export function cleanText(text: string): string {
  return (
    text
      // Half a surrogate pair would be written as U+FFFD, which has a width.
      .replace(/\p{Cs}/gu, '\ufffd')
      .replace(DIRECTION_CONTROLS, '')
      .replace(LINE_BREAKS, ' ')
      .replace(/\p{Cc}/gu, controlPicture)
  );
}

function controlPicture(control: string): string {
  const code = control.charCodeAt(0);
  if (code === 0x7f) return '\u2421';
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd';
}

/** Writes what `cleanText` changes as JSON escapes instead: for a dump, which must show what is there. */
export function escapeText(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u206f]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Whatever has Bidi_Class R, AL or AN, by the blocks that Unicode keeps for them (DerivedBidiClass.txt), and the RLM. */
const RTL_CHARACTERS = '\\u0590-\\u08ff\\u200f\\ufb1d-\\ufdff\\ufe70-\\ufeff\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}';
const RTL = new RegExp(`[${RTL_CHARACTERS}]`, 'u');
const STRONG = /[\p{L}\u061c\u200e\u200f]/u;

/** Whether a terminal with bidi support could reorder anything because of this text. */
export const holdsRtl = (text: string): boolean => RTL.test(text);

/** The direction of the first letter or mark (UAX #9, P2); undefined where there is none. */
export function firstDirection(text: string): Direction | undefined {
  const strong = STRONG.exec(text)?.[0];
  if (strong === undefined) return undefined;
  return RTL.test(strong) ? 'rtl' : 'ltr';
}

const RTL_SCRIPTS = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa']);

/** The direction that a language is written in; undefined where the tag is none. */
export function languageDirection(tag: string): Direction | undefined {
  try {
    return RTL_SCRIPTS.has(new Intl.Locale(tag).maximize().script ?? '') ? 'rtl' : 'ltr';
  } catch {
    return undefined;
  }
}

/** A text in one of the languages that it is known in: the preferred one, else English, Arabic, or what there is. */
export function chooseText(
  texts: Readonly<Record<string, unknown>>,
  language: string,
): { readonly text: string; readonly language: string } | undefined {
  const known = Object.entries(texts).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].trim() !== '',
  );
  const inLanguage = (wanted: string) =>
    known.find(([tag]) => tag === wanted) ?? known.find(([tag]) => tag.startsWith(`${wanted}-`));
  const found = inLanguage(language) ?? inLanguage('en') ?? inLanguage('ar') ?? known[0];
  return found && { language: found[0], text: found[1] };
}

/**
 * Numbers and dates in the digits asked for. Between Arabic digits a hyphen is no part of the number (UAX #9, W4), and
 * the parts of a date would change places: marks hold them.
 */
export function localDigits(text: string, { digits }: RenderOptions): string {
  if (digits !== 'arab') return text;
  return text
    .replace(/(?<=\d)-(?=\d)/g, `${LRM}-${LRM}`)
    .replace(/\d/g, (digit) => String.fromCharCode(0x0660 + Number(digit)));
}
