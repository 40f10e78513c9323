import { type HistoryEntry, type Relationship, RUNGS } from '../../api/records';
import { useText } from '../../i18n/text';
import { RecordLink } from '../../parts/record-link';
import { Standing } from '../../parts/standing';
import { Id, Labelled, When } from '../../parts/words';

interface StageProps {
  readonly relationship: Relationship;
  readonly entries: readonly HistoryEntry[];
}

/** How far the two have come, as rungs, and the facts that this rests on. */
export function Stage({ relationship: { stage, reasons }, entries }: StageProps) {
  const text = useText();
  const reached = RUNGS.indexOf(stage as (typeof RUNGS)[number]);
  return (
    <section className="stage" aria-label={text('stage')}>
      <p className="current" data-stage={stage}>
        <Labelled label={text('stage')}>
          <strong>{text(`stage.${stage}`)}</strong>
        </Labelled>
      </p>
      <ol className="rungs" aria-hidden="true">
        {RUNGS.map((rung, i) => (
          <li key={rung} className={i < reached ? 'below' : i === reached ? 'at' : 'above'}>
            {text(`stage.${rung}`)}
          </li>
        ))}
      </ol>
      {reasons.length > 0 && (
        <>
          <p className="because">{text('relationship.why')}</p>
          <ul className="reasons">
            {reasons.map((eventId) => (
              <Reason key={eventId} eventId={eventId} entry={entries.find((each) => each.eventId === eventId)} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Reason({ eventId, entry }: { readonly eventId: string; readonly entry: HistoryEntry | undefined }) {
  const text = useText();
  if (!entry)
    return (
      <li>
        <Id>{eventId}</Id>
      </li>
    );
  return (
    <li>
      <span className="event">{text.code('event', entry.type)}</span> <RecordLink stream={entry.record} />{' '}
      <When occurredOn={entry.occurredOn} endedOn={entry.endedOn} /> <Standing of={entry.standing} />
    </li>
  );
}
