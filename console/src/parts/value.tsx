import { type Data, isObject, isWordings } from '../api/records';
import { useText } from '../i18n/text';
import { isStanding } from '../time/search';
import { PageLink } from './page-link';
import { Party } from './party';
import { RecordLink } from './record-link';
import { Standing } from './standing';
import { Id, PartialDate, Wording } from './words';

/** Fields that name a party by its code, and those that name several. */
const PARTIES = new Set([
  'parties',
  'party',
  'by',
  'visitor',
  'host',
  'country',
  'consentPending',
  'confirmationPending',
]);
/** Fields that are codes of a list: the list's name, where it is another than the field's. */
const CODES: Readonly<Record<string, string>> = {
  status: 'status',
  stage: 'stage',
  instrumentType: 'instrumentType',
  kind: 'kind',
  level: 'level',
  mode: 'mode',
  means: 'means',
  renewal: 'renewal',
  relation: 'relation',
  areas: 'area',
  language: 'app.language',
};
const DATES = /(On|For|Since|From|By|Until|Day|Deadline|^until|^earliest|^latest)$/;
const EDTF = /^(\.\.|\d{2})[\dX./~?%-]*$/;
/** What an event of a list within a record says of itself, told elsewhere. */
const TECHNICAL = new Set(['eventId', 'latest', 'earliest']);

/** The name of a field in words. */
export function useFieldName(): (field: string) => string {
  const text = useText();
  return (field) => text.code('field', field);
}

interface ValueProps {
  readonly of: unknown;
  /** The name of its field, which says what kind of value it is. */
  readonly field: string;
}

/** A value of a record, by its field's name and its shape. */
export function Value({ of, field }: ValueProps) {
  const text = useText();
  if (of === null || of === undefined) {
    return DATES.test(field) ? <PartialDate of={null} /> : <span className="unknown">{text('app.none')}</span>;
  }
  if (Array.isArray(of)) return <List items={of} field={field} />;
  if (isWordings(of) && !('eventId' in of)) return <Wording of={of} />;
  if (isObject(of)) return <Fields of={of} />;
  if (typeof of === 'boolean') return text(of ? 'app.yes' : 'app.no');
  if (typeof of === 'number') return <bdi>{new Intl.NumberFormat(text.tag, { useGrouping: false }).format(of)}</bdi>;
  return typeof of === 'string' ? <TextValue of={of} field={field} /> : null;
}

function List({ items, field }: { readonly items: readonly unknown[]; readonly field: string }) {
  const text = useText();
  if (items.length === 0) return <span className="unknown">{text('app.none')}</span>;
  if (items.length === 1) return <Value of={items[0]} field={field} />;
  return (
    <ul className={items.every((item) => typeof item === 'string') ? 'plain' : 'blocks'}>
      {items.map((item, i) => (
        <li key={i}>
          <Value of={item} field={field} />
        </li>
      ))}
    </ul>
  );
}

/** An object within a record: a place and a person on a line, others as a list of their fields. */
function Fields({ of }: { readonly of: Data }) {
  const nameOf = useFieldName();
  if (isWordings(of['name']) || isWordings(of['office'])) return <Person of={of} />;
  const fields = Object.entries(of).filter(([name]) => !TECHNICAL.has(name));
  return (
    <dl className="fields">
      {fields.map(([name, value]) => (
        <div key={name}>
          <dt>{nameOf(name)}</dt>
          <dd>
            <Value of={value} field={name} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

const words = (value: unknown, key: string) => (isWordings(value) ? <Wording key={key} of={value} /> : undefined);
const party = (value: unknown, key: string) =>
  typeof value === 'string' ? <Party key={key} code={value} /> : undefined;

/** Rank and name, office, party; or the name of a place, and its country. */
function Person({ of: { rank, name, office, party: of, country } }: { readonly of: Data }) {
  const parts = [words(name, 'name'), words(rank, 'rank'), words(office, 'office'), party(of ?? country, 'party')];
  const shown = parts.filter((part) => part !== undefined);
  const text = useText();
  return <span>{shown.map((part, i) => (i === 0 ? part : [text('app.comma'), part]))}</span>;
}

function TextValue({ of, field }: { readonly of: string; readonly field: string }) {
  const text = useText();
  const list = CODES[field];
  const category = /^(?:.*?)(agreement|visit|mechanism|meeting|exercise|source)Ids?$/i.exec(field)?.[1]?.toLowerCase();
  if (PARTIES.has(field) || (field === 'participants' && /^[A-Z]{3,}$/.test(of))) return <Party code={of} />;
  if (field === 'pairs') return <PageLink to={`/relationships/${of}`}>{of}</PageLink>;
  if (list !== undefined) return text.code(list, of);
  if (field === 'standing' && isStanding(of)) return <Standing of={of} />;
  if (category !== undefined) return <RecordLink stream={`${category}-${of}`} />;
  if (DATES.test(field) && EDTF.test(of)) return <PartialDate of={of} />;
  return /^[0-9a-f]{64}$/.test(of) ? <Id>{of}</Id> : <bdi dir="auto">{of}</bdi>;
}
