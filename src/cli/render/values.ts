import { knownArea } from '../../domain/values/areas.js';
import { dateSpan } from './dates.js';
import { joined, type Line, plain, say, type Span, type Style, value } from './spans.js';
import { chooseText, localDigits, type RenderOptions } from './text.js';
import { codeWords } from './words.js';

type JsonObject = Readonly<Record<string, unknown>>;

/** The value if it is an object, else an empty one: the data of an event is not trusted to have its shape. */
export const objectOf = (json: unknown): JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as JsonObject) : {};
/** The value if it is a list, else an empty one. */
export const listOf = (json: unknown): readonly unknown[] => (Array.isArray(json) ? json : []);
/** The value if it is a text that says something. */
export const textOf = (json: unknown): string | undefined =>
  typeof json === 'string' && json !== '' ? json : undefined;

/** A plain text as it is; undefined where there is none. */
export const textLine = (json: unknown): Line | undefined => {
  const text = textOf(json);
  return text === undefined ? undefined : [value(text)];
};

/** A count in the digits asked for; Arabic ones move their surroundings as Arabic letters do, so they are a value. */
export const countSpan = (count: number, options: RenderOptions): Span => value(localDigits(String(count), options));

/** A localized text in the language asked for, or in another; undefined where there is none. */
export function localized(json: unknown, { language }: RenderOptions, style?: Style): Span | undefined {
  const chosen = chooseText(objectOf(json), language);
  return chosen && value(chosen.text, style, chosen.language);
}

const isLocalized = (json: JsonObject) => {
  const entries = Object.entries(json);
  return (
    entries.length > 0 &&
    entries.every(([tag, text]) => /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(tag) && typeof text === 'string')
  );
};

/** Any JSON value on a line: a localized text in one language, an object by its fields. */
export function anyValue(json: unknown, options: RenderOptions): Line {
  if (json === null || json === undefined) return [plain('none')];
  if (typeof json === 'string') return [value(json === '' ? '""' : json)];
  if (Array.isArray(json)) {
    return json.length === 0
      ? [plain('none')]
      : joined(
          json.map((item) => anyValue(item, options)),
          '; ',
        );
  }
  if (typeof json !== 'object') return [value(JSON.stringify(json))];
  const object = json as JsonObject;
  if (isLocalized(object)) return [localized(object, options) ?? plain('none')];
  return joined(
    Object.entries(object).map(([key, field]) => say`${codeWords(key)}: ${anyValue(field, options)}`),
    ', ',
  );
}

/** Any JSON value, a localized text with its other languages: where the wording itself is at issue. */
export function everyWording(json: unknown, options: RenderOptions): Line {
  const texts = objectOf(json);
  if (!isLocalized(texts)) return anyValue(json, options);
  const chosen = chooseText(texts, options.language);
  const others = Object.entries(texts).filter(([tag]) => tag !== chosen?.language);
  const wordings = others.map(([tag, text]) => [value(String(text), undefined, tag)]);
  return say`${anyValue(json, options)}${wordings.length > 0 ? say` (${joined(wordings, ', ')})` : undefined}`;
}

/** A place by its name. */
export const placeName = (json: unknown, options: RenderOptions): Span | undefined =>
  localized(objectOf(json).name, options);

/** ` in Rabat`, or nothing. */
export function inPlace(json: unknown, options: RenderOptions): Line | undefined {
  const name = placeName(json, options);
  return name && say` in ${name}`;
}

/** `General Mohamed Berrid, Inspector General (MAR)`, of which any part may be missing. */
export function person(json: unknown, options: RenderOptions): Line {
  const { name, office, party, rank, personId } = objectOf(json);
  const parts = [rank, name, office].map((text) => localized(text, options));
  const [ofRank, called, holding] = parts;
  const named = joined(
    [ofRank, called].flatMap((span) => (span ? [[span]] : [])),
    ' ',
  );
  const whole = joined(
    [named, ...(holding ? [[holding]] : [])].filter((line) => line.length > 0),
    ', ',
  );
  const from = textOf(party);
  const id = textOf(personId);
  return whole.length > 0
    ? say`${whole}${from && say` (${from})`}`
    : say`${id ?? 'somebody'}${from && say` (${from})`}`;
}

/** Persons one after another, as each may have commas within. */
export const persons = (json: unknown, options: RenderOptions): Line =>
  joined(
    listOf(json).map((each) => person(each, options)),
    '; ',
  );

/** An area of cooperation by its label; an unknown one by its code. */
export function areaSpan(areaCode: string, options: RenderOptions): Span {
  const known = knownArea(areaCode);
  return (known && localized(known.labels, options)) ?? value(codeWords(areaCode));
}

/** Areas one after another. */
export const areas = (json: unknown, options: RenderOptions): Line =>
  joined(
    listOf(json).flatMap((each) => (typeof each === 'string' ? [[areaSpan(each, options)]] : [])),
    ', ',
  );

/** A date in a field of the data; undefined where it is left out. */
export const dateField = (json: unknown, options: RenderOptions): Span | undefined =>
  typeof json === 'string' ? dateSpan(json, options) : undefined;
