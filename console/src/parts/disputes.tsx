import type { Data, Dispute } from '../api/records';
import { useText } from '../i18n/text';
import { Cited } from './evidence';
import { RecordLink } from './record-link';
import { useFieldName, Value } from './value';

type Alternative = { readonly value: unknown; readonly evidence: Parameters<typeof Cited>[0]['of'][] };

/** The field that a path into an event's data leads to: its name, and of whom where it is one of several. */
const fieldOf = (path: string) => path.split('/').findLast((token) => !/^\d+$/.test(token)) ?? path;

/** Disputes with all that is said, and by whom. */
export function Disputes({ of }: { readonly of: readonly Dispute[] }) {
  const text = useText();
  const nameOf = useFieldName();
  return (
    <>
      <p className="hint">{text('relationship.disputes.note')}</p>
      <ul className="disputes">
        {of.map(({ disputeEventId, stream, path, alternatives }) => (
          <li key={disputeEventId}>
            <h3>
              {nameOf(fieldOf(path))} — <RecordLink stream={stream} />
            </h3>
            <ul className="alternatives">
              {(alternatives as readonly Data[] as readonly Alternative[]).map(({ value, evidence }, i) => (
                <li key={i}>
                  <strong>
                    <Value of={value} field={fieldOf(path)} />
                  </strong>
                  {evidence.map((each, n) => (
                    <Cited key={n} of={each} />
                  ))}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </>
  );
}
