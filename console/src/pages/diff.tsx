import type { Queries } from '@mithaq/client';
import { useParams } from '@tanstack/react-router';
import { useAnswer } from '../api/ledger';
import { useText } from '../i18n/text';
import { Answer } from '../parts/answer';
import { PageLink } from '../parts/page-link';
import { Party } from '../parts/party';
import { RecordLink } from '../parts/record-link';
import { Section } from '../parts/section';
import { Table } from '../parts/table';
import { useFieldName, Value } from '../parts/value';
import { Id } from '../parts/words';
import { useTimeParams } from '../time/search';

type Diff = Queries['/v1/relationships/{pair}/diff']['answer'];
type Change = Diff['changes'][number];

/** What differs between the page's point in time and now: because the world changed, or what is known of it. */
export function DiffPage() {
  const text = useText();
  const { pair = '' }: { readonly pair?: string } = useParams({ strict: false });
  const { asOf = '', knownAt = '', ...standing } = useTimeParams();
  const diff = useAnswer('/v1/relationships/{pair}/diff', { pair, from: `${asOf}@${knownAt}`, ...standing });
  return (
    <>
      <p className="kicker">
        <PageLink to={`/relationships/${pair}`}>
          <Id>{pair}</Id>
        </PageLink>
      </p>
      <Answer query={diff}>{(answer) => <Told diff={answer} isNow={asOf === '' && knownAt === ''} />}</Answer>
      <title>{`${pair} · ${text('app.name')}`}</title>
    </>
  );
}

const CAUSES = ['world', 'knowledge'] as const;

function Told({ diff: { parties, changes }, isNow }: { readonly diff: Diff; readonly isNow: boolean }) {
  const text = useText();
  const [a, b] = parties as [Diff['parties'][number], Diff['parties'][number]];
  const shown = changes.filter(isTold);
  return (
    <>
      <h1>{text.rich('diff.title', { a: <Party {...a} />, b: <Party {...b} /> })}</h1>
      {isNow && <p className="lead">{text('diff.now')}</p>}
      {!isNow && shown.length === 0 && <p className="lead">{text('diff.nothing')}</p>}
      {CAUSES.map((cause) => (
        <Changes key={cause} cause={cause} of={shown.filter((change) => change.cause === cause)} />
      ))}
    </>
  );
}

/** What the records themselves say is told of them, not again of the relationship; nor what is told by it. */
const UNTOLD = /\/(statusEventId|listed|disputed|openDisputes|possible|unsupported|mergedFrom|pairs|revision)(\/|$)/;
const OF_RELATIONSHIP = /^\/relationship\/(stage|flags|representation|coverageFrom|records)(\/|$)/;

const isTold = ({ path }: Change): boolean =>
  OF_RELATIONSHIP.test(path) || (path.startsWith('/records/') && !UNTOLD.test(path));

interface ChangesProps {
  readonly cause: (typeof CAUSES)[number];
  readonly of: readonly Change[];
}

function Changes({ cause, of }: ChangesProps) {
  const text = useText();
  if (of.length === 0) return null;
  return (
    <Section title={text(`diff.${cause}`)}>
      <p className="hint">{text(`diff.${cause}.note`)}</p>
      <Table
        caption={text(`diff.${cause}`)}
        rows={of}
        keyOf={({ path }) => path}
        columns={[
          { label: text('diff.field'), cell: ({ path }) => <Where path={path} /> },
          { label: text('diff.before'), cell: (change) => <Side of={change} side="before" /> },
          { label: text('diff.after'), cell: (change) => <Side of={change} side="after" /> },
          { label: text('diff.by'), cell: (change) => <By of={change} /> },
        ]}
      />
    </Section>
  );
}

/** `/records/agreement-x/signedOn`: the field, and the record it is of. */
function partsOf(path: string): { readonly stream: string | undefined; readonly field: string } {
  const [, what, ...within] = path.split('/');
  const stream = what === 'records' ? within.shift() : undefined;
  return { stream, field: within.findLast((name) => /^[a-zA-Z]+$/.test(name)) ?? '' };
}

function Where({ path }: { readonly path: string }) {
  const nameOf = useFieldName();
  const { stream, field } = partsOf(path);
  return (
    <>
      {nameOf(field)}
      {stream !== undefined && (
        <span className="of">
          <RecordLink stream={stream} />
        </span>
      )}
    </>
  );
}

function Side({ of, side }: { readonly of: Change; readonly side: 'before' | 'after' }) {
  const text = useText();
  const { field } = partsOf(of.path);
  const value = of[side];
  // Whether there was no date or an unknown one, this does not tell.
  if (value === undefined || value === null) return <span className="unknown">—</span>;
  if (field === 'stage' && typeof value === 'string') return text.code('stage', value);
  return <Value of={value} field={field} />;
}

function By({ of: { events, byTime } }: { readonly of: Change }) {
  const text = useText();
  if (byTime) return text('diff.byTime');
  const types = [...new Set(events.map(({ type }) => type))];
  return types.map((type) => text.code('event', type)).join(text('app.comma'));
}
