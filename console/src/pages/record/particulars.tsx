import { type Data, type HistoryEntry, isObject, type RecordAnswer } from '../../api/records';
import { useText } from '../../i18n/text';
import { Section } from '../../parts/section';
import { useFieldName, Value } from '../../parts/value';
import { useSearchChange } from '../../time/search';
import type { NotesOfRecord } from './notes';

/** Of the answer, or told elsewhere on the page. */
const NOT_SHOWN = new Set([
  'agreementId',
  'visitId',
  'meetingId',
  'mechanismId',
  'exerciseId',
  'sourceId',
  'statusEventId',
  'titleIsDescriptive',
  'stream',
  'listed',
  'pairs',
  'disputed',
  'openDisputes',
  'possible',
  'unsupported',
  'revision',
  'asOf',
  'knownAt',
  'minimumStanding',
]);
/** A meeting's visit, and a mechanism's agreement, are of other records than its own. */
const OF_OTHERS: Readonly<Record<string, string>> = { meeting: 'visitId', mechanism: 'agreementId' };

/** Dates that are not known, rather than of what has not happened, once there is one of these. */
const UNKNOWN_AFTER: Readonly<Record<string, readonly string[]>> = {
  signedOn: ['Signed'],
  inForceOn: ['EnteredIntoForce'],
  createdOn: ['MechanismCreated'],
  occurredOn: ['VisitHeld', 'MeetingHeld', 'ExerciseHeld'],
};

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === false ||
  (Array.isArray(value) ? value.length === 0 : isObject(value) && Object.values(value).every(isEmpty));

/** The fields of a record that say something, in the record's own order. */
export function fieldsShown(record: RecordAnswer, entries: readonly HistoryEntry[]): string[] {
  const happened = new Set(entries.filter(({ when }) => when === 'happened').map(({ type }) => type));
  const foreign = OF_OTHERS[record.stream.split('-')[0] ?? ''];
  return Object.keys(record)
    .filter((name) => !NOT_SHOWN.has(name) || name === foreign)
    .filter((name) => !isEmpty(record[name]) || (UNKNOWN_AFTER[name] ?? []).some((type) => happened.has(type)));
}

interface ParticularsProps {
  readonly record: RecordAnswer;
  readonly shown: readonly string[];
  readonly notes: NotesOfRecord;
}

/** The record as a table of its fields; at each value a footnote that opens its evidence. */
export function Particulars({ record, shown, notes }: ParticularsProps) {
  const text = useText();
  const nameOf = useFieldName();
  const without = Object.keys(record as Data).filter(
    (name) => !NOT_SHOWN.has(name) && !shown.includes(name) && record[name] !== false,
  );
  return (
    <Section title={text('record.particulars')}>
      <dl className="particulars">
        {shown.map((name) => (
          <div key={name}>
            <dt>{nameOf(name)}</dt>
            <dd>
              <Value of={record[name]} field={name} />
              {!isEmpty(record[name]) && <Footnotes field={name} notes={notes} />}
            </dd>
          </div>
        ))}
      </dl>
      {without.length > 0 && (
        <details className="hint">
          <summary>{text('record.empty', { n: without.length })}</summary>
          {without.map(nameOf).join(text('app.comma'))}
        </details>
      )}
    </Section>
  );
}

function Footnotes({ field, notes }: { readonly field: string; readonly notes: NotesOfRecord }) {
  const text = useText();
  const nameOf = useFieldName();
  const change = useSearchChange();
  const number = new Intl.NumberFormat(text.tag);
  return (
    <sup className="footnotes">
      {notes.of(field).map((note) => (
        <button
          key={note.number}
          type="button"
          aria-haspopup="dialog"
          aria-label={text('record.open', { n: note.number, field: nameOf(field) })}
          onClick={() => change({ cite: `/${field}` })}
        >
          {number.format(note.number)}
        </button>
      ))}
    </sup>
  );
}
