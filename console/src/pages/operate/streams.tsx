import { useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useFilteredEvents } from '../../api/events';
import { useAnswer } from '../../api/ledger';
import { useText } from '../../i18n/text';
import { Answer } from '../../parts/answer';
import { PageLink } from '../../parts/page-link';
import { EVENT_CATEGORIES, isEventCategory, usePageSearch, useSearchChange } from '../../time/search';
import { EventDrawer } from './event-drawer';
import { EventList } from './event-list';
import { OperateFrame } from './frame';

/** Up to which position the page shows what is known, which moves as events are recorded, unless the address holds it. */
function useEnd() {
  const { knownOn } = usePageSearch();
  return useAnswer('/v1/relationships', { limit: 1, ...(knownOn !== undefined && { knownAt: knownOn }) });
}

/** Every event, the newest first, as they come. */
export function StreamsPage() {
  const text = useText();
  const end = useEnd();
  return (
    <OperateFrame title={text('streams.title')}>
      <Answer query={end}>{({ knownAt }) => <Events end={Number(knownAt.position)} />}</Answer>
    </OperateFrame>
  );
}

function Events({ end }: { readonly end: number }) {
  const text = useText();
  const { category, pair } = usePageSearch();
  const filtered = useFilteredEvents({ category: isEventCategory(category) ? category : undefined, pair });
  const events = filtered?.events.filter(({ position }) => position <= end);
  const count = events?.length ?? end;
  const at = (row: number) => {
    const event = events?.[count - 1 - row];
    return { position: event?.position ?? count - row, event };
  };
  return (
    <>
      <div className="list-tools">
        <Filter />
        <Tail end={end} />
        <p role="status" className="count">
          {filtered?.caughtUp === false ? text('streams.reading') : text('streams.count', { n: count })}
        </p>
      </div>
      <EventList label={text('streams.title')} count={count} at={at} end={end} />
      <EventDrawer end={end} />
    </>
  );
}

function Filter() {
  const text = useText();
  const { category = '', pair = '' } = usePageSearch();
  const change = useSearchChange();
  const [typed, type] = useState(pair);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = typed.trim().toUpperCase();
    change({ pair: wanted === '' ? undefined : wanted });
  };
  return (
    <form className="question" onSubmit={submit}>
      <label>
        <span className="label">{text('streams.category')}</span>
        <select value={category} onChange={({ target }) => change({ category: target.value || undefined })}>
          <option value="">{text('streams.every')}</option>
          {EVENT_CATEGORIES.map((each) => (
            <option key={each} value={each}>
              {text(`category.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="label">{text('streams.pair')}</span>
        <input
          type="text"
          dir="ltr"
          autoComplete="off"
          maxLength={40}
          placeholder="MAR-PAK"
          value={typed}
          onChange={({ target }) => type(target.value)}
        />
      </label>
      <button type="submit">{text('streams.filter')}</button>
    </form>
  );
}

/** Holds the page where it is, which is a point on the known axis; or lets it go on. */
function Tail({ end }: { readonly end: number }) {
  const text = useText();
  const { knownOn } = usePageSearch();
  const change = useSearchChange();
  const paused = knownOn !== undefined;
  return (
    <button type="button" onClick={() => change({ knownOn: paused ? undefined : String(end) }, { replace: true })}>
      {text(paused ? 'streams.resume' : 'streams.pause')}
    </button>
  );
}

/** The events of one stream, the newest first. */
export function StreamPage() {
  const { stream = '' }: { readonly stream?: string } = useParams({ strict: false });
  const text = useText();
  const { knownOn } = usePageSearch();
  const end = useEnd();
  const answer = useAnswer('/v1/streams/{stream}', { stream, ...(knownOn !== undefined && { knownAt: knownOn }) });
  return (
    <OperateFrame title={text('streams.one', { stream: `\u2068${stream}\u2069` })}>
      <p className="kicker">
        <PageLink to="/operate/streams">{text('streams.all')}</PageLink>
      </p>
      <Answer query={answer}>
        {({ events }) => (
          <>
            <p className="count">{text('streams.count', { n: events.length })}</p>
            <EventList
              label={text('operate.streams')}
              count={events.length}
              at={(row) => {
                const event = events[events.length - 1 - row]!;
                return { position: event.position, event };
              }}
              end={Number(end.data?.knownAt.position ?? 0)}
            />
            <EventDrawer end={Number(end.data?.knownAt.position ?? 0)} />
          </>
        )}
      </Answer>
    </OperateFrame>
  );
}
