import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAllPages, useAnswer } from '../../api/ledger';
import type { HistoryEntry, Relationship } from '../../api/records';
import { useText } from '../../i18n/text';
import { Answer } from '../../parts/answer';
import { Disputes } from '../../parts/disputes';
import { Flags } from '../../parts/flags';
import { History, useOrder } from '../../parts/history';
import { NamedBy, namesIn } from '../../parts/record-link';
import { PageLink } from '../../parts/page-link';
import { Party } from '../../parts/party';
import { Section } from '../../parts/section';
import { Id, Labelled, PartialDate } from '../../parts/words';
import { isClaimed, useTimeParams } from '../../time/search';
import { Timeline } from '../../timeline';
import { Areas } from './areas';
import { Late } from './late';
import { Possible, Unsupported } from './possible';
import { recordsOf } from './records-of';
import { Agreements, Claims, Exercises, Mechanisms, Meetings, Visits } from './records';
import { Stage } from './stage';

/** What two parties have with each other, and why the ledger says so. */
export function RelationshipPage() {
  const { pair = '' }: { readonly pair?: string } = useParams({ strict: false });
  const time = useTimeParams();
  const status = useAnswer('/v1/relationships/{pair}', { pair, ...time });
  const history = useAllPages('/v1/relationships/{pair}/history', { pair, ...time });
  return (
    <Answer query={status}>
      {(relationship) => (
        <Answer query={history}>
          {(pages) => <Told relationship={relationship} entries={pages.flatMap((page) => page.entries)} />}
        </Answer>
      )}
    </Answer>
  );
}

interface ToldProps {
  readonly relationship: Relationship;
  readonly entries: readonly HistoryEntry[];
}

function Told({ relationship, entries }: ToldProps) {
  const text = useText();
  const { pair, flags, parties, openDisputes, coverageFrom } = relationship;
  const [a, b] = parties as [Relationship['parties'][number], Relationship['parties'][number]];
  const heading = text.rich('relationship.title', { a: <Party {...a} />, b: <Party {...b} /> });
  const plainHeading = text('relationship.title', { a: nameIn(a, text.locale), b: nameIn(b, text.locale) });
  return (
    <NamedBy names={namesIn(entries)}>
      <title>{`${plainHeading} · ${text('app.name')}`}</title>
      <h1>
        {heading} <Id>{pair}</Id>
      </h1>
      <Stage relationship={relationship} entries={entries} />
      <div className="flagged">
        <Labelled label={text('flag')}>
          <Flags of={flags} />
        </Labelled>
      </div>
      {coverageFrom !== null && (
        <p className="hint">{text.rich('relationship.coverage', { date: <PartialDate of={coverageFrom} /> })}</p>
      )}
      <p>
        <PageLink to={`/relationships/${pair}/diff`}>{text('diff.link')}</PageLink>
      </p>
      <Established relationship={relationship} entries={entries} />
      {openDisputes.length > 0 && (
        <Section title={text('relationship.disputes')} count={text('count.disputes', { n: openDisputes.length })}>
          <Disputes of={openDisputes} />
        </Section>
      )}
      <Possible facts={relationship.possible} entries={entries} />
      <Unsupported facts={relationship.unsupported} />
      {entries.length > 0 && (
        <Section title={text('timeline')}>
          <Timeline entries={entries} parties={parties} today={relationship.asOf} />
        </Section>
      )}
      <HistorySection pair={pair} entries={entries} />
      <Late pair={pair} />
    </NamedBy>
  );
}

const nameIn = ({ code, names }: Relationship['parties'][number], locale: string) => names[locale] ?? code;

/** What stands at least as reported, by kind; and apart from it what is only claimed. */
function Established({ relationship, entries }: ToldProps): ReactNode {
  const records = recordsOf(entries);
  const agreements = relationship.agreements.filter(({ standing }) => !isClaimed(standing));
  const mechanisms = relationship.mechanisms.filter(({ standing }) => !isClaimed(standing));
  return (
    <>
      <Agreements items={agreements} />
      <Mechanisms items={mechanisms} />
      <Visits visits={relationship.visits} records={records.established('visit')} />
      <Meetings records={records.established('meeting')} />
      <Exercises records={records.established('exercise')} />
      <Areas relationship={relationship} />
      <Claims relationship={relationship} records={records.claimed} />
    </>
  );
}

interface HistorySectionProps {
  readonly pair: string;
  readonly entries: readonly HistoryEntry[];
}

/** In the order of the address; the page itself goes by the valid one. */
function HistorySection({ pair, entries }: HistorySectionProps) {
  const text = useText();
  const order = useOrder();
  const time = useTimeParams();
  const asked = useAllPages('/v1/relationships/{pair}/history', { pair, ...time, order }, order === 'recorded');
  return (
    <Section title={text('relationship.history')}>
      {order === 'valid' ? (
        <History entries={entries} />
      ) : (
        <Answer query={asked}>{(pages) => <History entries={pages.flatMap((page) => page.entries)} />}</Answer>
      )}
    </Section>
  );
}
