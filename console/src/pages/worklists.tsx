import type { Queries } from '@mithaq/client';
import { useAnswer } from '../api/ledger';
import { useText } from '../i18n/text';
import { NamedBy, RecordLink } from '../parts/record-link';
import { Section } from '../parts/section';
import { Standing } from '../parts/standing';
import { PartialDate } from '../parts/words';
import { useTimeParams } from '../time/search';

type ReviewItem = Queries['/v1/review']['answer']['items'][number];
type DueItem = Queries['/v1/upcoming']['answer']['items'][number];

/** How many are shown of each; the rest is for a page of its own. */
const SHOWN = 12;

/** What is due, and what a person should look at. */
export function Worklists() {
  const text = useText();
  const time = useTimeParams();
  const due = useAnswer('/v1/upcoming', { ...time, limit: SHOWN }).data?.items;
  const review = useAnswer('/v1/review', { ...time, limit: SHOWN }).data?.items;
  if (!due || !review) return null;
  const titled = [...due, ...review].flatMap(({ stream, title }) => (title ? [[stream, { title }] as const] : []));
  return (
    <NamedBy names={new Map(titled)}>
      <div className="worklists">
        {due.length > 0 && (
          <Section title={text('overview.upcoming')}>
            <ul className="claimed">
              {due.map((item) => (
                <Due key={`${item.kind} ${item.eventId} ${item.stream}`} of={item} />
              ))}
            </ul>
          </Section>
        )}
        {review.length > 0 && (
          <Section title={text('overview.review')}>
            <ul className="claimed">
              {review.map((item) => (
                <Review key={`${item.kind} ${item.eventId} ${item.disputeEventId}`} of={item} />
              ))}
            </ul>
          </Section>
        )}
      </div>
    </NamedBy>
  );
}

function Due({ of: { kind, stream, when, plannedFor, by, standing } }: { readonly of: DueItem }) {
  const text = useText();
  const day = plannedFor ?? by;
  return (
    <li>
      <span className="event">{text.code('due', kind)}</span> <RecordLink stream={stream} />{' '}
      {day !== null && <PartialDate of={day} />} <em className="tag">{text.code('when', when)}</em>{' '}
      {standing && <Standing of={standing} />}
    </li>
  );
}

function Review({ of: { kind, stream, type } }: { readonly of: ReviewItem }) {
  const text = useText();
  return (
    <li>
      <span className="event">{text.code('event', type)}</span> <RecordLink stream={stream} />{' '}
      <em className="tag">{text.code('review', kind)}</em>
    </li>
  );
}
