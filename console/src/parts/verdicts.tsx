import { useText } from '../i18n/text';
import { Labelled } from './words';

/** What was checked, and whether it holds: null where this browser can't tell. */
export type Verdict = readonly [what: string, holds: boolean | null];

/** What was checked, one after the other, and what came of it in words. */
export function Verdicts({ of }: { readonly of: readonly Verdict[] }) {
  const text = useText();
  return (
    <ol className="proof">
      {of.map(([what, holds]) => (
        <li key={what} data-holds={String(holds)}>
          <Labelled label={what}>
            <strong>{text(holds === null ? 'proof.unchecked' : holds ? 'proof.ok' : 'proof.bad')}</strong>
          </Labelled>
        </li>
      ))}
    </ol>
  );
}
