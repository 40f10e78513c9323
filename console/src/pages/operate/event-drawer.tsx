import { useQuery } from '@tanstack/react-query';
import { useEvent } from '../../api/events';
import { ledger } from '../../api/ledger';
import type { LedgerEvent } from '../../api/records';
import { useText } from '../../i18n/text';
import { Drawer } from '../../parts/drawer';
import { type Fact, Facts } from '../../parts/facts';
import { PageLink } from '../../parts/page-link';
import { RecordLink } from '../../parts/record-link';
import { Id, Moment } from '../../parts/words';
import { isPosition, usePageSearch, useSearchChange } from '../../time/search';

/** The event that the address names, all of it. @param end the last position that is recorded */
export function EventDrawer({ end }: { readonly end: number }) {
  const text = useText();
  const { event: named } = usePageSearch();
  const change = useSearchChange();
  const position = named !== undefined && isPosition(named) ? Number(named) : 0;
  const event = useEvent(position, end);
  const title = event && text('streams.open', { position, event: text.code('event', event.type) });
  return (
    <Drawer
      open={position > 0}
      title={title ?? text(position > end ? 'problem.notFound' : 'app.loading')}
      onClose={() => change({ event: undefined }, { replace: true })}
    >
      {event && <Told event={event} end={end} />}
    </Drawer>
  );
}

function Told({ event, end }: { readonly event: LedgerEvent; readonly end: number }) {
  const text = useText();
  const { id, stream, revision, metadata } = event;
  const { $causationId, $correlationId, actor, recordedAt, schemaVersion, traceparent, warnings } = metadata;
  const fields: readonly Fact[] = [
    [text('streams.record'), <RecordLink key="r" stream={stream} />],
    [
      text('streams.stream'),
      <PageLink key="s" to={`/operate/streams/${encodeURIComponent(stream)}`}>
        <Id>{stream}</Id>
      </PageLink>,
    ],
    [text('streams.revision'), <bdi key="v">{revision}</bdi>],
    [text('streams.recorded'), <Moment key="m" at={recordedAt} />],
    [text('streams.actor'), <bdi key="a">{actor}</bdi>],
    [text('streams.id'), <Id key="i">{id}</Id>],
    [text('streams.cause'), <Id key="c">{$causationId}</Id>],
    [text('streams.correlation'), <Id key="o">{$correlationId}</Id>],
    [text('streams.schema'), <bdi key="n">{schemaVersion}</bdi>],
    ...(traceparent === undefined ? [] : [[text('streams.trace'), <Id key="t">{traceparent}</Id>] as const]),
  ];
  return (
    <>
      <Facts of={fields} className="fields" />
      {warnings.length > 0 && (
        <>
          <h3>{text('streams.warnings')}</h3>
          <ul>
            {warnings.map(({ code, message, pointer }) => (
              <li key={`${code} ${pointer}`}>
                <Id>{code}</Id> <bdi lang="en">{message}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
      <Related event={event} end={end} />
      <h3>{text('streams.raw')}</h3>
      <pre dir="ltr" tabIndex={0} aria-label={text('streams.raw')}>
        {JSON.stringify(event, null, 2)}
      </pre>
    </>
  );
}

/** How far around an event its relatives are looked for: what belongs together is recorded together. */
const AROUND = 250;

/** What is of the same correlation, and which of it caused which. */
function Related({ event, end }: { readonly event: LedgerEvent; readonly end: number }) {
  const text = useText();
  const from = Math.max(1, event.position - AROUND + 1);
  const to = Math.min(end, event.position + AROUND);
  const params = { after: String(from - 1), knownAt: String(to), limit: 2 * AROUND };
  const { data, error } = useQuery({
    queryKey: ['/v1/events', params],
    queryFn: ({ signal }) => ledger.get('/v1/events', params, { signal }),
  });
  const { id, metadata } = event;
  const relatives = (data?.events ?? []).filter(
    (other) =>
      other.id !== id &&
      (other.metadata.$correlationId === metadata.$correlationId ||
        other.metadata.$causationId === id ||
        other.id === metadata.$causationId),
  );
  const relationOf = (other: LedgerEvent) =>
    other.id === metadata.$causationId ? 'cause' : other.metadata.$causationId === id ? 'effect' : 'same';
  return (
    <>
      <h3>{text('streams.related')}</h3>
      {error && <p role="alert">{error.message}</p>}
      <ul>
        {relatives.map((other) => (
          <li key={other.id}>
            <PageLink to={`/operate/streams`} search={{ event: String(other.position) }}>
              {text('streams.open', { position: other.position, event: text.code('event', other.type) })}
            </PageLink>{' '}
            <em className="tag">{text(`streams.related.${relationOf(other)}`)}</em>
          </li>
        ))}
      </ul>
      {data && relatives.length === 0 && <p>{text('streams.related.none')}</p>}
      <p className="hint">{text('streams.related.note', { from, to })}</p>
    </>
  );
}
