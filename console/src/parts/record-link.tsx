import { createContext, type ReactNode, useContext } from 'react';
import { useAnswer } from '../api/ledger';
import { type Category, type Data, type HistoryEntry, isObject, isWordings, parseStream, plural } from '../api/records';
import { useText } from '../i18n/text';
import { PageLink } from './page-link';
import { Party } from './party';
import { Id, Wording } from './words';

/** By its stream, what tells a record's name: the data of an event that opened it. */
export type Names = ReadonlyMap<string, Data>;

const NamesContext = createContext<Names>(new Map());

/** Records that are named by a history on the page need not be asked for. */
export const NamedBy = ({ names, children }: { readonly names: Names; readonly children: ReactNode }) => (
  <NamesContext value={names}>{children}</NamesContext>
);

/** The names that the page has at hand. */
export const useNames = (): Names => useContext(NamesContext);

/** The names that a history tells. */
export function namesIn(entries: readonly HistoryEntry[]): Names {
  const names = new Map<string, Data>();
  for (const { record, data } of entries) {
    const tells = isWordings(data['title']) || isWordings(data['name']) || 'visitor' in data || 'participants' in data;
    if (tells) names.set(record, data);
  }
  return names;
}

/** A record by its name, as a link to its page. */
export function RecordLink({ stream }: { readonly stream: string }) {
  const record = parseStream(stream);
  if (record) return <LinkTo {...record} stream={stream} />;
  const pair = /^relationship-(.+)$/.exec(stream)?.[1];
  return pair === undefined ? <Id>{stream}</Id> : <PageLink to={`/relationships/${pair}`}>{pair}</PageLink>;
}

interface LinkToProps {
  readonly stream: string;
  readonly category: Category;
  readonly id: string;
}

function LinkTo({ stream, category, id }: LinkToProps) {
  const known = useNames().get(stream);
  const asked = useAnswer(`/v1/${plural(category)}/{id}`, { id }, known === undefined);
  const data = known ?? asked.data;
  return (
    <PageLink to={`/${plural(category)}/${encodeURIComponent(id)}`}>
      {data ? <RecordName category={category} data={data} id={id} /> : <Id>{id}</Id>}
    </PageLink>
  );
}

interface RecordNameProps {
  readonly category: Category;
  readonly data: Data;
  readonly id: string;
}

/** What a record is called: its title or name, who visited whom, who met. */
export function RecordName({ category, data, id }: RecordNameProps) {
  const text = useText();
  const { title, name, visitor, host, participants } = data;
  if (isWordings(title)) return <Wording of={title} />;
  if (isWordings(name)) return <Wording of={name} />;
  if (typeof visitor === 'string' && typeof host === 'string') {
    return text.rich('relationship.direction', { visitor: <Party code={visitor} />, host: <Party code={host} /> });
  }
  if (category === 'meeting' && Array.isArray(participants)) return <Names of={participants} />;
  return <Id>{id}</Id>;
}

/** Persons by their names, or where they have none their offices. */
export const personsIn = (participants: readonly unknown[]) =>
  participants.filter(isObject).map(({ name, office }) => [name, office].find(isWordings));

/** Persons, as the language puts them together. */
function Names({ of }: { readonly of: readonly unknown[] }) {
  const text = useText();
  const names = personsIn(of);
  const list = new Intl.ListFormat(text.tag, { type: 'conjunction' });
  const parts = list.formatToParts(names.map((_, i) => String(i)));
  return parts.map(({ type, value }, i) =>
    type === 'element' ? <Wording key={i} of={names[Number(value)]} /> : value,
  );
}
