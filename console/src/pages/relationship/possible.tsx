import type { HistoryEntry, Relationship } from '../../api/records';
import { useText } from '../../i18n/text';
import { useMore } from '../../parts/more';
import { RecordLink } from '../../parts/record-link';
import { Section } from '../../parts/section';
import { Standing } from '../../parts/standing';
import { When } from '../../parts/words';

interface PossibleProps {
  readonly facts: Relationship['possible'];
  readonly entries: readonly HistoryEntry[];
}

/** Facts that may have happened by the day, and may not. */
export function Possible({ facts, entries }: PossibleProps) {
  const text = useText();
  const [shown, more] = useMore(facts);
  if (facts.length === 0) return null;
  return (
    <Section title={text('relationship.possible')} className="possible">
      <p className="hint">{text('relationship.possible.note')}</p>
      <ul className="claimed">
        {shown.map(({ eventId, type, stream }) => {
          const entry = entries.find((each) => each.eventId === eventId);
          return (
            <li key={eventId}>
              <span className="event">{text.code('event', type)}</span> <RecordLink stream={stream} />
              {entry && (
                <>
                  {' '}
                  <When {...entry} /> <Standing of={entry.standing} />
                </>
              )}
            </li>
          );
        })}
      </ul>
      {more}
    </Section>
  );
}

/** Facts whose evidence is all withdrawn. */
export function Unsupported({ facts }: { readonly facts: Relationship['unsupported'] }) {
  const text = useText();
  const [shown, more] = useMore(facts);
  if (facts.length === 0) return null;
  return (
    <Section title={text('relationship.unsupported')} className="possible">
      <p className="hint">{text('relationship.unsupported.note')}</p>
      <ul className="claimed">
        {shown.map(({ eventId, type, stream }) => (
          <li key={eventId}>
            <span className="event">{text.code('event', type)}</span> <RecordLink stream={stream} />
          </li>
        ))}
      </ul>
      {more}
    </Section>
  );
}
