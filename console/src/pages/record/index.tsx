import { useLocation, useParams } from '@tanstack/react-router';
import { useAllPages, useAnswer } from '../../api/ledger';
import {
  type Blame,
  CATEGORIES,
  type Category,
  type HistoryEntry,
  isWordings,
  plural,
  type RecordAnswer,
} from '../../api/records';
import { wordingFor } from '../../i18n/locales';
import { useText } from '../../i18n/text';
import { Answer } from '../../parts/answer';
import { Disputes } from '../../parts/disputes';
import { History, useOrder } from '../../parts/history';
import { PageLink } from '../../parts/page-link';
import { NamedBy, namesIn, RecordName } from '../../parts/record-link';
import { Section } from '../../parts/section';
import { Standing } from '../../parts/standing';
import { Value } from '../../parts/value';
import { Id, Wording } from '../../parts/words';
import { useTimeParams } from '../../time/search';
import { Consents } from './consents';
import { EvidenceDrawer } from './evidence-drawer';
import { Life } from './life';
import { notesOf } from './notes';
import { fieldsShown, Particulars } from './particulars';
import { Notes } from './notes-list';

/** One record: its particulars, each with its evidence, and how it came to be so. */
export function RecordPage() {
  const { id = '' }: { readonly id?: string } = useParams({ strict: false });
  const { pathname } = useLocation();
  const category = CATEGORIES.find((each) => pathname.startsWith(`/${plural(each)}/`)) ?? 'agreement';
  const time = useTimeParams();
  const base = `/v1/${plural(category)}/{id}` as const;
  const record = useAnswer(base, { id, ...time });
  const blame = useAnswer(`${base}/blame`, { id, ...time });
  const history = useAllPages(`${base}/history`, { id, ...time });
  return (
    <Answer query={record}>
      {(answer) => (
        <Answer query={blame}>
          {(blamed) => (
            <Answer query={history}>
              {(pages) => (
                <Told
                  category={category}
                  id={id}
                  record={answer as unknown as RecordAnswer}
                  blame={blamed}
                  entries={pages.flatMap((page) => page.entries)}
                />
              )}
            </Answer>
          )}
        </Answer>
      )}
    </Answer>
  );
}

interface ToldProps {
  readonly category: Category;
  readonly id: string;
  readonly record: RecordAnswer;
  readonly blame: Blame;
  readonly entries: readonly HistoryEntry[];
}

function Told({ category, id, record, blame, entries }: ToldProps) {
  const text = useText();
  const shown = fieldsShown(record, entries);
  const notes = notesOf(blame.fields, shown);
  const { status, standing, pairs, openDisputes = [] } = record;
  return (
    <NamedBy names={namesIn(entries)}>
      <title>{`${text(`category.${category}`)} · ${text('app.name')}`}</title>
      <p className="kicker">
        {text(`category.${category}`)}
        {pairs.map((pair) => (
          <span key={pair}>
            {' · '}
            <PageLink to={`/relationships/${pair}`}>
              <Id>{pair}</Id>
            </PageLink>
          </span>
        ))}
      </p>
      <h1>
        <RecordName category={category} data={record} id={id} />
      </h1>
      <Wordings record={record} />
      <p className="state">
        {typeof status === 'string' && (
          <strong>
            <Value of={status} field="status" />
          </strong>
        )}{' '}
        {standing && <Standing of={standing} />}{' '}
        {openDisputes.length > 0 && <em className="tag">{text('record.disputed')}</em>}{' '}
        {record['withdrawn'] === true && <em className="tag">{text('record.withdrawn')}</em>}
      </p>
      {category === 'agreement' && (
        <>
          <Life record={record} entries={entries} />
          <Consents record={record} />
        </>
      )}
      <Particulars record={record} shown={shown} notes={notes} />
      {openDisputes.length > 0 && (
        <Section title={text('relationship.disputes')}>
          <Disputes of={openDisputes} />
        </Section>
      )}
      <Notes notes={notes} />
      <HistorySection category={category} id={id} stream={record.stream} entries={entries} />
      <EvidenceDrawer blame={blame} />
    </NamedBy>
  );
}

/** The title or name in the other languages on record; and that a title is the ledger's own description. */
function Wordings({ record: { title, name, titleIsDescriptive } }: { readonly record: RecordAnswer }) {
  const text = useText();
  const wordings = title ?? name;
  if (!isWordings(wordings)) return null;
  const shown = wordingFor(wordings, text.locale)?.[0];
  const others = Object.entries(wordings).filter(([language]) => language !== shown);
  return (
    <>
      {others.map(([language, words]) => (
        <p key={language} className="wording">
          <Wording of={{ [language]: words }} />
        </p>
      ))}
      {titleIsDescriptive === true && <p className="hint">{text('app.descriptive')}</p>}
    </>
  );
}

interface HistorySectionProps {
  readonly category: Category;
  readonly id: string;
  readonly stream: string;
  readonly entries: readonly HistoryEntry[];
}

function HistorySection({ category, id, stream, entries }: HistorySectionProps) {
  const text = useText();
  const order = useOrder();
  const time = useTimeParams();
  const recorded = order === 'recorded';
  const asked = useAllPages(`/v1/${plural(category)}/{id}/history`, { id, ...time, order }, recorded);
  return (
    <Section title={text('relationship.history')}>
      {recorded ? (
        <Answer query={asked}>
          {(pages) => <History own={stream} entries={pages.flatMap((page) => page.entries)} />}
        </Answer>
      ) : (
        <History own={stream} entries={entries} />
      )}
    </Section>
  );
}
