import type { Queries } from '@mithaq/client';
import { useAllPages } from '../api/ledger';
import { useText } from '../i18n/text';
import { Answer } from '../parts/answer';
import { Flags } from '../parts/flags';
import { PageLink } from '../parts/page-link';
import { Party } from '../parts/party';
import { Table } from '../parts/table';
import { Id } from '../parts/words';
import { useTimeParams } from '../time/search';
import { Worklists } from './worklists';

type Item = Queries['/v1/relationships']['answer']['items'][number];

/** Every pair that has a record, and how far it has come. */
export function OverviewPage() {
  const text = useText();
  const pages = useAllPages('/v1/relationships', useTimeParams());
  return (
    <>
      <title>{text('app.name')}</title>
      <h1>{text('overview.title')}</h1>
      <p className="lead">{text('overview.lead')}</p>
      <Answer query={pages}>
        {(all) => (
          <>
            <Pairs items={all.flatMap((page) => page.items)} />
            <Worklists />
          </>
        )}
      </Answer>
    </>
  );
}

function Pairs({ items }: { readonly items: readonly Item[] }) {
  const text = useText();
  if (items.length === 0) return <p>{text('overview.empty')}</p>;
  return (
    <Table
      caption={text('overview.title')}
      rows={items}
      keyOf={({ pair }) => pair}
      columns={[
        { label: text('overview.pair'), cell: pairLink },
        {
          label: text('stage'),
          cell: ({ stage }) => <span data-stage={stage}>{text(`stage.${stage}`)}</span>,
        },
        { label: text('flag'), cell: ({ flags }) => <Flags of={flags} /> },
        { label: text('overview.records'), cell: ({ records }) => text('count.records', { n: records }) },
      ]}
    />
  );
}

const pairLink = ({ pair, parties: [a, b] }: Item) => (
  <>
    <PageLink to={`/relationships/${pair}`}>
      <Pair a={a!} b={b!} />
    </PageLink>{' '}
    <Id>{pair}</Id>
  </>
);

function Pair({ a, b }: { readonly a: Item['parties'][number]; readonly b: Item['parties'][number] }) {
  return useText().rich('app.parties', { a: <Party {...a} />, b: <Party {...b} /> });
}
