import { isWordings, type Relationship } from '../../api/records';
import { useText } from '../../i18n/text';
import { useMore } from '../../parts/more';
import { PageLink } from '../../parts/page-link';
import { Party } from '../../parts/party';
import { RecordLink } from '../../parts/record-link';
import { Section } from '../../parts/section';
import { Standing } from '../../parts/standing';
import { Table } from '../../parts/table';
import { Value } from '../../parts/value';
import { Labelled, PartialDate, When, Wording } from '../../parts/words';
import { isClaimed } from '../../time/search';
import type { HeldRecord } from './records-of';

type Agreement = Relationship['agreements'][number];
type Mechanism = Relationship['mechanisms'][number];

interface ItemsProps<Item> {
  readonly items: readonly Item[];
}
interface RecordsProps {
  readonly records: readonly HeldRecord[];
}

const isUnsigned = ({ signedOn, status }: Agreement) =>
  signedOn === null && (status === null || ['proposed', 'drafted', 'initialled'].includes(status));

export const agreementLink = ({ agreementId, title }: Agreement) => (
  <PageLink to={`/agreements/${encodeURIComponent(agreementId)}`}>
    <Wording of={title} />
  </PageLink>
);

const mechanismLink = ({ mechanismId, name }: Mechanism) => (
  <PageLink to={`/mechanisms/${encodeURIComponent(mechanismId)}`}>
    <Wording of={name} />
  </PageLink>
);

export function Agreements({ items }: ItemsProps<Agreement>) {
  const text = useText();
  return (
    <Section title={text('relationship.agreements')} count={text('count.agreements', { n: items.length })}>
      {items.length > 0 && (
        <Table
          caption={text('relationship.agreements')}
          rows={items}
          keyOf={({ agreementId }) => agreementId}
          columns={[
            { label: text('field.title'), cell: agreementLink },
            {
              label: text('field.instrumentType'),
              cell: ({ instrumentType }) => <Value of={instrumentType} field="instrumentType" />,
            },
            { label: text('field.status'), cell: ({ status }) => <Value of={status} field="status" /> },
            {
              label: text('field.signedOn'),
              cell: (each) => (isUnsigned(each) ? '—' : <PartialDate of={each.signedOn} />),
            },
            { label: text('standing'), cell: ({ standing }) => <Standing of={standing} /> },
          ]}
        />
      )}
    </Section>
  );
}

export function Mechanisms({ items }: ItemsProps<Mechanism>) {
  const text = useText();
  return (
    <Section title={text('relationship.mechanisms')} count={text('count.mechanisms', { n: items.length })}>
      {items.length > 0 && (
        <Table
          caption={text('relationship.mechanisms')}
          rows={items}
          keyOf={({ mechanismId }) => mechanismId}
          columns={[
            { label: text('field.name'), cell: mechanismLink },
            { label: text('field.status'), cell: ({ status }) => <Value of={status} field="status" /> },
            { label: text('field.sessions'), cell: ({ sessions }) => text('count.sessions', { n: sessions }) },
            { label: text('standing'), cell: ({ standing }) => <Standing of={standing} /> },
          ]}
        />
      )}
    </Section>
  );
}

interface VisitsProps extends RecordsProps {
  readonly visits: Relationship['visits'];
}

export function Visits({ visits: { byDirection }, records }: VisitsProps) {
  const text = useText();
  return (
    <Section title={text('relationship.visits')} count={text('count.visits', { n: records.length })}>
      {records.length > 0 && (
        <>
          <ul className="directions">
            {Object.entries(byDirection).map(([direction, n]) => (
              <li key={direction}>
                <Labelled label={<Direction of={direction} />}>
                  <bdi>{new Intl.NumberFormat(text.tag).format(n)}</bdi>
                </Labelled>
              </li>
            ))}
          </ul>
          <HeldTable category="visit" records={records} />
        </>
      )}
    </Section>
  );
}

/** `MAR>PAK` in words. */
function Direction({ of }: { readonly of: string }) {
  const [visitor = '', host = ''] = of.split('>');
  return useText().rich('relationship.direction', {
    visitor: <Party code={visitor} />,
    host: <Party code={host} />,
  });
}

export function Meetings({ records }: RecordsProps) {
  const text = useText();
  return (
    <Section title={text('relationship.meetings')} count={text('count.meetings', { n: records.length })}>
      {records.length > 0 && <HeldTable category="meeting" records={records} />}
    </Section>
  );
}

export function Exercises({ records }: RecordsProps) {
  const text = useText();
  return (
    <Section title={text('relationship.exercises')} count={text('count.exercises', { n: records.length })}>
      {records.length > 0 && <HeldTable category="exercise" records={records} />}
    </Section>
  );
}

interface HeldTableProps extends RecordsProps {
  readonly category: 'visit' | 'meeting' | 'exercise';
}

function HeldTable({ category, records }: HeldTableProps) {
  const text = useText();
  const level = {
    label: text('field.level'),
    cell: ({ entry }: HeldRecord) => <Value of={entry.data['level']} field="level" />,
  };
  return (
    <Table
      caption={text(`relationship.${category}s`)}
      rows={records}
      keyOf={({ stream }) => stream}
      columns={[
        { label: text(`category.${category}`), cell: ({ stream }) => <RecordLink stream={stream} /> },
        { label: text('field.place'), cell: (record) => <Where of={record} /> },
        ...(category === 'exercise' ? [] : [level]),
        { label: text('date.happened'), cell: ({ entry }) => <When {...entry} /> },
        { label: text('standing'), cell: ({ entry }) => <Standing of={entry.standing} /> },
      ]}
    />
  );
}

/** Where it was, by name: the country of a place is no party. */
function Where({ of: { entry } }: { readonly of: HeldRecord }) {
  const text = useText();
  const places = [entry.data['place'] ?? entry.data['places'] ?? []].flat() as { readonly name?: unknown }[];
  const names = places.flatMap(({ name }) => (isWordings(name) ? [name] : []));
  if (names.length === 0) return <span className="unknown">{text('app.unknown')}</span>;
  return names.map((name, i) => (
    <span key={i}>
      {i > 0 && ' · '}
      <Wording of={name} />
    </span>
  ));
}

interface ClaimsProps extends RecordsProps {
  readonly relationship: Relationship;
}

/** What is only claimed, of every kind, apart from what is established. */
export function Claims({ relationship, records }: ClaimsProps) {
  const text = useText();
  const agreements = relationship.agreements.filter(({ standing }) => isClaimed(standing));
  const mechanisms = relationship.mechanisms.filter(({ standing }) => isClaimed(standing));
  const [shown, more] = useMore(records);
  if (agreements.length + mechanisms.length + records.length === 0) return null;
  return (
    <Section title={text('relationship.claims')} className="claims">
      <p className="hint">{text('relationship.claims.note')}</p>
      <ul className="claimed">
        {agreements.map((each) => (
          <li key={each.agreementId}>
            <span className="event">{text('category.agreement')}</span> {agreementLink(each)}{' '}
            <Value of={each.status} field="status" />
            {!isUnsigned(each) && (
              <>
                {text('app.comma')}
                <PartialDate of={each.signedOn} />
              </>
            )}{' '}
            <Standing of={each.standing} />
          </li>
        ))}
        {mechanisms.map((each) => (
          <li key={each.mechanismId}>
            <span className="event">{text('category.mechanism')}</span> {mechanismLink(each)}{' '}
            <Standing of={each.standing} />
          </li>
        ))}
        {shown.map(({ stream, category, entry }) => (
          <li key={stream}>
            <span className="event">{text(`category.${category}`)}</span> <RecordLink stream={stream} />{' '}
            <When {...entry} /> <Standing of={entry.standing} />
          </li>
        ))}
      </ul>
      {more}
    </Section>
  );
}
