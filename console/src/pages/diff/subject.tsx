import type { ReactNode } from 'react';
import { type Data, type EventRef, type HistoryEntry, isObject } from '../../api/records';
import { useText } from '../../i18n/text';
import { Cited } from '../../parts/evidence';
import { Party } from '../../parts/party';
import { RecordLink } from '../../parts/record-link';
import { Table } from '../../parts/table';
import { useFieldName, Value } from '../../parts/value';
import { Labelled, Moment } from '../../parts/words';
import type { Subject, SubjectChange } from './changes';

interface SubjectProps {
  readonly of: Subject;
  /** The pair's history, by the ids of its events: it has their evidence. */
  readonly history: ReadonlyMap<string, HistoryEntry>;
}

/** What changed in a record, field by field, and by which events. */
export function SubjectChanges({ of: { stream, changes }, history }: SubjectProps) {
  const text = useText();
  const events = new Map(changes.flatMap((change) => change.events.map((event) => [event.eventId, event])));
  return (
    <section className="subject">
      <h3>{stream === undefined ? text('diff.relationship') : <RecordLink stream={stream} />}</h3>
      <Table
        caption={stream ?? text('diff.relationship')}
        rows={changes}
        keyOf={({ path }) => path}
        columns={[
          { label: text('diff.field'), cell: ({ tokens }) => <FieldName tokens={tokens} /> },
          { label: text('diff.before'), cell: (change) => <Side of={change} side="before" /> },
          { label: text('diff.after'), cell: (change) => <Side of={change} side="after" /> },
          { label: text('diff.because'), cell: (change) => <Because of={change} /> },
        ]}
      />
      {events.size > 0 && (
        <details>
          <summary>{text('diff.sources')}</summary>
          <ul className="events">
            {[...events.values()].map((event) => (
              <li key={event.eventId}>
                <Event of={event} entry={history.get(event.eventId)} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

/** A path in words: lists by their names, items by theirs; an event's id says nothing to a reader. */
function FieldName({ tokens }: { readonly tokens: readonly string[] }) {
  const text = useText();
  const nameOf = useFieldName();
  const nameAt = (token: string, i: number): ReactNode => {
    const list = tokens[i - 1];
    if (list === 'areas') return text.code('area', token);
    const category = list === undefined ? undefined : ITEMS[list];
    if (category !== undefined) return <RecordLink stream={`${category}-${token}`} />;
    const [visitor, host] = token.split('>');
    if (list === 'byDirection' && visitor !== undefined && host !== undefined) {
      return text.rich('relationship.direction', { visitor: <Party code={visitor} />, host: <Party code={host} /> });
    }
    return nameOf(token);
  };
  const names = tokens.flatMap((token, i) => (UUID.test(token) ? [] : [[token, nameAt(token, i)] as const]));
  return names.map(([token, name], i) => (
    <span key={token}>
      {i > 0 && ' · '}
      {name}
    </span>
  ));
}

/** Lists whose items are named by a record's id. */
const ITEMS: Readonly<Record<string, string>> = { agreements: 'agreement', mechanisms: 'mechanism', last: 'visit' };

interface SideProps {
  readonly of: SubjectChange;
  readonly side: 'before' | 'after';
}

function Side({ of, side }: SideProps) {
  const text = useText();
  if (!(side in of)) return <span className="unknown">{text('diff.absent')}</span>;
  const field = of.tokens.findLast((token) => !UUID.test(token) && !/^\d+$/.test(token)) ?? '';
  const value = of[side];
  // That nothing is on record may mean that it did not happen, or that nobody says when.
  if (value === null) return <span className="unknown">{text('relationship.nothing')}</span>;
  return isObject(value) ? <ItemValue of={value} field={field} /> : <Value of={value} field={field} />;
}

/** An item of a list as a whole: a fact, a dispute, a part of the status, or any other. */
function ItemValue({ of, field }: { readonly of: Data; readonly field: string }) {
  const text = useText();
  const { type, stream, alternatives, path } = of;
  if (typeof type === 'string' && typeof stream === 'string') {
    return (
      <>
        {text.code('event', type)} <RecordLink stream={stream} />
      </>
    );
  }
  if (Array.isArray(alternatives) && typeof path === 'string') {
    const disputed = path.split('/').findLast((token) => !/^\d+$/.test(token)) ?? path;
    return (
      <>
        <Labelled label={text.code('field', disputed)}>
          <Value of={alternatives.map((each) => (each as Data)['value'])} field={disputed} />
        </Labelled>
        {typeof stream === 'string' && (
          <p>
            <RecordLink stream={stream} />
          </p>
        )}
      </>
    );
  }
  if (!IDS.some((id) => id in of)) return <Value of={of} field={field} />;
  // A part of the status: its name is its field's, beside it; and what it has not is nothing that changed.
  const told = Object.entries(of).filter(([name, part]) => !NAMES.includes(name) && !isNothing(part));
  return <Value of={Object.fromEntries(told)} field={field} />;
}

const IDS = ['agreementId', 'mechanismId', 'visitId', 'code'];
const NAMES = [...IDS, 'title', 'titleIsDescriptive', 'name'];

const isNothing = (value: unknown) => value === null || value === false || (Array.isArray(value) && value.length === 0);

function Because({ of: { byTime, events } }: { readonly of: SubjectChange }) {
  const text = useText();
  const list = events.map((event) => (
    <li key={event.eventId}>
      <EventName of={event} />
    </li>
  ));
  if (!byTime) return <ul className="plain">{list}</ul>;
  return (
    <>
      {text('diff.byTime')}
      {events.length > 0 && (
        <>
          {text('app.comma')}
          {text.rich('diff.rests', { events: <ul className="plain">{list}</ul> })}
        </>
      )}
    </>
  );
}

function EventName({ of: { type, position } }: { readonly of: EventRef }) {
  const text = useText();
  return text.rich('diff.event', { event: text.code('event', type), position: <bdi>{position}</bdi> });
}

/** An event, why a curator recorded it, and its sources. */
function Event({ of, entry }: { readonly of: EventRef; readonly entry: HistoryEntry | undefined }) {
  const text = useText();
  const reason = entry?.data['reason'];
  return (
    <>
      <p>
        <strong>{text.code('event', of.type)}</strong> <RecordLink stream={of.stream} />{' '}
        <span className="recorded">
          {text.rich('time.upTo', { position: <bdi>{of.position}</bdi>, time: <Moment at={of.recordedAt} /> })}
        </span>
      </p>
      {typeof reason === 'string' && (
        <p>
          <bdi dir="auto">{reason}</bdi>
        </p>
      )}
      {entry?.evidence.map((each, i) => (
        <Cited key={i} of={each} />
      ))}
      {(entry?.evidence.length ?? 0) === 0 && <p className="hint">{text('diff.noSource')}</p>}
    </>
  );
}
