import { describe, expect, test } from '@jest/globals';
import { CsvError, readCsv } from '../../examples/us-visits/csv.js';
import { type CommandLine, mapFile, UnknownTable } from '../../examples/us-visits/map-file.js';
import { REGISTERED } from '../../examples/us-visits/parties.js';
import { kindIn, placesIn } from '../../examples/us-visits/texts.js';
import { PureLedger } from '../support/ledger.js';

// The rows here are invented, in the form of the records, so that each trap is in them.

const VISITS = 'id,start,end,visitor,from_id,from_name,host,description';
const TRAVELS = 'id,role,name,start,end,country_id,country,locale,remarks';

interface Visit {
  readonly visitId: string;
  readonly visitor: string;
  readonly host: string;
  readonly level: string;
  readonly kind: string;
  readonly occurredOn: string | null;
  readonly endedOn?: string;
  readonly places?: readonly { readonly name: { readonly en: string } }[];
  readonly delegation: readonly Record<'name' | 'office' | 'rank', { readonly en: string } | undefined>[];
  readonly occasion?: { readonly en: string };
  readonly evidence: readonly { readonly locator: string; readonly note?: string }[];
}

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const file = (header: string, ...rows: readonly (readonly string[])[]) =>
  [header, ...rows.map((row) => row.map(quoted).join(','))].join('\n');

interface Row {
  readonly id?: string;
  readonly start?: string;
  readonly end?: string;
  readonly host?: string;
  readonly locale?: string;
  readonly text?: string;
}

const visitRow = (visitor: string, from: string, row: Row = {}) => {
  const { id = '1', start = '1975-05-01', end = '1975-05-03', host = 'united-states', text = '' } = row;
  return [id, start, end, visitor, 'x', from, host, text];
};
const travelRow = (role: string, country: string, row: Row = {}) => {
  const { id = '1', start = '1975-05-01', end = '1975-05-03', locale = '', text = '' } = row;
  return [id, role, 'A. B. Traveller', start, end, 'x', country, locale, text];
};

const visitsIn = (commands: readonly CommandLine[]) =>
  commands.filter(({ type }) => type === 'HoldVisit').map(({ data }) => data as Visit);

/** The visit that a row gives, or why it is refused. */
function of(header: string, row: readonly string[]): Visit | string {
  const { commands, remarks } = mapFile(file(header, row));
  return visitsIn(commands)[0] ?? remarks[0]!.reason;
}
const came = (visitor: string, from: string, row?: Row) => of(VISITS, visitRow(visitor, from, row)) as Visit;
const went = (role: string, country: string, row?: Row) => of(TRAVELS, travelRow(role, country, row)) as Visit;

describe('a file of records', () => {
  const text = file(
    VISITS,
    visitRow('King Tembo', 'Hawaii', {
      id: '7',
      start: '1880-01-02',
      end: '1880-01-09',
      text: 'State visit. “Aloha”.',
    }),
    visitRow('President Novak', 'Czechoslovakia', { id: '8', start: '1990-03-01', end: '1990-03-01' }),
    visitRow('Prime Minister Nobody', 'Atlantis', { id: '9' }),
  );
  const mapped = mapFile(text);

  test('is a source, the parties that are to be registered, and the visits, in this order', () => {
    expect(mapped.commands.map(({ commandId }) => commandId)).toEqual([
      expect.stringMatching(/^us-visits-source-us-foreign-leader-visits-[0-9a-f]{12}$/),
      'us-visits-party-CSK',
      'us-visits-party-HAWAII',
      'us-visits-foreign-leader-visits-7',
      'us-visits-foreign-leader-visits-8',
    ]);
    expect(mapped.commands[0]!.data).toMatchObject({
      kind: 'dataset',
      contentSha256: expect.stringMatching(/^\w{64}$/),
    });
  });

  test('has each row among its visits, or refused with a reason', () => {
    expect(mapped.rows).toBe(3);
    expect(mapped.remarks).toEqual([
      { line: 4, id: '9', outcome: 'refused', reason: 'no party is known by the name Atlantis' },
    ]);
  });

  test('gives the same commands again, byte for byte', () => {
    expect(JSON.stringify(mapFile(text))).toBe(JSON.stringify(mapped));
  });

  test('is taken by the ledger without a warning', () => {
    const ledger = new PureLedger();
    for (const { type, data, commandId } of mapped.commands) {
      expect(ledger.record(type, data as Record<string, unknown>, commandId)).toMatchObject({ warnings: [] });
    }
    expect(ledger.status('HAWAII-USA').visits.byDirection).toEqual({ 'HAWAII>USA': 1, 'USA>HAWAII': 0 });
  });

  test('with other columns is refused as a whole', () => {
    expect(() => mapFile(file('id,start,end,guest'))).toThrow(UnknownTable);
    expect(() => mapFile(file(`${VISITS},more`))).toThrow(UnknownTable);
  });

  test('may have its columns in another order', () => {
    const [first, ...others] = VISITS.split(',');
    const [id, ...cells] = visitRow('King A', 'Norway');
    expect(visitsIn(mapFile(file([...others, first].join(','), [...cells, id!])).commands)).toHaveLength(1);
  });

  test('refuses an id that is there twice, is missing, or can be none, and a row with other than its fields', () => {
    const rows = ['3', '3', '', 'a/b'].map((id) => visitRow('King A', 'Norway', { id }));
    const { commands, remarks } = mapFile(`${file(VISITS, ...rows)}\n5,1990-01-01`);
    expect(visitsIn(commands)).toHaveLength(1);
    expect(remarks.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'its id, 3, is that of line 2'],
      [4, 'it has no id'],
      [5, 'a/b can be no id'],
      [6, 'it has not the 8 fields that the header names'],
    ]);
  });

  test('tells what may be one visit in two rows, and takes both', () => {
    const rows = [
      travelRow('president', 'Norway', { id: '1', start: '1975-05-01', end: '1975-05-03' }),
      travelRow('president', 'Norway', { id: '2', start: '1975-05-02', end: '1975-05-04' }),
      // The secretary with him: two persons, two visits. And he came again on the day he left.
      travelRow('secretary', 'Norway', { id: '3', start: '1975-05-01', end: '1975-05-03' }),
      travelRow('president', 'Norway', { id: '4', start: '1975-05-04', end: '1975-05-05' }),
    ];
    const { commands, remarks } = mapFile(file(TRAVELS, ...rows));
    expect(visitsIn(commands)).toHaveLength(4);
    expect(remarks).toEqual([
      {
        line: 3,
        id: '2',
        outcome: 'possible-duplicate',
        reason: 'the same persons and host on the same days as row id 1 (line 2)',
      },
    ]);
  });
});

describe('a visit', () => {
  test('to the United States is as the row has it, and no more', () => {
    expect(came('Prime Minister Lind', 'Norway', { id: '12', text: 'Working visit. Also visited Chicago.' })).toEqual({
      visitId: 'us-foreign-leader-visits-12',
      visitor: 'NOR',
      host: 'USA',
      level: 'head_of_government',
      kind: 'working',
      delegation: [{ name: { en: 'Lind' }, office: { en: 'Prime Minister' }, party: 'NOR' }],
      occasion: { en: 'Working visit. Also visited Chicago.' },
      occurredOn: '1975-05-01',
      endedOn: '1975-05-03',
      evidence: [{ sourceId: expect.any(String), locator: 'row id 12', standing: 'reported' }],
    });
  });

  test('abroad has its places in their order', () => {
    expect(went('president', 'Norway', { id: '12', locale: 'Oslo, Bergen' })).toEqual({
      visitId: 'us-outbound-travels-12',
      visitor: 'USA',
      host: 'NOR',
      level: 'head_of_state',
      kind: 'other',
      places: [{ name: { en: 'Oslo' } }, { name: { en: 'Bergen' } }],
      delegation: [{ name: { en: 'A. B. Traveller' }, office: { en: 'President' }, party: 'USA' }],
      occurredOn: '1975-05-01',
      endedOn: '1975-05-03',
      evidence: [{ sourceId: expect.any(String), locator: 'row id 12', standing: 'reported' }],
    });
    expect(went('secretary', 'Norway')).toMatchObject({
      level: 'minister',
      delegation: [{ office: { en: 'Secretary of State' } }],
    });
  });

  test('before the inauguration is none of a head of state', () => {
    expect(went('president', 'Peru', { text: 'Good will trip. [Visit made as President-elect.]' })).toMatchObject({
      level: 'other',
      delegation: [{ office: { en: 'President-elect' } }],
    });
    // Somebody else's election is not his own.
    expect(went('president', 'Peru', { text: 'Met with President-elect X.' })).toMatchObject({
      level: 'head_of_state',
    });
  });

  test.each([
    ['', '1975-05-03', { occurredOn: null, endedOn: '1975-05-03' }],
    ['1975-05-01', '', { occurredOn: '1975-05-01' }],
    ['1975-05-01', '1975-05-01', { occurredOn: '1975-05-01', endedOn: '1975-05-01' }],
    ['1975-05', '1975-05', { occurredOn: '1975-05', endedOn: '1975-05' }],
  ])('from %j to %j', (start, end, dates) => {
    const { occurredOn, endedOn } = came('King A', 'Norway', { start, end });
    expect({ occurredOn, ...(endedOn !== undefined && { endedOn }) }).toEqual(dates);
  });

  test.each([
    [came('King A', 'Norway', { start: '1975-05-03', end: '1975-05-01' }), /ends .* before it starts/],
    [came('King A', 'Norway', { start: 'May 3, 1975' }), /its start, May 3, 1975, is no date/],
    [came('King A', 'Norway', { end: '1975-02-30' }), /its end, 1975-02-30, is no date/],
    [came('King A', 'Norway', { host: 'canada' }), /the host is canada/],
    [came('', 'Norway'), /no visitor is named/],
    [came('King A', ''), /no country is named/],
    [went('vice-president', 'Norway'), /the role is vice-president/],
    [went('president', 'Antarctica'), /no state is host in Antarctica/],
    [went('president', 'International waters'), /no state is host at sea/],
    [went('president', 'Puerto Rico'), /the United States itself, or a territory of its own/],
    [came('President X', 'United States'), /the United States itself/],
    // The two Vietnams, and neither yet or any more: whose it is cannot be said.
    [
      came('President X', 'Vietnam', { start: '1975-12-01', end: '' }),
      /no party is known by the name Vietnam at that date/,
    ],
    [came('President X', 'Vietnam', { start: '', end: '' }), /Vietnam may be RVN or VNM at that date/],
  ])('that cannot be said is refused: %#', (refused, reason) => {
    expect(refused).toMatch(reason);
  });
});

describe('a country', () => {
  test.each([
    // The same state under another name.
    ['Siam (Thailand)', '1931-04-28', 'THA'],
    ['Burma', '1966-09-08', 'MMR'],
    ['Ceylon', '1956-03-11', 'LKA'],
    ['Democratic Republic of the Congo (Zaire)', '1973-01-01', 'COD'],
    ['Upper Volta', '1965-03-29', 'BFA'],
    ['Germany, Federal Republic of', '1953-04-07', 'DEU'],
    ['Malaya', '1960-10-25', 'MYS'],
    ['Korea', '1961-11-13', 'KOR'],
    ['Vatican City', '1965-10-04', 'VAT'],
    ['Somoa', '2022-09-28', 'WSM'],
    ['Poland (government-in-exile)', '1941-04-06', 'POL'],
    // Dissolved, merged or annexed.
    ['Hawaii', '1898-01-26', 'HAWAII'],
    ['U.S.S.R.', '1959-09-15', 'SUN'],
    ['Czechoslovakia (government-in-exile)', '1943-05-12', 'CSK'],
    ['German Democratic Republic', '1990-06-11', 'DDR'],
    ['Tanganyika', '1963-07-15', 'TANGANYK'],
    ['Yemen Arab Republic', '1990-01-23', 'YAR'],
    // By the date.
    ['Yemen', '1972-07-01', 'YAR'],
    ['Yemen', '2000-04-02', 'YEM'],
    ['Yugoslavia', '1984-01-31', 'YUG'],
    ['Yugoslavia', '2001-05-09', 'SCG'],
    ['Serbia', '1997-05-31', 'SCG'],
    ['Serbia', '2020-09-04', 'SRB'],
    ['Vietnam', '1951-09-03', 'RVN'],
    ['Vietnam', '2000-09-06', 'VNM'],
    ['China, Republic of', '1945-04-26', 'CHN'],
    ['China, Republic of', '1961-07-31', 'TWN'],
    // Not, or not by all, held to be states.
    ['Palestinian Authority', '1994-05-17', 'PSE'],
    ['Kosovo', '2008-07-17', 'XKX'],
    ['Serbia-Montenegro (Kosovo)', '1999-07-29', 'SCG'],
    ['Southern Rhodesia (Zimbabwe)', '1978-04-17', 'RHO'],
    ['Netherlands Antilles', '1970-02-22', 'ANT'],
    ['Denmark (Greenland)', '2004-08-06', 'DNK'],
    ['French Polynesia', '2022-09-28', 'PYF'],
  ])('%s in %s is %s', (country, start, code) => {
    expect(went('president', country, { start, end: '' })).toMatchObject({ host: code });
  });

  test('keeps its name in the row, where it is not the party’s', () => {
    expect(came('King A', 'Siam (Thailand)').evidence[0]!.note).toBe('Country in the row: Siam (Thailand).');
    expect(came('King A', 'Thailand').evidence[0]!.note).toBeUndefined();
  });

  test.each([
    ['Germany', '1945-07-16', 'Potsdam', /occupied/],
    ['Germany', '1963-06-26', 'West Berlin', /not under the Federal Republic/],
    ['Germany', '2002-05-22', 'Berlin', undefined],
    ['Panama', '1935-10-16', 'Balboa', /Canal Zone/],
    ['Panama', '1935-10-16', 'Panama City', undefined],
    ['Egypt', '1960-09-26', 'Cairo', /United Arab Republic/],
    ['Philippines', '1946-05-09', 'Manila', /not yet independent/],
  ])('of which more must be known: %s, %s, %s', (country, start, locale, note) => {
    const told = went('president', country, { start, end: '', locale }).evidence[0]!.note;
    if (note) expect(told).toMatch(note);
    else expect(told).toBeUndefined();
  });

  test('that is registered is taken by the ledger as it is', () => {
    const ledger = new PureLedger();
    for (const [code, party] of Object.entries(REGISTERED)) ledger.given('RegisterParty', { code, ...party });
    expect(ledger.events.flatMap(({ metadata }) => metadata.warnings)).toEqual([]);
  });
});

describe('a visitor', () => {
  const day = (start: string): Row => ({ start, end: '' });
  test.each([
    ['King Kala', 'Hawaii', '1874-12-12', [['King', 'Kala']], 'head_of_state'],
    ['Emperor Dom Pedro II', 'Brazil', '1876-05-07', [['Emperor', 'Dom Pedro II']], 'head_of_state'],
    ['Chancellor Huber', 'Austria', '1952-05-12', [['Chancellor', 'Huber']], 'head_of_government'],
    ['Prince Rainer III', 'Monaco', '1956-10-11', [['Prince', 'Rainer III']], 'head_of_state'],
    ['Prince Siha', 'Cambodia', '1961-09-25', [['Prince', 'Siha']], 'other'],
    ['Crown Prince Omar', 'Saudi Arabia', '2018-03-19', [['Crown Prince', 'Omar']], 'other'],
    ['Governor General Lord Ash', 'Canada', '1937-03-30', [['Governor General', 'Lord Ash']], 'other'],
    ['President- elect Perez', 'Mexico', '1994-11-22', [['President-elect', 'Perez']], 'other'],
    ['Chancellor-elect Huber', 'Germany', '1998-10-08', [['Chancellor-elect', 'Huber']], 'other'],
    ['General Secretary Ivan I. Ivanov', 'U.S.S.R.', '1973-06-18', [['General Secretary', 'Ivan I. Ivanov']], 'other'],
    ['Vice Premier Wang', 'China, People’s Republic of', '1979-01-29', [['Vice Premier', 'Wang']], 'minister'],
    ['Foreign Minister Diaz', 'Chile', '1979-01-29', [['Foreign Minister', 'Diaz']], 'minister'],
    ['Prime MinisterHaider', 'Iraq', '2017-03-20', [['Prime Minister', 'Haider']], 'head_of_government'],
    ['Prime Minster King', 'Canada', '1935-11-07', [['Prime Minister', 'King']], 'head_of_government'],
    ['Premier & Prince Siha', 'Cambodia', '1960-09-27', [['Premier and Prince', 'Siha']], 'head_of_government'],
    ['Valdas A.', 'Lithuania', '2002-01-16', [[undefined, 'Valdas A.']], 'other'],
    // A title that was another office there, or then.
    ['President Keller', 'Switzerland', '2010-04-12', [['President', 'Keller']], 'other'],
    ['President Tit', 'Yugoslavia', '1978-03-06', [['President', 'Tit']], 'head_of_state'],
    ['President Spil', 'Yugoslavia', '1984-01-31', [['President', 'Spil']], 'other'],
    [
      'President du Bois',
      'France (Provisional Government)',
      '1945-08-22',
      [['President', 'du Bois']],
      'head_of_government',
    ],
    ['President du Bois', 'France', '1960-04-22', [['President', 'du Bois']], 'head_of_state'],
    ['President Fry', 'French Polynesia', '2022-09-28', [['President', 'Fry']], 'other'],
    ['President Zub', 'Bosnian Federation', '1996-05-14', [['President', 'Zub']], 'other'],
    // Several in one row.
    [
      'President A and Prime Minister B',
      'Poland',
      '1999-04-23',
      [
        ['President', 'A'],
        ['Prime Minister', 'B'],
      ],
      'head_of_state',
    ],
    [
      'King A and Crown Prince B',
      'Jordan',
      '2023-02-02',
      [
        ['King', 'A'],
        ['Crown Prince', 'B'],
      ],
      'head_of_state',
    ],
    ['President A Whip, Jr.', 'Palau', '2022-09-28', [['President', 'A Whip, Jr.']], 'head_of_state'],
  ])('%s of %s in %s', (visitor, from, start, persons, level) => {
    const { delegation, ...visit } = came(visitor, from, day(start));
    expect(delegation.map(({ office, name }) => [office?.en, name?.en])).toEqual(persons);
    expect(visit.level).toBe(level);
  });

  test('with a military title alone has a rank, and no office', () => {
    expect(came('Brigadier General Melo', 'Honduras').delegation).toEqual([
      { name: { en: 'Melo' }, rank: { en: 'Brigadier General' }, party: 'HND' },
    ]);
  });

  test('is kept as spelt in the row, where title and name do not give that back', () => {
    expect(came('Prime Minster King', 'Canada').evidence[0]!.note).toBe('Visitor in the row: Prime Minster King.');
    expect(came('Prime Minister King', 'Canada').evidence[0]!.note).toBeUndefined();
  });
});

describe('a description', () => {
  test.each([
    ['State visit; met with President X.', 'state'],
    ['Met with President X; State visit.', 'state'],
    ['Official State visit.', 'state'],
    ['Official working visit. Private visit to Boston.', 'working'],
    ['Offical Visit.', 'official'],
    ['Unofficial courtesy call.', 'courtesy'],
    ['Private visit. Official visit to Ottawa before.', 'other'],
    ['Unofficial visit.', 'other'],
    // Not this one's, or not said to be the visit as a whole.
    ['Accompanied President X on a State visit.', 'other'],
    ['Met with President X during a private visit.', 'other'],
    ['Delivered a message postponing a state visit.', 'other'],
    ['Attended a summit.', 'other'],
    ['', 'other'],
  ])('%j is of kind %s', (text, kind) => expect(kindIn(text)).toBe(kind));
});

describe('a locale', () => {
  test.each([
    ['', []],
    ['London, Cornwall', ['London', 'Cornwall']],
    ['Rome, Anagni , Fiuggi', ['Rome', 'Anagni', 'Fiuggi']],
    ['Acapulco, Mexico, D.F., Puebla', ['Acapulco', 'Mexico, D.F.', 'Puebla']],
    ['Birch Grove, Sussex', ['Birch Grove, Sussex']],
    ['Sydney (Nova Scotia), Halifax', ['Sydney (Nova Scotia)', 'Halifax']],
    ['Bay (One, Two), Three', ['Bay (One, Two)', 'Three']],
  ])('%j', (locale, places) => expect(placesIn(locale)).toEqual(places));
});

describe('CSV', () => {
  const fieldsOf = (text: string) => readCsv(text).records.map(({ line, fields }) => [line, fields]);

  test('has quotes, commas and line breaks in quoted fields, a byte order mark, CRLF and LF', () => {
    expect(fieldsOf('\uFEFFa,b\r\n"x, ""y""","one\r\ntwo"\n\n,\nlast,')).toEqual([
      [2, { a: 'x, "y"', b: 'one\r\ntwo' }],
      [5, { a: '', b: '' }],
      [6, { a: 'last', b: '' }],
    ]);
  });

  test('says which record has other than the header’s fields', () => {
    expect(fieldsOf('a,b\n1\n2,3,4\n5,6\n')).toEqual([
      [2, undefined],
      [3, undefined],
      [4, { a: '5', b: '6' }],
    ]);
  });

  test.each([
    ['', /is empty/],
    ['a,b\n1,"open\nand on', /line 2: a quote/],
    ['a,b\n1,mid"dle', /line 2: a quote/],
    ['a,b\n"shut"x,1', /line 2: a quote/],
  ])('%j is none', (text, message) => {
    expect(() => readCsv(text)).toThrow(CsvError);
    expect(() => readCsv(text)).toThrow(message);
  });
});
