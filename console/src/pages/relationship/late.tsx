import { useAllPages } from '../../api/ledger';
import type { LatePage } from '../../api/records';
import { useText } from '../../i18n/text';
import { useMore } from '../../parts/more';
import { RecordLink } from '../../parts/record-link';
import { Section } from '../../parts/section';
import { Moment, When } from '../../parts/words';
import { useTimeParams } from '../../time/search';

type Item = LatePage['items'][number];

/** What the ledger learned long after it happened, for certain. */
export function Late({ pair }: { readonly pair: string }) {
  const text = useText();
  const { data } = useAllPages('/v1/late', { pair, ...useTimeParams() });
  const items = (data ?? []).flatMap((page) => page.items);
  const [shown, more] = useMore(items);
  if (!data || items.length === 0) return null;
  return (
    <Section title={text('relationship.late')}>
      <p className="hint">{text('relationship.late.note', { days: data[0]!.days })}</p>
      <ol className="history">
        {shown.map((item) => (
          <LateFact key={item.eventId} of={item} />
        ))}
      </ol>
      {more}
    </Section>
  );
}

function LateFact({ of: { type, stream, occurredOn, endedOn, recordedAt, position, lateBy } }: { readonly of: Item }) {
  const text = useText();
  return (
    <li>
      <span className="happened">
        <When occurredOn={occurredOn} endedOn={endedOn} />
      </span>
      <span className="what">
        <span className="event">{text.code('event', type)}</span> <RecordLink stream={stream} />{' '}
        <em className="tag">{text('count.late', { n: lateBy.atLeast })}</em>
      </span>
      <span className="recorded">
        {text.rich('time.upTo', { position: <bdi>{position}</bdi>, time: <Moment at={recordedAt} /> })}
      </span>
    </li>
  );
}
