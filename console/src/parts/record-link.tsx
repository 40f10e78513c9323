import { createContext, type ReactNode, useContext } from 'react';
import { useAnswer } from '../api/ledger';
import { type Category, type Data, type HistoryEntry, isObject, isWordings, parseStream, plural } from '../api/records';
import { wordingFor } from '../i18n/locales';
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
  const known = useContext(NamesContext).get(stream);
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
  if (category === 'meeting' && Array.isArray(participants)) {
    const names = participants.flatMap((each) => nameOf(each, text.locale) ?? []);
    const list = new Intl.ListFormat(text.tag, { type: 'conjunction' });
    return <bdi>{list.format(names.map(isolated))}</bdi>;
  }
  return <Id>{id}</Id>;
}

/** Within a text, as `bdi` is among elements. */
const isolated = (name: string) => `\u2068${name}\u2069`;

function nameOf(person: unknown, locale: ReturnType<typeof useText>['locale']): string | undefined {
  if (!isObject(person)) return undefined;
  const wordings = [person['name'], person['office']].find(isWordings);
  return wordings && wordingFor(wordings, locale)?.[1];
}
