import type { Lag } from '../../api/operations';
import { useText } from '../../i18n/text';

/** How far behind the ledger: in events, and since when. Null where nobody can tell. */
export function LagBehind({ of }: { readonly of: Lag | null }) {
  const text = useText();
  if (of === null) return <span className="unknown">{text('app.unknown')}</span>;
  return (
    <>
      {text('operate.lag', { events: of.events })}
      {of.events > 0 && `${text('app.comma')}${text('operate.seconds', { n: Math.round(of.seconds) })}`}
    </>
  );
}
