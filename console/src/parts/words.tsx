import type { ReactNode } from 'react';
import { useText } from '../i18n/text';
import { wordingFor, type Wordings } from '../i18n/locales';
import { tellDate, tellMoment } from '../time/partial-date';

/** A text of the ledger in the reader's language, or else in another: told as what it is. */
export function Wording({ of }: { readonly of: Wordings | null | undefined }) {
  const text = useText();
  const wording = of && wordingFor(of, text.locale);
  if (!wording) return <span className="unknown">{text('app.unknown')}</span>;
  return (
    <bdi lang={wording[0]} dir="auto">
      {wording[1]}
    </bdi>
  );
}

/** What a value is, and the value, as the language puts the two side by side. */
export function Labelled({ label, children }: { readonly label: ReactNode; readonly children: ReactNode }) {
  return useText().rich('app.labelled', { label: <span className="label">{label}</span>, value: children });
}

/** A date no more exact than the ledger has it; null is one that is not known. */
export function PartialDate({ of }: { readonly of: string | null }) {
  const text = useText();
  return <bdi className={of === null ? 'unknown' : 'date'}>{tellDate(of, text)}</bdi>;
}

/** When something happened: a date, or from one to another. */
export function When({
  occurredOn,
  endedOn,
}: {
  readonly occurredOn: string | null;
  readonly endedOn?: string | null;
}) {
  const text = useText();
  if (occurredOn === null || !endedOn) return <PartialDate of={occurredOn} />;
  return (
    <bdi className="date">{text('date.span', { from: tellDate(occurredOn, text), to: tellDate(endedOn, text) })}</bdi>
  );
}

/** When something was recorded. */
export function Moment({ at }: { readonly at: string }) {
  const text = useText();
  return (
    <bdi>
      <time dateTime={at}>{tellMoment(at, text)}</time>
    </bdi>
  );
}

/** An id, a code, an address, a hash. */
export const Id = ({ children }: { readonly children: string }) => <bdi className="id">{children}</bdi>;
