import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { type HistoryEntry, isWordings, parseStream, plural, type Relationship } from '../api/records';
import { wordingFor } from '../i18n/locales';
import { useText } from '../i18n/text';
import { personsIn, RecordLink, useNames } from '../parts/record-link';
import { Labelled, When } from '../parts/words';
import type { Words } from './draw';
import { type Bar, layOut, toDays } from './layout';
import { TimelineCanvas } from './timeline-canvas';

interface TimelineProps {
  readonly entries: readonly HistoryEntry[];
  readonly parties: Relationship['parties'];
  /** The day that the page is of. */
  readonly today: string;
}

/**
 * A history in lanes, its dates as the spans that they are. Whoever does not see it has all of it in the history's list; the
 * buttons are for those who see it and have no pointer.
 */
export function Timeline({ entries, parties, today }: TimelineProps) {
  const text = useText();
  const navigate = useNavigate();
  const canvas = useRef<HTMLCanvasElement>(null);
  const timeline = useRef<TimelineCanvas>(null);
  const [pointed, point] = useState<Bar>();
  const words = useWords(parties);
  const layout = useMemo(() => layOut(entries, toDays(today)), [entries, today]);

  const open = useRef((_: Bar) => undefined as void);
  useEffect(() => {
    open.current = ({ stream }) => {
      const record = parseStream(stream);
      if (record) void navigate({ to: `/${plural(record.category)}/${encodeURIComponent(record.id)}` });
    };
  });
  useEffect(() => {
    const made = new TimelineCanvas(canvas.current!, { onPoint: point, onOpen: (bar) => open.current(bar) });
    timeline.current = made;
    return () => made.close();
  }, []);
  useEffect(() => {
    timeline.current?.show({ layout, today: toDays(today), words, rtl: text.locale === 'ar' });
  }, [layout, today, words, text.locale]);

  return (
    <div className="timeline">
      <div role="group" aria-label={text('timeline.move')} className="moves">
        <button type="button" onClick={() => timeline.current?.pan(-0.5)}>
          {text('timeline.earlier')}
        </button>
        <button type="button" onClick={() => timeline.current?.pan(0.5)}>
          {text('timeline.later')}
        </button>
        <button type="button" onClick={() => timeline.current?.zoom(0.5)}>
          {text('timeline.nearer')}
        </button>
        <button type="button" onClick={() => timeline.current?.zoom(2)}>
          {text('timeline.farther')}
        </button>
        <button type="button" onClick={() => timeline.current?.all()}>
          {text('timeline.all')}
        </button>
      </div>
      <canvas ref={canvas} aria-hidden="true" />
      <p className="pointed">{pointed && <Pointed bar={pointed} />}</p>
      <p className="hint">{text('timeline.hint')}</p>
    </div>
  );
}

function Pointed({ bar: { stream, marks } }: { readonly bar: Bar }) {
  const text = useText();
  const [first, ...others] = marks.map(({ entry }) => entry);
  return (
    <>
      <RecordLink stream={stream} />{' '}
      {[first!, ...others.slice(0, 3)].map(({ eventId, type, occurredOn, endedOn }) => (
        <span key={eventId} className="event-at">
          <Labelled label={text.code('event', type)}>
            <When occurredOn={occurredOn} endedOn={endedOn} />
          </Labelled>
        </span>
      ))}
    </>
  );
}

/** What is written on the canvas, in the page's language. */
function useWords(parties: Relationship['parties']): Words {
  const text = useText();
  const names = useNames();
  return useMemo(() => {
    const party = (code: unknown) => {
      const found = parties.find((each) => each.code === code);
      return (found && wordingFor(found.names, text.locale)?.[1]) ?? String(code);
    };
    const record = (stream: string) => {
      const { title, name, visitor, host, participants } = names.get(stream) ?? {};
      const wordings = [title, name].find(isWordings);
      if (wordings) return wordingFor(wordings, text.locale)?.[1];
      if (Array.isArray(participants)) {
        const met = personsIn(participants).flatMap((each) => (each && wordingFor(each, text.locale)?.[1]) ?? []);
        return new Intl.ListFormat(text.tag).format(met);
      }
      return visitor === undefined
        ? undefined
        : text('relationship.direction', { visitor: party(visitor), host: party(host) });
    };
    return { record, lane: (name) => text(`timeline.lane.${name}`), tag: text.tag };
  }, [names, parties, text]);
}
