import type { HistoryEntry } from '../api/records';
import { useText } from '../i18n/text';
import { usePageSearch, useSearchChange } from '../time/search';
import { useMore } from './more';
import { RecordLink } from './record-link';
import { Standing } from './standing';
import { Moment, When } from './words';

const ORDERS = ['valid', 'recorded'] as const;
export type Order = (typeof ORDERS)[number];

/** In which order a history is told: as things happened, unless the address says otherwise. */
export const useOrder = (): Order => (usePageSearch().order === 'recorded' ? 'recorded' : 'valid');

interface HistoryProps {
  readonly entries: readonly HistoryEntry[];
  /** The stream of the record that the page is about, which need not be named at each. */
  readonly own?: string;
}

/** A history with both times: when it happened, and when the ledger came to know of it. */
export function History({ entries, own }: HistoryProps) {
  const text = useText();
  const order = useOrder();
  const change = useSearchChange();
  const [shown, more] = useMore(entries);
  return (
    <>
      <div role="group" className="orders" aria-label={text('relationship.history')}>
        {ORDERS.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === order}
            onClick={() => change({ order: each === 'valid' ? undefined : each }, { replace: true })}
          >
            {text(`relationship.order.${each}`)}
          </button>
        ))}
      </div>
      {entries.length === 0 ? (
        <p>{text('relationship.nothing')}</p>
      ) : (
        <ol className="history">
          {shown.map((entry) => (
            <Entry key={entry.eventId} of={entry} named={entry.record !== own} />
          ))}
        </ol>
      )}
      {more}
    </>
  );
}

function Entry({ of, named }: { readonly of: HistoryEntry; readonly named: boolean }) {
  const text = useText();
  const { type, record, occurredOn, endedOn, recordedAt, position, standing, when, retractedBy, disputes } = of;
  return (
    <li data-when={when ?? 'none'}>
      <span className="happened">{when !== null && <When occurredOn={occurredOn} endedOn={endedOn} />}</span>
      <span className="what">
        <span className="event">{text.code('event', type)}</span> {named && <RecordLink stream={record} />}{' '}
        {standing !== null && <Standing of={standing} />}
        {when === 'possible' && <em className="tag">{text('record.step.possible')}</em>}
        {disputes.length > 0 && <em className="tag">{text('record.disputed')}</em>}
        {retractedBy !== null && <em className="tag">{text('event.FactRetracted')}</em>}
      </span>
      <span className="recorded">
        {text.rich('time.upTo', { position: <bdi>{position}</bdi>, time: <Moment at={recordedAt} /> })}
      </span>
    </li>
  );
}
