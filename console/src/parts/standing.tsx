import { useText } from '../i18n/text';
import type { Standing as Degree } from '../time/search';

/** How well a fact stands, in a word. */
export function Standing({ of }: { readonly of: Degree | null | undefined }) {
  const text = useText();
  if (!of) return <span className="unknown">{text('app.unknown')}</span>;
  return (
    <span className="standing" data-standing={of} title={text(`standing.${of}.means`)}>
      {text(`standing.${of}`)}
    </span>
  );
}
