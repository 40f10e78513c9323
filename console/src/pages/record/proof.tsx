import type { Inclusion } from '@mithaq/client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isNotFound, ledger, useAnswer } from '../../api/ledger';
import type { EventRef } from '../../api/records';
import { useText } from '../../i18n/text';
import { Verdicts } from '../../parts/verdicts';
import { Id } from '../../parts/words';

/** That the event is in the ledger's log: the hashes are made here, when it is asked for. */
export function Proof({ event }: { readonly event: EventRef }) {
  const text = useText();
  const [asked, ask] = useState(false);
  const log = useAnswer('/v1/log', {}, asked);
  const keys = log.data?.keys ?? [];
  const check = useQuery({
    // What is sealed stays so: to the feed, it is known at its entry.
    queryKey: ['inclusion', { knownAt: String(event.position) }, keys],
    queryFn: ({ signal }) => ledger.checkInclusion(String(event.position), keys, { signal }),
    enabled: asked && log.data !== undefined,
  });
  const error = log.error ?? check.error;
  return (
    <>
      <h3>{text('proof.title')}</h3>
      <p className="hint">{text('proof.lead')}</p>
      {!asked && (
        <button type="button" onClick={() => ask(true)}>
          {text('proof.check')}
        </button>
      )}
      <div role="status">
        {asked && !check.data && !error && <p>{text('proof.checking')}</p>}
        {error && <p>{isNotFound(error) ? text('proof.absent') : error.message}</p>}
        {check.data && <Found of={check.data} event={event} keys={keys} />}
      </div>
    </>
  );
}

interface FoundProps {
  readonly of: Inclusion;
  readonly event: EventRef;
  readonly keys: readonly string[];
}

function Found({ of: { position, eventId, leaf, root, signature, size }, event, keys }: FoundProps) {
  const text = useText();
  const same = eventId === event.eventId && position === event.position;
  const steps = [
    [text('proof.event'), same],
    [text('proof.entry', { position }), leaf],
    [text('proof.root', { size }), root],
    [text('proof.signature'), signature],
  ] as const;
  return (
    <>
      <Verdicts of={steps} />
      <p className="hint">{text('proof.key')}</p>
      {keys.map((key) => (
        <p key={key}>
          <Id>{key}</Id>
        </p>
      ))}
    </>
  );
}
