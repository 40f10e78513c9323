import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { useEvent } from '../../api/events';
import type { LedgerEvent } from '../../api/records';
import { useText } from '../../i18n/text';
import { PageLink } from '../../parts/page-link';
import { Id, Moment } from '../../parts/words';
import { useSearchChange } from '../../time/search';

/** Browsers make nothing higher than so many rows. */
export const MOST_ROWS = 200_000;

const ROW_PX = 44;

interface EventListProps {
  readonly label: string;
  /** How many there are, the newest of which come first. */
  readonly count: number;
  /** The position of a row's event, and the event where it is there already. */
  readonly at: (row: number) => { readonly position: number; readonly event?: LedgerEvent | undefined };
  /** The last position that is recorded. */
  readonly end: number;
}

/** Events, of which those are made that are seen. */
export function EventList({ label, count, at, end }: EventListProps) {
  const text = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const shown = Math.min(count, MOST_ROWS);
  const rows = useVirtualizer({
    count: shown,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (row) => at(row).position,
    overscan: 6,
  });
  return (
    <>
      <div ref={scroller} className="event-list" role="table" aria-label={label} aria-rowcount={shown + 1} tabIndex={0}>
        <div role="rowgroup">
          <div role="row" className="event-row head">
            {(['position', 'event', 'stream', 'recorded'] as const).map((column) => (
              <span key={column} role="columnheader">
                {text(`streams.${column}`)}
              </span>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="rows" style={{ blockSize: `${rows.getTotalSize()}px` }}>
          {rows.getVirtualItems().map(({ key, index, start }) => (
            <div
              key={key}
              ref={rows.measureElement}
              data-index={index}
              role="row"
              aria-rowindex={index + 2}
              className="event-row"
              style={{ transform: `translateY(${start}px)` }}
            >
              <Row {...at(index)} end={end} />
            </div>
          ))}
        </div>
      </div>
      {count > shown && <p className="hint">{text('streams.capped', { n: shown })}</p>}
    </>
  );
}

interface RowProps {
  readonly position: number;
  readonly event?: LedgerEvent | undefined;
  readonly end: number;
}

function Row({ position, event: known, end }: RowProps) {
  const text = useText();
  const change = useSearchChange();
  const asked = useEvent(position, end, known === undefined);
  const event = known ?? asked;
  const warnings = event?.metadata.warnings.length ?? 0;
  return (
    <>
      <span role="cell">
        <bdi>{position}</bdi>
      </span>
      <span role="cell">
        {event ? (
          <button type="button" className="link" onClick={() => change({ event: String(position) })}>
            {text.code('event', event.type)}
          </button>
        ) : (
          text('app.loading')
        )}
        {warnings > 0 && <em className="tag">{text('streams.warned', { n: warnings })}</em>}
      </span>
      <span role="cell">
        {event && (
          <PageLink to={`/operate/streams/${encodeURIComponent(event.stream)}`}>
            <Id>{event.stream}</Id>
          </PageLink>
        )}
      </span>
      <span role="cell" className="recorded">
        {event && <Moment at={event.metadata.recordedAt} />}
      </span>
    </>
  );
}
