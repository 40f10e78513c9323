/** What the records say of one visit, in the words of both files. */
export interface RowOfVisit {
  readonly id: string;
  readonly start: string;
  readonly end: string;
  /** The other country: whose leader came, or where the United States' went. */
  readonly country: string;
  readonly locale: string;
  readonly description: string;
  /** A file of visits to the United States says who received; undefined for travels abroad. */
  readonly host?: string;
  readonly who: { readonly visitor: string } | { readonly role: string; readonly name: string };
}

export interface Table {
  /** In ids, so it must not change. */
  readonly kind: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly read: (fields: Readonly<Record<string, string>>) => RowOfVisit;
}

const field = (fields: Readonly<Record<string, string>>, name: string) => (fields[name] ?? '').trim();

/** The files that are understood, known by their columns. */
export const TABLES: readonly Table[] = [
  {
    kind: 'foreign-leader-visits',
    title: 'Visits by foreign leaders to the United States',
    columns: ['id', 'start', 'end', 'visitor', 'from_id', 'from_name', 'host', 'description'],
    read: (fields) => ({
      id: field(fields, 'id'),
      start: field(fields, 'start'),
      end: field(fields, 'end'),
      country: field(fields, 'from_name'),
      locale: '',
      description: field(fields, 'description'),
      host: field(fields, 'host'),
      who: { visitor: field(fields, 'visitor') },
    }),
  },
  {
    kind: 'outbound-travels',
    title: 'Travels abroad of the President and of the Secretary of State of the United States',
    columns: ['id', 'role', 'name', 'start', 'end', 'country_id', 'country', 'locale', 'remarks'],
    read: (fields) => ({
      id: field(fields, 'id'),
      start: field(fields, 'start'),
      end: field(fields, 'end'),
      country: field(fields, 'country'),
      locale: field(fields, 'locale'),
      description: field(fields, 'remarks'),
      who: { role: field(fields, 'role'), name: field(fields, 'name') },
    }),
  },
];

/** The table with exactly these columns, in any order. */
export const tableOf = (header: readonly string[]): Table | undefined =>
  TABLES.find(({ columns }) => [...columns].sort().join() === [...header].sort().join());
