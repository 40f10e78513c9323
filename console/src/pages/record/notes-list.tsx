import { useText } from '../../i18n/text';
import { Cited } from '../../parts/evidence';
import { Section } from '../../parts/section';
import type { NotesOfRecord } from './notes';

/** The footnotes at the end of the page: what each event cites. */
export function Notes({ notes: { all } }: { readonly notes: NotesOfRecord }) {
  const text = useText();
  if (all.length === 0) return null;
  return (
    <Section title={text('record.notes')}>
      <ol className="notes">
        {all.map(({ number, fields: [first] }) => (
          <li key={number}>
            <span className="event">{text.code('event', first!.event!.type)}</span>
            {first!.evidence.length === 0 ? (
              <span className="unknown"> {text('evidence.none')}</span>
            ) : (
              first!.evidence.map((each, i) => <Cited key={i} of={each} />)
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}
