import { describe, expect, test } from '@jest/globals';
import { CommandTooLarge, UnknownCommand } from '../../src/commands/errors.js';
import { parseCommand } from '../../src/commands/parse-command.js';
import { COMMAND_TYPES } from '../../src/domain/registry.js';
import { agreementData, meetingData, partyData, sourceData, visitData, without } from '../support/facts.js';
import { evidence } from '../support/ledger.js';
import { malformed } from '../support/refusals.js';

const visit = (more: object) => malformed('HoldVisit', visitData({ ...more }));
const json = (text: string) => malformed('HoldVisit', { ...visitData(), ...(JSON.parse(text) as object) });

describe('a malformed command is refused by field and rule', () => {
  test.each([
    ['a field that is none', { hosst: 'MAR' }, 'unknown-field /hosst'],
    ['a field of another event', { ordinal: 1 }, 'unknown-field /ordinal'],
    ['the event id that curation has', { targetEventId: 'x' }, 'unknown-field /targetEventId'],
    ['a standing of its own', { standing: 'reported' }, 'unknown-field /standing'],
    ['a field that must be slashed', { 'a/b~c': 1 }, 'unknown-field /a~1b~0c'],
    ['a nested field that is none', { places: [{ name: { en: 'a' }, x: 1 }] }, 'unknown-field /places/0/x'],
  ])('%s', (_, more, ...broken) => {
    expect(visit(more)).toEqual(broken);
  });

  test.each(['visitor', 'host', 'level', 'kind', 'occurredOn', 'evidence'])('without %s', (field) => {
    expect(malformed('HoldVisit', without(visitData(), field))).toEqual([`required /${field}`]);
  });

  test('without anything', () => {
    expect(malformed('HoldVisit', {}).sort()).toEqual(
      ['evidence', 'host', 'kind', 'level', 'occurredOn', 'visitor'].map((field) => `required /${field}`),
    );
  });

  test.each([null, undefined, 'text', 5, true, [], [visitData()]])('data that is no object: %j', (data) => {
    expect(malformed('HoldVisit', data)).toEqual([data === undefined ? 'not-json' : 'object']);
  });

  test.each([
    ['a party in lower case', { visitor: 'pak' }, ['matches /visitor']],
    ['a party too short', { visitor: 'PA' }, ['matches /visitor']],
    ['a party of another type', { visitor: 5 }, expect.arrayContaining(['is-string /visitor'])],
    ['a level that is none', { level: 'king' }, ['is-in /level']],
    ['a level in a list', { level: ['minister'] }, ['is-in /level']],
    ['a fraction', { durationDays: 1.5 }, ['is-int /durationDays']],
    ['no days', { durationDays: 0 }, ['min /durationDays']],
    ['a number in words', { durationDays: '3' }, expect.arrayContaining(['is-int /durationDays'])],
    ['a list that is none', { areas: 'logistics' }, expect.arrayContaining(['is-array /areas'])],
    ['an area in upper case', { areas: ['Logistics'] }, ['matches /areas']],
    ['an area twice', { areas: ['logistics', 'logistics'] }, ['distinct /areas']],
    ['an area that is null', { areas: [null] }, expect.arrayContaining(['is-string /areas'])],
    ['a slug with a space', { visitId: 'a b' }, ['matches /visitId']],
    ['an empty slug', { visitId: '' }, ['matches /visitId']],
    ['a slug that begins with a dot', { visitId: '.a' }, ['matches /visitId']],
    ['a slug in Arabic', { visitId: 'زيارة' }, ['matches /visitId']],
    ['a slug too long', { visitId: 'a'.repeat(129) }, ['matches /visitId']],
    ['a slug with a line break at its end', { visitId: 'a\n' }, ['matches /visitId']],
  ])('%s', (_, more, broken) => {
    expect(visit(more)).toEqual(broken);
  });

  test.each([
    ['2024-02-30', 'impossible-date'],
    ['2023-02-29', 'impossible-date'],
    ['2024-13', 'impossible-date'],
    ['2024-00-01', 'impossible-date'],
    ['2024-04-31/2024-05', 'impossible-date'],
    ['2025/2024', 'interval-backwards'],
    ['../..', 'unbounded'],
    ['/', 'unbounded'],
    ['', 'edtf'],
    ['today', 'edtf'],
    ['30/10/2024', 'edtf'],
    ['2024-10-30T10:00:00Z', 'edtf'],
    ['2024-21', 'edtf'],
    ['Y20240', 'edtf'],
    ['{2024,2025}', 'edtf'],
    ['2024-1-1', 'edtf'],
    ['2024-10-30\n', 'edtf'],
    [20241030, 'edtf'],
    [['2024'], 'edtf'],
    [{}, 'edtf'],
  ])('a date of %j', (date, rule) => {
    expect(visit({ occurredOn: date })).toEqual([`${rule} /occurredOn`]);
    expect(visit({ endedOn: date })).toEqual([`${rule} /endedOn`]);
    expect(malformed('RegisterSource', sourceData({ publishedOn: date }))).toEqual([`${rule} /publishedOn`]);
  });

  test.each([
    ['nothing', {}],
    ['a text', 'Rabat'],
    ['a list', ['Rabat']],
    ['a blank text', { en: '  ' }],
    ['an empty text', { en: '' }],
    ['a number', { en: 5 }],
    ['null for a language', { en: null }],
    ['a language by its name', { english: 'Rabat' }],
    ['a language in upper case', { EN: 'Rabat' }],
    ['a private language', { 'x-a': 'Rabat' }],
    ['an object of objects', { en: { ar: 'الرباط' } }],
    ['a text too long', { en: 'a'.repeat(4001) }],
    ['a language that is none among those that are', { en: 'Rabat', '': 'Rabat' }],
  ])('a localized text of %s', (_, text) => {
    expect(visit({ occasion: text })).toEqual(['localized /occasion']);
    expect(visit({ places: [{ name: text }] })).toEqual(['localized /places/0/name']);
  });

  test.each([{ ar: 'أ' }, { 'zh-Hant-TW': 'a' }, { 'ar-MA': 'a', 'es-419': 'b' }, { ber: 'a' }, { 'de-CH-1996': 'a' }])(
    'but not one of %j',
    (text) => {
      expect(visit({ occasion: text })).toEqual([]);
    },
  );

  test.each([
    ['none', [], ['array-min-size /evidence']],
    ['no list', evidence('s')[0], expect.arrayContaining(['is-array /evidence'])],
    ['null', null, expect.arrayContaining(['is-array /evidence'])],
    ['null within', [null], ['object /evidence/0']],
    ['a list within', [[]], ['object /evidence/0']],
    ['evidence in a list within', [evidence('s')], ['object /evidence/0']],
    ['a text', ['s'], ['object /evidence/0']],
    [
      'nothing',
      [{}],
      ['required /evidence/0/sourceId', 'required /evidence/0/locator', 'required /evidence/0/standing'],
    ],
    [
      'a second without a locator',
      [...evidence('s'), { sourceId: 's', standing: 'claimed' }],
      ['required /evidence/1/locator'],
    ],
    ['a standing that is none', [{ ...evidence('s')[0], standing: 'certain' }], ['is-in /evidence/0/standing']],
    ['a blank locator', [{ ...evidence('s')[0], locator: ' ' }], ['not-blank /evidence/0/locator']],
    ['an empty note', [{ ...evidence('s')[0], note: '' }], expect.arrayContaining(['is-length /evidence/0/note'])],
    [
      'a localized note',
      [{ ...evidence('s')[0], note: { en: 'a' } }],
      expect.arrayContaining(['is-string /evidence/0/note']),
    ],
    ['a field of its own', [{ ...evidence('s')[0], page: 3 }], ['unknown-field /evidence/0/page']],
  ])('evidence that is %s', (_, given, broken) => {
    expect(visit({ evidence: given })).toEqual(broken);
  });

  test.each([
    ['neither a name nor an office', { rank: { en: 'General' } }, 'required /delegation/0/name'],
    ['null for both', { name: null, office: null }, 'localized /delegation/0/name'],
    ['a name that is a text', { name: 'A' }, 'localized /delegation/0/name'],
    ['a party that is none', { name: { en: 'A' }, party: 'Morocco' }, 'matches /delegation/0/party'],
  ])('a person with %s', (_, person, broken) => {
    expect(visit({ delegation: [person] })).toEqual([broken]);
  });

  test('a place that is a list, empty or not', () => {
    const place = { name: { en: 'Rabat' } };
    expect(malformed('HoldMeeting', meetingData({ place: [] }))).toEqual(['object /place']);
    expect(malformed('HoldMeeting', meetingData({ place: [place] }))).toEqual(['object /place']);
    expect(visit({ places: [[place]] })).toEqual(['object /places/0']);
    expect(visit({ places: place })).toContain('is-array /places');
  });

  test.each([
    [['MAR'], ['array-min-size /parties']],
    [[], ['array-min-size /parties']],
    [['MAR', 'PAK', 'TUR'], ['array-max-size /parties']],
    [['MAR', 'MAR'], ['distinct /parties']],
    [['MAR', 'mar'], ['matches /parties']],
    ['MAR-PAK', expect.arrayContaining(['is-array /parties'])],
  ])('the parties %j', (parties, broken) => {
    expect(malformed('DraftAgreement', agreementData({ parties }))).toEqual(broken);
  });

  test.each(['PAK-MAR', 'MAR-MAR', 'mar-pak', 'MAR', 'MAR-PAK-TUR', 'MAR-', 'MAR_PAK', 5, null])(
    'the pair %j',
    (pair) => {
      const data = { pair, occurredOn: null, evidence: evidence('s') };
      expect(malformed('EstablishRelations', data)).toEqual(['pair /pair']);
    },
  );

  test.each([
    ['titleIsDescriptive', false, 'true'],
    ['instrumentType', 'pact', 'is-in'],
    ['parentAgreementId', 'a b', 'matches'],
  ])('%s of %j', (field, value, rule) => {
    expect(malformed('DraftAgreement', agreementData({ [field]: value }))).toEqual([`${rule} /${field}`]);
  });

  test.each([
    ['url', 'ftp://example.org', 'url'],
    ['url', 'example.org', 'url'],
    ['contentSha256', 'A'.repeat(64), 'matches'],
    ['contentSha256', 'a'.repeat(63), 'matches'],
    ['reliability', 'G', 'is-in'],
    ['kind', 'rumour', 'is-in'],
    ['title', 'A source', 'localized'],
  ])('a source whose %s is %j', (field, value, rule) => {
    expect(malformed('RegisterSource', sourceData({ [field]: value }))).toEqual([`${rule} /${field}`]);
  });

  test('a source or a party with a date or evidence: they have none', () => {
    const dated = { occurredOn: null, evidence: evidence('s') };
    const broken = ['unknown-field /occurredOn', 'unknown-field /evidence'];
    expect(malformed('RegisterSource', sourceData(dated))).toEqual(broken);
    expect(malformed('RegisterParty', partyData(dated))).toEqual(broken);
  });
});

describe('curation is malformed', () => {
  const id = '6ba7b811-9dad-51d1-80b4-00c04fd430c8';
  const about = { stream: 'visit-v', targetEventId: id };
  const change = { path: '/data/host', from: 'MAR', to: 'PAK' };
  const correct = (more: object) =>
    malformed('CorrectFact', { ...about, changes: [change], reason: 'r', evidence: evidence('s'), ...more });

  test.each([
    ['visits-v', 'matches /stream'],
    ['visit-', 'matches /stream'],
    ['visit-a b', 'matches /stream'],
    ['$ce-visit', 'matches /stream'],
  ])('on the stream %s', (stream, broken) => {
    expect(malformed('RetractFact', { ...about, stream, reason: 'r' })).toEqual([broken]);
  });

  test.each([
    ['/occuredOn', 'matches /changes/0/path'],
    ['occurredOn', 'matches /changes/0/path'],
    ['/data', 'matches /changes/0/path'],
    ['/data/', 'matches /changes/0/path'],
    ['/evidence/0/standing', 'matches /changes/0/path'],
    ['/data/a~2', 'matches /changes/0/path'],
    ['', 'matches /changes/0/path'],
  ])('by the path %j', (path, broken) => {
    expect(correct({ changes: [{ ...change, path }] })).toEqual([broken]);
  });

  test.each([
    ['no changes', { changes: [] }, ['array-min-size /changes']],
    ['a change that does not say what stands', { changes: [without(change, 'from')] }, ['required /changes/0/from']],
    ['a change to nothing', { changes: [without(change, 'to')] }, ['required /changes/0/to']],
    ['no evidence', { evidence: [] }, ['array-min-size /evidence']],
    ['a date of its own', { occurredOn: null }, ['unknown-field /occurredOn']],
    ['a reason in several languages', { reason: { en: 'r' } }, expect.arrayContaining(['is-string /reason'])],
    ['an event id that is none', { targetEventId: 'c1' }, ['matches /targetEventId']],
    ['an event id in upper case', { targetEventId: id.toUpperCase() }, ['matches /targetEventId']],
  ])('with %s', (_, more, broken) => {
    expect(correct(more)).toEqual(broken);
  });

  test('with evidence, where it has none', () => {
    const data = { ...about, reason: 'r', evidence: evidence('s') };
    expect(malformed('RetractFact', data)).toEqual(['unknown-field /evidence']);
  });

  test('with a dispute of fewer than two alternatives, or one without evidence', () => {
    const dispute = (alternatives: unknown) => malformed('DisputeFact', { ...about, path: '/data/host', alternatives });
    expect(dispute([{ value: 'MAR', evidence: evidence('s') }])).toEqual(['array-min-size /alternatives']);
    const bare = [
      { value: 'MAR', evidence: [] },
      { value: 'PAK', evidence: evidence('s') },
    ];
    expect(dispute(bare)).toEqual(['array-min-size /alternatives/0/evidence']);
    expect(dispute([{ evidence: evidence('s') }, bare[1]])).toEqual(['required /alternatives/0/value']);
  });
});

describe('JSON that readers would not agree on', () => {
  test.each([
    ['half of a surrogate pair', '{"occasion":{"en":"\\ud800"}}', 'lone-surrogate /occasion/en'],
    [
      'the other half',
      '{"evidence":[{"sourceId":"\\udc00","locator":"1","standing":"claimed"}]}',
      'lone-surrogate /evidence/0/sourceId',
    ],
    ['half of one in a key', '{"\\ud800":1}', 'lone-surrogate /\ud800'],
    ['U+0000', '{"occasion":{"en":"a\\u0000b"}}', 'nul /occasion/en'],
    ['a noncharacter', '{"occasion":{"en":"\\uffff"}}', 'noncharacter /occasion/en'],
    ['an integer that a double does not hold', '{"durationDays":9007199254740993}', 'unsafe-integer /durationDays'],
    ['the key __proto__', '{"__proto__":{"host":"FRA"}}', 'proto-key /__proto__'],
    ['the key __proto__ within', '{"occasion":{"en":"a","__proto__":{"ar":"b"}}}', 'proto-key /occasion/__proto__'],
    ['the key __proto__ in evidence', '{"evidence":[{"__proto__":null}]}', 'proto-key /evidence/0/__proto__'],
  ])('%s', (_, text, broken) => {
    // Object.assign and a spread would set the prototype: what JSON.parse read is to stay.
    const data = JSON.parse(`${JSON.stringify(visitData()).slice(0, -1)},${text.slice(1)}`) as unknown;
    expect(malformed('HoldVisit', data)).toEqual([broken]);
  });

  test('nesting without end', () => {
    const text = `${'['.repeat(5000)}${']'.repeat(5000)}`;
    expect(json(`{"areas":${text}}`).every((broken) => broken.startsWith('too-deep'))).toBe(true);
  });
});

describe('a key that every object inherits', () => {
  const INHERITED = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__', 'isPrototypeOf'];
  const VALUES: readonly unknown[] = ['x', null, {}, [], 5, { prototype: {} }, { constructor: 'x' }];

  test.each(INHERITED)('%s is an unknown field, whatever it holds', (key) => {
    for (const value of VALUES) {
      const odd = { [key]: value };
      expect(visit(odd)).toEqual([`unknown-field /${key}`]);
      expect(visit({ evidence: [{ ...evidence('s')[0], ...odd }] })).toEqual([`unknown-field /evidence/0/${key}`]);
      expect(visit({ places: [{ name: { en: 'a' }, ...odd }] })).toEqual([`unknown-field /places/0/${key}`]);
      expect(malformed('HoldMeeting', meetingData({ place: { name: { en: 'a' }, ...odd } }))).toEqual([
        `unknown-field /place/${key}`,
      ]);
      expect(visit({ occasion: odd })).toEqual(['localized /occasion']);
      expect(visit({ occasion: { en: 'a', ...odd } })).toEqual(['localized /occasion']);
    }
  });

  test.each([...COMMAND_TYPES.keys()])('%s throws nothing but that it is malformed', (type) => {
    for (const value of VALUES) {
      expect(malformed(type, { constructor: value })).toContain('unknown-field /constructor');
      for (const field of ['evidence', 'changes', 'alternatives', 'participants', 'signatories', 'place', 'title']) {
        expect(malformed(type, { [field]: { constructor: value } })).not.toEqual([]);
        expect(malformed(type, { [field]: [{ constructor: value }] })).not.toEqual([]);
        expect(malformed(type, { [field]: [[{ constructor: value }]] })).not.toEqual([]);
      }
    }
  });

  test('may stand in the values of a correction, which the decider then refuses', () => {
    const change = { path: '/data/occasion', from: null, to: { constructor: null, toString: 1 } };
    const data = {
      stream: 'visit-v',
      targetEventId: '6ba7b811-9dad-51d1-80b4-00c04fd430c8',
      changes: [change],
      reason: 'r',
      evidence: evidence('s'),
    };
    expect(parseCommand({ commandId: 'c', type: 'CorrectFact', data }).body.data).toMatchObject({ changes: [change] });
  });
});

describe('the command around it', () => {
  test.each(['', 'a b', '-a', 'a'.repeat(129), 'é'])('an id of %j', (commandId) => {
    expect(malformed('HoldVisit', visitData(), commandId)).toEqual(['matches /commandId']);
  });

  test.each(['HoldVisits', 'VisitHeld', '', 'constructor', '__proto__'])('there is no command %j', (type) => {
    expect(() => parseCommand({ commandId: 'c', type, data: {} })).toThrow(UnknownCommand);
  });

  test('is too large', () => {
    const data = visitData({ delegation: Array.from({ length: 20 }, () => ({ name: { en: 'a'.repeat(3000) } })) });
    expect(() => parseCommand({ commandId: 'c', type: 'HoldVisit', data })).toThrow(CommandTooLarge);
  });

  test('its hash is of what was sent, whatever the order of keys', () => {
    const hash = (data: object) => parseCommand({ commandId: 'c', type: 'HoldVisit', data }).commandHash;
    const backwards = Object.fromEntries(Object.entries(visitData()).reverse());
    expect(hash(backwards)).toBe(hash(visitData()));
    expect(hash(visitData({ endedOn: null }))).not.toBe(hash(visitData()));
  });
});
