import { useParams } from '@tanstack/react-router';
import { useAllPages, useAnswer } from '../../api/ledger';
import type { Change, Diff, HistoryEntry } from '../../api/records';
import { useText } from '../../i18n/text';
import { Answer } from '../../parts/answer';
import { PageLink } from '../../parts/page-link';
import { Party } from '../../parts/party';
import { NamedBy, namesIn } from '../../parts/record-link';
import { Section } from '../../parts/section';
import { Id, Labelled, Moment, PartialDate } from '../../parts/words';
import { isStanding, usePageSearch } from '../../time/search';
import { subjectsOf } from './changes';
import { Points, useComparedPoints } from './points';
import { SubjectChanges } from './subject';

/** What differs between two points on both time axes, and why. */
export function DiffPage() {
  const { pair = '' }: { readonly pair?: string } = useParams({ strict: false });
  const text = useText();
  const relationship = useAnswer('/v1/relationships/{pair}', { pair });
  const { from } = useComparedPoints();
  return (
    <Answer query={relationship}>
      {({ parties: [a, b] }) => (
        <>
          <title>{`${text('diff.link')} · ${pair} · ${text('app.name')}`}</title>
          <p className="kicker">
            <PageLink to={`/relationships/${pair}`}>{text('diff.back')}</PageLink>
          </p>
          <h1>
            {text.rich('diff.title', { a: <Party {...a!} />, b: <Party {...b!} /> })} <Id>{pair}</Id>
          </h1>
          <p className="lead">{text('diff.lead')}</p>
          <Points />
          {from === undefined ? <p className="hint">{text('diff.choose')}</p> : <Compared pair={pair} from={from} />}
        </>
      )}
    </Answer>
  );
}

function Compared({ pair, from }: { readonly pair: string; readonly from: string }) {
  const { standing } = usePageSearch();
  const { to } = useComparedPoints();
  const minimum = isStanding(standing) && { minimumStanding: standing };
  const diff = useAnswer('/v1/relationships/{pair}/diff', { pair, from, to, ...minimum });
  const history = useAllPages('/v1/relationships/{pair}/history', { pair, order: 'recorded' });
  return (
    <Answer query={diff}>
      {(answer) => (
        <Answer query={history}>
          {(pages) => <Told diff={answer} entries={pages.flatMap((page) => page.entries)} />}
        </Answer>
      )}
    </Answer>
  );
}

const CAUSES = ['world', 'knowledge'] as const;

function Told({
  diff: { from, to, changes },
  entries,
}: {
  readonly diff: Diff;
  readonly entries: readonly HistoryEntry[];
}) {
  const text = useText();
  return (
    <NamedBy names={namesIn(entries)}>
      <div className="compared">
        <Labelled label={text('diff.from')}>
          <Point of={from} />
        </Labelled>
        <br />
        <Labelled label={text('diff.to')}>
          <Point of={to} />
        </Labelled>
      </div>
      {CAUSES.map((cause) => (
        <Group key={cause} cause={cause} changes={changes.filter((each) => each.cause === cause)} entries={entries} />
      ))}
    </NamedBy>
  );
}

function Point({ of: { asOf, knownAt } }: { readonly of: Diff['from'] }) {
  const text = useText();
  const { position, recordedAt } = knownAt;
  const day = <PartialDate of={asOf} />;
  if (recordedAt === null) return text.rich('diff.pointNothing', { day });
  const known = text.rich('time.upTo', { position: <bdi>{position}</bdi>, time: <Moment at={recordedAt} /> });
  return text.rich('diff.point', { day, known });
}

interface GroupProps {
  readonly cause: (typeof CAUSES)[number];
  readonly changes: readonly Change[];
  readonly entries: readonly HistoryEntry[];
}

function Group({ cause, changes, entries }: GroupProps) {
  const text = useText();
  const { subjects, leftOut } = subjectsOf(changes);
  const history = new Map(entries.map((entry) => [entry.eventId, entry]));
  return (
    <Section title={text(`diff.${cause}`)} count={text('diff.count', { n: changes.length - leftOut })}>
      {subjects.length === 0 ? <p>{text('diff.nothing')}</p> : <p className="hint">{text(`diff.${cause}.note`)}</p>}
      {subjects.map((subject) => (
        <SubjectChanges key={subject.stream ?? ''} of={subject} history={history} />
      ))}
      {leftOut > 0 && <p className="hint">{text('diff.leftOut', { n: leftOut })}</p>}
    </Section>
  );
}
