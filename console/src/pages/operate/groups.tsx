import type { Queries } from '@mithaq/client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ledger } from '../../api/ledger';
import { useReplay } from '../../api/operations';
import { useText } from '../../i18n/text';
import { Answer } from '../../parts/answer';
import { Confirmed } from '../../parts/confirmed';
import { PageLink } from '../../parts/page-link';
import { Section } from '../../parts/section';
import { Table } from '../../parts/table';
import { Id, Moment } from '../../parts/words';
import { OperateFrame } from './frame';
import { LagBehind } from './lag';

type Groups = Queries['/v1/consumer-groups']['answer'];
type Group = Groups['groups'][number];

/** How often workers are looked at: they come, answer and leave without an event. */
const AGAIN_MS = 5_000;

/** Those who share the events: how far they are, and what they put aside. */
export function GroupsPage() {
  const text = useText();
  const groups = useQuery({
    queryKey: ['/v1/consumer-groups', {}],
    queryFn: ({ signal }) => ledger.get('/v1/consumer-groups', {}, { signal }),
    refetchInterval: AGAIN_MS,
  });
  return (
    <OperateFrame title={text('operate.groups')}>
      <p className="lead">{text('groups.lead')}</p>
      <p className="hint">{text('operate.now')}</p>
      <Answer query={groups}>{({ groups: all }) => <Told groups={all} />}</Answer>
    </OperateFrame>
  );
}

function Told({ groups }: { readonly groups: readonly Group[] }) {
  const text = useText();
  if (groups.length === 0) return <p>{text('groups.none')}</p>;
  return (
    <>
      <Table
        caption={text('operate.groups')}
        rows={groups}
        keyOf={({ group }) => group}
        columns={[
          { label: text('groups.group'), cell: ({ group }) => <bdi>{group}</bdi> },
          { label: text('groups.filter'), cell: (group) => <Definition of={group} /> },
          { label: text('projections.lag'), cell: ({ lag }) => <LagBehind of={lag} /> },
          { label: text('groups.workers'), cell: ({ workers }) => <bdi>{workers}</bdi> },
          { label: text('groups.inFlight'), cell: ({ inFlight }) => <bdi>{inFlight}</bdi> },
          { label: text('groups.parked'), cell: ({ parked }) => <bdi>{parked}</bdi> },
        ]}
      />
      {groups
        .filter(({ parked }) => parked > 0)
        .map((group) => (
          <Parked key={group.group} of={group} />
        ))}
    </>
  );
}

/** Which events it is for, from where, and how often they are tried. */
function Definition({ of: { filter, from, maxRetries, ackTimeoutSeconds } }: { readonly of: Group }) {
  const text = useText();
  const filters = Object.entries(filter);
  return (
    <>
      {filters.length === 0 && text('groups.filter.all')}
      {filters.map(([name, values], i) => (
        <span key={name}>
          {i > 0 && ' · '}
          <Id>{`${name}=${String(values)}`}</Id>
        </span>
      ))}
      {text('app.comma')}
      {text(`groups.from.${from}`)}
      {text('app.comma')}
      {text('groups.rules', { retries: maxRetries, seconds: ackTimeoutSeconds })}
    </>
  );
}

const LISTED = 100;

/** What no worker could handle, with the reason of the last, until it is dealt out again. */
function Parked({ of: { group, parked } }: { readonly of: Group }) {
  const text = useText();
  const replay = useReplay();
  const answer = useQuery({
    // Asked again whenever there are more or fewer of them.
    queryKey: ['/v1/consumer-groups/{group}/parked', { group }, parked],
    queryFn: ({ signal }) => ledger.get('/v1/consumer-groups/{group}/parked', { group, limit: LISTED }, { signal }),
    placeholderData: keepPreviousData,
  });
  return (
    <Section title={text('groups.parkedOf', { group })} count={text('streams.count', { n: parked })}>
      <Answer query={answer}>
        {({ parked: events }) => (
          <ul className="events">
            {events.map(({ reason, parkedAt, event }) => (
              <li key={event.id}>
                <PageLink to="/operate/streams" search={{ event: String(event.position) }}>
                  {text('streams.open', { position: event.position, event: text.code('event', event.type) })}
                </PageLink>{' '}
                <Id>{event.stream}</Id>
                <p>
                  <bdi dir="auto">{reason}</bdi>{' '}
                  <span className="recorded">{text.rich('groups.parkedAt', { time: <Moment at={parkedAt} /> })}</span>
                </p>
              </li>
            ))}
          </ul>
        )}
      </Answer>
      {parked > LISTED && <p className="hint">{text('groups.first', { n: LISTED })}</p>}
      {replay.isSuccess && <p role="status">{text('groups.replayed')}</p>}
      {replay.error && (
        <p role="alert">
          <bdi lang="en">{replay.error.message}</bdi>
        </p>
      )}
      <Confirmed
        label={text('groups.replay')}
        question={text('groups.confirm', { group })}
        disabled={replay.isPending}
        onConfirm={() => replay.mutate(group)}
      />
    </Section>
  );
}
