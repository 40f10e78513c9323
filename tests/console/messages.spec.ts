import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import {
  INSTRUMENT_TYPES,
  CONSENT_MEANS,
  LINK_RELATIONS,
  RENEWALS,
  SIGNATURE_MODES,
} from '../../src/domain/agreement/events.js';
import { AGREEMENT_STATUSES } from '../../src/domain/agreement/state.js';
import { CATEGORIES } from '../../src/domain/event.js';
import { MECHANISM_KINDS, PROGRAMME_STATUSES } from '../../src/domain/mechanism/mechanism.js';
import { EVENT_TYPES } from '../../src/domain/registry.js';
import { STAGES } from '../../src/domain/relationship/status.js';
import { SOURCE_KINDS } from '../../src/domain/source/source.js';
import { KNOWN_AREAS } from '../../src/domain/values/areas.js';
import { LEVELS } from '../../src/domain/values/person.js';
import { STANDINGS } from '../../src/domain/values/standing.js';
import { VISIT_KINDS } from '../../src/domain/visit/visit.js';
import { REVIEW_KINDS } from '../../src/domain/worklists/review.js';
import { DUE_KINDS, DUE_WHENS } from '../../src/domain/worklists/upcoming.js';

const LANGUAGES = ['ar', 'en', 'fr'] as const;
type Messages = Readonly<Record<string, string>>;

const read = (path: string) => readFileSync(path, 'utf8');
const messagesOf = (language: string) => JSON.parse(read(`console/src/i18n/messages/${language}.json`)) as Messages;

/** The names between braces; those of a plural's forms are words. */
const namesIn = (message: string) => [...message.matchAll(/\{(\w+)(?=[},])/g)].map(([, name]) => name!).sort();
const formsIn = (message: string) => [...message.matchAll(/(zero|one|two|few|many|other) \{/g)].map(([, form]) => form);

describe.each(LANGUAGES)('the console’s messages in %s', (language) => {
  const messages = messagesOf(language);
  const english = messagesOf('en');

  test('are the same as in the other languages, with the same values', () => {
    expect(Object.keys(messages)).toEqual(Object.keys(english));
    const others = Object.keys(english).filter(
      (id) => [...new Set(namesIn(messages[id]!))].join() !== [...new Set(namesIn(english[id]!))].join(),
    );
    expect(others).toEqual([]);
  });

  test('have every plural form that the language has', () => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    // French has its `many` from a million on.
    const needed = pluralCategories.filter((form) => language !== 'fr' || form !== 'many').sort();
    const plurals = Object.entries(messages).filter(([, message]) => message.includes(', plural,'));
    expect(plurals.length).toBeGreaterThan(5);
    for (const [id, message] of plurals) expect([id, [...new Set(formsIn(message))].sort()]).toEqual([id, needed]);
  });

  test('have a word for everything that the domain has a code for', () => {
    const ids = [
      ...KNOWN_AREAS.map(({ code }) => `area.${code}`),
      ...EVENT_TYPES.map((type) => `event.${type}`),
      ...STAGES.map((stage) => `stage.${stage}`),
      ...STANDINGS.flatMap((standing) => [`standing.${standing}`, `standing.${standing}.means`]),
      ...CATEGORIES.map((category) => `category.${category}`),
      ...[...AGREEMENT_STATUSES, ...PROGRAMME_STATUSES].map((status) => `status.${status}`),
      ...INSTRUMENT_TYPES.map((type) => `instrumentType.${type}`),
      ...[...VISIT_KINDS, ...MECHANISM_KINDS, ...SOURCE_KINDS].map((kind) => `kind.${kind}`),
      ...LEVELS.map((level) => `level.${level}`),
      ...SIGNATURE_MODES.map((mode) => `mode.${mode}`),
      ...CONSENT_MEANS.map((means) => `means.${means}`),
      ...RENEWALS.map((renewal) => `renewal.${renewal}`),
      ...LINK_RELATIONS.map((relation) => `relation.${relation}`),
      ...REVIEW_KINDS.map((kind) => `review.${kind}`),
      ...DUE_KINDS.map((kind) => `due.${kind}`),
      ...DUE_WHENS.map((when) => `when.${when}`),
    ];
    expect(ids.filter((id) => !messages[id])).toEqual([]);
  });

  test('name the areas as the ledger does', () => {
    const labels = KNOWN_AREAS.map(({ code, labels }) => [code, labels[language]]);
    expect(KNOWN_AREAS.map(({ code }) => [code, messages[`area.${code}`]])).toEqual(labels);
  });
});

test('every message is used', () => {
  const files = readdirSync('console/src', { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  const code = files.map((name) => read(`console/src/${name}`)).join('\n');
  /** Those that are put together of a kind and a code. */
  const open = [...code.matchAll(/`([\w.]+)\.\$\{/g)].map(([, kind]) => `${kind}.`);
  const looked = [
    'area.',
    'category.',
    'event.',
    'field.',
    'instrumentType.',
    'kind.',
    'level.',
    'means.',
    'mode.',
    'relation.',
    'renewal.',
    'status.',
    'app.language.',
    'due.',
    'review.',
    'when.',
  ];
  const unused = Object.keys(messagesOf('en')).filter(
    (id) => !code.includes(`'${id}'`) && ![...open, ...looked].some((kind) => id.startsWith(kind)),
  );
  expect(unused).toEqual([]);
});

test('the styles know the beginning and the end of a line, and no left or right', () => {
  const PHYSICAL =
    /(^|[\s;{])(left|right|margin-(left|right|top|bottom)|padding-(left|right|top|bottom)|(min-|max-)?(width|height)|top|bottom)\s*:/;
  const files = readdirSync('console/src/styles').filter((name) => name.endsWith('.css'));
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) {
    const lines = read(`console/src/styles/${file}`)
      .split('\n')
      .filter((line) => !line.startsWith('@media'));
    expect([
      file,
      lines.filter((line) => PHYSICAL.test(line) || /text-align:\s*(left|right)|float:\s*(left|right)/.test(line)),
    ]).toEqual([file, []]);
  }
});
