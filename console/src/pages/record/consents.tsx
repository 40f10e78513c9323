import { isStanding } from '../../time/search';
import type { Data, RecordAnswer } from '../../api/records';
import { useText } from '../../i18n/text';
import { Party } from '../../parts/party';
import { Section } from '../../parts/section';
import { Standing } from '../../parts/standing';
import { When } from '../../parts/words';

const listOf = (value: unknown): readonly Data[] => (Array.isArray(value) ? (value as readonly Data[]) : []);

/** What each party has done to be bound, apart from the other: by signature or by a later act. */
export function Consents({ record }: { readonly record: RecordAnswer }) {
  const text = useText();
  const awaited = [record['consentPending'], record['confirmationPending']].flat();
  return (
    <Section title={text('record.consent')}>
      <dl className="parties">
        {(record.parties ?? []).map((code) => (
          <div key={code}>
            <dt>
              <Party code={code} />
            </dt>
            <dd>
              <Acts of={actsOf(record, code)} awaited={awaited.includes(code)} />
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

interface Act {
  readonly kind: 'mode' | 'means' | 'confirmed';
  readonly code: string;
  readonly by: Data;
}

function actsOf(record: RecordAnswer, party: string): Act[] {
  const signed = listOf(record['signatures']).flatMap((signature) =>
    listOf(signature['signatories'])
      .filter((each) => each['party'] === party)
      .map((each) => ({ kind: 'mode' as const, code: String(each['mode']), by: signature })),
  );
  const confirmed = listOf(record['confirmations'])
    .filter((each) => each['party'] === party)
    .map((by) => ({ kind: 'confirmed' as const, code: '', by }));
  const consents = listOf(record['consents'])
    .filter((each) => each['party'] === party)
    .map((by) => ({ kind: 'means' as const, code: String(by['means']), by }));
  return [...signed, ...confirmed, ...consents];
}

function Acts({ of, awaited }: { readonly of: readonly Act[]; readonly awaited: boolean }) {
  const text = useText();
  if (of.length === 0) {
    return <span className="unknown">{text(awaited ? 'record.consent.pending' : 'record.consent.none')}</span>;
  }
  return (
    <ul className="plain">
      {of.map(({ kind, code, by }, i) => (
        <li key={i}>
          {kind === 'confirmed' ? text('event.SignatureConfirmed') : text.code(kind, code)},{' '}
          <When occurredOn={(by['occurredOn'] as string | null | undefined) ?? null} />{' '}
          {isStanding(by['standing']) && <Standing of={by['standing']} />}
        </li>
      ))}
      {awaited && <li className="unknown">{text('record.consent.pending')}</li>}
    </ul>
  );
}
