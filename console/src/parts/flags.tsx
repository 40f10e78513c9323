import type { Relationship } from '../api/records';
import { useText } from '../i18n/text';

const FLAGS = ['severed', 'dormant', 'disputed'] as const;

/** What is to be said of a relationship beside its stage, in words. */
export function Flags({ of }: { readonly of: Relationship['flags'] }) {
  const text = useText();
  const raised = FLAGS.filter((flag) => of[flag]);
  if (raised.length === 0) return <span className="unknown">{text('app.none')}</span>;
  return (
    <ul className="flags">
      {raised.map((flag) => (
        <li key={flag}>{text(`flag.${flag}`)}</li>
      ))}
    </ul>
  );
}
